"""A noun of the borough's own choosing in a sentence of ours."""

from django import template

from boroughs.plurals import plural

register = template.Library()
register.filter("plural_of", plural)


@register.filter
def with_article(noun: str) -> str:
    """“an area of focus”, “a priority”: what comes after “Add”."""
    said = noun.lower()
    return f"an {said}" if said[:1] in {*"aeiou"} else f"a {said}"

"""Words of a borough's own in sentences of ours."""

import pytest

from boroughs.templatetags.words import with_article


@pytest.mark.parametrize(
    ("noun", "said"),
    [("Priority", "a priority"), ("Area of focus", "an area of focus"), ("Aim", "an aim")],
)
def test_a_level_is_added_by_the_name_the_borough_gave_it(noun: str, said: str) -> None:
    assert with_article(noun) == said

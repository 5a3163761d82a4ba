"""What was decided on a report, on the report's own pages."""

from typing import Any

from django import template

from boroughs.roles import Perm
from reports.decided import decisions_for
from reports.decision_policies import why_not_decide
from reports.models import Report

register = template.Library()


@register.inclusion_tag("reports/_decisions.html", takes_context=True)
def decisions_on(context: dict[str, Any], report: Report) -> dict[str, Any]:
    """For a page whose reader may read the report."""
    may_record = Perm.DECIDE in context["granted"] and why_not_decide(report) is None
    found = decisions_for(context["request"]).filter(report=report)
    return {
        "borough": context["borough"],
        "report": report,
        "decisions": found,
        "may_record": may_record,
    }

"""Funding lines, and the registers of what was received, of policies and of impact assessments."""

from boroughs.funding_access import funding_lines
from boroughs.roles import Perm
from boroughs.searching import Kind, Source, offer

FUNDING = Kind("funding", "Funding")
REGISTERS = Kind("registers", "Registers")

offer(
    Source(
        FUNDING,
        Perm.READ_RECORD,
        funding_lines,
        "boroughs:line-show",
        title="purpose",
        texts=("programme", "about", "reason"),
        where="programme",
        closure="closure",
        listed_too=True,
    ),
    Source(
        REGISTERS,
        Perm.READ_RECORD,
        lambda request: request.borough.received.all(),
        "boroughs:received-show",
        title="title",
        texts=("sender", "owner_post"),
        where="sender",
    ),
    Source(
        REGISTERS,
        Perm.READ_RECORD,
        lambda request: request.borough.policies.all(),
        "boroughs:policy-show",
        title="title",
        texts=("about", "owner_post", "approved_by"),
        where="owner_post",
    ),
    Source(
        REGISTERS,
        Perm.READ_RECORD,
        lambda request: request.borough.impact_assessments.all(),
        "boroughs:impact-show",
        title="title",
        texts=("findings", "of_what", "owner_post"),
    ),
)

"""What of papers can be found by search: their titles. Files are not indexed, and closed ones never will be."""

from boroughs.roles import Perm
from boroughs.searching import Kind, Source, offer

from .access import papers_for

PAPERS = Kind("papers", "Papers")

offer(
    Source(
        PAPERS,
        Perm.READ_PAPERS,
        papers_for,
        "papers:paper",
        title="title",
        where="meeting__committee__name",
        closure="closure",
        listed_too=True,
    )
)

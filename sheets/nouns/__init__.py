"""The kinds of workbooks, by the kind of an import."""

from accounts.models import User
from sheets.models import SheetImport

from .activities import ActivitiesSheet
from .base import Judged, Line, Noun, Written
from .figures import FiguresSheet
from .plan import PlanSheet
from .ratings import RatingsSheet
from .recommendations import RecommendationsSheet
from .reviews import ReviewsSheet

__all__ = ["KINDS", "Judged", "Line", "Noun", "Written", "noun_of"]

KINDS: dict[str, type[Noun]] = {
    SheetImport.Kind.PLAN: PlanSheet,
    SheetImport.Kind.RATINGS: RatingsSheet,
    SheetImport.Kind.FIGURES: FiguresSheet,
    SheetImport.Kind.REVIEWS: ReviewsSheet,
    SheetImport.Kind.RECOMMENDATIONS: RecommendationsSheet,
    SheetImport.Kind.ACTIVITIES: ActivitiesSheet,
}


def noun_of(sheet: SheetImport, by: User) -> Noun:
    """The kind as it stands to the record now. Raises Refused when its plan may not be read any more."""
    return KINDS[sheet.kind].of_sheet(sheet, by)

"""Every table that holds a borough's rows, and the way from it to the borough: children before what they point at."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import QuerySet

from accounts.models import User
from audit.trail import chain_of
from boroughs.models import Borough

# In this order rows are removed; the export holds them in the same.
PATHS: dict[str, str] = {
    "portal.ShownFigure": "borough",
    "portal.Letter": "borough",
    "portal.Rhythm": "borough",
    "reports.BatchItem": "report__borough",
    "reports.RenderedFile": "rendering__report__borough",
    "reports.Rendering": "report__borough",
    "reports.DecisionEdition": "decision__report__borough",
    "reports.DecisionRequest": "decision__report__borough",
    "reports.DecisionStep": "decision__report__borough",
    "reports.DecidedItem": "decision__report__borough",
    "reports.PublicDecision": "decision__report__borough",
    "reports.Decision": "report__borough",
    "reports.IssuedAppendix": "issue__borough",
    "reports.IssuedText": "issue__borough",
    "reports.Issue": "borough",
    "reports.PublicRegister": "borough",
    "reports.ReportedRound": "report__borough",
    "reports.Waiver": "report__borough",
    "reports.ReportAppendix": "report__borough",
    "reports.Clearance": "report__borough",
    "reports.ReportComment": "report__borough",
    "reports.ReportTextVersion": "text__report__borough",
    "reports.ReportText": "report__borough",
    "reports.Report": "borough",
    "reports.StyleChoice": "borough",
    "reports.HouseStyle": "borough",
    "reports.StyleVersion": "borough",
    "sheets.SheetRow": "sheet__borough",
    "sheets.SheetImport": "borough",
    "toolkit.AskedBenchmark": "rating__assessment__borough",
    "toolkit.Evidence": "rating__assessment__borough",
    "toolkit.RatingDraft": "rating__assessment__borough",
    "toolkit.PromptAnswer": "rating__assessment__borough",
    "toolkit.LocalPrompt": "borough",
    "toolkit.PromptSheet": "borough",
    "toolkit.BenchmarkPost": "borough",
    "toolkit.SignedEvidence": "signed__sign_off__borough",
    "toolkit.SignedAnswer": "signed__sign_off__borough",
    "toolkit.SignedText": "signed__sign_off__borough",
    "toolkit.SignedRating": "sign_off__borough",
    "toolkit.SignOff": "borough",
    "toolkit.RoundRule": "borough",
    "toolkit.LevelWording": "borough",
    "toolkit.RatingEvent": "assessment__borough",
    "toolkit.Rating": "assessment__borough",
    "toolkit.Assessment": "borough",
    "toolkit.Adoption": "borough",
    "papers.PaperUse": "paper__borough",
    "papers.PaperCopy": "version__paper__borough",
    "papers.PaperFinding": "version__paper__borough",
    "papers.PaperVersion": "paper__borough",
    "papers.Paper": "borough",
    "papers.FileKey": "borough",
    "boroughs.ActivityFigure": "activity__borough",
    "boroughs.ActivityCount": "activity__borough",
    "boroughs.Activity": "borough",
    "boroughs.ImpactAssessment": "borough",
    "boroughs.Policy": "borough",
    "boroughs.ContextFact": "borough",
    "boroughs.Briefing": "received__borough",
    "boroughs.Received": "borough",
    "boroughs.FundingStep": "line__borough",
    "boroughs.FundingAmount": "line__borough",
    "boroughs.FundingLine": "borough",
    "boroughs.RiskReview": "risk__borough",
    "boroughs.Risk": "borough",
    "boroughs.RiskBand": "matrix__borough",
    "boroughs.RiskMatrix": "borough",
    "boroughs.LinkedAction": "recommendation__review__borough",
    "boroughs.RecommendationAction": "recommendation__review__borough",
    "boroughs.Recommendation": "review__borough",
    "boroughs.Review": "borough",
    "toolkit.ServedBenchmark": "action__plan__strategy__borough",
    "boroughs.ProgressNote": "action__plan__strategy__borough",
    "boroughs.Action": "plan__strategy__borough",
    "boroughs.DeliveryPlan": "strategy__borough",
    "boroughs.Area": "priority__strategy__borough",
    "boroughs.Priority": "strategy__borough",
    "boroughs.AmendedText": "amendment__strategy__borough",
    "boroughs.Amendment": "strategy__borough",
    "boroughs.Consultation": "strategy__borough",
    "boroughs.LinkedStrategy": "strategy__borough",
    "boroughs.Strategy": "borough",
    "boroughs.FigureValueEvent": "borough",
    "boroughs.FigureValue": "borough",
    "boroughs.FigurePublication": "borough",
    "boroughs.FigureRule": "borough",
    "boroughs.OwnIndicator": "borough",
    "boroughs.RetentionReview": "borough",
    "boroughs.RetentionPeriod": "borough",
    "boroughs.PurgeRequest": "borough",
    "boroughs.ClosedPassages": "closure__borough",
    "boroughs.AccessRequest": "closure__borough",
    "boroughs.SeatGrant": "closure__borough",
    "boroughs.ClosureUserPermission": "content_object__borough",
    "boroughs.ClosureAct": "closure__borough",
    "boroughs.ClosureParagraph": "closure__borough",
    "boroughs.ClosureCase": "closure__borough",
    "boroughs.Closure": "borough",
    "boroughs.DutyRound": "duty__borough",
    "boroughs.Duty": "borough",
    "boroughs.CalendarFeed": "borough",
    "boroughs.Attendance": "meeting__committee__borough",
    "boroughs.BoardMember": "board__borough",
    "boroughs.Notice": "committee__borough",
    "boroughs.Seat": "committee__borough",
    "boroughs.Meeting": "committee__borough",
    "boroughs.Committee": "borough",
    "boroughs.CallInRule": "borough",
    "boroughs.FundingStatus": "borough",
    "boroughs.GovernanceModel": "borough",
    "boroughs.Invitation": "borough",
    "boroughs.BoroughUserPermission": "content_object",
    "boroughs.Membership": "borough",
    "boroughs.Organisation": "borough",
    "audit.Link": "event__borough_id",
    "audit.Event": "borough_id",
    "audit.Checked": "",  # by the chain's name
    "audit.Head": "",
    "boroughs.Borough": "pk",
}
# What is not written to the folder, and why. It is removed like the rest.
NOT_WRITTEN = {
    "papers.FileKey": "the borough's keys: the files are written in the clear, and without its keys what is sealed stays sealed",
    "boroughs.ClosedPassages": "keyed digests of closed texts, of use to this installation alone",
    "boroughs.BoroughUserPermission": "made from the roles by the portal",
    "toolkit.RatingDraft": "what its writer has not saved, sealed for them alone",
    "audit.Checked": "when this installation last checked the chain",
}
# Columns whose bytes are written as files of their own, or not at all
LEFT_OUT = {
    "reports.RenderedFile": {"pdf"},
    "boroughs.Invitation": {"digest"},
    "boroughs.CalendarFeed": {"digest"},
}


def rows_of(label: str, borough: Borough) -> QuerySet[models.Model]:
    """The borough's rows of a table, in the order of their keys."""
    model = apps.get_model(label)
    path = PATHS[label]
    rows: QuerySet[models.Model] = model._default_manager.order_by("pk")
    return rows.filter(**{path: borough.pk} if path else {"chain": chain_of(borough.pk)})


def written() -> list[str]:
    return [label for label in PATHS if label not in NOT_WRITTEN]


def people_of(borough: Borough) -> Iterator[User]:
    """Everybody whom a row of the borough names, by the keys that point at people."""
    found: set[int] = set()
    for label in PATHS:
        model = apps.get_model(label)
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                found |= set(rows_of(label, borough).values_list(field.attname, flat=True))
    found |= set(rows_of("audit.Event", borough).values_list("actor_id", flat=True))
    return User.objects.filter(pk__in=found - {None}).order_by("pk").iterator()


def see_everything() -> None:
    """For the rest of the transaction. Raises NotTheOwner for the application's role, which has no way to see it all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user = tableowner FROM pg_tables WHERE tablename = 'boroughs_borough'"
        )
        if not cursor.fetchone()[0]:
            raise NotTheOwner
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")


class NotTheOwner(Exception):
    def __init__(self) -> None:
        super().__init__("Run this as portal_owner: give DATABASE_URL the owner's address.")

"""A workbook that came in: its rows as they were typed, what each would do, and what it did. The file itself is not kept."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from boroughs.models import Borough, DeliveryPlan
from toolkit.models import Assessment

WAITING_LONG = dt.timedelta(seconds=30)


class SheetImport(models.Model):
    """The import is its own job: while it is checked, written or undone it waits for a worker, or one holds its lease."""

    class Kind(models.TextChoices):
        PLAN = "plan", "Delivery plan"
        RATINGS = "ratings", "Ratings of a round"
        FIGURES = "figures", "Figures"
        REVIEWS = "reviews", "Reviews"
        RECOMMENDATIONS = "recommendations", "Recommendations of reviews"
        ACTIVITIES = "activities", "Activities and projects"

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Columns to be matched"
        CHECKING = "checking", "Being checked"
        PREVIEWED = "previewed", "To be looked at"
        APPLYING = "applying", "Being written"
        APPLIED = "applied", "Written"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"
        DISCARDED = "discarded", "Discarded"

    AT_WORK = (State.CHECKING, State.APPLYING, State.UNDOING)
    WAS = {State.CHECKING: State.UPLOADED, State.APPLYING: State.PREVIEWED, State.UNDOING: State.APPLIED}  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="sheets")
    kind = models.CharField(max_length=15, choices=Kind)
    plan = models.ForeignKey(
        DeliveryPlan, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    heading_row = models.PositiveIntegerField(default=1)
    mapping = models.JSONField("column of the sheet by our own key", default=dict)
    words = models.JSONField("what the sheet's own words stand for", default=dict)
    total = models.PositiveIntegerField("rows under the headings", default=0)
    checked = models.PositiveIntegerField("of these checked", default=0)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    failure = models.TextField("why the last step did not succeed", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheets_added"
    )
    added_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sheets_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="plan", plan__isnull=False)
                | (~Q(kind="plan") & Q(plan__isnull=True)),
                name="a_plans_import_names_its_plan",
            ),
            models.CheckConstraint(
                condition=Q(kind="ratings", assessment__isnull=False)
                | (~Q(kind="ratings") & Q(assessment__isnull=True)),
                name="an_import_of_ratings_names_its_round",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["checking", "applying", "undoing"], token=None, lease_until=None
                )
                | Q(
                    state__in=["checking", "applying", "undoing"],
                    token__isnull=False,
                    lease_until__isnull=False,
                    attempts__gt=0,
                )
                | (
                    ~Q(state__in=["checking", "applying", "undoing"])
                    & Q(token=None, lease_until=None)
                ),
                name="an_import_is_leased_only_while_it_is_worked_on",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["applied", "undoing"], applied_at__isnull=False, undone_at=None
                )
                | Q(state="undone", applied_at__isnull=False, undone_at__isnull=False)
                | (
                    ~Q(state__in=["applied", "undoing", "undone"])
                    & Q(applied_at=None, undone_at=None)
                ),
                name="an_import_tells_when_it_was_written",
            ),
            models.CheckConstraint(
                condition=Q(checked__lte=models.F("total")), name="an_import_checks_its_own_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {timezone.localtime(self.added_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("sheets:sheet-show", args=[self.borough.slug, self.pk])

    @property
    def into(self) -> str:
        """The plan or the round that it goes into, where its kind names one."""
        return str(self.plan or self.assessment or "")

    @property
    def at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def waits_long(self) -> bool:
        """Whether to tell the reader that nothing is lost, though it takes longer than usual."""
        return self.at_work and timezone.now() - self.asked_at > WAITING_LONG

    def counts(self) -> dict[str, int]:
        """How many rows under the headings have each verdict."""
        rows = self.rows.exclude(verdict="").values_list("verdict").order_by("verdict")
        return dict(rows.annotate(many=models.Count("pk")))


class SheetRow(models.Model):
    """A row of the sheet. Its words are for whoever uploaded it; those of a plan for all who may read that plan."""

    class Verdict(models.TextChoices):
        ADD = "add", "Added"
        CHANGE = "change", "Changed"
        SAME = "same", "As it is"
        REFUSE = "refuse", "Refused"

    WRITES = (Verdict.ADD, Verdict.CHANGE)
    TONES = {"add": "green", "change": "blue", "same": "grey", "refuse": "red"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(SheetImport, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("row of the sheet")
    cells = models.JSONField("as they were typed", default=list)
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)
    title = models.CharField("what it is about", max_length=200, blank=True)
    reasons = models.JSONField("sentences", default=list)
    warnings = models.JSONField("what may identify a person", default=list)
    changes = models.JSONField("what, before, after", default=list)
    target = models.UUIDField("the record's key", null=True, blank=True)
    before = models.JSONField("what undoing needs", default=dict)

    class Meta:
        ordering = ["sheet", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="a_sheet_has_a_row_once"),
            models.CheckConstraint(
                condition=(Q(verdict="refuse") & ~Q(reasons=[]))
                | (~Q(verdict="refuse") & Q(reasons=[])),
                name="a_refused_row_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"

    @property
    def tone(self) -> str:
        return self.TONES.get(self.verdict, "")

    @property
    def words(self) -> str:
        """What is asked for of the row, before it is written."""
        return {"add": "To be added", "change": "To be changed"}.get(
            self.verdict, self.get_verdict_display()
        )


COLUMNS = {
    "verdict": "varchar",
    "title": "varchar",
    "reasons": "jsonb",
    "warnings": "jsonb",
    "changes": "jsonb",
    "target": "uuid",
    "before": "jsonb",
}


def write_rows(rows: Iterable[SheetRow], names: Sequence[str]) -> None:
    """Save these fields of many rows by one statement: Django's bulk_update takes seconds for two thousand."""
    said = [{"id": str(row.pk), **{name: getattr(row, name) for name in names}} for row in rows]
    kinds = ", ".join(f"{name} {COLUMNS[name]}" for name in names)
    sets = ", ".join(f"{name} = x.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE sheets_sheetrow r SET {sets} FROM jsonb_to_recordset(%s::jsonb) AS x(id uuid, {kinds}) WHERE r.id = x.id",  # noqa: S608 -- names of our own columns
            [json.dumps(said, default=str)],
        )


def sheets_of(borough: Borough, user: Any) -> models.QuerySet[SheetImport]:
    """The borough's imports, newest first, but for those into plans that the person may not read."""
    plans = DeliveryPlan.objects.filter(strategy__in=borough.strategies.visible_to(user))
    rows = SheetImport.objects.filter(borough=borough)
    found = rows.filter(Q(plan=None) | Q(plan__in=plans))
    return found.select_related(
        "borough", "plan__strategy", "assessment__version__scale", "added_by"
    ).order_by("-added_at", "pk")

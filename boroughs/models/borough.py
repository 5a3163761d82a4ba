"""A council that keeps its record in the portal, and what about it changes over the years."""

import datetime as dt

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from boroughs.roles import Perm


class Kind(models.TextChoices):
    LONDON_BOROUGH = "london_borough", "London borough"
    CITY_OF_LONDON = "city_of_london", "City of London"
    UNITARY = "unitary", "Unitary authority"
    METROPOLITAN = "metropolitan_district", "Metropolitan district"
    COUNTY = "county", "County council"
    DISTRICT = "non_metropolitan_district", "District council"
    WELSH = "welsh_principal_area", "Welsh county or county borough"
    SCILLY = "isles_of_scilly", "Isles of Scilly"


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    WALES = "wales", "Wales"


class BoroughQuerySet(models.QuerySet["Borough"]):
    def open(self) -> "BoroughQuerySet":
        return self.filter(ended_at=None)

    def with_funding(self, day: dt.date) -> "BoroughQuerySet":
        """With `funded`: the newest status that is known of the grant year of this day, or of one before it."""
        year = day.year if day.month >= 4 else day.year - 1
        known = FundingStatus.objects.filter(borough=OuterRef("pk"), year__lte=year)
        return self.annotate(funded=Subquery(known.order_by("-year").values("status")[:1]))


class Borough(models.Model):
    """Any authority that owes the duty: London borough, unitary, county, district, in England or Wales."""

    class ClearDays(models.TextChoices):
        CALENDAR = "calendar", "Calendar days"
        WORKING = "working", "Working days, leaving out weekends and bank holidays"

    class Marking(models.TextChoices):
        NONE = "none", "No protective marking is printed"
        OFFICIAL = "official", "OFFICIAL and OFFICIAL-SENSITIVE"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    full_name = models.CharField("name in full", max_length=150)
    gss_code = models.CharField(
        "GSS code",
        max_length=9,
        validators=[RegexValidator(r"^[EW]\d{8}\Z", "Enter a code such as E09000003")],
    )
    kind = models.CharField(max_length=30, choices=Kind)
    nation = models.CharField(max_length=10, choices=Nation)
    region = models.CharField(max_length=30, blank=True)  # as the register names it; Wales has none
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-f]{6}\Z", "Enter a colour such as #1d70b8")],
    )
    clear_days = models.CharField("clear-days rule", max_length=10, choices=ClearDays, blank=True)
    marking = models.CharField("protective marking", max_length=10, choices=Marking, blank=True)
    contact = models.CharField("who to ask", max_length=200, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = BoroughQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = ()
        permissions = [(perm.value, perm.label) for perm in Perm]
        constraints = [
            models.UniqueConstraint(
                fields=["gss_code"],
                condition=Q(ended_at=None),
                name="one_open_borough_an_authority",
            ),
            models.CheckConstraint(
                condition=~Q(nation="wales") | Q(region=""), name="a_region_lies_in_england"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portal:borough", args=[self.slug])

    @property
    def area(self) -> str:
        """The region of England, or Wales."""
        return self.region or (self.get_nation_display() if self.nation == Nation.WALES else "")

    def governance_on(self, day: dt.date) -> "GovernanceModel | None":
        """The model in force on a day: the latest that had begun."""
        begun = self.governance_models.filter(Q(since=None) | Q(since__lte=day))
        return begun.order_by(models.F("since").desc(nulls_last=True)).first()


class GovernanceModel(models.Model):
    """How the council takes decisions, from a day on (Local Government Act 2000, s9B)."""

    class Form(models.TextChoices):
        LEADER = "leader_cabinet", "Leader and cabinet"
        MAYOR = "mayor_cabinet", "Elected mayor and cabinet"
        COMMITTEES = "committee", "Committee system"
        OWN = "sui_generis", "Its own form"
        UNKNOWN = "unknown", "Not known"

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="governance_models")
    form = models.CharField(max_length=20, choices=Form)
    since = models.DateField(null=True, blank=True, help_text="Empty: for as long as is recorded.")
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["borough", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["borough", "since"], nulls_distinct=False, name="one_governance_model_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.get_form_display()


class FundingStatus(models.Model):
    """Whether the Home Office funds the area in a grant year, which begins on 1 April of `year`."""

    class Status(models.TextChoices):
        PRIORITY = "priority", "Priority area, funded"
        SUPPORTED = "supported", "Supported area"
        TAPERED = "tapered", "Funded while its funding is withdrawn"
        UNFUNDED = "unfunded", "Not funded"
        UNKNOWN = "unknown", "Not known"

    borough = models.ForeignKey(Borough, models.PROTECT, related_name="funding_statuses")
    year = models.PositiveSmallIntegerField("grant year beginning in April")
    status = models.CharField(max_length=10, choices=Status)
    source = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["borough", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "year"], name="one_funding_status_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}/{(self.year + 1) % 100:02d}: {self.get_status_display()}"

"""Published toolkits as data: versions, benchmarks, scales, and what became of a benchmark in the next version."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404


class Scale(models.Model):
    """The words a benchmark may be rated with."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """One word of a scale; a higher rank is better."""

    class Tone(models.TextChoices):
        GREEN = "green", "Green"
        AMBER = "amber", "Amber"
        RED = "red", "Red"
        BLUE = "blue", "Blue"
        GREY = "grey", "Grey"

    class Pattern(models.TextChoices):
        PLAIN = "plain", "Plain"
        DOTS = "dots", "Dots"
        STRIPES = "stripes", "Stripes"
        CROSS = "cross", "Crossed stripes"
        LINES = "lines", "Lines"
        GRID = "grid", "Grid"

    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels")
    key = models.SlugField()
    label = models.CharField(max_length=60)
    tone = models.CharField(max_length=10, choices=Tone)
    pattern = models.CharField(
        "where colours are not printed", max_length=10, choices=Pattern, default=Pattern.PLAIN
    )
    rank = models.PositiveSmallIntegerField()
    meaning = models.TextField(blank=True)

    class Meta:
        ordering = ["scale", "-rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "key"], name="one_level_a_key"),
            models.UniqueConstraint(fields=["scale", "rank"], name="one_level_a_rank"),
        ]

    def __str__(self) -> str:
        return self.label


class ToolkitVersionQuerySet(models.QuerySet["ToolkitVersion"]):
    def in_force_on(self, day: dt.date) -> "ToolkitVersionQuerySet":
        return self.filter(
            Q(in_force_until=None) | Q(in_force_until__gte=day), in_force_from__lte=day
        )


class ToolkitVersion(models.Model):
    """One published toolkit. Benchmarks are known by their key: numbers 1 and 2 swapped between 2018 and 2024."""

    class Kind(models.TextChoices):
        TOOLKIT = "toolkit", "Toolkit"
        STATEMENT = "statement", "Statement beside the toolkit"

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TOOLKIT)
    title = models.CharField(max_length=150)
    year = models.PositiveSmallIntegerField()
    publisher = models.CharField(max_length=100)
    published_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    jurisdiction = models.CharField(max_length=60)
    status = models.CharField(max_length=200, blank=True)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="versions")
    checksum = models.CharField(max_length=64)

    objects = ToolkitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class Benchmark(models.Model):
    """What a version asks, in the words that assessments by it were made against."""

    class Obligation(models.TextChoices):
        """How strongly it binds, as the data file says. Empty: the file was not asked yet."""

        MUST = "must", "Must: the law requires it"
        SHOULD = "should", "Should: statutory guidance expects it"
        GOOD_PRACTICE = "good_practice", "Good practice"
        NOT_STATED = "not_stated", "Whether it is a must or a should is not stated"

    version = models.ForeignKey(ToolkitVersion, models.PROTECT, related_name="benchmarks")
    key = models.SlugField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    statement = models.TextField(blank=True)
    verified = models.BooleanField(
        default=False, help_text="Whether the statement was checked against the publication."
    )
    obligation = models.CharField(max_length=15, choices=Obligation, blank=True, default="")
    support = models.TextField(
        blank=True, default="", help_text="What title and statement rest on."
    )

    class Meta:
        ordering = ["version", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_benchmark_a_key"),
            models.UniqueConstraint(fields=["version", "number"], name="one_benchmark_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_bound(self) -> bool:
        """Whether the publication says how strongly it binds."""
        return self.obligation not in ("", self.Obligation.NOT_STATED)


def benchmark_of(version: str, key: str) -> Benchmark:
    """By the keys of version and benchmark. Raises Http404 where there is none."""
    rows = Benchmark.objects.select_related("version")
    return get_object_or_404(rows, version__key=version, key=key)


class Prompt(models.Model):
    """A question that helps to judge a benchmark: local wording, not the publisher's."""

    benchmark = models.ForeignKey(Benchmark, models.CASCADE, related_name="prompts")
    key = models.SlugField(blank=True, default="")  # empty: the file was not asked yet
    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["benchmark", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "key"], condition=~Q(key=""), name="one_prompt_a_key"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Crossing(models.Model):
    """What became of a benchmark in a later version. A rating is never carried across a merge."""

    class Relation(models.TextChoices):
        SAME = "same", "The same"
        PART = "part_of", "Part of"
        MERGED = "merged_into", "Merged into"

    before = models.ForeignKey(Benchmark, models.PROTECT, related_name="successors")
    after = models.ForeignKey(Benchmark, models.PROTECT, related_name="predecessors")
    relation = models.CharField(max_length=12, choices=Relation)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["before", "after", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_crossing_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

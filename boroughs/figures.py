"""Figures as they are read: a borough's catalogue, its values by period, and what of them the public sees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .disclosure import (
    Cell,
    Published,
    Said,
    Span,
    State,
    Unsaid,
    beside_withheld,
    never_overlapping,
    percentage,
    publish,
)
from .indicators import OF_WHICH, Catalogue, Indicator, shipped
from .models import Borough, FigurePublication, FigureRule, FigureValue
from .models.figure import plain_number
from .periods import Period

SUPPRESSED, WITHHELD, UNKNOWN = "Suppressed", "Withheld", "Not known"
WORDS = {State.SUPPRESSED: SUPPRESSED, State.WITHHELD: WITHHELD, State.UNKNOWN: UNKNOWN}


@dataclass(frozen=True)
class Line:
    """One figure of a family and period: as the record has it, and as the public sees it."""

    indicator: Indicator
    depth: int
    value: FigureValue
    cell: Cell

    @property
    def public(self) -> str:
        if self.cell.state is not State.SHOWN:
            return WORDS[self.cell.state]
        if not self.indicator.people_referred:
            return self.value.word
        number = plain_number(self.cell.number or 0)
        if self.value.qualifier == FigureValue.Qualifier.EXACTLY:
            return number
        return f"{self.value.get_qualifier_display()} {number}"


@dataclass(frozen=True)
class Family:
    """An indicator with all that stands under it, in one period."""

    root: Indicator
    period: Period
    lines: list[Line]
    published: Published | None  # None: not held to the rule for referred people

    @property
    def kept(self) -> bool:
        return self.published is not None and self.published.kept

    @property
    def shares(self) -> dict[str, int]:
        """Of what is printed: how many per cent of its whole an "of which" is."""
        cells = {line.indicator.key: line.cell for line in self.lines}
        found = {
            line.indicator.key: percentage(line.cell, cells[line.indicator.whole])
            for line in self.lines
            if line.indicator.relation == OF_WHICH and line.indicator.whole in cells
        }
        return {key: share for key, share in found.items() if share is not None}


def catalogue_of(borough: Borough) -> Catalogue:
    """The indicators that ship, and the borough's own; one that stands under nothing known stands by itself."""
    own = [row.as_indicator() for row in borough.own_indicators.all()]
    return Catalogue([*shipped(), *own])


def rule_of(borough: Borough) -> FigureRule:
    """The borough's settings of disclosure control; those that ship until it has its own."""
    return FigureRule.objects.filter(borough=borough).first() or FigureRule(borough=borough)


def public_figures(borough: Borough) -> list[Family]:
    """What would be published now, newest period first. Pages, exports and reports all ask this.

    Closed figures are not in it. Raises nothing; a family that may not be told at all is there with its cells withheld.
    """
    return Public(borough).families()


class Public:
    """The borough's open figures on their way out."""

    def __init__(self, borough: Borough) -> None:
        self.catalogue = catalogue_of(borough)
        self.settings = rule_of(borough)
        self.before: dict[str, dict[Span, FigurePublication]] = defaultdict(dict)
        for row in borough.figure_publications.order_by("published_at", "pk"):
            self.before[row.family][row.period.span] = row
        in_sight = borough.figures.open_to_all().order_by(
            "closure"
        )  # open after released: it counts
        self.values = _by_family(self.catalogue, in_sight)

    def families(self) -> list[Family]:
        found = [
            self._family(self.catalogue.by_key[root], period, values)
            for root, periods in self.values.items()
            for period, values in periods.items()
            if period in self._printable(root)
        ]
        order = [indicator.key for indicator in self.catalogue]
        found.sort(key=lambda f: order.index(f.root.key))
        return sorted(found, key=lambda f: f.period, reverse=True)

    def _printable(self, root: str) -> list[Period]:
        """Referred people: periods of one length that do not overlap what was printed before. Others: all."""
        periods = list(self.values[root])
        if not self.catalogue.by_key[root].people_referred:
            return periods
        wanted = [period for period in periods if period.kind == self.settings.period_kind]
        allowed = never_overlapping((p.span for p in wanted), self.before[root])
        return [period for period in wanted if period.span in allowed]

    def _family(self, root: Indicator, period: Period, values: Mapping[str, FigureValue]) -> Family:
        said = {key: self._said(value) for key, value in values.items()}
        groups = self.catalogue.groups(root.key)
        published = None
        if root.people_referred:
            published = publish(groups, said, self.settings.rule, self._before(root.key, period))
            cells = published.cells
        else:
            cells = beside_withheld(groups, said)
        lines = [
            Line(found, self.catalogue.depth(found.key), values[found.key], _cell(cells, found.key))
            for found in self.catalogue.family(root.key)
            if found.key in values
        ]
        return Family(root, period, lines, published)

    def _said(self, value: FigureValue) -> Said:
        """Of referred people nothing is said that the lead has not chosen to publish, and no share or average ever."""
        indicator = self.catalogue.by_key[value.indicator]
        said = indicator.publishable and value.indicator in self.settings.published
        return value.said if said or not indicator.people_referred else Unsaid.WITHHELD

    def _before(self, root: str, period: Period) -> Published | None:
        row = self.before[root].get(period.span)
        if row is None:
            return None
        cells = {key: Cell(State(state), number) for key, (state, number) in row.cells.items()}
        return Published(cells, row.exact)


def _cell(cells: Mapping[str, Cell], key: str) -> Cell:
    """A figure recorded since an earlier publication that stands is not printed."""
    return cells.get(key, Cell(State.SUPPRESSED))


def _by_family(
    catalogue: Catalogue, values: Iterable[FigureValue]
) -> dict[str, dict[Period, dict[str, FigureValue]]]:
    found: dict[str, dict[Period, dict[str, FigureValue]]] = defaultdict(lambda: defaultdict(dict))
    for value in values:
        if value.indicator in catalogue.by_key:
            root = catalogue.root_of(value.indicator).key
            found[root][value.period][value.indicator] = value
    return found

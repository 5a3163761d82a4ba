"""No suppressed number can be worked out from what is printed, also by a reader who knows the rule."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boroughs.disclosure import (
    Cell,
    Count,
    Group,
    Published,
    Rule,
    Said,
    Span,
    State,
    Unsaid,
    beside_withheld,
    may_be_seen,
    never_overlapping,
    percentage,
    publish,
)
from tests.boroughs.attacker import Printed, possible

MOST = 12
CHAIN = [Group("enquiries", ("police",), False), Group("police", ("panel",), False)]
SHAPES: list[list[Group]] = [
    [Group("all", ("a", "b"))],
    [Group("all", ("a", "b", "c"))],
    [Group("all", ("a",), False)],
    [Group("all", ("a", "b"), False)],
    [Group("all", ("a",), False), Group("a", ("b",), False)],
    [Group("all", ("a", "b")), Group("a", ("c", "d"))],
    [Group("all", ("a", "b")), Group("all", ("c",), False)],
    [Group("all", ("a", "b")), Group("all", ("c", "d"))],
    [Group("all", ("a",), False), Group("a", ("b", "c"))],
]


def values(groups: Sequence[Group], draw: st.DrawFn) -> dict[str, Said]:
    """A table that adds up: each part takes some of what is left of its whole."""
    said: dict[str, Said] = {"all": Count(draw(st.integers(0, MOST)))}
    for group in groups:
        whole = said[group.whole]
        assert isinstance(whole, Count)
        left = whole.number
        for place, part in enumerate(group.parts):
            last = group.exhaustive and place == len(group.parts) - 1
            taken = left if last else draw(st.integers(0, left))
            said[part], left = Count(taken), left - taken
    return said


@st.composite
def records(draw: st.DrawFn) -> tuple[list[Group], dict[str, Said]]:
    groups = draw(st.sampled_from(SHAPES))
    return groups, values(groups, draw)


@st.composite
def revised_records(
    draw: st.DrawFn,
) -> tuple[list[Group], dict[str, Said], dict[str, Said]]:
    groups = draw(st.sampled_from(SHAPES[:6]))
    return groups, values(groups, draw), values(groups, draw)


rules = st.builds(
    Rule, threshold=st.integers(3, 5), rounding=st.sampled_from([1, 5]), zeros=st.booleans()
)


def assert_hidden(found: Mapping[str, set[int]], rule: Rule) -> None:
    """The guarantee: every number from 1 to just under the threshold is still possible."""
    for key, numbers in found.items():
        assert set(range(1, rule.threshold)) <= numbers, key


@settings(max_examples=100, deadline=None)
@given(records(), rules)
def test_every_small_number_is_possible_for_each_suppressed_cell(
    record: tuple[list[Group], dict[str, Said]], rule: Rule
) -> None:
    groups, said = record
    exact = Rule(
        rule.threshold, 1, rule.zeros
    )  # the attacker reads exact numbers: rounding tells less
    printed = publish(groups, said, exact).cells
    found = possible(
        groups,
        printed,
        most=MOST,
        knows_the_rule=lambda table: publish(groups, table, exact).cells,
    )
    assert_hidden(found, exact)


@settings(max_examples=100, deadline=None)
@given(revised_records(), rules, rules)
def test_nothing_is_told_by_printing_the_same_period_again(
    record: tuple[list[Group], dict[str, Said], dict[str, Said]], first: Rule, second: Rule
) -> None:
    groups, was, is_now = record
    first, second = Rule(first.threshold, 1, first.zeros), Rule(second.threshold, 1, second.zeros)
    before = publish(groups, was, first)
    after = publish(groups, is_now, second, before)
    printed = after.cells
    # What is kept speaks of the table before: the one there is now need not agree with it
    agrees = {key: Cell(State.SUPPRESSED) for key in printed} if after.kept else printed
    again = possible(
        groups,
        agrees,
        most=MOST,
        knows_the_rule=lambda table: publish(groups, table, second, before).cells,
        prints=printed,
    )
    for key in after.suppressed:
        a_printed_nought = second.zeros and is_now[key] == Count(0)
        assert a_printed_nought or len(again[key]) >= second.threshold - 1, key
    if was == is_now:  # the reader may know that nothing was corrected, and lay both side by side
        both = {k: c if c.number is not None else before.cells[k] for k, c in printed.items()}
        assert_hidden(
            possible(groups, both, most=MOST), Rule(min(first.threshold, second.threshold))
        )


@settings(deadline=None)
@given(revised_records(), rules)
def test_no_difference_between_two_printings_is_small(
    record: tuple[list[Group], dict[str, Said], dict[str, Said]], rule: Rule
) -> None:
    groups, was, is_now = record
    before = publish(groups, was, rule)
    again = publish(groups, is_now, rule, before)
    for key in before.exact.keys() & again.exact.keys():
        difference = abs(before.exact[key] - again.exact[key])
        assert difference == 0 or difference >= rule.threshold
    assert publish(groups, is_now, rule, again).cells == again.cells


@settings(deadline=None)
@given(records(), rules)
def test_what_is_printed_is_the_rounded_number_of_the_record_and_never_small(
    record: tuple[list[Group], dict[str, Said]], rule: Rule
) -> None:
    groups, said = record
    for key, cell in publish(groups, said, rule).cells.items():
        value = said[key]
        assert isinstance(value, Count)
        if cell.state is State.SHOWN:
            assert rule.lets(value.number)
            assert cell.number == rule.prints(value.number)
        else:
            assert cell == Cell(State.SUPPRESSED)


# -- the attack can succeed: against publishers that hide too little ---------------------------------
def primary_only(groups: Sequence[Group], said: Mapping[str, Said], rule: Rule) -> Printed:
    return {
        key: Cell(State.SHOWN, value.number)
        if isinstance(value, Count) and rule.lets(value.number)
        else Cell(State.SUPPRESSED)
        for key, value in said.items()
    }


@pytest.mark.parametrize(
    ("groups", "numbers", "found"),
    [
        ([Group("all", ("a", "b", "c"))], {"all": 30, "a": 3, "b": 12, "c": 15}, {"a": {3}}),
        ([Group("all", ("a", "b")), Group("a", ("c", "d"))],
         {"all": 30, "a": 12, "b": 18, "c": 2, "d": 10}, {"c": {2}}),
        ([Group("all", ("a", "b", "c"))], {"all": 14, "a": 1, "b": 1, "c": 12}, {"a": {0, 1, 2}, "b": {0, 1, 2}}),
    ],
)  # fmt: skip
def test_the_attacker_finds_what_a_careless_publisher_tells(
    groups: list[Group], numbers: dict[str, int], found: dict[str, set[int]]
) -> None:
    said = {key: Count(number) for key, number in numbers.items()}
    told = primary_only(groups, said, Rule(10))
    assert possible(groups, told, most=30) == found
    hidden = possible(groups, publish(groups, said, Rule(10)).cells, most=30)
    for key in found:
        assert len(hidden[key]) >= 9


def test_the_attacker_who_knows_a_rule_that_picks_the_smallest_partner_learns_from_it() -> None:
    """Two ones and a third number: both hidden, noughts printed. Knowing the rule tells that each is 1."""
    groups = [Group("all", ("a", "b", "c"))]
    rule = Rule(10, zeros=True)
    said: dict[str, Said] = {"all": Count(14), "a": Count(1), "b": Count(1), "c": Count(12)}
    told = primary_only(groups, said, rule)
    known = possible(
        groups, told, most=14, knows_the_rule=lambda table: primary_only(groups, table, rule)
    )
    assert known == {"a": {1}, "b": {1}}
    hidden = possible(
        groups,
        publish(groups, said, rule).cells,
        most=14,
        knows_the_rule=lambda table: publish(groups, table, rule).cells,
    )
    assert_hidden(hidden, rule)


# -- the cases the rule was made for -----------------------------------------------------------------
BARNET = {"enquiries": Count(79), "police": Count(41), "panel": Count(7)}


def test_the_seven_of_a_chain_are_suppressed_and_one_to_nine_stay_possible() -> None:
    printed = publish(CHAIN, BARNET, Rule(10)).cells
    assert printed == {
        "enquiries": Cell(State.SHOWN, 79),
        "police": Cell(State.SHOWN, 41),
        "panel": Cell(State.SUPPRESSED),
    }
    found = possible(
        CHAIN, printed, most=79, knows_the_rule=lambda table: publish(CHAIN, table, Rule(10)).cells
    )
    assert found["panel"] == {*range(10), *range(32, 42)}


def test_a_threshold_of_five_prints_the_seven() -> None:
    assert publish(CHAIN, BARNET, Rule(5)).cells["panel"] == Cell(State.SHOWN, 7)


def test_a_small_rest_is_suppressed_with_the_part_that_leaves_it() -> None:
    said = {**BARNET, "police": Count(77), "panel": Count(30)}
    printed = publish(CHAIN, said, Rule(10)).cells
    assert {k for k, c in printed.items() if c.number} == {"enquiries"}


def test_everybody_and_nobody_are_small_groups_unless_noughts_are_printed() -> None:
    all_referred = {"all": Count(40), "a": Count(40)}
    group = [Group("all", ("a",), False)]
    assert publish(group, all_referred, Rule(10)).suppressed == {"a"}
    assert not publish(group, all_referred, Rule(10, zeros=True)).suppressed
    nobody = {"all": Count(0)}
    assert publish([], nobody, Rule(10)).suppressed == {"all"}
    assert publish([], nobody, Rule(10, zeros=True)).cells == {"all": Cell(State.SHOWN, 0)}


def test_below_a_small_total_everything_is_left_out() -> None:
    said = {"all": Count(9), "a": Count(0), "b": Count(9)}
    assert publish([Group("all", ("a", "b"))], said, Rule(10, zeros=True)).suppressed == {
        "all",
        "a",
        "b",
    }


def test_parts_that_do_not_add_up_are_left_out_and_so_are_those_beside_an_unsaid_one() -> None:
    group = [Group("all", ("a", "b"))]
    for a in (Count(30), Count(20, exact=False), Unsaid.UNKNOWN, Unsaid.WITHHELD):
        cells = publish(group, {"all": Count(40), "a": a, "b": Count(20)}, Rule(10)).cells
        assert cells["all"].number == 40
        assert cells["b"] == Cell(State.SUPPRESSED)


def test_under_an_unknown_total_each_part_stands_by_itself() -> None:
    said: dict[str, Said] = {"enquiries": Unsaid.UNKNOWN, "police": Count(41), "panel": Count(7)}
    cells = publish(CHAIN, said, Rule(10)).cells
    assert (cells["police"].number, cells["panel"].state) == (41, State.SUPPRESSED)


def test_an_unknown_link_of_a_chain_hides_neither_end_and_still_guards_the_rest() -> None:
    said: dict[str, Said] = {"enquiries": Count(79), "police": Unsaid.UNKNOWN, "panel": Count(12)}
    assert may_be_seen(CHAIN, said, Rule(10)) == {"enquiries", "panel"}
    assert may_be_seen(CHAIN, {**said, "panel": Count(75)}, Rule(10)) == {"enquiries"}


def test_an_about_or_over_number_is_held_to_the_threshold_too() -> None:
    assert publish([], {"all": Count(8, exact=False)}, Rule(10)).suppressed == {"all"}
    assert not publish([], {"all": Count(65, exact=False)}, Rule(10)).suppressed


def test_numbers_are_rounded_to_the_nearest_step() -> None:
    cells = publish(CHAIN, BARNET, Rule(10, rounding=5)).cells
    assert [cell.number for cell in cells.values()] == [80, 40, None]


# -- the same period again ---------------------------------------------------------------------------
PARTS = [Group("all", ("a", "b"))]


def said_of(a: int, b: int) -> dict[str, Count]:
    return {"all": Count(a + b), "a": Count(a), "b": Count(b)}


def test_a_small_correction_is_not_printed() -> None:
    before = publish(PARTS, said_of(20, 30), Rule(10))
    again = publish(PARTS, said_of(20, 33), Rule(10), before)
    assert again.cells == before.cells
    assert again.kept
    assert publish(PARTS, said_of(20, 45), Rule(10), before).cells["b"].number == 45


def test_a_part_that_was_printed_and_became_small_takes_the_total_with_it() -> None:
    before = publish(PARTS, said_of(12, 30), Rule(10))
    again = publish(PARTS, said_of(2, 30), Rule(10), before)
    assert again.suppressed == {"all", "a", "b"}


def test_what_was_suppressed_stays_suppressed() -> None:
    before = publish(PARTS, said_of(4, 30), Rule(10))
    for now in (publish(PARTS, said_of(14, 30), Rule(10), before),
                publish(PARTS, said_of(6, 28), Rule(5), before)):  # fmt: skip
        assert now.suppressed == {"a", "b"}


def test_a_total_that_was_unknown_is_not_added_to_parts_that_were_printed() -> None:
    unknown: dict[str, Said] = {**said_of(3, 50), "all": Unsaid.UNKNOWN}
    before = publish(PARTS, unknown, Rule(10))
    assert before.exact == {"b": 50}
    assert publish(PARTS, said_of(3, 50), Rule(10), before).suppressed == {"all", "a", "b"}


def test_a_stricter_rule_prints_less_and_tells_nothing_new() -> None:
    before = publish(CHAIN, BARNET, Rule(5))
    again = publish(CHAIN, BARNET, Rule(10), before)
    assert again.suppressed == {"panel"}
    assert isinstance(again, Published)


# -- beside a withheld number ------------------------------------------------------------------------
def test_a_withheld_part_of_a_total_takes_the_other_parts_with_it() -> None:
    staff = [Group("all", ("own", "external"))]
    said: dict[str, Said] = {"all": Count(493), "own": Unsaid.WITHHELD, "external": Count(99)}
    cells = beside_withheld(staff, said)
    assert cells["all"].number == 493
    assert cells["own"].state is State.WITHHELD
    assert cells["external"] == Cell(State.SUPPRESSED)
    total = beside_withheld(staff, {**said, "all": Unsaid.WITHHELD, "own": Count(394)})
    assert {key for key, cell in total.items() if cell.number is not None} == set()


def test_small_numbers_that_count_no_referred_people_are_printed() -> None:
    said: dict[str, Said] = {"all": Count(4), "a": Count(1), "b": Unsaid.UNKNOWN}
    cells = beside_withheld([Group("all", ("a", "b"))], said)
    assert [cell.number for cell in cells.values()] == [4, 1, None]


# -- percentages and periods -------------------------------------------------------------------------
def test_a_percentage_is_of_two_printed_numbers_and_of_a_base_that_is_not_small() -> None:
    def shown(number: int) -> Cell:
        return Cell(State.SHOWN, number)

    assert percentage(shown(41), shown(79)) == 52
    assert percentage(shown(41), shown(49)) is None
    assert percentage(Cell(State.SUPPRESSED), shown(79)) is None
    assert percentage(shown(41), Cell(State.SUPPRESSED)) is None


def span(first: str, last: str) -> Span:
    return Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_quarter_is_not_printed_beside_the_year_it_is_in() -> None:
    year, quarter = span("2021-04-01", "2022-03-31"), span("2021-04-01", "2021-06-30")
    later = span("2022-04-01", "2022-06-30")
    assert never_overlapping([quarter, later], [year]) == [later]
    assert never_overlapping([year], [year]) == [year]
    assert never_overlapping([year, quarter], []) == [quarter]

"""What the checks before issue make of words alone: days told of as past, small numbers, references that lead nowhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.checks.dates import past_after
from reports.checks.references import Places
from reports.checks.small import small_numbers

REPORT = date(2017, 7, 11)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "On 21 July the Government confirmed that it would look again.",
            [],
        ),  # “would” looks ahead
        ("On 21 July the Government confirmed its intention to look again.", [date(2017, 7, 21)]),
        ("On 21 July, in a speech, ministers confirmed a review.", [date(2017, 7, 21)]),
        ("The plan was agreed on 12 September 2017.", [date(2017, 9, 12)]),
        ("The board met on Friday 14th July.", [date(2017, 7, 14)]),
        ("Members were told on the 3rd of August 2018.", [date(2018, 8, 3)]),
        ("The meeting of 1 Sept 2017 took note.", [date(2017, 9, 1)]),
        ("On 10 July the board agreed the plan.", []),  # before the report
        ("On 11 July the board agreed the plan.", []),  # its day
        ("On 21 July 2016 the board agreed the plan.", []),
        ("On 21 November the board agreed the plan.", []),  # of the year before, as likely as not
        ("On 21 July the board will meet.", []),
        ("The board agreed that it will report on 21 July 2017.", []),
        ("The board agreed to meet on 21 July.", []),
        ("Officers were asked to report to members on 21 July.", []),
        ("The strategy is reviewed on 21 July 2018.", []),
        ("Funding was confirmed until 31 March 2018.", []),
        ("The plan was agreed in May and is due on 21 July.", []),
        ("It may be heard on 21 July, as officers noted.", []),
        ("On 31 February 2018 the board agreed the plan.", []),  # there is no such day
        ("The need on 21 July 2017 is known.", []),
    ],
)
def test_a_day_after_the_report_that_is_told_of_as_past_is_found(
    sentence: str, days: list[date]
) -> None:
    assert list(past_after(sentence, REPORT)) == days


@given(
    st.sampled_from(["On 21 July", "On 12 September 2017,", "On Monday 17 July"]),
    st.sampled_from(["the board", "members", "the council’s plan"]),
    st.sampled_from(["meet", "be reviewed", "have been consulted", "report what was agreed"]),
    st.text(alphabet="abcdefghij ", max_size=40),
)
def test_no_sentence_that_says_will_is_taken_for_the_past(
    day: str, who: str, what: str, more: str
) -> None:
    assert not list(past_after(f"{day} {who} will {what} {more}.", REPORT))


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("There were 3 referrals to Channel.", [3]),
        ("Of these, two people were adopted by the panel.", [2]),
        ("Adopted cases: 4.", [4]),
        ("Three young people were referred, and 1 case was adopted.", [3, 1]),
        ("Referrals (2) fell.", [2]),
        ("Referrals fell to 3 in the year.", [3]),
        ("There were 40 referrals.", []),
        ("There were 12 referrals to Channel.", []),
        ("The Channel panel met 3 times.", []),
        ("Referrals over the last three years have risen.", []),
        ("Channel: 2 meetings discussed cases.", []),
        ("Referrals are in paragraph 3.", []),
        ("Referrals rose by 4%.", []),
        ("Four people attended the workshop.", []),
        ("The Channel panel uses one case study.", []),
        ("Referrals were counted on 3 May.", []),
        ("The panel and Channel have 0 cases.", []),
    ],
)
def test_a_small_number_of_referred_people_is_found(sentence: str, numbers: list[int]) -> None:
    assert list(small_numbers(sentence, 10)) == numbers


def test_what_is_small_is_the_boroughs_own_threshold() -> None:
    assert list(small_numbers("There were 7 referrals.", 10)) == [7]
    assert list(small_numbers("There were 7 referrals.", 5)) == []


THERE = Places(
    {"1", "3", "3.1", "3.10", "2.1"},
    {"1", "2", "3"},
    {"section-legal"},
    {"1", "2", "C"},
    {"legal", "risk-plan"},
)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("See appendix 3 for more.", ["appendix 3"]),
        ("See Appendix 2.", []),
        ("See appendix 3 to the strategy.", []),
        ("It stands in Appendix B.", ["appendix B"]),
        ("It is told of in section 9.", ["section 9"]),
        ("It is told of in section 9 of this report.", ["section 9"]),
        ("It is told of in section 2.", []),
        ("Section 26 of the Counter-Terrorism and Security Act 2015 applies.", []),
        ("The 2015 Act, section 26, applies.", []),
        ("Section 100A(4) applies.", []),
        ("As paragraph 3.10 says.", []),
        ("As paragraph 3.11 says.", ["paragraph 3.11"]),
        ("As said before (see 4.2).", ["paragraph 4.2"]),
        ("Paragraph 7 of Schedule 12A applies.", []),
        ("See Appendix C, and appendix a of theirs.", []),
        ("Told in the appendix a colleague wrote.", []),
        ("See Appendix D.", ["appendix D"]),
        ("Section 29 of the Act asks for it.", []),
        ("Under section 29 Counter-Terrorism and Security Act 2015 it must.", []),
        ("The Act’s section 29 asks for it.", []),
        ("Our section 17 duty is met.", []),
        ("The section 47 enquiries and a section 75 agreement.", []),
        ("Section 29 (below) tells of it.", ["section 29"]),
        ("See {@risk-plan} and [Legal](#legal).", []),
        (
            "See {@nowhere} and [more](#nothing).",
            ["a link inside the paper", "a place by its name"],
        ),
        ("[Legal](#section-legal) and [more](#section-nothing).", ["a link inside the paper"]),
        ("[Legal](#section-legal) alone.", []),
    ],
)
def test_a_reference_that_leads_nowhere_is_found(sentence: str, missing: list[str]) -> None:
    assert list(THERE.missing(sentence)) == missing


@given(st.text(), st.dates())
def test_no_words_break_these_checks(text: str, day: date) -> None:
    said = f"{text} on 31 July 9999 was {text} appendix 3 {text} 3 referrals"
    for one in (text, said):
        assert all(each > day for each in past_after(one, day))
        assert all(0 < number < 10 for number in small_numbers(one, 10))
        assert all(isinstance(each, str) for each in THERE.missing(one))

"""What may identify a person is found, and what a committee's paper is full of is not."""

import re
import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boroughs.prose import (
    NEVER_GIVEN,
    PUPIL_LETTERS,
    SHORT,
    Kind,
    identifiers,
    is_insurance_number,
    is_nhs_number,
    is_pupil_number,
)

FOUND = [
    (Kind.BIRTH, "He was born on 3 March 2001 in the borough.", "born on 3 March 2001"),
    (Kind.BIRTH, "DOB: 03/03/2001", "DOB: 03/03/2001"),
    (Kind.BIRTH, "d.o.b. 3.3.01", "d.o.b. 3.3.01"),
    (Kind.BIRTH, "date of birth 2001-03-03", "date of birth 2001-03-03"),
    (Kind.BIRTH, "born in March 2001", "born in March 2001"),
    (
        Kind.BIRTH,
        "Date of birth is the 3rd of March 2001",
        "Date of birth is the 3rd of March 2001",
    ),
    (Kind.BIRTH, "the learner (3 March 2001, DOB)", "3 March 2001, DOB"),
    (Kind.PHONE, "Call 020 7946 0018.", "020 7946 0018"),
    (Kind.PHONE, "Tel: 0207 946 0018", "0207 946 0018"),
    (Kind.PHONE, "(01632) 960 001", "(01632) 960 001"),
    (Kind.PHONE, "mobile 07700900123,", "07700900123"),
    (Kind.PHONE, "07700 900-123", "07700 900-123"),
    (Kind.PHONE, "+44 7700 900123", "+44 7700 900123"),
    (Kind.PHONE, "+44 (0)20 7946 0018", "+44 (0)20 7946 0018"),
    (Kind.PHONE, "0044 20 7946 0018", "0044 20 7946 0018"),
    (Kind.E_MAIL, "Write to jo.bloggs@example.org", "jo.bloggs@example.org"),
    (Kind.E_MAIL, "(jbloggs@council.example.org)", "jbloggs@council.example.org"),
    (Kind.NHS, "NHS number 943 476 5919", "943 476 5919"),
    (Kind.NHS, "943-476-5919", "943-476-5919"),
    (Kind.NHS, "9434765919", "9434765919"),
    (Kind.INSURANCE, "NI number AB 12 34 56 C", "AB 12 34 56 C"),
    (Kind.INSURANCE, "ab123456c", "ab123456c"),
    (Kind.PUPIL, "UPN H801200001001", "H801200001001"),
    (Kind.ADDRESS, "lives at 14 Example Road, Grays RM17 6XX", "14 Example Road, Grays RM17 6XX"),
    (
        Kind.ADDRESS,
        "Flat 3, 14a Long Lane\nGrays\nRM17 6XX",
        "Flat 3, 14a Long Lane Grays RM17 6XX",
    ),
    (Kind.AGE, "J.S., 14, attends school", "J.S., 14"),
    (Kind.AGE, "J. S. (14)", "J. S. (14"),
    (Kind.AGE, "J.S. aged 14", "J.S. aged 14"),
    (Kind.AGE, "JS (14) was referred", "JS (14)"),
    (Kind.AGE, "JS, aged 14", "JS, aged 14"),
    (Kind.AGE, "Adam, 15, who attends college", "Adam, 15,"),
    (Kind.AGE, "Adam Example, aged 15", "Adam Example, aged 15"),
    (Kind.AGE, "a 15-year-old", "a 15-year-old"),
    (Kind.AGE, "a vulnerable fifteen year old boy", "a vulnerable fifteen year old"),
    (Kind.AGE, "a man aged 19 was arrested", "man aged 19"),
    (Kind.AGE, "The pupil was aged 9.", "pupil was aged 9"),
    (Kind.AGE, "a boy of 12", "boy of 12"),
    (Kind.AGE, "She is 17 and lives locally", "She is 17"),
]
NOT_FOUND = [
    "In 2018/19 the council delivered 12 workshops to 1,263 professionals between 1 April 2018 and 31 March 2019.",
    "1.8.1 See paragraphs 5.1.1 and 5.10.1, and minute 07/2019.",
    "The budget is £1,234,567.89, of which £020 7946 was spent; the rest is £9434765919.",
    "The meeting on 01-12-2019 1030 or 01.12.2019 10.30 was held.",
    "01 12 2019 10 30",
    "The strategy was born of the review of 3 March 2019.",
    "Four young people, aged between 19 and 20, took part; 15-year-olds and pupils aged 11 to 16 too.",
    "Learners aged 16 and 17; children aged 5-11; residents aged 65 or over; a child aged 4 to 7.",
    "Pupils aged 16 took part. Adults aged 18 are covered.",
    "A five-year-old strategy, a 10-year-old regional partnership and this 3-year-old plan.",
    "The CSP, 14 partners and the PDG (15 members) met. Benchmark (10), Appendix 2, Table (3).",
    "In October, 15 people came. U.K., 14 boroughs; the S.A.B. 14 times.",
    "Write to prevent@example.org, democratic.services@example.org or coordinator@thurrock.example.org.",
    "Ring 101, 999, 0800 789 321, 0300 123 1234 or 0345 600 1234.",
    "9434765918 and 943 476 5910 fail the check; 000 000 0000 is nobody's.",
    "GB 12 34 56 A and QQ 12 34 56 C are never given out; ref ABC123456D.",
    "H801200001002 and A123456789 are references of contracts.",
    "Civic Offices, New Road, Grays RM17 6SL; 3 sites in the RM17 area.",
    "https://www.example.org/paper/0207946018/9434765919 and #07700900123",
    "ISBN 978-0-10-156912-1; company number 07812345.",
    "The grant is 15 years of work; she is 50% funded and he is 14 months into the post.",
    "Section 26 of the Act 2015, Schedule 12A, paragraphs 1, 2, 3, 6 and 7.",
    "",
]


@pytest.mark.parametrize(("kind", "text", "passage"), FOUND)
def test_it_is_found(kind: Kind, text: str, passage: str) -> None:
    [hint] = identifiers(text)
    assert (hint.kind, hint.passage) == (kind, passage)
    assert " ".join(text[hint.start : hint.end].split()) == passage


@pytest.mark.parametrize("text", NOT_FOUND)
def test_it_is_no_identifier(text: str) -> None:
    assert identifiers(text) == []


def test_all_are_found_in_the_order_of_the_text_and_each_once() -> None:
    text = "J.S., 14, born 3 March 2001, tel. 07700 900123, jo@example.org, NHS 943 476 5919"
    assert [hint.kind for hint in identifiers(text)] == [
        Kind.AGE,
        Kind.BIRTH,
        Kind.PHONE,
        Kind.E_MAIL,
        Kind.NHS,
    ]


def test_a_long_passage_is_cut() -> None:
    [hint] = identifiers("14 Example Road, " + "Some Quarter " * 4 + "RM17 6XX")
    assert len(hint.passage) <= SHORT
    assert hint.passage.endswith("…")


SEPARATORS = st.sampled_from(["", " ", "-"])


def with_check(first_nine: str) -> str:
    """The ten digits, or nothing where nine digits have no check digit."""
    total = sum((10 - place) * int(digit) for place, digit in enumerate(first_nine))
    check = 11 - total % 11
    return "" if check == 10 else first_nine + str(check % 11)


@given(st.text("0123456789", min_size=9, max_size=9), SEPARATORS)
def test_every_nhs_number_is_found_however_it_is_grouped(nine: str, between: str) -> None:
    number = with_check(nine)
    if not number or len(set(number)) == 1:
        return
    assert is_nhs_number(number)
    grouped = between.join((number[:3], number[3:6], number[6:]))
    [hint] = identifiers(f"The number {grouped} was given.")
    assert hint.passage == grouped
    for digit in set(string.digits) - {number[-1]}:
        assert not is_nhs_number(number[:-1] + digit)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_one_check_letter_makes_a_pupil_number(places: str) -> None:
    letters = [letter for letter in PUPIL_LETTERS if is_pupil_number(letter + places)]
    assert len(letters) == 1
    assert [h.kind for h in identifiers(f"({letters[0]}{places})")] == [Kind.PUPIL]


@given(
    st.from_regex(r"\A[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\Z"),
    st.text("0123456789", min_size=6, max_size=6),
    st.sampled_from("ABCD"),
    SEPARATORS,
)
def test_insurance_numbers_are_found_by_prefixes_that_are_given_out(
    prefix: str, six: str, suffix: str, between: str
) -> None:
    text = between.join((prefix, six[:2], six[2:4], six[4:], suffix))
    assert is_insurance_number(text) == (prefix not in NEVER_GIVEN)
    assert [h.kind for h in identifiers(text)] == [Kind.INSURANCE] * (prefix not in NEVER_GIVEN)


MOBILE = st.from_regex(r"\A7[0-9]{9}\Z", fullmatch=True)


@given(MOBILE, st.sampled_from(["0", "+44", "+44 ", "0044 ", "+44 (0)"]), SEPARATORS)
def test_mobile_numbers_are_found_however_they_are_written(
    number: str, country: str, between: str
) -> None:
    text = country + number[:4] + between + number[4:]
    assert [h.kind for h in identifiers(f"Ring {text}.")] == [Kind.PHONE]


@given(st.text("0123456789 ./-£,()", max_size=60))
def test_hints_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    hints = identifiers(text)
    for before, after in pairwise(hints):
        assert before.end <= after.start
    assert all(re.search(r"[0-9]", text[hint.start : hint.end]) for hint in hints)

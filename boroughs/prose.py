"""What in a text may identify a person. The portal holds no casework: it warns, and never stops anybody.

A false alarm makes people deaf to the next one, so each kind asks for more than a number: a check digit, a house
number before a postcode, one person with an age.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

SHORT = 60  # characters of a passage


class Kind(Enum):
    """What is found, as it is said in a sentence."""

    BIRTH = "a date of birth"
    NHS = "an NHS number"
    INSURANCE = "a National Insurance number"
    PUPIL = "a unique pupil number"
    E_MAIL = "an e-mail address of a person"
    PHONE = "a phone number"
    ADDRESS = "a home address"
    AGE = "one person’s age"


@dataclass(frozen=True, slots=True)
class Hint:
    """A passage that may identify a person, and where it stands."""

    kind: Kind
    passage: str
    start: int
    end: int


class Rule(NamedTuple):
    """A kind, how it is written, and what else must be true of the digits and letters found."""

    kind: Kind
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda found: True


def identifiers(text: str) -> list[Hint]:
    """Likely personal identifiers in the order of the text; no two of them overlap."""
    taken: list[Hint] = []
    for rule in RULES:
        for hint in _by(rule, text):
            if not any(hint.start < other.end and other.start < hint.end for other in taken):
                taken.append(hint)
    return sorted(taken, key=lambda hint: hint.start)


def _by(rule: Rule, text: str) -> Iterator[Hint]:
    for match in rule.pattern.finditer(text):
        if rule.holds(match.group()):
            words = " ".join(match.group().split())
            short = words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"
            yield Hint(rule.kind, short, match.start(), match.end())


# -- Numbers ----------------------------------------------------------------------------------------------
def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def is_nhs_number(text: str) -> bool:
    """Ten digits, the last of them the check digit modulo 11 (NHS Data Dictionary)."""
    number = [int(digit) for digit in digits(text)]
    if len(number) != 10 or len(set(number)) == 1:
        return False
    total = sum(weight * digit for weight, digit in zip(range(10, 1, -1), number, strict=False))
    return (11 - total % 11) % 11 == number[9]  # a check of 10 is no digit, so it never holds


# Prefixes that are never given out (HMRC, National Insurance Manual NIM39110)
NEVER_GIVEN = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def is_insurance_number(text: str) -> bool:
    return text[:2].upper() not in NEVER_GIVEN


PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # without I, O and S


def is_pupil_number(text: str) -> bool:
    """A check letter modulo 23, then twelve places; the last of a temporary number is a letter."""
    check, places = text[0].upper(), text[1:].upper()
    values = [int(p) if p.isdigit() else PUPIL_LETTERS.index(p) for p in places]
    total = sum(weight * value for weight, value in zip(range(2, 14), values, strict=True))
    return PUPIL_LETTERS[total % 23] == check


# Area and mobile numbers; 03, 0800 and their like belong to organisations
NATIONAL = re.compile(r"0(?:1[0-9]{8,9}|2[0-9]{9}|7[0-9]{9})\Z")


def is_phone_number(text: str) -> bool:
    """A British area or mobile number, whether written with 0 or with +44."""
    number = re.sub(r"\A(?:\+|00)\s?44", "", re.sub(r"\(0\)", "", text))
    return bool(NATIONAL.match("0" + digits(number).removeprefix("0")))


# -- E-mail -------------------------------------------------------------------------------------------------
# A mailbox with one of these in its name belongs to a team
_SHARED = """admin administrator adults board cabinet care channel children committee committees communications community contact
    contributor coordinator council councillors customer data democracy democratic enquiries enquiry equalities feedback finance freedom
    governance hello help helpdesk housing info information lead legal mail mash media meetings member members monitoring
    news noreply observer office officer partnership partnerships policy portal postmaster press prevent privacy protection
    recruitment referral referrals safeguarding safer safety schools scrutiny secretary security service services
    social support team training web webmaster"""
SHARED = frozenset(_SHARED.split())


def is_somebodys_mailbox(text: str) -> bool:
    words = re.split(r"[._+-]", text.partition("@")[0].lower())
    return not SHARED.intersection(words)


# -- How each kind is written ---------------------------------------------------------------------------------
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})"
DATE = (
    rf"(?:[0-9]{{1,2}}\s?[/.-]\s?[0-9]{{1,2}}\s?[/.-]\s?{YEAR}|(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH},?\s{YEAR}|{MONTH}\s(?:[0-9]{{1,2}},?\s)?(?:19|20)[0-9]{{2}})"
)
BORN = r"(?:\bborn\b|\bbirth[ -]?da(?:te|y)\b|\bdate\sof\sbirth\b|\bd\.?\s?o\.?\s?b\b\.?)"
TEEN = (
    "four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty"
)
NUMBER = r"(?:[4-9]|[1-9][0-9])"  # an age in figures
AGE = rf"(?:{NUMBER}|{TEEN})"
PERSON = (
    "man|woman|boy|girl|child|person|pupil|student|male|female|youth|teenager|individual|son|daughter"
    "|brother|sister|mother|father|resident|nominal|subject|he|she|learner"
)
# What may be fifteen years old without being anybody
THING = (
    "agreement|arrangement|building|centre|contract|document|estate|forum|group|guidance|law|network|organisation"
    "|partnership|plan|policy|problem|programme|project|protocol|report|scheme|school|service|strategy|system|toolkit"
)
NOT_MORE = (
    r"(?![0-9]|\s?(?:%|per\scent|to\b|and\b|or\b|plus\b|\+|[-–/]\s?[0-9]))"  # an age, not a range
)
ROAD = (
    "road|street|avenue|lane|close|drive|way|gardens|grove|terrace|crescent|court|place|square|hill|rise|walk"
    "|mews|park|row|green|rd|st|ave"
)
POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2}"
LETTER = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"


# Words that begin a sentence about ages of many
_MANY = """adults age aged all anyone boys children everyone girls learners men people pupils residents students those
    women young youth"""
MANY = frozenset(_MANY.split())


COUNTRIES = ("UK", "US", "EU", "UN")


def is_somebodys_initials(text: str) -> bool:
    """Initials, with something between them and the age that says it is one."""
    letters = "".join(re.findall(r"[A-Z](?=\.)", text))
    return letters not in COUNTRIES and bool(re.search(r"[,(]|aged?", text))


def _rule(kind: Kind, pattern: str, *more: Callable[[str], bool], exact: bool = False) -> Rule:
    return Rule(kind, re.compile(pattern, re.ASCII | (0 if exact else re.IGNORECASE)), *more)


RULES = (
    _rule(Kind.BIRTH, rf"{BORN}[\s:,(-]{{0,4}}(?:(?:on|in|is|was)\s)?(?:the\s)?{DATE}"),
    _rule(Kind.BIRTH, rf"(?<![0-9]){DATE}[\s,(]{{1,3}}{BORN}"),
    _rule(
        Kind.E_MAIL,
        r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}\b",
        is_somebodys_mailbox,
    ),
    _rule(
        Kind.INSURANCE,
        rf"(?<!\w){LETTER}[ -]?(?:[0-9]{{2}}[ -]?){{3}}[A-D](?!\w)",
        is_insurance_number,
    ),
    _rule(
        Kind.PUPIL,
        r"(?<!\w)[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z](?!\w)",
        is_pupil_number,
    ),
    _rule(
        Kind.PHONE,
        r"(?<![\w£$€.,/#=-])(?:(?:\+|00)\s?44[ -]?(?:\(0\)[ -]?)?[1-9][0-9]{1,4}|\(0[1-9][0-9]{1,3}\)|0[1-9][0-9]{1,9})"
        r"(?:[ -]?[0-9]{2,8}){0,4}(?![\w/-]|[.,][0-9])",
        is_phone_number,
    ),
    _rule(
        Kind.NHS,
        r"(?<![\w£$€.,/#=+-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w/-]|[.,][0-9])",
        is_nhs_number,
    ),
    _rule(
        Kind.ADDRESS,
        rf"(?<![\w.])(?:(?:flat|unit)\s[0-9]{{1,3}}[a-z]?,?\s)?[0-9]{{1,3}}[a-z]?,?(?:\s[a-z'’]{{2,20}}){{1,3}}\s(?:{ROAD})\b"
        rf"[^;:!?]{{0,60}}?\b{POSTCODE}\b",
    ),
    _rule(
        Kind.AGE,
        rf"(?<![\w.])(?:[A-Z]\.\s?){{2,3}},?\s?(?:\(|aged?\s|,\s)?\(?(?:aged?\s)?{NUMBER}{NOT_MORE}\b",
        is_somebodys_initials,
        exact=True,
    ),
    _rule(
        Kind.AGE,
        rf"(?<![\w.])[A-Z]{{2}}(?:\s\({NUMBER}\)|,\s{NUMBER},|,?\s\(?aged?\s{NUMBER}{NOT_MORE}\b)",
        exact=True,
    ),
    _rule(
        Kind.AGE,
        rf"(?<![\w.])[A-Z][a-z]{{1,15}}(?:\s[A-Z](?:[a-z]{{1,15}}|\.)?)?"
        rf"(?:,?\s\(?aged\s{NUMBER}{NOT_MORE}\b|,\s{NUMBER},\s(?=(?:who|was|is|has|had|from|of|lives|attends|a|an)\b))",
        lambda found: found.split()[0].rstrip(",").lower() not in MANY,
        exact=True,
    ),
    _rule(
        Kind.AGE,
        rf"\b(?:an?|one|the|this|that|his|her|their|another)\s(?:[a-z]{{2,12}}\s)?{AGE}[\s-]years?[\s-]old\b(?!\s(?:[a-z]{{2,15}}\s)?(?:{THING})\b)",
    ),
    _rule(
        Kind.AGE,
        rf"\b(?:{PERSON}),?\s(?:(?:who\s)?(?:is|was)\s)?(?:\(?aged?|of)\s{AGE}{NOT_MORE}\b",
    ),
    _rule(
        Kind.AGE,
        rf"\b(?:he|she)\s(?:is|was)\s{AGE}\b(?!\s?(?:%|months|weeks|days|minutes|of\b|per\b))",
    ),
)

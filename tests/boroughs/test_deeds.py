"""Every deed that the code records has its sentence, and every sentence says what its deed holds."""

import re

from django.conf import settings

from audit.models import Event
from boroughs.deeds import DEEDS, SENTENCES
from boroughs.models import ClosureAct
from boroughs.trail import NAME, PART, Names
from tests.protected import FLOORS

CALL = re.compile(r"\b(?:_?record|note|_act|_done)\(\s*(f?)\"([^\"]+)\"")
FROM_A_LIST = {"closure.{deed}": [f"closure.{deed}" for deed in ClosureAct.Deed.values]}


def recorded() -> set[str]:
    """The deeds that stand in the code, in whatever way they are written down."""
    found = set()
    for floor in FLOORS:
        for path in (settings.ROOT / floor).rglob("*.py"):
            for is_made, deed in CALL.findall(path.read_text()):
                found |= set(FROM_A_LIST[deed]) if is_made else {deed}
    return found


def test_every_deed_has_its_sentence_and_every_sentence_its_deed() -> None:
    assert len(recorded()) > 35
    assert recorded() - set(DEEDS) == set(), "write these into boroughs/deeds.py"
    assert set(DEEDS) - recorded() == set(), "nothing records these any more"


def test_no_deed_is_of_two_kinds() -> None:
    assert len(DEEDS) == sum(len(sentences) for sentences in SENTENCES.values())


def test_a_sentence_leaves_out_what_is_not_known() -> None:
    names = Names({"7": "Pat Person"}, {})
    event = Event(
        deed="closure.granted",
        facts={"person": "7", "until": "2026-12-02T00:00:00+00:00"},
    )
    assert names.sentence(event) == (
        "put Pat Person on the access list of a closed record, until 2 December 2026"
    )
    assert names.sentence(Event(deed="closure.granted", facts={"person": "7"})) == (
        "put Pat Person on the access list of a closed record"
    )
    assert names.sentence(Event(deed="thing.never-heard-of", facts={})) == "thing never heard of"
    assert names.sentence(Event(deed="role.given", facts={"role": "lead"})) == (
        "gave (not known) the role lead (accountable officer)"
    )


def test_sentences_are_well_formed() -> None:
    for deed, said in DEEDS.items():
        assert said == said.strip(), deed
        assert not said.endswith("."), deed
        rest = NAME.sub("", PART.sub("", said))
        assert not re.search(r"[\[\]{}]", rest), deed

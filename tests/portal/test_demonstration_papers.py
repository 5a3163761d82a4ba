"""The demonstration's papers: three closed as their agendas said, each for its list alone, and two open ones."""

import io

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pdfminer.high_level import extract_text

from accounts.models import User
from accounts.second_factor import has_second_factor
from boroughs.closure_policies import missing_from
from boroughs.models import Closure
from boroughs.rows import acting_as
from papers.actions.reading import hand_out
from papers.models import Paper
from portal.demonstration.papers import pdf, shipped


def readable(email: str) -> dict[str, Paper]:
    with acting_as(User.objects.get(email=email).pk):
        return {paper.title: paper for paper in Paper.objects.select_related("closure__case")}


def test_each_closed_paper_is_for_its_list_and_says_what_it_lacks(demonstration: None) -> None:
    barnet = "Prevent Forward Strategy 2017–2020"
    assert barnet in readable("democratic@barnet.example.org")
    assert barnet in readable("member@barnet.example.org")
    for stranger in ("lead@barnet.example.org", "monitoring@barnet.example.org"):
        assert barnet not in readable(stranger)
    reader = User.objects.get(email="member@barnet.example.org")
    with acting_as(reader.pk):
        paper = Paper.objects.select_related("closure__case").get(title=barnet)
        assert paper.closure is not None
        assert paper.closure.case.cited() == "paragraphs 1, 2, 3, 6 and 7"
        assert missing_from(paper.closure.case) == []
        handed = hand_out(version=paper.versions.get(), by=reader, as_member=True)
        copy = extract_text(io.BytesIO(b"".join(handed.chunks)))
    assert "OFFICIAL-SENSITIVE" in copy
    assert f"Copy 1 for {reader}" in copy


def test_who_stands_on_a_list_is_given_a_code_and_reads_the_closed_paper(
    demonstration: None,
) -> None:
    member = "member@barnet.example.org"
    out, client = io.StringIO(), Client()
    call_command("second_factor_code", member, stdout=out)
    client.post("/account/sign-in/", {"login": member, "password": settings.DEMONSTRATION_PASSWORD})
    client.post("/account/second-factor/step/", {"code": out.getvalue()[:6]})
    [paper] = [each for each in readable(member).values() if each.closure_id]
    page = client.get(f"/barnet/papers/{paper.pk}/")
    assert page.status_code == 200
    assert "Prevent Forward Strategy" in page.content.decode()


def test_nobody_else_is_given_a_second_factor(demonstration: None) -> None:
    for person in User.objects.all():
        with acting_as(person.pk):
            assert has_second_factor(person) is Closure.objects.listing(person).exists()


def test_the_paragraph_that_the_agenda_did_not_cite_is_given(demonstration: None) -> None:
    email = "democratic@hammersmith-and-fulham.example.org"
    found = readable(email)
    paper = found["Additional details regarding local Prevent delivery"]
    with acting_as(User.objects.get(email=email).pk):
        assert paper.closure is not None
        missing = missing_from(paper.closure.case)
    assert missing == []
    assert "Threat and risk reporting structure" in found


def test_the_files_are_made_the_same_each_time_and_say_what_they_are() -> None:
    for row in shipped():
        assert pdf(row["pages"]) == pdf(row["pages"])
        assert "invented text for the demonstration" in " ".join(
            extract_text(io.BytesIO(pdf(row["pages"]))).split()
        )

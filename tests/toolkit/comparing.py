"""The comparison as somebody is shown it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from accounts.models import User
from boroughs.models import Borough
from tests.boroughs.pages import signed_in

ACROSS = reverse("portal:comparison")
GREEN = {"training": "green", "venue-hire": "green"}
WORDS = {"training": "green", "venue-hire": "amber", "communications": "red"}


class Shown:
    """The table of the page as a reader meets it: rows by their heading, cells under theirs."""

    def __init__(self, response: Any) -> None:
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "html5lib")
        table = page.select_one("table.across")
        assert table
        self.heads = [words(th) for th in table.select("thead th[scope=col]")]
        self.rows = {words_of_head(row): self._cells(row) for row in table.select("tbody tr")}
        self.order = list(self.rows)
        self.cells = {
            name: row.select("td")
            for name, row in zip(self.rows, table.select("tbody tr"), strict=True)
        }

    def _cells(self, row: Tag) -> dict[str, str]:
        """A cell over several columns says the same in each."""
        said: list[str] = []
        for cell in row.select("td"):
            said += [words(cell)] * int(str(cell.get("colspan", "1")))
        return dict(zip((title(head) for head in self.heads[1:]), said, strict=True))


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()).replace(" ,", ",")


def words_of_head(row: Tag) -> str:
    head = row.select_one("th[scope=row]")
    assert head
    return words(head.select_one("a") or head)


def title(head: str) -> str:
    return head.partition(". ")[2] or head


def asked(user: User, query: str = "", path: str = ACROSS) -> Shown:
    return Shown(signed_in(user).get(path + query))


def of(borough: Borough) -> str:
    return reverse("portal:peers", args=[borough.slug])

"""Pages through gunicorn: against the empty page, on many boroughs against one, with and without row security."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from boroughs.roles import Role

from .client import Visitor, Web
from .codes import codes
from .empty import BEHIND_MIDDLEWARE, FLOOR
from .figures import Bar, Figure, ratios
from .pages import NUMBER, Page
from .rounds import Timed, Variant, in_ms, interleaved, medians, tail
from .switches import Switches
from .words import OBSERVER, email_of, slug_of

PART = "Pages through gunicorn"
SLOW = "The slowest visits of a page"
GROWTH = "The same pages with more boroughs"
COMPARED = "Boroughs beside one another"
LOCK = "Pages with and without row security"
NOBODY = Visitor()
TIMES = 10
AGAINST_EMPTY = Bar("B1", 25)
TAIL = Bar("B1", 2.5)
AGAINST_ONE = Bar("B2", 1.3)
AGAINST_OPEN = Bar("B5", 1.15)
AGAINST_DASHBOARD = Bar("B8", 5)
ROLES = (Role.COORDINATOR, Role.LEAD)


class Site:
    """The portal on one database with somebody of each role signed in."""

    def __init__(self, port: int) -> None:
        self.web = Web(port)
        self.visitors = {
            role: self.web.sign_in(
                reverse("account_login"),
                reverse("mfa_authenticate"),
                email_of(role, slug_of(NUMBER)),
                codes(),
            )
            for role in ROLES
        }
        self.visitors[Role.OBSERVER] = self.web.sign_in(
            reverse("account_login"), reverse("mfa_authenticate"), OBSERVER, []
        )

    def get(self, page: Page) -> Timed:
        return partial(self.web.get, page.path, self.visitors[page.role])

    def floor(self) -> float:
        return self.web.get(FLOOR, NOBODY)

    def empty(self) -> float:
        return self.web.get(BEHIND_MIDDLEWARE, NOBODY)

    def warm(self, pages: Sequence[Page]) -> None:
        """Both of gunicorn's processes have seen every page before anything is timed."""
        for _ in range(6):
            self.web.refresh()
            for page in pages:
                self.get(page)()
        self.web.refresh()


def measure(
    big: Site, small: Site, pages: Sequence[Page], *, boroughs: int, rounds: int
) -> list[Figure]:
    """The empty page, the page, and the page where there is one borough: side by side for each page."""
    figures, slow, growth = [_middleware(big, rounds)], [], []
    for page in pages:
        variants = {
            "floor": Variant(big.floor),
            "page": Variant(big.get(page)),
            "one": Variant(small.get(page)),
        }
        found = interleaved(variants, rounds=rounds, times=TIMES)
        floor, many, one = (medians(found[name]) for name in variants)
        of_one = f"× ({boroughs} ÷ 1)"
        figures.append(
            Figure(PART, page.name, "× empty", ratios(many, floor), AGAINST_EMPTY, in_ms(many))
        )
        slow.append(Figure(SLOW, page.name, "× (p95 ÷ p50)", [tail(found["page"])], TAIL))
        growth.append(Figure(GROWTH, page.name, of_one, ratios(many, one), AGAINST_ONE))
    return figures + slow + growth


def comparison(
    site: Site, borough_page: Page, compared: Page, *, boroughs: int, rounds: int
) -> Figure:
    """All boroughs on one page, beside the page of one borough."""
    variants = {"all": Variant(site.get(compared)), "one": Variant(site.get(borough_page))}
    found = interleaved(variants, rounds=rounds, times=TIMES)
    every, one = (medians(found[name]) for name in variants)
    name, note = (
        f"comparison of {boroughs} boroughs",
        f"{in_ms(every)}; the borough page {in_ms(one)}",
    )
    return Figure(COMPARED, name, "× borough page", ratios(every, one), AGAINST_DASHBOARD, note)


def _middleware(site: Site, rounds: int) -> Figure:
    """What a request costs that goes through all of the portal and finds nothing at the end."""
    variants = {"floor": Variant(site.floor), "empty": Variant(site.empty)}
    found = interleaved(variants, rounds=rounds, times=TIMES)
    floor, empty = (medians(found[name]) for name in variants)
    note = f"the empty page itself: {in_ms(floor)}"
    return Figure(
        PART, "nothing, behind all middleware", "× empty", ratios(empty, floor), None, note
    )


def row_security(
    site: Site, pages: Sequence[Page], switches: Switches, *, rounds: int
) -> list[Figure]:
    """The owner takes row security off every table for a block, and puts it back."""
    figures = []
    for page in pages:
        variants = {
            "on": Variant(site.get(page)),
            "off": Variant(site.get(page), switches.without_row_security),
        }
        found = interleaved(variants, rounds=rounds, times=TIMES)
        on, off = (medians(found[name]) for name in variants)
        figures.append(Figure(LOCK, page.name, "× (on ÷ off)", ratios(on, off), AGAINST_OPEN))
    return figures

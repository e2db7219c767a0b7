"""The same people's pages in a base of 1,000 clients and in one of 100,000.

Measured through the doors, signed in, in turns. What is theirs is equal in both bases;
only what lies around differs. One manager's group grows with the base: what is told
of it is not bounded, since there is more to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.test import Client as Browser

from scripts.bench import bases, figures
from scripts.bench.bases import Base
from scripts.bench.figures import Figure, Work
from scripts.bench.growth import SYLLABLES, grow
from scripts.bench.world import EVERY, STEP, Staff, World, own_name
from suprovid.people.models import Person

CLIENTS = 1000
TIMES, FEWER = 31, 11
"""The issue's own figures are of 31; the others are of fewer, to be quick."""
BOUND, SEARCH_BOUND = 1.5, 25.0
PAGES = ("/clients/{client}/", "/", "/obligations/")
"""Those that the issue bounds; the others below are held to the same."""
MORE_PAGES = (
    "/clients/",
    "/contracts/",
    "/handovers/",
    "/journal/",
    "/notifications/",
)


@dataclass(frozen=True)
class Looking:
    """One of the staff, signed in at both bases."""

    name: str
    small: Browser
    large: Browser


class Scale:
    """Two bases and the browsers at them."""

    def __init__(self, *, quick: bool) -> None:
        self.clients = CLIENTS // 100 if quick else CLIENTS
        self.times = 1 if quick else TIMES
        self.small = bases.created("small")
        with self.small.within(), transaction.atomic():
            self.staff = self._lay()
        self.large = bases.copied(self.small, "large")
        with self.large.within():
            grow(self.clients)
        for base in (self.small, self.large):
            bases.settle(base)

    def _lay(self) -> Staff:
        world = World(self.clients, datetime.now(UTC))
        world.lay()
        return world.staff

    def looking(self, name: str, person: Person) -> Looking:
        return Looking(
            name, signed_in(self.small, person), signed_in(self.large, person)
        )

    def people(self) -> Iterator[Looking]:
        yield self.looking("manager", self.staff.managers[0][0])
        yield self.looking("group head", self.staff.heads[0])
        yield self.looking("head of department", self.staff.head_of_department)

    def figures(self) -> Iterator[Figure]:
        looking = list(self.people())
        client = self._client()
        for page in (*PAGES, *MORE_PAGES):
            for one in looking:
                yield self.page(one, page.format(client=client), BOUND)
        for text in self.texts():
            for one in looking:
                yield self.search(one, text)
        grown = self.looking("manager of a grown group", self.staff.managers[1][0])
        for page in (*PAGES[1:], *MORE_PAGES):
            yield self.page(grown, page, None)
        for text in self.texts():
            yield self.search(grown, text)

    def _client(self) -> int:
        """The measured manager's own, with a handover under way."""
        n = EVERY * 5 if self.clients > EVERY * 5 else EVERY
        return n * STEP

    def texts(self) -> list[str]:
        """Of most clients, of many, of some, of few, of none; and a code."""
        rare = SYLLABLES[0] + own_name(1)[0]
        return ["тов", "укр", "киї", rare.lower(), "ььь", "300"]

    def page(self, one: Looking, page: str, bound: float | None) -> Figure:
        small, large = partial(seen, one.small, page), partial(seen, one.large, page)
        times = TIMES if bound and page not in MORE_PAGES else FEWER
        what = f"{page} as {one.name}"
        return self._compared(what, small, large, bound, times=times)

    def search(self, one: Looking, text: str) -> Figure:
        small = partial(found, one.small, text)
        large = partial(found, one.large, text)
        what = f"search “{text}” as {one.name}"
        return self._compared(what, small, large, SEARCH_BOUND, of="large")

    def _compared(
        self,
        what: str,
        small: Work,
        large: Work,
        bound: float | None,
        of: str = "ratio",
        times: int = TIMES,
    ) -> Figure:
        times = min(times, self.times)
        for base, work in ((self.small, small), (self.large, large)):
            base.within_it(work)()  # what a process reads once is not counted
        asked = (self.small.queries(small), self.large.queries(large))
        sides = figures.in_turns(
            self.small.within_it(small), self.large.within_it(large), times
        )
        return Figure(
            part="scale",
            on=bases.vendor(),
            what=what,
            small=figures.median(sides[0]),
            large=figures.median(sides[1]),
            slowest=round(max(sides[1]), 3),
            bound=bound,
            of=of,
            queries=asked if of == "ratio" and bound else None,
            times=times,
        )


def signed_in(base: Base, person: Person) -> Browser:
    browser = Browser(headers={"host": "localhost"})
    with base.within():
        browser.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def seen(browser: Browser, page: str) -> None:
    status = browser.get(page).status_code
    if status != 200:
        raise SystemExit(f"{page} answers {status}: nothing to measure.")


def found(browser: Browser, text: str) -> None:
    answer = browser.get("/search/", {"q": text}, headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise SystemExit(f"Search answers {answer.status_code}: nothing to measure.")


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    laid = Scale(quick=quick)
    yield from laid.figures()
    laid.small.drop()
    laid.large.drop()

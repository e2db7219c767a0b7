"""What a first run waits for: terms, the demo department and its pages."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client as Browser

from scripts.bench.figures import Figure, Work, measured, median, milliseconds
from suprovid.lib.worktime import Term, Unit, WorkCalendar, standard_calendar
from suprovid.people.models import RoleGrant
from suprovid.people.rules import Role

PAGES = ("/", "/handovers/", "/obligations/", "/clients/", "/journal/", "/money/")
TIMES = 30


def terms(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    calendar = standard_calendar(2026, 2027)
    paid = datetime(2026, 4, 15, 7, 12, tzinfo=UTC)
    moments = [paid + timedelta(minutes=7 * n) for n in range(10 if quick else 1000)]
    for term in (Term(4, Unit.WORKING_HOURS), Term(20, Unit.WORKING_DAYS)):
        what = f"{len(moments):,} terms of {term.count} {term.unit.value}"
        yield _figure("terms", what, partial(all_due, calendar, term, moments), 5)


def all_due(calendar: WorkCalendar, term: Term, moments: list[datetime]) -> None:
    for moment in moments:
        calendar.due(moment, term)


def demo(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    """The demo department from an empty database, then its pages as its head."""
    command = [str(Path(sys.executable).with_name("suprovid")), "demo"]
    taken = milliseconds(
        partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
    )
    what = "the demo department, from an empty database"
    yield Figure("demo", connection.vendor, what, round(taken, 1))
    browser = _as_head_of_department()
    for page in PAGES:
        work = partial(_seen, browser, page)
        yield _figure("demo", f"demo: {page}", work, 3 if quick else TIMES)


def _as_head_of_department() -> Browser:
    head = RoleGrant.objects.filter(role=Role.DEPARTMENT_HEAD).first()
    if head is None:
        raise SystemExit(f"No demo in {os.environ['SUPROVID_HOME']} to look at.")
    browser = Browser(headers={"host": "localhost"})
    browser.force_login(head.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def _seen(browser: Browser, page: str) -> None:
    status = browser.get(page).status_code
    if status != 200:
        raise SystemExit(f"{page} answers {status}: nothing to measure.")


def _figure(part: str, what: str, work: Work, times: int) -> Figure:
    taken = measured(work, times)
    slowest = round(max(taken), 2)
    middle = median(taken)
    return Figure(part, connection.vendor, what, middle, slowest=slowest, times=times)

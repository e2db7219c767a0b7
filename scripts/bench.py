"""Measure on a demo department of its own: print a table, write bench/latest.json.

Never part of the tests: figures depend on the machine. They are read side by side with
those of an earlier day on the same one.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from suprovid.lib.worktime import Term, Unit, WorkCalendar, standard_calendar

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("/", "/handovers/", "/obligations/", "/clients/", "/journal/", "/money/")
TIMES = 30


@dataclass(frozen=True)
class Figure:
    what: str
    median_ms: float
    slowest_ms: float
    times: int


def measure(what: str, work: Callable[[], object], times: int = TIMES) -> Figure:
    work()  # the first time is warming up
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return Figure(what, round(statistics.median(taken), 2), round(max(taken), 2), times)


def terms() -> Iterator[Figure]:
    calendar = standard_calendar(2026, 2027)
    paid = datetime(2026, 4, 15, 7, 12, tzinfo=UTC)
    moments = [paid + timedelta(minutes=7 * n) for n in range(1000)]
    for term in (Term(4, Unit.WORKING_HOURS), Term(20, Unit.WORKING_DAYS)):
        what = f"1,000 terms of {term.count} {term.unit.value}"
        yield measure(what, partial(all_due, calendar, term, moments), 5)


def all_due(calendar: WorkCalendar, term: Term, moments: list[datetime]) -> None:
    for moment in moments:
        calendar.due(moment, term)


def demo() -> Figure:
    command = [str(Path(sys.executable).with_name("suprovid")), "demo"]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    taken = round((time.perf_counter() - begun) * 1000, 1)
    return Figure("the demo department, from an empty database", taken, taken, 1)


def pages() -> Iterator[Figure]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from suprovid.people.models import RoleGrant
    from suprovid.people.rules import Role

    head = RoleGrant.objects.filter(role=Role.DEPARTMENT_HEAD).first()
    if head is None:
        raise SystemExit("The demo has no head of department to look at the pages.")
    client = Client(headers={"host": "localhost"})
    client.force_login(head.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    for page in PAGES:
        status = client.get(page).status_code
        if status != 200:
            raise SystemExit(f"{page} answers {status}: nothing to measure.")
        yield measure(f"page {page}", partial(client.get, page))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suprovid.config.settings")
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="suprovid-bench-") as home:
        os.environ["SUPROVID_HOME"] = home
        figures = [*terms(), demo(), *pages()]
    print(f"{'what':<48}{'median, ms':>12}{'slowest, ms':>13}{'times':>7}")
    for one in figures:
        print(f"{one.what:<48}{one.median_ms:>12,}{one.slowest_ms:>13,}{one.times:>7}")
    kept = ROOT / "bench" / "latest.json"
    kept.parent.mkdir(exist_ok=True)
    told = {"python": platform.python_version(), "cores": os.cpu_count()}
    kept.write_text(json.dumps(told | {"figures": [asdict(f) for f in figures]}))
    print(f"Written to {kept.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

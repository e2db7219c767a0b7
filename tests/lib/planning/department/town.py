"""A small town for tests: managers at an office, clients around it, on a plane in km.

25 km/h with a detour of 1.3: a kilometre takes a little over three minutes.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from suprovid.lib.planning.calendar import working_days
from suprovid.lib.planning.changes import NewClient
from suprovid.lib.planning.model import (
    Band,
    Client,
    Lunch,
    Manager,
    Periodicity,
    Plan,
    Problem,
    Rule,
    Shift,
    Window,
)
from suprovid.lib.planning.plan import Budget, make_plan
from suprovid.lib.planning.replan import replan
from suprovid.lib.planning.travel import Plane, Point

OFFICE = Point(5.0, 5.0)
FOUR_WEEKS = working_days(date(2026, 3, 2), date(2026, 3, 27))
WEEKLY = Periodicity(Rule.WEEKLY)
TWICE = Periodicity(Rule.TWICE_A_MONTH)
MONTHLY = Periodicity(Rule.MONTHLY)
LUNCH = Lunch(720, 900, 60)
MORNING = dict.fromkeys(range(5), (Window(540, 720),))


def client(name: str, x: float = 5.0, y: float = 6.0, **said: Any) -> Client:
    usual: dict[str, Any] = {
        "minutes": 45,
        "periodicity": WEEKLY,
        "owner": "olena",
        "windows": dict.fromkeys(range(5), (Window(540, 1035),)),
    }
    return Client(name, Point(x, y), **(usual | said))


def shift(manager: str, day: int, **said: Any) -> Shift:
    usual: dict[str, Any] = {
        "start": 540,
        "end": 1080,
        "start_at": OFFICE,
        "end_at": OFFICE,
        "lunch": LUNCH,
        "longest": 480,
    }
    return Shift(manager, day, **(usual | said))


def town(
    *clients: Client, managers: tuple[Manager, ...] = (Manager("olena"),), **said: Any
) -> Problem:
    days = said.pop("days", FOUR_WEEKS)
    hours = said.pop("hours", {})
    shifts = tuple(shift(m.id, d, **hours) for m in managers for d in range(len(days)))
    usual: dict[str, Any] = {"shifts": shifts, "travel": Plane(), "band": Band(0, 8)}
    return Problem(days, clients, managers, **(usual | said))


def around(count: int, **said: Any) -> tuple[Client, ...]:
    """Clients in rows of five, half a kilometre apart."""
    return tuple(
        client(f"c{n:02d}", 4 + n % 5 / 2, 4 + n // 5 / 2, **said) for n in range(count)
    )


def planned(problem: Problem, iterations: int = 60, **said: Any) -> Plan:
    return make_plan(problem, budget=Budget(iterations=iterations), **said)


def booked(problem: Problem) -> Plan:
    """A plan put together client by client, as they might have come."""
    desk, plan = replace(problem, clients=()), Plan(())
    for each in problem.clients:
        done = replan(desk, plan, NewClient(each), substitutes=False)
        desk, plan = done.problem, done.plan
    return plan


def public_department() -> dict[str, Any]:
    usual = Path(__file__).parents[5] / "shared" / "planning"
    folder = Path(os.environ.get("SUPROVID_PLANNING_INSTANCES", usual))
    if not (folder / "department.json").exists():
        pytest.skip("the public instances are not here: SUPROVID_PLANNING_INSTANCES")
    document: dict[str, Any] = json.loads((folder / "department.json").read_text())
    return document


def told() -> str:
    """A whole plan in words, for another process to compare."""
    return repr(planned(town(*around(8)), seed=4))

"""Published plans and our own answers, read back."""

from __future__ import annotations

import json

import pytest

from suprovid.lib.planning.public.checking import clock, cost, violations
from suprovid.lib.planning.public.plans import (
    Plan,
    Route,
    read_answer,
    read_published,
)
from suprovid.lib.planning.public.reading import Unreadable, read
from tests.lib.planning.public.problems import public_folder

NAMES = [f"pr{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize("name", NAMES)
def test_the_plans_of_1997_cost_what_they_say_and_break_no_rule(name: str) -> None:
    folder = public_folder()
    file = folder / "pvrp_solutions_1997" / f"{name}.res"
    if not file.exists():
        pytest.skip(f"no plan of 1997 was published for {name}")
    instance = read((folder / "pvrp" / name).read_bytes())
    published = read_published(file.read_text())

    assert cost(instance, published.plan.routes) == pytest.approx(
        published.plan.cost, abs=0.005001
    )
    assert violations(instance, published.plan) == ()


@pytest.mark.parametrize("name", NAMES[:9])
def test_durations_and_loads_of_1997_are_reproduced(name: str) -> None:
    folder = public_folder()
    instance = read((folder / "pvrp" / name).read_bytes())
    file = folder / "pvrp_solutions_1997" / f"{name}.res"
    plan, durations, loads = read_published(file.read_text())
    known = {client.number: client for client in instance.clients}

    for route, duration, load in zip(plan.routes, durations, loads, strict=True):
        clients = [known[number] for number in route.visits]
        told = clock(instance.depot, clients)
        assert told.duration == pytest.approx(duration, abs=0.005001)
        assert sum(client.demand for client in clients) == load


@pytest.mark.parametrize("family", ["pvrp", "pvrptw"])
@pytest.mark.parametrize("name", NAMES)
def test_every_public_problem_is_read_whole(family: str, name: str) -> None:
    instance = read((public_folder() / family / name).read_bytes())

    assert len(instance.clients) % 24 == 0
    assert instance.days == (4 if name <= "pr06" else 6)
    assert not instance.refused


@pytest.mark.parametrize("name", NAMES)
def test_problems_of_several_depots_are_refused_in_a_sentence(name: str) -> None:
    file = public_folder() / "mdpvrp" / name

    with pytest.raises(Unreadable, match=r"^Line 1: several depots"):
        read(file.read_bytes())


def test_a_published_plan_is_read() -> None:
    published = read_published("20.5\n\n1 2 9.5 3 0 7 8 0\n")

    assert published.plan == Plan(20.5, (Route(1, 2, (7, 8)),))
    assert (published.durations, published.loads) == ((9.5,), (3.0,))


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("20 1", 1), ("9\n1 2 3", 2), ("9\n1 1 9 3 5 7 0", 2)]
)
def test_what_is_no_published_plan_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable, match=f"^Line {line}: "):
        read_published(text)


def test_an_answer_comes_back_as_the_plan_it_was() -> None:
    route = {"day": 1, "vehicle": 2, "visits": [7, 8]}
    missed = [{"client": 3, "day": 2}, {"client": 4, "day": None}]
    answer = {"cost": 20.5, "routes": [route], "unplaced": missed}

    plan = read_answer(json.dumps(answer))

    assert plan == Plan(20.5, (Route(1, 2, (7, 8)),), ((3, 2), (4, None)))


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"cost": 1, "routes": [{"day": "1", "vehicle": 1, "visits": []}]}',
        '{"cost": 1, "routes": 5, "unplaced": []}',
        "[" * 100_000,
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable, match=r"^Line 1: "):
        read_answer(text)

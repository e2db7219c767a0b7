"""A department in one document: what is read, what is refused, what is told."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import pytest

from suprovid.lib.planning.department import read_department, solve_department
from suprovid.lib.planning.generate import generate
from suprovid.lib.planning.model import Rule
from suprovid.lib.planning.public.judging import judge

from .town import public_department

ITERATIONS = 200


def small(**said: Any) -> dict[str, Any]:
    """Two managers of the generated town, 80 clients."""
    document: dict[str, Any] = json.loads(json.dumps(generate(seed=3, managers=2)))
    return document | said


def solved(document: dict[str, Any], **said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"seconds": None, "iterations": ITERATIONS}
    return solve_department(document, **(usual | said))


def reasons(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["client"], each["reason"]) for each in answer["unplaced"]}


def with_client(**said: Any) -> dict[str, Any]:
    """The first client is odd; the other 79 are as they were."""
    document = small()
    document["clients"][0] |= said
    return document


def test_a_department_is_planned_without_a_fault() -> None:
    document = small()
    answer = solved(document, iterations=3000)
    judged = judge(document, answer)
    assert (judged.violations, judged.outside_band) == ((), 0)
    assert all(visit["start"] % 5 == 0 for visit in answer["visits"])
    assert (answer["violations"], answer["remarks"]) == ([], [])
    assert answer["unplaced"] == []
    assert answer["travel_minutes"] == pytest.approx(judged.travel, abs=0.1)
    assert 0 < answer["ratio_to_naive"] < 1


def test_the_answer_is_plain_data_with_its_figures() -> None:
    answer = solved(small())
    assert json.loads(json.dumps(answer)) == answer
    assert {"iterations", "engine", "seed", "seconds", "first_feasible_seconds"} <= set(
        answer
    )
    assert {"client", "manager", "day", "start", "end"} == set(answer["visits"][0])


def test_days_are_four_weeks_of_five() -> None:
    problem = read_department(small())
    assert [day.weekday() for day in problem.days] == [0, 1, 2, 3, 4] * 4
    rules = Counter(client.periodicity.rule for client in problem.clients)
    assert rules[Rule.WEEKLY] == 48


def test_the_public_department_is_read() -> None:
    problem = read_department(public_department())
    assert (len(problem.clients), len(problem.managers)) == (800, 20)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"xy": [math.nan, 3.0]}, "bad_site"),
        ({"xy": [None, 3.0]}, "bad_site"),
        ({"xy": [5000.0, 3.0]}, "beyond_reach"),
        ({"owner": "m99"}, "unknown_owner"),
        ({"window": [300, 100]}, "no_window"),
        ({"window": [math.nan, 100]}, "no_window"),
        ({"window": [-300, -200]}, "no_window"),
    ],
)
def test_a_client_who_cannot_be_served_is_told_and_the_others_are_planned(
    said: dict[str, Any], reason: str
) -> None:
    document = with_client(**said)
    answer = solved(document)
    odd = document["clients"][0]
    assert reasons(answer) == {(odd["id"], reason)}
    assert len(answer["unplaced"]) == odd["frequency"]
    assert all(each["told"].endswith(".") for each in answer["unplaced"])
    assert answer["violations"] == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"managers": []}, "no_managers"),
        ({"shift": [0, 0]}, "no_shift"),
        ({"shift": [math.nan, 540]}, "no_shift"),
        ({"shift": [0, 50]}, "beyond_reach"),
        ({"max_route_min": 0}, "beyond_reach"),
    ],
)
def test_a_department_that_cannot_work_says_so_of_every_client(
    said: dict[str, Any], reason: str
) -> None:
    document = small(**said)
    if not document["managers"]:
        for client in document["clients"]:
            client["owner"] = None
    answer = solved(document)
    assert {found for _, found in reasons(answer)} == {reason}
    assert (answer["visits"], answer["violations"]) == ([], [])


def test_a_manager_whose_home_is_not_known_has_no_working_day() -> None:
    document = small()
    document["managers"][0]["start"] = [math.nan, 1.0]
    answer = solved(document)
    assert {found for _, found in reasons(answer)} == {"no_shift"}
    assert {visit["manager"] for visit in answer["visits"]} == {"m01"}


def test_too_many_visits_are_left_out_and_told() -> None:
    document = small()
    for client in document["clients"]:
        client |= {"owner": "m00", "frequency": 4}
    answer = solved(document)
    left_out = [each for each in answer["unplaced"] if each["reason"] == "no_room"]
    assert len(answer["visits"]) + len(left_out) == 320
    assert answer["violations"] == []


def test_a_client_without_an_owner_is_anybodys() -> None:
    document = small()
    for client in document["clients"][:5]:
        client["owner"] = None
    answer = solved(document)
    assert answer["unplaced"] == []
    assert answer["violations"] == []


def broken(path: str, value: Any) -> dict[str, Any]:
    """The document with one value changed: clients.0.xy and so on."""
    document = small()
    *way, last = path.split(".")
    place: Any = document
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("days", 0, "days: must be a whole number"),
        ("days", "twenty", "days: must be a whole number"),
        ("days", True, "days: must be a whole number"),
        ("visit_min", 2.5, "visit_min: must be a whole number"),
        ("max_route_min", None, "max_route_min: must be a whole number"),
        ("max_route_min", math.inf, "max_route_min: must be a whole number"),
        ("shift", [1], "shift: must be two numbers"),
        ("shift", "all day", "shift: must be two numbers"),
        ("managers", {}, "managers: must be a list"),
        ("managers.0", 7, r"managers\[0\]: must be an object"),
        ("managers.0.id", "", r"managers\[0\].id: must be a text"),
        ("managers.1.id", "m00", "m00 is there twice"),
        ("managers.0.start", None, r"managers\[0\].start: must be two coordinates"),
        ("clients", None, "clients: must be a list"),
        ("clients.3.id", 7, r"clients\[3\].id: must be a text"),
        ("clients.1.id", "c000", "c000 is there twice"),
        ("clients.0.xy", ["east", 1], r"clients\[0\].xy: must be two coordinates"),
        ("clients.0.frequency", 3, r"clients\[0\].frequency: must be 1, 2 or 4, not 3"),
        ("clients.0.frequency", True, r"clients\[0\].frequency"),
        ("clients.0.window", [0], r"clients\[0\].window: must be two numbers"),
        ("clients.0.owner", 7, r"clients\[0\].owner: must be the id"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused_with_its_field(
    path: str, value: Any, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        read_department(broken(path, value))


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="must be an object"):
        solve_department([], seconds=1)


def test_without_a_naive_plan_there_is_no_ratio() -> None:
    document = small(clients=small()["clients"][:2])
    for naive in (None, {}, {"travel_hours": 0}):
        assert solved(document | {"naive": naive})["ratio_to_naive"] is None


# ------------------------------------------------------------------- generated


def test_a_generated_department_is_the_same_each_time() -> None:
    assert generate(seed=5, managers=3) == generate(seed=5, managers=3)
    assert generate(seed=5, managers=3) != generate(seed=6, managers=3)


@pytest.mark.parametrize("managers", [1, 2, 7, 20])
def test_a_generated_department_has_even_territories(managers: int) -> None:
    document = generate(seed=11, managers=managers)
    visits: Counter[str] = Counter()
    for client in document["clients"]:
        visits[client["owner"]] += client["frequency"]
    assert len(visits) == managers
    assert len(document["clients"]) == 40 * managers
    assert min(visits.values()) > 80
    assert max(visits.values()) < 160
    assert document["naive"]["travel_hours"] > 0


def test_a_large_department_has_an_office_in_reach_of_each_manager() -> None:
    document = generate(seed=11, managers=80)
    homes = {m["id"]: m["start"] for m in document["managers"]}
    offices = {tuple(home) for home in list(homes.values())[1::2]}
    assert len(offices) == 4
    assert all(
        math.dist(homes[client["owner"]], client["xy"]) < 30
        for client in document["clients"]
    )

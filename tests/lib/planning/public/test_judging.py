"""An answer for a department is judged by the words of its document alone."""

from __future__ import annotations

from typing import Any

import pytest

from suprovid.lib.planning.public.judging import LEAST, judge

ROAD = 1.3 / 25 * 60
"""Minutes for a straight kilometre."""


def document() -> dict[str, Any]:
    """Two days; one client 1 km from home is seen on both, one 2 km away on either."""
    return {
        "days": 2,
        "visit_min": 45,
        "max_route_min": 480,
        "shift": [0, 540],
        "managers": [{"id": "m0", "start": [0, 0]}],
        "clients": [
            {
                "id": "near",
                "xy": [1, 0],
                "frequency": 2,
                "window": [0, 495],
                "owner": "m0",
            },
            {"id": "far", "xy": [2, 0], "frequency": 1, "window": [300, 495]},
        ],
    }


def visit(client: str, day: int, start: float, **other: Any) -> dict[str, Any]:
    told = {"client": client, "manager": "m0", "day": day, "start": start}
    return {**told, "end": start + 45, **other}


GOOD = [visit("near", 0, 10), visit("near", 1, 100), visit("far", 1, 300)]


def answer(
    visits: list[dict[str, Any]], travel: float | None = None, unplaced: Any = ()
) -> dict[str, Any]:
    return {
        "visits": visits,
        "unplaced": list(unplaced),
        "travel_minutes": 6 * ROAD if travel is None else travel,
    }


def test_a_good_month_breaks_no_rule() -> None:
    judged = judge(document(), answer(GOOD))

    assert judged.violations == ()
    assert judged.travel == pytest.approx(6 * ROAD)
    assert judged.outside_band == 2
    assert judged.unplaced == 0


def test_a_day_of_four_visits_is_inside_the_band() -> None:
    world = document() | {"days": 1}
    client = {"xy": [1, 0], "frequency": 1, "window": [0, 495]}
    world["clients"] = [{**client, "id": f"c{n}"} for n in range(LEAST)]
    visits = [visit(f"c{n}", 0, 50 * n + 5) for n in range(LEAST)]

    assert judge(world, answer(visits, 2 * ROAD)) == ((), 2 * ROAD, 0, 0)


def changed(place: int, **other: Any) -> list[dict[str, Any]]:
    return [one | other if number == place else one for number, one in enumerate(GOOD)]


@pytest.mark.parametrize(
    ("visits", "words"),
    [
        (changed(0, client="nobody"), "client nobody is not"),
        (changed(0, manager="nobody"), "manager nobody is not"),
        (changed(0, day=2), "day 2 is not"),
        (changed(2, start=250, end=295), "window 300-495"),
        (changed(0, end=50), "takes 40 minutes"),
        (changed(0, start=0, end=45), "outside the shift"),
        (changed(1, start=256, end=301), "from near to far takes"),
        (changed(1, day=0, start=100, end=145), "twice on a day"),
        (GOOD[:2], "far: 0 visits of 1"),
        (changed(2, client="near", day=0), "twice on a day"),
    ],
)
def test_a_broken_rule_is_told(visits: list[dict[str, Any]], words: str) -> None:
    assert words in "; ".join(judge(document(), answer(visits)).violations)


def test_days_that_are_no_pattern_are_told() -> None:
    world = document() | {"days": 4}
    world["clients"][0]["window"] = [0, 495]

    told = judge(world, answer([visit("near", 0, 10), visit("near", 1, 10)])).violations

    assert "near: days [0, 1] are of no pattern" in told


def test_a_client_of_another_manager_is_told() -> None:
    world = document()
    world["managers"].append({"id": "m1", "start": [0, 0]})

    told = judge(world, answer(changed(0, manager="m1"))).violations

    assert told == ("m1, day 0: near is of m0",)


def test_a_day_without_lunch_and_a_day_too_long_are_told() -> None:
    world = document()
    world["clients"][0]["window"] = [0, 495]
    busy = [visit("far", 1, 315), visit("near", 1, 220), visit("near", 0, 10)]
    assert any("no lunch" in told for told in judge(world, answer(busy)).violations)

    long = [visit("far", 1, 490), visit("near", 1, 4), visit("near", 0, 10)]
    world["shift"] = [0, 600]
    assert any("from leaving" in t for t in judge(world, answer(long)).violations)


def test_travel_that_is_not_so_long_is_told() -> None:
    assert judge(document(), answer(GOOD, 1.0)).violations == (
        f"travel is {6 * ROAD:.2f}, not 1.0",
    )


def test_what_is_told_unplaced_is_not_missing() -> None:
    unplaced = [{"client": "far", "day": None}]

    judged = judge(document(), answer(GOOD[:2], 4 * ROAD, unplaced))

    assert judged.violations == ()
    assert judged.unplaced == 1

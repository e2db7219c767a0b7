"""Travel times: straight lines, a given matrix, a routing service on this machine."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import numpy as np
import pytest

from suprovid.lib.planning.travel import (
    Given,
    GreatCircle,
    Osrm,
    Plane,
    Point,
    Service,
    Unreachable,
    Valhalla,
    slowest,
)

KYIV, BOIARKA = Point(50.4501, 30.5234), Point(50.3290, 30.2990)


def test_the_great_circle_from_kyiv_to_boiarka() -> None:
    legs = GreatCircle(detour=1.0, speed=60.0).legs([KYIV, BOIARKA])
    assert legs.km[0, 1] == pytest.approx(20.8, abs=0.1)
    assert legs.minutes[0, 1] == pytest.approx(legs.km[0, 1])
    assert legs.km[0, 0] == 0


def test_a_plane_is_in_kilometres_with_a_detour() -> None:
    legs = Plane().legs([Point(0, 0), Point(3, 4)])
    assert legs.km[0, 1] == pytest.approx(6.5)
    assert legs.minutes[0, 1] == pytest.approx(15.6)


def test_an_hour_may_be_slower_and_the_slowest_is_found() -> None:
    travel = Plane(speed=24.0, by_hour={8: 12.0, 18: 8.0})
    assert (travel.slowdown(8 * 60 + 59), travel.slowdown(9 * 60)) == (2.0, 1.0)
    assert slowest(travel, 7 * 60, 17 * 60) == 2.0
    assert slowest(travel, 9 * 60, 18 * 60) == 1.0


def test_a_given_matrix_knows_its_points_and_no_others() -> None:
    given = Given((KYIV, BOIARKA), np.array([[0.0, 40.0], [45.0, 0.0]]), by_hour={8: 2})
    legs = given.legs([BOIARKA, KYIV, Point(0, 0)])
    assert legs.minutes[0, 1] == 45
    assert legs.km[0, 1] == 45
    assert math.isinf(legs.minutes[0, 2])
    assert (given.slowdown(500), given.slowdown(600)) == (2, 1)


@dataclass
class Spoken:
    """What the service on this machine says, and what it was asked."""

    answer: Any = None
    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def spoken() -> Iterator[Spoken]:
    said = Spoken()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._say()

        def _say(self) -> None:
            said.asked.append(self.path)
            body = json.dumps(said.answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        said.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield said
        server.shutdown()
        thread.join()


def test_osrm_answers_seconds_and_metres(spoken: Spoken) -> None:
    spoken.answer = {
        "durations": [[0, 600], [660, 0]],
        "distances": [[0, 5000], [5200, 0]],
    }
    legs = Osrm(spoken.address).legs([KYIV, BOIARKA])
    assert (legs.minutes[0, 1], legs.km[1, 0]) == (10, 5.2)
    assert spoken.asked[0].startswith(
        "/table/v1/driving/30.523400,50.450100;30.299000,50.329000?"
    )


def test_a_service_is_asked_once_for_the_same_points(spoken: Spoken) -> None:
    spoken.answer = {"durations": [[0, 60], [60, 0]], "distances": [[0, 1], [1, 0]]}
    service = Osrm(spoken.address)
    service.legs([KYIV, BOIARKA])
    assert service.legs([BOIARKA]).minutes.shape == (1, 1)
    assert len(spoken.asked) == 1
    service.legs([BOIARKA, Point(50.0, 30.0)])
    assert len(spoken.asked) == 2
    assert service.slowdown(500) == 1


def test_what_a_service_cannot_reach_is_beyond_reach(spoken: Spoken) -> None:
    spoken.answer = {"durations": [[0, None], [60, 0]], "distances": [[0, 1], [1, 0]]}
    assert math.isinf(Osrm(spoken.address).legs([KYIV, BOIARKA]).minutes[0, 1])


def test_valhalla_answers_seconds_and_kilometres(spoken: Spoken) -> None:
    cell = {"time": 120, "distance": 1.5}
    spoken.answer = {"sources_to_targets": [[cell, cell], [cell, cell]]}
    legs = Valhalla(spoken.address).legs([KYIV, BOIARKA])
    assert (legs.minutes[0, 1], legs.km[0, 1]) == (2, 1.5)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"durations": "far", "distances": "away"},
        {"durations": [[1]], "distances": [[1]]},
    ],
)
@pytest.mark.parametrize("service", [Osrm, Valhalla])
def test_an_answer_that_is_no_matrix_is_refused_in_a_sentence(
    spoken: Spoken, service: type[Service], answer: object
) -> None:
    spoken.answer = answer
    with pytest.raises(Unreachable, match="plan by straight lines"):
        service(spoken.address).legs([KYIV, BOIARKA])


def test_a_service_that_is_not_there_is_told_politely() -> None:
    with pytest.raises(Unreachable, match="127"):
        Osrm("http://127.0.0.1:9", seconds=0.5).legs([KYIV, BOIARKA])


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="http"):
        Osrm("file:///etc/passwd")


def test_a_place_without_coordinates_is_not_known() -> None:
    assert KYIV.known
    assert not Point(math.nan, 30.0).known

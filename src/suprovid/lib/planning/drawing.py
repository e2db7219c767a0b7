"""A month as a grid and a day as routes, in SVG, for the eye.

Colours tell managers apart on the day, and how full a day is on the month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from .model import Plan, Problem, Trip, Visit
from .travel import Point

CELL_WIDTH, CELL_HEIGHT = 46, 26
MARGIN, TOP = 90, 30
MAP = 640
"""Side of the map of a day, in pixels."""
FILLS = ("#f4f1ea", "#dfeae4", "#bfdccf", "#8fc4ad", "#5aa487", "#2f7f63")
STROKES = (
    "#1f6f8b",
    "#b3541e",
    "#4b6c2a",
    "#7a3b69",
    "#a0811f",
    "#345995",
    "#9b2335",
    "#2f7f63",
)


def clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def month_svg(problem: Problem, plan: Plan) -> str:
    """A row for each manager, a column for each day: visits and the hours of travel."""
    managers = [manager.id for manager in problem.managers]
    width = MARGIN + CELL_WIDTH * len(problem.days) + 10
    height = TOP + CELL_HEIGHT * len(managers) + 10
    parts = [*_columns(problem), *_rows(problem, plan, managers)]
    return _svg(width, height, parts)


def _columns(problem: Problem) -> Iterator[str]:
    for day, date in enumerate(problem.days):
        x = MARGIN + CELL_WIDTH * day + CELL_WIDTH / 2
        yield _text(x, TOP - 10, f"{date:%d.%m}", anchor="middle")


def _rows(problem: Problem, plan: Plan, managers: Sequence[str]) -> Iterator[str]:
    by_day = plan.by_day()
    trips = {(trip.manager, trip.day): trip for trip in plan.trips}
    for row, manager in enumerate(managers):
        y = TOP + CELL_HEIGHT * row
        yield _text(MARGIN - 8, y + CELL_HEIGHT / 2 + 4, manager, anchor="end")
        for day in range(len(problem.days)):
            key = (manager, day)
            yield _cell(day, y, len(by_day.get(key, ())), trips.get(key))


def _cell(day: int, y: float, visits: int, trip: Trip | None) -> str:
    x = MARGIN + CELL_WIDTH * day
    fill = FILLS[min(visits * (len(FILLS) - 1) // 8, len(FILLS) - 1)]
    told = "" if trip is None else f"{clock(trip.leave)}-{clock(trip.back)}"
    return (
        f'<g><title>{told}</title><rect x="{x}" y="{y}" width="{CELL_WIDTH - 2}" '
        f'height="{CELL_HEIGHT - 2}" rx="3" fill="{fill}"/>'
        + _text(x + CELL_WIDTH / 2 - 1, y + 17, str(visits or ""), anchor="middle")
        + "</g>"
    )


def day_svg(
    problem: Problem, plan: Plan, day: int, managers: Sequence[str] | None = None
) -> str:
    """The ways of a day on a map, north above; each visit with its hour."""
    chosen = [m.id for m in problem.managers] if managers is None else [*managers]
    scale = _Scale(problem)
    parts = []
    for place, manager in enumerate(chosen):
        visits = plan.on(manager, day)
        colour = STROKES[place % len(STROKES)]
        parts += list(_route(problem, manager, day, visits, scale, colour))
    return _svg(MAP + 40, MAP + 40, parts)


def _route(
    problem: Problem,
    manager: str,
    day: int,
    visits: Sequence[Visit],
    scale: _Scale,
    colour: str,
) -> Iterator[str]:
    shift = problem.at_work().get((manager, day))
    if shift is None or not visits:
        return
    sites = {client.id: client.site for client in problem.clients}
    way = [shift.start_at, *(sites[v.client] for v in visits), shift.end_at]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(scale.at, way))
    yield (
        f'<polyline points="{points}" fill="none" stroke="{colour}" '
        'stroke-width="1.5" stroke-opacity="0.7"/>'
    )
    for visit in visits:
        yield _stop(visit, scale.at(sites[visit.client]), colour)
    yield _door(scale.at(shift.start_at), colour)


def _door(at: tuple[float, float], colour: str) -> str:
    x, y = at[0] - 4, at[1] - 4
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="8" height="8" fill="{colour}"/>'


def _stop(visit: Visit, at: tuple[float, float], colour: str) -> str:
    x, y = at
    title = escape(f"{visit.client} {clock(visit.start)}-{clock(visit.end)}")
    return (
        f'<g><title>{title}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="4" '
        f'fill="{colour}"/>' + _text(x + 6, y + 4, clock(visit.start)) + "</g>"
    )


class _Scale:
    """From places to pixels: what is known of the town fills the map."""

    def __init__(self, problem: Problem) -> None:
        places = [client.site for client in problem.clients if client.site.known]
        ends = [end for s in problem.shifts for end in (s.start_at, s.end_at)]
        known = [*places, *(end for end in ends if end.known)]
        lats = [place.lat for place in known] or [0.0]
        lons = [place.lon for place in known] or [0.0]
        self.south, self.west = min(lats), min(lons)
        self.side = max(max(lats) - self.south, max(lons) - self.west, 1e-9)

    def at(self, place: Point) -> tuple[float, float]:
        x = 20 + (place.lon - self.west) / self.side * MAP
        return x, 20 + MAP - (place.lat - self.south) / self.side * MAP


def _text(x: float, y: float, said: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11" fill="#26302d">'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join((head, ground, *parts, "</svg>\n"))

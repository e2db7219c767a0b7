"""Random calendars of 2021-2030 with a window of half a year around an event."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from suprovid.lib.worktime import (
    DayRow,
    Hours,
    Mode,
    Regime,
    Term,
    Unit,
    Week,
    WorkCalendar,
    standard_calendar,
)

from .oracle import KYIV

# conftest loads the profile: 50 examples usually, 2000 in the long form.
LONG = settings.default is not None and settings.default.max_examples > 50
DAY = timedelta(days=1)


def examples(count: int) -> settings:
    return settings(max_examples=count * 20 if LONG else count, deadline=None)


def _changes_of_clock() -> list[date]:
    days = [date(2021, 1, 1) + n * DAY for n in range(10 * 365)]
    noons = [(day, datetime.combine(day, time(12), tzinfo=KYIV)) for day in days]
    return [day for day, at in noons if at.utcoffset() != (at - DAY).utcoffset()]


CHANGES_OF_CLOCK = _changes_of_clock()

anchors = st.one_of(
    st.dates(date(2021, 1, 1), date(2030, 12, 31)),
    st.builds(
        lambda day, n: day + n * DAY,
        st.sampled_from(CHANGES_OF_CLOCK),
        st.integers(-3, 3),
    ),
)

marks = st.one_of(st.integers(0, 24 * 12), st.integers(2 * 12, 5 * 12))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """Hours to five minutes, often around the hour that a clock change touches."""
    count = draw(st.sampled_from([2, 4]))
    chosen = draw(st.lists(marks, min_size=count, max_size=count, unique=True))
    times = [time(n % 288 // 12, n % 12 * 5) for n in sorted(chosen)]
    if count == 2:
        return Hours(*times)
    start, lunch_start, lunch_end, end = times
    return Hours(start, end, lunch_start, lunch_end)


@st.composite
def weeks(draw: st.DrawFn, valid_from: date) -> Week:
    days = draw(st.lists(st.none() | hours(), min_size=7, max_size=7))
    days[draw(st.integers(0, 6))] = draw(hours())  # never a week of rest alone
    return Week(valid_from, tuple(days))


@dataclass(frozen=True)
class World:
    """A calendar and a day in it, from which a test takes its events."""

    calendar: WorkCalendar
    anchor: date


# What a company really starts with: its holidays and regime as they are.
standard_worlds = st.builds(World, st.just(standard_calendar(2021, 2030)), anchors)


def _near(anchor: date, *, before: int, after: int) -> st.SearchStrategy[date]:
    return st.integers(-before, after).map(lambda n: anchor + n * DAY)


@st.composite
def worlds(draw: st.DrawFn, mode: Mode = Mode.END_OF_DAY) -> World:
    anchor = draw(anchors)
    near = _near(anchor, before=20, after=20)
    first = draw(_near(anchor, before=60, after=5))
    starts = {first, *draw(st.lists(near.filter(lambda d: d > first), max_size=2))}
    named = st.sampled_from(["Великдень", "Трійця", "День праці"])
    calendar = WorkCalendar(
        weeks=tuple(draw(weeks(start)) for start in sorted(starts)),
        holidays=draw(st.dictionaries(near, named, max_size=8)),
        regimes=tuple(draw(st.lists(_regimes(near), max_size=3, unique_by=_start))),
        exceptions=tuple(draw(st.lists(_rows(near), max_size=5, unique_by=_day))),
        mode=mode,
    )
    return World(calendar, anchor)


def _regimes(near: st.SearchStrategy[date]) -> st.SearchStrategy[Regime]:
    def build(start: date, length: int | None, holidays_work: bool) -> Regime:
        end = None if length is None else start + length * DAY
        return Regime(start, end, holidays_work)

    return st.builds(build, near, st.none() | st.integers(0, 30), st.booleans())


def _rows(near: st.SearchStrategy[date]) -> st.SearchStrategy[DayRow]:
    return st.builds(DayRow, near, st.none() | hours(), st.just("за наказом"))


def _start(regime: Regime) -> date:
    return regime.valid_from


def _day(row: DayRow) -> date:
    return row.day


def minutes_near(world: World, *, days: int = 4) -> st.SearchStrategy[datetime]:
    """Whole minutes within so many days of the anchor."""
    midnight = datetime.combine(world.anchor, time(0), tzinfo=UTC)
    reach = days * 24 * 60
    return st.integers(-reach, reach).map(lambda n: midnight + timedelta(minutes=n))


def instants_near(world: World, *, days: int = 30) -> st.SearchStrategy[datetime]:
    """Instants to the microsecond."""
    midnight = datetime.combine(world.anchor, time(0))
    return st.datetimes(
        midnight - days * DAY, midnight + days * DAY, timezones=st.just(UTC)
    )


terms = st.builds(Term, st.integers(0, 12), st.sampled_from(Unit))

"""The library against the oracle, and the laws that every calendar keeps."""

import json
from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from suprovid.lib.worktime import (
    Due,
    Mode,
    StepKind,
    Term,
    Unit,
    standard_calendar,
)

from .oracle import KYIV, MINUTE, Oracle, minutes_shown_on
from .strategies import (
    DAY,
    World,
    examples,
    instants_near,
    minutes_near,
    standard_worlds,
    terms,
    worlds,
)

both_modes = st.sampled_from(Mode).flatmap(worlds)
DAYS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WORKING_DAY_ENDS)
shares = st.fractions(0, 1, max_denominator=100)


@examples(50)
@given(worlds())
def test_every_day_has_the_hours_that_the_oracle_finds(world: World) -> None:
    days = [world.anchor + n * DAY for n in range(-70, 71)]
    found = {day: world.calendar.hours_on(day) for day in days}
    oracle = Oracle(world.calendar)
    assert found == {day: oracle.hours_on(day) for day in days}


def test_the_standard_calendar_has_the_hours_that_the_oracle_finds() -> None:
    """Every day of the ten years, holidays and martial law as they are."""
    calendar = standard_calendar(2021, 2030)
    days = [date(2021, 1, 1) + n * DAY for n in range(3652)]
    oracle = Oracle(calendar)
    for day in days:
        assert calendar.hours_on(day) == oracle.hours_on(day), day
    assert days[-1] == date(2030, 12, 31)


@examples(30)
@given(standard_worlds, st.integers(1, 5), st.data())
def test_terms_of_the_standard_calendar_end_with_a_minute_one_can_count(
    world: World, count: int, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    last = oracle.nth_working_day_after(event.astimezone(KYIV).date(), count)
    due = world.calendar.due(event, Term(count, Unit.WORKING_DAYS))
    assert due.at == oracle.end_of(last)
    minutes = oracle.minutes_from(event)
    for _ in range(count * 60):
        minute = next(minutes)
    due = world.calendar.due(event, Term(count, Unit.WORKING_HOURS))
    assert due.at == minute + MINUTE


@examples(50)
@given(worlds(), st.data())
def test_an_instant_is_worked_when_its_minute_is(
    world: World, data: st.DataObject
) -> None:
    at, oracle = data.draw(instants_near(world, days=3)), Oracle(world.calendar)
    minute = at.replace(second=0, microsecond=0)
    worked = oracle.minutes_on(at.astimezone(KYIV).date())
    assert world.calendar.is_working(at) == (minute in worked)
    following = next(oracle.minutes_from(minute))
    assert world.calendar.next_working_instant(at) == max(at, following)


@examples(50)
@given(worlds(), st.data())
def test_the_intervals_of_a_day_hold_its_minutes_and_no_others(
    world: World, data: st.DataObject
) -> None:
    day = data.draw(minutes_near(world)).astimezone(KYIV).date()
    intervals = world.calendar.intervals_on(day)
    spread = [
        start + n * MINUTE
        for start, end in intervals
        for n in range((end - start) // MINUTE)
    ]
    assert spread == Oracle(world.calendar).minutes_on(day)
    assert world.calendar.minutes_on(day) == len(spread)


@examples(40)
@given(worlds(), st.data())
def test_working_minutes_between_two_moments_are_those_one_can_count(
    world: World, data: st.DataObject
) -> None:
    a, b = sorted(data.draw(st.tuples(minutes_near(world), minutes_near(world))))
    counted = Oracle(world.calendar).minutes_between(a, b)
    assert world.calendar.minutes_between(a, b) == counted
    assert world.calendar.minutes_between(b, a) == -counted


@examples(50)
@given(worlds(), st.integers(1, 20), st.data())
def test_working_hours_end_with_the_last_minute_that_one_can_count(
    world: World, count: int, data: st.DataObject
) -> None:
    event = data.draw(minutes_near(world))
    minutes = Oracle(world.calendar).minutes_from(event)
    for _ in range(count * 60):
        last = next(minutes)
    due = world.calendar.due(event, Term(count, Unit.WORKING_HOURS))
    assert due.at == last + MINUTE


@examples(50)
@given(worlds(), st.integers(1, 15), st.data())
def test_working_days_end_with_the_last_minute_of_the_nth_day(
    world: World, count: int, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    last = oracle.nth_working_day_after(event.astimezone(KYIV).date(), count)
    assume(oracle.minutes_of_hours(last))  # not hours that a clock change has swallowed
    due = world.calendar.due(event, Term(count, Unit.WORKING_DAYS))
    assert due.at == oracle.end_of(last)


@examples(50)
@given(both_modes, st.integers(1, 15), st.data())
def test_working_day_ends_are_the_ends_of_days_in_any_mode(
    world: World, count: int, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    last = oracle.nth_working_day_after(event.astimezone(KYIV).date(), count)
    assume(oracle.minutes_of_hours(last))
    due = world.calendar.due(event, Term(count, Unit.WORKING_DAY_ENDS))
    assert due.at == oracle.end_of(last)


@examples(50)
@given(worlds(), st.integers(1, 40), st.data())
def test_calendar_days_and_an_agreed_date_end_alike(
    world: World, count: int, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    agreed = event.astimezone(KYIV).date() + count * DAY
    last = oracle.nth_working_day_after(agreed - DAY, 1)
    assume(oracle.minutes_of_hours(last))
    due = world.calendar.due(event, Term(count, Unit.CALENDAR_DAYS))
    assert due.at == world.calendar.due_on(event, agreed).at == oracle.end_of(last)


@examples(50)
@given(worlds(), st.sampled_from(DAYS), st.data())
def test_no_days_end_with_the_day_of_the_next_working_minute(
    world: World, unit: Unit, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    last = next(oracle.minutes_from(event)).astimezone(KYIV).date()
    assert world.calendar.due(event, Term(0, unit)).at == oracle.end_of(last)


@examples(50)
@given(worlds(Mode.SAME_CLOCK), st.integers(1, 10), st.data())
def test_the_same_clock_is_the_first_minute_worked_from_that_time_on(
    world: World, count: int, data: st.DataObject
) -> None:
    event, oracle = data.draw(minutes_near(world)), Oracle(world.calendar)
    start = next(oracle.minutes_from(event)).astimezone(KYIV)
    last = oracle.nth_working_day_after(start.date(), count)
    assume(oracle.minutes_of_hours(last))
    reached = [m for m, wall in minutes_shown_on(last) if wall >= start.time()]
    worked = [m for m in oracle.minutes_on(last) if m in reached]
    due = world.calendar.due(event, Term(count, Unit.WORKING_DAYS))
    assert due.at == (worked[0] if worked else oracle.end_of(last))


@examples(70)
@given(both_modes, terms, st.data())
def test_a_later_event_is_never_due_earlier(
    world: World, term: Term, data: st.DataObject
) -> None:
    moments = st.tuples(instants_near(world), instants_near(world))
    first, second = sorted(data.draw(moments))
    # By the same clock, times of an hour that the clock shows twice have no order.
    starts = map(world.calendar.next_working_instant, (first, second))
    assume(not any(start.astimezone(KYIV).fold for start in starts))
    assert world.calendar.due(first, term).at <= world.calendar.due(second, term).at


@examples(70)
@given(both_modes, terms, st.data())
def test_a_longer_term_is_never_due_earlier_and_none_before_its_event(
    world: World, term: Term, data: st.DataObject
) -> None:
    event = data.draw(instants_near(world))
    longer = Term(term.count + 1, term.unit)
    due = world.calendar.due(event, term).at
    assert event <= due <= world.calendar.due(event, longer).at


@examples(70)
@given(both_modes, terms, st.data())
def test_the_steps_go_from_the_event_to_the_one_day_that_is_due(
    world: World, term: Term, data: st.DataObject
) -> None:
    event = data.draw(instants_near(world))
    due = world.calendar.due(event, term)
    days = [step.day for step in due.steps]
    kinds = [step.kind for step in due.steps]
    assert days == sorted(days)
    assert (kinds[0], kinds[-1]) == (StepKind.EVENT, StepKind.DUE)
    assert kinds.count(StepKind.EVENT) == kinds.count(StepKind.DUE) == 1
    assert days[0] == event.astimezone(KYIV).date()
    assert world.calendar.is_working_day(days[-1])
    assert due.at <= world.calendar.end_of(days[-1])


@examples(50)
@given(worlds(), st.integers(0, 20), st.data())
def test_the_minutes_of_the_steps_are_the_hours_of_the_term(
    world: World, count: int, data: st.DataObject
) -> None:
    event = data.draw(instants_near(world))
    due = world.calendar.due(event, Term(count, Unit.WORKING_HOURS))
    assert sum(step.minutes or 0 for step in due.steps) == count * 60
    assert world.calendar.minutes_between(event, due.at) == count * 60
    assert world.calendar.worked(event, due.at) == timedelta(hours=count)


@examples(50)
@given(both_modes, st.integers(0, 20), st.data())
def test_the_steps_number_the_working_days_one_by_one(
    world: World, count: int, data: st.DataObject
) -> None:
    event = data.draw(instants_near(world))
    due = world.calendar.due(event, Term(count, Unit.WORKING_DAYS))
    numbers = [step.number for step in due.steps if step.number is not None]
    assert numbers == (list(range(1, count + 1)) or [0])


@examples(70)
@given(worlds(), shares, shares, st.data())
def test_a_point_lies_within_the_term_where_its_share_has_run(
    world: World, one: Fraction, other: Fraction, data: st.DataObject
) -> None:
    moments = st.tuples(instants_near(world), instants_near(world))
    opened, due = sorted(data.draw(moments))
    less, more = sorted((one, other))
    calendar = world.calendar
    first, second = (calendar.point(opened, due, share) for share in (less, more))
    assert opened <= first <= second <= due
    part = calendar.worked(opened, due) / timedelta.resolution * float(more)
    run = calendar.worked(opened, second) / timedelta.resolution
    assert abs(run - part) <= 1


@examples(70)
@given(worlds(), st.data())
def test_working_minutes_add_up(world: World, data: st.DataObject) -> None:
    instant = instants_near(world, days=400)
    a, b, c = data.draw(st.tuples(instant, instant, instant))
    between = world.calendar.minutes_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@examples(40)
@given(worlds(), st.data())
def test_a_long_span_holds_the_minutes_of_its_days(
    world: World, data: st.DataObject
) -> None:
    near = st.integers(-200, 900).map(lambda n: world.anchor + n * DAY)
    first, last = sorted(data.draw(st.tuples(near, near)))
    days = [first + n * DAY for n in range((last - first).days)]
    midnights = (datetime(d.year, d.month, d.day, tzinfo=KYIV) for d in (first, last))
    spanned = world.calendar.minutes_between(*midnights)
    assert spanned == sum(map(world.calendar.minutes_on, days))


@examples(70)
@given(worlds(), st.integers(-30, 30), st.data())
def test_adding_working_days_is_undone_by_taking_them_off(
    world: World, n: int, data: st.DataObject
) -> None:
    calendar = world.calendar
    near = st.integers(0, 60).map(lambda shift: world.anchor + shift * DAY)
    since = max(calendar.weeks[0].valid_from, world.anchor) + 250 * DAY
    start = calendar.add_working_days(data.draw(near) + (since - world.anchor), 0)
    moved = calendar.add_working_days(start, n)
    assert calendar.is_working_day(start)
    assert calendar.is_working_day(moved)
    assert calendar.add_working_days(moved, -n) == start
    between = calendar.working_days(min(start, moved), max(start, moved))
    assert len(list(between)) == abs(n) + 1


@examples(50)
@given(both_modes, terms, st.data())
def test_an_answer_survives_being_stored(
    world: World, term: Term, data: st.DataObject
) -> None:
    due = world.calendar.due(data.draw(instants_near(world)), term)
    assert Due.from_json(json.loads(json.dumps(due.as_json()))) == due
    assert Term.from_json(json.loads(json.dumps(term.as_json()))) == term

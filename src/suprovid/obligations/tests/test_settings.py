"""Calendar and terms may change; what is open moves in sight, what ended stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid
from suprovid.lib.worktime import Hours, Mode, Term, Unit
from suprovid.obligations import actions, queries
from suprovid.obligations.models import Company, Message, Obligation, TermRow
from suprovid.obligations.rules import (
    TERMS,
    CalendarChange,
    TermUnit,
    ThingChanged,
)
from suprovid.people.queries import viewer as rights_of
from suprovid.people.rules import Role
from tests.cast import Cast, acting
from tests.owing import (
    MONDAY_10,
    MONDAY_18,
    TUESDAY_18,
    client_in,
    client_of,
    found_company,
    owe,
    worker,
)

TUESDAY, WEDNESDAY = date(2026, 4, 14), date(2026, 4, 15)
NOON = Hours(time(9), time(12))


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def due_after(row: Obligation, cast: Cast, change: CalendarChange) -> datetime:
    actions.change_calendar(actor=acting(cast.iryna, MONDAY_10), change=change)
    row.refresh_from_db()
    return row.due_at


def off(day: date = TUESDAY) -> CalendarChange:
    return CalendarChange(ThingChanged.DAY, day, "Переїзд")


def test_every_kind_has_a_term_and_every_given_one_says_so() -> None:
    assert len(TERMS) == 23
    assert {kind for kind, term in TERMS.items() if term.term is None} == {
        "service.update",
        "materials.owed",
        "money.payment",
        "visits.month_plan",
        "growth.renewal",
        "learning.recertification",
    }


def test_a_day_off_moves_what_is_open(row: Obligation, cast: Cast) -> None:
    assert due_after(row, cast, off()) == TUESDAY_18 + timedelta(days=1)
    assert row.due_steps[-1]["day"] == "2026-04-15"
    assert row.warn_at is not None
    assert row.warn_at > TUESDAY_18


def test_a_shortened_day_ends_the_term_earlier(row: Obligation, cast: Cast) -> None:
    short = CalendarChange(ThingChanged.DAY, TUESDAY, "Скорочений", hours=NOON)
    assert due_after(row, cast, short) == TUESDAY_18 - timedelta(hours=6)


def test_a_due_of_its_own_keeps_its_day_and_leaves_it_when_it_is_off(
    row: Obligation, cast: Cast
) -> None:
    named = queries.calendar().due_on(MONDAY_10, TUESDAY)
    update = owe(client_in(row), "service.update", due=named)
    assert due_after(update, cast, off(WEDNESDAY)) == TUESDAY_18
    assert due_after(update, cast, off()) == TUESDAY_18 + timedelta(days=2)


def test_taking_an_exception_back_moves_it_back(row: Obligation, cast: Cast) -> None:
    due_after(row, cast, off())
    usual = CalendarChange(ThingChanged.USUAL_DAY, TUESDAY)
    assert due_after(row, cast, usual) == TUESDAY_18


def test_another_week_moves_what_is_open(row: Obligation, cast: Cast) -> None:
    week = CalendarChange(ThingChanged.WEEK, TUESDAY, week=(NOON,) * 5 + (None, None))
    assert due_after(row, cast, week) == TUESDAY_18 - timedelta(hours=6)


def test_peace_makes_holidays_days_off_again(cast: Cast) -> None:
    found_company()
    before = datetime.fromisoformat("2026-04-30T07:00:00+00:00")
    row = owe(client_of(cast), opened=before)
    # The 1st of May is a Friday; under martial law it is worked.
    assert row.due_at.date() == date(2026, 5, 1)
    peace = CalendarChange(ThingChanged.REGIME, date(2026, 4, 30), "Мир")
    assert due_after(row, cast, peace).date() == date(2026, 5, 4)


def test_the_same_clock_of_the_next_day_may_be_the_end(
    row: Obligation, cast: Cast
) -> None:
    mode = CalendarChange(ThingChanged.MODE, TUESDAY, mode=Mode.SAME_CLOCK)
    assert due_after(row, cast, mode) == MONDAY_10 + timedelta(days=1)
    assert Company.objects.get().term_mode == "same_clock"


def test_what_has_ended_never_moves(row: Obligation, cast: Cast) -> None:
    actions.meet(actor=worker(MONDAY_10), kind=row.kind, subject=client_in(row))
    assert due_after(row, cast, off()) == TUESDAY_18
    assert not Fact.objects.filter(kind="obligations.moved").exists()


def test_it_is_one_fact_that_names_what_moved(row: Obligation, cast: Cast) -> None:
    due_after(row, cast, off())
    fact = Fact.objects.get(kind="obligations.calendar_changed")
    assert [moved[0] for moved in fact.details["moved"]] == [row.pk]
    assert Fact.objects.filter(kind="obligations.moved").count() == 1


def test_a_missed_term_that_moves_stays_missed(row: Obligation, cast: Cast) -> None:
    actions.tick(actor=worker(TUESDAY_18))
    due_after(row, cast, off())
    assert row.missed_at == TUESDAY_18
    assert row.next_moment is not None


def test_a_miss_that_was_told_is_not_told_again_by_a_day_off_of_the_past(
    row: Obligation, cast: Cast
) -> None:
    now = TUESDAY_18 + timedelta(days=3)
    actions.tick(actor=worker(now))
    told = Message.objects.count()
    actions.change_calendar(actor=acting(cast.iryna, now), change=off())
    row.refresh_from_db()
    assert row.due_at == TUESDAY_18 + timedelta(days=1)
    assert actions.tick(actor=worker(now)) == 0
    assert Message.objects.count() == told
    assert row.missed_at == TUESDAY_18


def test_a_miss_that_was_told_is_not_told_again_when_its_day_comes_back(
    row: Obligation, cast: Cast
) -> None:
    wednesday = TUESDAY_18 + timedelta(hours=16)
    actions.tick(actor=worker(TUESDAY_18))
    for change in (off(), CalendarChange(ThingChanged.USUAL_DAY, TUESDAY)):
        actions.change_calendar(actor=acting(cast.iryna, wednesday), change=change)
    row.refresh_from_db()
    assert (row.due_at, row.next_moment) == (TUESDAY_18, None)


def test_a_miss_that_nobody_was_told_of_is_told_after_the_calendar_changed(
    row: Obligation, cast: Cast
) -> None:
    now = TUESDAY_18 + timedelta(days=3)
    actions.change_calendar(actor=acting(cast.iryna, now), change=off())
    assert actions.tick(actor=worker(now)) == 1
    fact = Fact.objects.get(kind="obligations.missed")
    assert fact.at == TUESDAY_18 + timedelta(days=1)
    row.refresh_from_db()
    assert row.missed_at == TUESDAY_18


def test_a_term_that_runs_from_another_moment_is_reckoned_from_it_again(
    row: Obligation, cast: Cast
) -> None:
    """A contract's own term may run from its signing: the week before."""
    friday = MONDAY_10 - timedelta(days=3)
    kind, own = "handover.installation", Term(3, Unit.WORKING_DAYS)
    from_signing = owe(client_in(row), kind, term=own, since=friday)
    assert from_signing.due_at == TUESDAY_18 + timedelta(days=1)
    assert due_after(from_signing, cast, off()) == TUESDAY_18 + timedelta(days=2)
    assert from_signing.due_steps[0]["day"] == "2026-04-10"


def test_a_calendar_read_while_it_was_changed_is_not_kept_under_the_old_name(
    row: Obligation, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings were read before the change, the rows after it."""
    before = Company.objects.get()
    due_after(row, cast, off())
    with monkeypatch.context() as patch:
        patch.setitem(queries.calendar.__globals__, "company", lambda: before)
        assert not queries.calendar().is_working_day(TUESDAY)
    due_after(row, cast, CalendarChange(ThingChanged.USUAL_DAY, TUESDAY))
    assert Company.objects.get().calendar_version == before.calendar_version
    assert queries.calendar().is_working_day(TUESDAY)


@pytest.mark.parametrize(
    ("kind", "field", "wrong"),
    [
        ("handover.visa", "unit", {"unit": TermUnit.GIVEN}),
        ("handover.visa", "count", {"count": -1}),
        ("handover.visa", "count", {"count": 401}),
        ("handover.visa", "warn_share", {"warn_share": Decimal(0)}),
        ("handover.visa", "warn_share", {"warn_share": Decimal(1)}),
        ("no.such", "kind", {}),
    ],
)
def test_a_term_that_nothing_could_open_with_is_refused(
    row: Obligation, cast: Cast, kind: str, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refusal:
        new_term(cast, kind, **wrong)
    assert refusal.value.field == field
    assert not Fact.objects.filter(kind="obligations.term_changed").exists()


def new_term(cast: Cast, kind: str, **more: Any) -> TermRow:
    return actions.set_term(
        actor=acting(cast.iryna, MONDAY_10),
        kind=kind,
        **{
            "valid_from": MONDAY_10.date(),
            "count": 1,
            "unit": TermUnit.WORKING_DAYS,
            "warn_share": None,
            "escalate": (),
            **more,
        },
    )


def test_what_its_subject_dates_may_get_a_term_of_its_own_and_lose_it(
    row: Obligation, cast: Cast
) -> None:
    new_term(cast, "service.update", count=2)
    assert owe(client_in(row), "service.update").due_at == TUESDAY_18 + timedelta(1)
    assert new_term(cast, "service.update", unit=TermUnit.GIVEN).unit == "given"


@pytest.mark.parametrize(
    ("kind", "due"), [("service.record", TUESDAY_18), ("reports.daily", MONDAY_18)]
)
def test_the_end_of_a_day_is_its_end_also_by_the_same_clock(
    row: Obligation, cast: Cast, kind: str, due: datetime
) -> None:
    """PROCESS 4 says "end of the next working day", "end of working hours"."""
    mode = CalendarChange(ThingChanged.MODE, TUESDAY, mode=Mode.SAME_CLOCK)
    due_after(row, cast, mode)
    assert owe(client_in(row), kind).due_at == due


def test_only_the_head_of_department_changes_the_calendar(
    row: Obligation, cast: Cast
) -> None:
    with pytest.raises(Forbidden):
        actions.change_calendar(actor=acting(cast.olena, MONDAY_10), change=off())
    row.refresh_from_db()
    assert row.due_at == TUESDAY_18


@pytest.mark.parametrize(
    "change",
    [
        CalendarChange(ThingChanged.WEEK, TUESDAY, week=(NOON,)),
        CalendarChange(ThingChanged.WEEK, TUESDAY, week=(None,) * 7),
        CalendarChange(ThingChanged.MODE, TUESDAY),
        CalendarChange(ThingChanged.DAY, TUESDAY),
        CalendarChange(ThingChanged.REGIME, TUESDAY, "Мир", last_day=date(2026, 1, 1)),
    ],
)
def test_a_change_that_says_too_little_is_refused(
    row: Obligation, cast: Cast, change: CalendarChange
) -> None:
    with pytest.raises(Invalid):
        actions.change_calendar(actor=acting(cast.iryna, MONDAY_10), change=change)


def test_a_new_term_is_for_what_opens_then(row: Obligation, cast: Cast) -> None:
    actions.set_term(
        actor=acting(cast.iryna, MONDAY_10),
        kind=row.kind,
        valid_from=WEDNESDAY,
        count=3,
        unit=TermUnit.WORKING_DAYS,
        warn_share=Decimal("0.5"),
        escalate=(Role.DEPARTMENT_HEAD,),
    )
    row.refresh_from_db()
    assert row.due_at == TUESDAY_18
    later = owe(client_of(cast), opened=MONDAY_10 + timedelta(days=2))
    assert later.due_at == TUESDAY_18 + timedelta(days=6)


def test_a_term_is_not_changed_for_the_past(row: Obligation, cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.set_term(
            actor=acting(cast.iryna, MONDAY_10),
            kind=row.kind,
            valid_from=date(2026, 4, 12),
            count=3,
            unit=TermUnit.WORKING_DAYS,
            warn_share=None,
            escalate=(),
        )


def test_two_companies_never_stand(cast: Cast) -> None:
    found_company()
    with pytest.raises(Invalid):
        found_company()


# ---------------------------------------------------------------- why this date


def told(row: Obligation, cast: Cast) -> list[tuple[str, str]]:
    actor = acting(cast.iryna, MONDAY_10)
    with translation.override("uk"):
        why = queries.why(rights_of(actor), row.pk)
    return [
        (step.day, step.text.replace("\N{NO-BREAK SPACE}", " ")) for step in why.steps
    ]


def test_days_that_do_not_count_stand_in_one_line(cast: Cast) -> None:
    found_company()
    friday = datetime.fromisoformat("2026-04-17T07:12:00+00:00")
    row = owe(client_of(cast), opened=friday)
    assert told(row, cast) == [
        ("пт, 17.04", "10:12: почався строк. День події не рахуємо"),
        ("сб, нд", "вихідний, не рахуємо"),
        ("пн, 20.04", "1-й робочий день, кінець о 18:00"),
    ]


def test_hours_say_how_much_of_each_day_they_used(cast: Cast) -> None:
    found_company()
    evening = datetime.fromisoformat("2026-04-13T13:00:00+00:00")
    row = owe(client_of(cast), "handover.acceptance", opened=evening)
    assert told(row, cast)[-1] == ("вт, 14.04", "2 год строку, кінець о 11:00")


def test_what_a_person_moved_says_the_agreed_day(row: Obligation, cast: Cast) -> None:
    actions.move_by_head(
        actor=acting(cast.iryna, MONDAY_10),
        obligation_id=row.pk,
        on=date(2026, 4, 18),
        why="клієнт просив",
    )
    assert told(row, cast)[-1] == ("пн, 20.04", "кінець о 18:00")

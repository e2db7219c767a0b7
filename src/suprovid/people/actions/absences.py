"""Who is away, and who stands in meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Invalid, Missing, require
from suprovid.people import queries, rules
from suprovid.people.actions.locking import hold_employed
from suprovid.people.models import Absence, Person
from suprovid.people.rules import AbsenceKind, Capacity, Span, Viewer


@transaction.atomic
def declare_absence(
    *,
    actor: Actor,
    person_id: int,
    kind: AbsenceKind,
    first_day: date,
    last_day: date,
    deputy_id: int | None = None,
) -> Absence:
    """Say that a person is away, and who acts for that person (PROCESS 5)."""
    persons = _hold_two(person_id, deputy_id)
    viewer, chair = _speaking(actor, person_id)
    span, on = Span(first_day, last_day), queries.today(actor.now)
    others = _spans_away(person_id)
    require(rules.may_be_away(span, today=on, others=others))
    _require_deputy(viewer, person_id, deputy_id, span)
    absence = Absence.objects.create(
        person=persons[person_id],
        deputy=persons.get(deputy_id or 0),
        kind=kind,
        first_day=first_day,
        last_day=last_day,
    )
    _record("people.absence.declared", actor, chair, absence)
    return absence


@transaction.atomic
def name_deputy(*, actor: Actor, absence_id: int, deputy_id: int | None) -> Absence:
    """Put another in the chair for the rest of the absence, or nobody."""
    absence = _find(absence_id)
    _hold_two(absence.person_id, deputy_id)
    absence = _hold(absence_id)
    viewer, chair = _speaking(actor, absence.person_id)
    on = queries.today(actor.now)
    span = Span(absence.first_day, absence.last_day)
    require(rules.absence_lasts(span, today=on, cancelled=_cancelled(absence)))
    rest = Span(max(absence.first_day, on), absence.last_day)
    _require_deputy(viewer, absence.person_id, deputy_id, rest)
    absence.deputy_id = deputy_id
    absence.save(update_fields=["deputy"])
    _record("people.absence.deputised", actor, chair, absence)
    return absence


@transaction.atomic
def cancel_absence(*, actor: Actor, absence_id: int) -> Absence:
    """Take back an absence that has not begun before today."""
    absence = _hold_with_person(absence_id)
    _, chair = _speaking(actor, absence.person_id)
    span, on = Span(absence.first_day, absence.last_day), queries.today(actor.now)
    require(rules.absence_lasts(span, today=on, cancelled=_cancelled(absence)))
    require(rules.may_cancel_absence(span, today=on))
    absence.cancelled_at = actor.now
    absence.save(update_fields=["cancelled_at"])
    _record("people.absence.cancelled", actor, chair, absence)
    return absence


@transaction.atomic
def return_early(*, actor: Actor, absence_id: int) -> Absence:
    """Back today: the absence ended yesterday, the deputy steps down at once."""
    absence = _hold_with_person(absence_id)
    _, chair = _speaking(actor, absence.person_id)
    span, on = Span(absence.first_day, absence.last_day), queries.today(actor.now)
    require(rules.absence_lasts(span, today=on, cancelled=_cancelled(absence)))
    require(rules.may_return(span, today=on))
    absence.last_day = on - timedelta(days=1)
    absence.save(update_fields=["last_day"])
    _record("people.absence.ended", actor, chair, absence)
    return absence


# ---------------------------------------------------------------- small parts


def _hold_two(person_id: int, deputy_id: int | None) -> dict[int, Person]:
    """Both, by id: two who name each other at one time do not wait in a ring."""
    ids = sorted({person_id} | ({deputy_id} if deputy_id is not None else set()))
    return {pk: hold_employed(pk) for pk in ids}


def _speaking(actor: Actor, person_id: int) -> tuple[Viewer, Capacity | None]:
    """Who speaks, and in what capacity when it is not the person."""
    staff = queries.staff(queries.today(actor.now))
    viewer = queries.viewer_among(staff, actor)
    absent = staff.by_id[person_id]
    require(rules.may_speak_of_absence(viewer, absent), Forbidden)
    mine = viewer.id == person_id
    return viewer, None if mine else rules.absence_chair(viewer, absent)


def _require_deputy(
    viewer: Viewer, absent_id: int, deputy_id: int | None, span: Span
) -> None:
    if deputy_id is None:
        return
    decision = rules.may_stand_in(
        viewer,
        absent_id=absent_id,
        deputy_id=deputy_id,
        deputy_away=_spans_away(deputy_id),
        span=span,
    )
    if decision.reason is not None:
        raise Invalid("deputy_id", decision.reason)


def _spans_away(person_id: int) -> list[Span]:
    rows = Absence.objects.standing().filter(person_id=person_id)
    return [Span(row.first_day, row.last_day) for row in rows]


def _find(absence_id: int) -> Absence:
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None:
        raise Missing
    return absence


def _hold(absence_id: int) -> Absence:
    return Absence.objects.select_for_update().get(pk=absence_id)


def _hold_with_person(absence_id: int) -> Absence:
    hold_employed(_find(absence_id).person_id)
    return _hold(absence_id)


def _cancelled(absence: Absence) -> bool:
    return absence.cancelled_at is not None


def _record(kind: str, actor: Actor, chair: Capacity | None, absence: Absence) -> None:
    deputy = absence.deputy
    record(
        kind=kind,
        actor=actor,
        subject=absence,
        for_whom=chair.for_whom if chair else None,
        details={
            "person": absence.person_id,
            "deputy": absence.deputy_id,
            "absence": absence.kind,
            "from": absence.first_day.isoformat(),
            "to": absence.last_day.isoformat(),
        },
        personal={
            "name": absence.person.short_name,
            "deputy_name": deputy.short_name if deputy else "—",
        },
    )

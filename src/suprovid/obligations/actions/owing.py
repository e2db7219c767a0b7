"""The verbs of an obligation: owe, meet, cancel, move, hand over (PROCESS 4).

They are called inside the action that causes them, in its transaction, after it has
locked its own root; so two of them never open the same thing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Model

from suprovid.journal.actions import record, subject_of
from suprovid.journal.rules import Actor, moment
from suprovid.lib.worktime import Due, StepKind, Term, WorkCalendar
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import calendar, term_in_force
from suprovid.obligations.rules import (
    Ending,
    KindTerm,
    Owner,
    Point,
    Points,
    Recipe,
    escalation,
    grants_of,
    missed_at,
    next_moment,
    points,
)
from suprovid.people.queries import today
from suprovid.people.rules import GROUP_ROLES


def owe(
    *,
    actor: Actor,
    kind: str,
    subject: Model,
    opened: datetime,
    client_id: int | None,
    owner: Owner,
    page: str,
    page_args: Iterable[Any] = (),
    about: Mapping[str, Any] | None = None,
    escalate_group: int | None = None,
    on: date | None = None,
    term: Term | None = None,
    since: datetime | None = None,
    due: Due | None = None,
    reason: str = "",
) -> Obligation:
    """Put something on control from the moment it opened; once while it is open.

    Args:
        opened: the business moment the term runs from, whenever it became known.
        on: an agreed day; the earlier of it and the term counts.
        term: replaces the kind's own term (a contract's).
        since: the moment the term runs from, if not from the opening.
        due: for what neither says; when the calendar changes it keeps its day.
        reason: why it is due then, a msgid; shown under the calendar's steps.
    """
    if found := _open_row(kind, subject):
        return found
    kept = term_in_force(kind, today(opened))
    work = calendar()
    recipe = _recipe_of(due, opened, work) if due else _recipe(kept, on, term, since)
    answer = due or recipe.due(opened, work)
    group = owner.group_id or escalate_group
    if owner.in_role in GROUP_ROLES and group is None:
        raise ValueError(f"Name the group in which {kind} is owed.")
    row = Obligation(
        kind=kind,
        subject=subject_of(subject),
        round=_last_round(kind, subject) + 1,
        client_id=client_id,
        about=dict(about or {}),
        page=page,
        page_args=list(page_args),
        owner_person_id=owner.person_id,
        owner_role=owner.in_role or "",
        owner_group_id=group,
        escalate=escalation(kept.escalate, escalate_group or group),
        warn_share=kept.warn_share,
        opened_at=opened,
        known_at=actor.now,
        due_reason=reason,
    )
    row.next_moment = next_moment(lay_due(row, answer, recipe, work))
    row.save()
    _record("obligations.opened", actor, row, at=opened)
    return row


def lay_due(
    row: Obligation, due: Due, recipe: Recipe, calendar: WorkCalendar
) -> Points:
    """Write a due moment and its points into a row; what fires next is the caller's."""
    found = points(
        calendar,
        opened=row.opened_at,
        due=due.at,
        share=row.warn_share,
        term=recipe.term,
    )
    row.term = recipe.as_json()
    row.due_at, row.soon_at, row.warn_at = found.due_at, found.soon_at, found.warn_at
    row.due_steps = [step.as_json() for step in due.steps]
    return found


def meet(
    *,
    actor: Actor,
    kind: str,
    subject: Model,
    at: datetime | None = None,
    for_whom: int | None = None,
) -> Obligation | None:
    """It is done, at its own moment. None when nothing of the kind was owed."""
    row = _open_row(kind, subject)
    if row is None:
        return None
    return end(actor, row, Ending.MET, at=at, for_whom=for_whom)


def cancel(
    *,
    actor: Actor,
    subject: Model,
    why: str,
    kind: str | None = None,
    at: datetime | None = None,
) -> int:
    """What is owed about a thing falls away with it; how many did.

    A waiver falls away too: when the thing comes up anew it is owed anew.
    """
    rows = Obligation.objects.filter(subject=subject_of(subject))
    if kind is not None:
        rows = rows.filter(kind=kind)
    rows.filter(waiver_holds=True).update(waiver_holds=False)
    found = list(rows.filter(ended_at=None).select_for_update().order_by("id"))
    for row in found:
        end(actor, row, Ending.CANCELLED, at=at, why=why)
    return len(found)


def end(
    actor: Actor,
    row: Obligation,
    ending: Ending,
    *,
    at: datetime | None = None,
    why: str = "",
    for_whom: int | None = None,
    private: bool = False,
) -> Obligation:
    """End a locked, open row. That it was missed stays on it, seen firing or not."""
    row.ended_at = at or actor.now
    row.missed_at = missed_at(due=row.due_at, ended=row.ended_at, already=row.missed_at)
    row.ending, row.end_note = ending, why
    row.waiver_holds = ending is Ending.WAIVED
    row.ended_by_id, row.next_moment = actor.person_id, None
    row.save(
        update_fields=[
            "ended_at",
            "missed_at",
            "ending",
            "end_note",
            "waiver_holds",
            "ended_by",
            "next_moment",
        ]
    )
    _record(
        f"obligations.{ending.value}",
        actor,
        row,
        at=row.ended_at,
        for_whom=for_whom,
        why=why,
        private=private,
        details={"late": row.ended_at > row.due_at},
    )
    return row


def move(
    *,
    actor: Actor,
    kind: str,
    subject: Model,
    why: str,
    on: date | None = None,
    term: Term | None = None,
    since: datetime | None = None,
    due: Due | None = None,
) -> Obligation | None:
    """Work the due moment out anew from the same opening."""
    row = _open_row(kind, subject)
    if row is None:
        return None
    work = calendar()
    if due is not None:
        recipe = _recipe_of(due, row.opened_at, work)
    else:
        recipe = Recipe(term or Recipe.from_json(row.term).term, on, since)
    answer = due or recipe.due(row.opened_at, work)
    return shift(actor, row, answer, recipe, why=why, work=work)


def shift(
    actor: Actor,
    row: Obligation,
    due: Due,
    recipe: Recipe,
    *,
    why: str,
    work: WorkCalendar | None = None,
    for_whom: int | None = None,
    private: bool = False,
) -> Obligation:
    """Give a locked, open row another due; nothing of the past is told twice.

    That the old one had passed stays on it, whether a worker saw it or not.
    """
    before = row.due_at
    row.missed_at = missed_at(due=before, ended=actor.now, already=row.missed_at)
    found = lay_due(row, due, recipe, work or calendar())
    over = found.due_at <= actor.now and _miss_was_told(row)
    row.next_moment = None if over else next_moment(found, passed=actor.now)
    row.save(
        update_fields=[
            "term",
            "due_at",
            "soon_at",
            "warn_at",
            "due_steps",
            "due_reason",
            "next_moment",
            "missed_at",
        ]
    )
    _record(
        "obligations.moved",
        actor,
        row,
        why=why,
        for_whom=for_whom,
        private=private,
        details={"from": moment(before)},
    )
    return row


def _miss_was_told(row: Obligation) -> bool:
    told = Message.objects.filter(obligation=row, point=Point.MISSED.value)
    return row.next_moment is None or told.exists()


def hand_over(
    *, actor: Actor, kind: str, subject: Model, owner: Owner, why: str = ""
) -> Obligation | None:
    """Another owes it from now on; the term stays."""
    row = _open_row(kind, subject)
    return None if row is None else pass_on(actor, row, owner, why=why)


def pass_on(
    actor: Actor,
    row: Obligation,
    owner: Owner,
    *,
    why: str = "",
    for_whom: int | None = None,
    private: bool = False,
) -> Obligation:
    """Write another owner into a locked, open row."""
    before = {"role": row.owner_role, "person": row.owner_person_id}
    row.owner_person_id = owner.person_id
    row.owner_role = owner.in_role or ""
    if owner.group_id not in (None, row.owner_group_id):
        _move_to_group(row, owner.group_id)
    row.save(update_fields=["owner_person", "owner_role", "owner_group", "escalate"])
    after = {"role": row.owner_role, "person": row.owner_person_id}
    _record(
        "obligations.handed_over",
        actor,
        row,
        why=why,
        for_whom=for_whom,
        private=private,
        details={"from": before, "to": after},
    )
    return row


def _move_to_group(row: Obligation, group_id: int | None) -> None:
    """Another group's head stands above it now, and hears of a miss."""
    row.owner_group_id = group_id
    roles = [grant.role for grant in grants_of(row.escalate)]
    row.escalate = escalation(roles, group_id)


def _recipe(
    kept: KindTerm, on: date | None, term: Term | None, since: datetime | None
) -> Recipe:
    found = Recipe(term or kept.term, on, since)
    if not found:
        raise ValueError("This kind is due when its subject says: give it a due.")
    return found


def _recipe_of(due: Due, opened: datetime, work: WorkCalendar) -> Recipe:
    """A due that the caller worked out: its day, if it is the end of one."""
    moved = (step.day for step in due.steps if step.kind is StepKind.MOVED)
    day = next(moved, work.local_day(due.at))
    return Recipe(on=day) if work.due_on(opened, day).at == due.at else Recipe()


def _open_row(kind: str, subject: Model) -> Obligation | None:
    return (
        Obligation.objects.select_for_update()
        .filter(kind=kind, subject=subject_of(subject), ended_at=None)
        .first()
    )


def _last_round(kind: str, subject: Model) -> int:
    rows = Obligation.objects.filter(kind=kind, subject=subject_of(subject))
    return rows.aggregate(last=Max("round"))["last"] or 0


def _record(
    kind: str,
    actor: Actor,
    row: Obligation,
    *,
    at: datetime | None = None,
    for_whom: int | None = None,
    why: str = "",
    private: bool = False,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Reasons that a person typed are personal; those of the house are not."""
    said = {"why": why} if why else {}
    record(
        kind=kind,
        actor=actor,
        subject=row,
        at=at,
        for_whom=for_whom,
        client=row.client_id,
        details={
            "kind": row.kind,
            "thing": row.subject,
            "about": row.about,
            "due": moment(row.due_at),
            **(details or {}),
            **({} if private else said),
        },
        personal=said if private else None,
    )

"""One obligation: its page, its history, why it is due when it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from suprovid.journal.actions import subject_of
from suprovid.journal.queries import facts_of
from suprovid.lib.decision import Decision, Missing
from suprovid.lib.worktime import Mode, Step, StepKind, Unit
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries.calendar import calendar, company
from suprovid.obligations.queries.owed import visible
from suprovid.obligations.queries.rows import (
    ObligationRow,
    owner_of,
    row_of,
    with_names,
)
from suprovid.obligations.rules import (
    Recipe,
    answering,
    grants_of,
    may_manage,
    may_take,
)
from suprovid.people.models import ServiceGroup
from suprovid.people.queries import names
from suprovid.people.rules import Grant, Staff, Viewer
from suprovid.web import say
from suprovid.web.parts import TermView, TimelineRow, WhyStep


@dataclass(frozen=True)
class Why:
    """Why this date: the calendar's steps, then the rule in words."""

    title: str
    steps: tuple[WhyStep, ...]
    law: str


@dataclass(frozen=True)
class ObligationPage:
    row: ObligationRow
    opened_at: datetime
    known_at: datetime
    missed_at: datetime | None
    warn_at: datetime | None
    round: int
    answers: tuple[str, ...]
    owner_waits: bool
    escalates: tuple[str, ...]
    why: Why
    history: tuple[TimelineRow, ...]
    decision: Decision
    open: bool

    @property
    def bare_term(self) -> TermView:
        """The page shows why at full length, so its clock needs no link to it."""
        return replace(self.row.term, why_url="")


def obligation_page(
    viewer: Viewer, staff: Staff, obligation_id: int, now: datetime
) -> ObligationPage:
    """Everything about one term.

    Raises:
        Missing: not there, or not theirs.
    """
    row = seen(viewer, obligation_id)
    owner = owner_of(row)
    answers = answering(owner, staff)
    return ObligationPage(
        row=row_of(row, now, calendar()),
        opened_at=row.opened_at,
        known_at=row.known_at,
        missed_at=row.missed_at,
        warn_at=row.warn_at,
        round=row.round,
        answers=tuple(member.name for member in answers),
        owner_waits=row.owner_person_id is not None
        and row.owner_person_id not in {member.id for member in answers},
        escalates=tuple(_chairs(grants_of(row.escalate))),
        why=why_of(row),
        history=tuple(history(row)),
        decision=may_manage(viewer, owner, staff, open_=row.ended_at is None),
        open=row.ended_at is None,
    )


def seen(viewer: Viewer, obligation_id: int) -> Obligation:
    """One row that the viewer may see.

    Raises:
        Missing.
    """
    row = with_names(visible(viewer)).filter(pk=obligation_id).first()
    if row is None:
        raise Missing
    return row


def takers(viewer: Viewer, staff: Staff, obligation_id: int) -> list[tuple[int, str]]:
    """Who could take it over: everybody who holds the role it is owed in.

    Raises:
        Missing.
    """
    row = seen(viewer, obligation_id)
    owner = owner_of(row)
    return [
        (member.id, member.name)
        for member in staff.members
        if member.id != row.owner_person_id and may_take(member, owner, staff)
    ]


def _chairs(grants: list[Grant]) -> Iterator[str]:
    groups = dict(
        ServiceGroup.objects.filter(
            pk__in=[g.group_id for g in grants if g.group_id]
        ).values_list("id", "name")
    )
    for grant in grants:
        role = say.label(grant.role)
        group = groups.get(grant.group_id or 0)
        yield f"{role} ({group})" if group else role


# ---------------------------------------------------------------- its history


def history(row: Obligation) -> Iterator[TimelineRow]:
    """The facts about it, the newest first."""
    found = facts_of([subject_of(row)])
    who = names(fact.actor_id for fact in found)
    for fact in found:
        yield TimelineRow(
            at=fact.at,
            sentence=say.sentence(fact.kind, fact.values),
            who=who.get(fact.actor_id or 0, ""),
            key=fact.kind != "obligations.warned",
        )


# ---------------------------------------------------------------- why this date


def why(viewer: Viewer, obligation_id: int) -> Why:
    """Raises:
    Missing.
    """
    return why_of(seen(viewer, obligation_id))


def why_of(row: Obligation) -> Why:
    steps = [Step.from_json(step) for step in row.due_steps]
    due = say.local(row.due_at)
    return Why(
        title=_("Why {day}, by {time}").format(
            day=_day(due.date(), long=True), time=say.clock(row.due_at)
        ),
        steps=tuple(_told(steps, row)),
        law=_law(row),
    )


def _told(steps: list[Step], row: Obligation) -> Iterator[WhyStep]:
    """Days that do not count and stand together make one line."""
    for key, found in groupby(steps, key=_sameness):
        run = list(found)
        days = [run] if key else [[step] for step in run]
        for group in days:
            yield WhyStep(
                day=", ".join(_day(step.day, bare=len(group) > 1) for step in group),
                text=_step_words(group[0], row),
                counted=group[0].kind
                not in (StepKind.NOT_COUNTED, StepKind.EVENT, StepKind.MOVED),
                last=group[0].kind is StepKind.DUE,
            )


def _sameness(step: Step) -> tuple[str, ...]:
    if step.kind is not StepKind.NOT_COUNTED:
        return ()
    return (step.kind.value, step.day_kind.value, step.note)


def _step_words(step: Step, row: Obligation) -> str:
    match step.kind:
        case StepKind.EVENT:
            return _event_words(row, step.day)
        case StepKind.START:
            return _("counted from the first working moment of this day")
        case StepKind.NOT_COUNTED:
            return _("{day_kind}, not counted").format(day_kind=_day_kind(step))
        case StepKind.MOVED:
            return _("{day_kind}: moved to the next working day").format(
                day_kind=_day_kind(step)
            )
        case StepKind.COUNTED:
            return _counted_words(step)
        case _:
            return _due_words(step, row)


def _event_words(row: Obligation, day: date) -> str:
    opened = say.clock(row.opened_at)
    recipe = Recipe.from_json(row.term)
    if recipe.since is not None and say.local(recipe.since).date() == day:
        return _("the term runs from this day. The day of the event is not counted")
    if recipe.term is None or recipe.term.unit is Unit.WORKING_HOURS:
        return _("{time}: the term opened").format(time=opened)
    return _("{time}: the term opened. The day of the event is not counted").format(
        time=opened
    )


def _counted_words(step: Step) -> str:
    if step.minutes is not None:
        return _("{time} of the term").format(time=say.left(step.minutes, 24 * 60))
    note = f" ({step.note})" if step.note else ""
    return _("working day no. {number}").format(number=step.number or 1) + note


def _due_words(step: Step, row: Obligation) -> str:
    at = say.clock(row.due_at)
    if step.minutes is not None:
        left = say.left(step.minutes, 24 * 60)
        return _("{time} of the term, ends at {at}").format(time=left, at=at)
    if step.number:
        return _("working day no. {number}, ends at {at}").format(
            number=step.number, at=at
        )
    return _("ends at {at}").format(at=at)


def _day_kind(step: Step) -> str:
    return step.note or say.label(step.day_kind)


def _day(day: date, *, long: bool = False, bare: bool = False) -> str:
    if long:
        return _lowered(dateformat.format(day, "l, j E")).replace(" ", say.NBSP)
    weekday = _lowered(dateformat.format(day, "D"))
    return weekday if bare else f"{weekday}, {day:%d.%m}"


def _lowered(text: str) -> str:
    """Ukrainian writes days and months small, English does not."""
    return text if (get_language() or "").startswith("en") else text.lower()


def _law(row: Obligation) -> str:
    """The rule: how long the term is, from what, by which calendar and law."""
    recipe = Recipe.from_json(row.term)
    parts = []
    if row.due_reason:
        parts.append(_sentence(_(row.due_reason)))
    if recipe.term:
        parts.append(_sentence(term_words(recipe.term.count, recipe.term.unit)))
    if recipe.on:
        parts.append(_("Named day: {day}.").format(day=say.day(recipe.on)))
    if recipe.term and recipe.on:
        parts.append(_("The earlier of the two counts."))
    if recipe.term and recipe.term.unit is not Unit.WORKING_HOURS:
        same_clock = company().term_mode == Mode.SAME_CLOCK
        parts.append("" if same_clock else _("Civil Code of Ukraine, art. 253."))
    return " ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def term_words(count: int, unit: Unit) -> str:
    """How long a term is: "3 working days"."""
    if count == 0 and unit is not Unit.WORKING_HOURS:
        return _("by the end of the same day")
    said = {
        Unit.WORKING_DAYS: ngettext("{n} working day", "{n} working days", count),
        Unit.WORKING_HOURS: ngettext("{n} working hour", "{n} working hours", count),
        Unit.CALENDAR_DAYS: ngettext("{n} calendar day", "{n} calendar days", count),
        Unit.WORKING_DAY_ENDS: ngettext(
            "{n} working day, to its end", "{n} working days, to the end", count
        ),
    }
    return say.nbsp(said[unit].format(n=count))

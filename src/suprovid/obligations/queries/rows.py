"""An obligation as a page shows it: what, whose, how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from suprovid.lib.worktime import WorkCalendar
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending, Owner, State, day_length, state
from suprovid.people.rules import Role
from suprovid.web import say
from suprovid.web.parts import TermView


@dataclass(frozen=True)
class ObligationRow:
    """One line of a list. `url` is where it is done, `page_url` its own page."""

    id: int
    kind: str
    label: str
    client_id: int | None
    client_name: str
    owner: str
    state: State
    term: TermView
    url: str
    page_url: str
    missed: bool
    group: str = ""
    client_url: str = ""


def with_names(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return rows.select_related("client", "owner_person", "owner_group", "ended_by")


def row_of(row: Obligation, now: datetime, calendar: WorkCalendar) -> ObligationRow:
    return ObligationRow(
        id=row.pk,
        kind=row.kind,
        label=label_of(row),
        client_id=row.client_id,
        client_name=str(row.client) if row.client else "",
        owner=owner_name(row),
        state=state_of(row, now),
        term=term_view(row, now, calendar),
        url=place_of(row),
        page_url=reverse("obligations:obligation", args=[row.pk]),
        missed=row.missed_at is not None,
        group=row.owner_group.name if row.owner_group else "",
        client_url=client_page(row.client_id),
    )


def label_of(row: Obligation) -> str:
    """What is to be done: "Give the visa: contract accepted"."""
    return say.with_things(say.kind_label(row.kind), row.about)


def name_of(row: Obligation) -> str:
    """The same as a noun: "Visa: contract accepted"."""
    return say.with_things(say.kind_name(row.kind), row.about)


def owner_name(row: Obligation) -> str:
    """The person, or the role when it is not yet anybody's own."""
    if row.owner_person is not None:
        return row.owner_person.short_name
    return say.label(Role(row.owner_role))


def owner_of(row: Obligation) -> Owner:
    if row.owner_person_id is not None:
        return Owner.person(row.owner_person_id, row.owner_group_id)
    return Owner.role(Role(row.owner_role), row.owner_group_id)


def place_of(row: Obligation) -> str:
    """The page where it is done; its own page when there is none."""
    return _address(row.page, row.page_args) or reverse(
        "obligations:obligation", args=[row.pk]
    )


def client_page(client_id: int | None) -> str:
    return _address("card:client", [client_id]) if client_id else ""


def _address(name: str, args: list[Any]) -> str:
    """Pages of apps above are known by name only, so a name may lead nowhere."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def state_of(row: Obligation, now: datetime) -> State:
    return state(
        now=now,
        soon_at=row.soon_at,
        due_at=row.due_at,
        ended=row.ended_at is not None,
    )


def term_view(row: Obligation, now: datetime, calendar: WorkCalendar) -> TermView:
    """Time left in working minutes, and how much of the term has run."""
    until, note = row.ended_at or now, ending_note(row)
    whole = calendar.minutes_between(row.opened_at, row.due_at)
    left = calendar.minutes_between(until, row.due_at)
    return TermView(
        label=label_of(row),
        name=name_of(row),
        state="none" if note else state_of(row, now),
        minutes_left=left,
        day_minutes=day_length(calendar, row.due_at),
        percent=max(0, min(100, 100 - left * 100 // whole)) if whole > 0 else 100,
        due=row.due_at,
        why_url=reverse("obligations:why", args=[row.pk]),
        ended_at=row.ended_at,
        met_late=row.ended_at is not None and row.ended_at > row.due_at,
        note=note,
        owner=owner_name(row),
    )


def ending_note(row: Obligation) -> str:
    """Who took it off control, and why; a met term needs no words."""
    if row.ended_at is None or row.ending == Ending.MET:
        return ""
    why = say.nbsp(_(row.end_note)) if row.end_note else ""
    who = row.ended_by.short_name if row.ended_by else ""
    told = ": ".join(text for text in (who, why) if text)
    return (
        f"{say.label(Ending(row.ending))}. {told}"
        if told
        else say.label(Ending(row.ending))
    )

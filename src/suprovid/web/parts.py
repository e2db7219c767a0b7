"""What pages are made of: plain values that the tags of `suprovid` draw.

Queries fill them, templates show them; they decide nothing. Words in them are already
in the reader's language or lazy; moments are aware, minutes are working minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from suprovid.lib.decision import Decision, allow

TermState = Literal["calm", "soon", "late", "met", "none"]
Verdict = Literal["given", "refused", "answered", "fallen", "withdrawn", "waiting"]
BoxState = Literal["given", "refused", "fallen", "empty"]
ALLOWED = allow()


@dataclass(frozen=True)
class TermView:
    """A term as people read it: the time left first, then the moment (INTERFACE 4).

    `minutes_left` is negative when late; `day_minutes` is the length of a working day.
    `name` is the label as a noun, for boards and clocks.
    `met_late` says that it was met after its time; `note` replaces the moment's line
    (waived, cancelled: who and why).
    """

    label: str
    state: TermState
    minutes_left: int = 0
    day_minutes: int = 480
    percent: int = 0
    due: datetime | None = None
    why_url: str = ""
    ended_at: datetime | None = None
    met_late: bool = False
    note: str = ""
    owner: str = ""
    name: str = ""


@dataclass(frozen=True)
class StampView:
    """A visa as it looks on paper (S17). `title` overrides the verdict's words."""

    verdict: Verdict
    person: str = ""
    role: str = ""
    for_whom: str = ""
    at: datetime | None = None
    short_hash: str = ""
    full_hash: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Box:
    """One of the little boxes of the sheet at a glance; `label` says its line."""

    state: BoxState
    label: str = ""


@dataclass(frozen=True)
class Act:
    """A button that does something: a form of its own, sent once.

    Refused, it stays visible, grey, and says why and who can (INTERFACE 5).
    """

    label: str
    url: str
    decision: Decision = ALLOWED
    fields: tuple[tuple[str, str], ...] = ()
    primary: bool = False
    icon: str = ""
    ink: bool = False
    quiet: bool = False
    confirm: str = ""


@dataclass(frozen=True)
class LinkAct:
    """A button that leads somewhere: to a form, a print, a list."""

    label: str
    url: str
    decision: Decision = ALLOWED
    primary: bool = False
    icon: str = ""
    ink: bool = False
    quiet: bool = False
    new_tab: bool = False


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A count or a sum that opens exactly the rows behind it (PROCESS 7.6)."""

    value: int | str | Decimal
    url: str = ""


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    icon: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Me:
    """Who is signed in, at the foot of the menu. `key` keeps drafts apart."""

    key: str
    name: str
    role: str
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """A moment with its own words, e.g. "opened" or "agreed"."""

    label: str
    at: datetime


@dataclass(frozen=True)
class TimelineRow:
    """One fact as the client's time line tells it; `key` facts stand out."""

    at: datetime
    sentence: str
    who: str = ""
    channel: str = ""
    key: bool = False
    url: str = ""


@dataclass(frozen=True)
class Page:
    """Where in a list the reader stands. `total_text`: "more than 1,000"."""

    number: int
    has_next: bool
    total_text: str = ""

    @property
    def has_previous(self) -> bool:
        return self.number > 1


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class WhyStep:
    """One step of "why this date": the day, what it counts for."""

    day: str
    text: str
    counted: bool = True
    last: bool = False


def boxes(pairs: Iterable[tuple[BoxState, str]]) -> tuple[Box, ...]:
    return tuple(Box(state, label) for state, label in pairs)

"""A term, and the answer to it: when it is due and the steps that lead there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Self

from .pattern import DayKind


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAY_ENDS = "working_day_ends"  # to the end of a working day, in any mode


class Mode(StrEnum):
    """How a term of working days ends: the company's choice."""

    END_OF_DAY = "end_of_day"  # Civil Code art. 253: the event's day is not counted
    SAME_CLOCK = "same_clock"  # the clock time of the event, N working days later


@dataclass(frozen=True)
class Term:
    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("Give a term a count of 0 or more.")

    def as_json(self) -> dict[str, Any]:
        return {"count": self.count, "unit": self.unit.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(count=data["count"], unit=Unit(data["unit"]))


class StepKind(StrEnum):
    """What a day does to a term; `Step.day_kind` says what sort of day it is."""

    EVENT = "event"  # the day of the event: a term of days does not count it
    START = "start"  # SAME_CLOCK moved the event forward to a working instant here
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    MOVED = "moved"  # the last, or the agreed, day is off: art. 254 moves it on
    DUE = "due"


@dataclass(frozen=True)
class Step:
    """One line of "why this date".

    `number` is the place of the day in the count, `minutes` what a term of hours used
    of it, `note` the name of a holiday or the words of the company's row.
    """

    day: date
    kind: StepKind
    number: int | None = None
    minutes: int | None = None
    note: str = ""
    day_kind: DayKind = DayKind.WORKING

    def as_json(self) -> dict[str, Any]:
        """JSON without what is empty: steps are stored with every term."""
        data = {
            "day": self.day.isoformat(),
            "kind": self.kind.value,
            "number": self.number,
            "minutes": self.minutes,
            "note": self.note or None,
            "day_kind": self.day_kind.value,
        }
        return {name: value for name, value in data.items() if value is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            day=date.fromisoformat(data["day"]),
            kind=StepKind(data["kind"]),
            number=data.get("number"),
            minutes=data.get("minutes"),
            note=data.get("note", ""),
            day_kind=DayKind(data["day_kind"]),
        )


@dataclass(frozen=True)
class Due:
    at: datetime
    steps: tuple[Step, ...] = ()

    def as_json(self) -> dict[str, Any]:
        steps = [step.as_json() for step in self.steps]
        return {"at": self.at.isoformat(), "steps": steps}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        at = datetime.fromisoformat(data["at"]).astimezone(UTC)
        return cls(at=at, steps=tuple(map(Step.from_json, data["steps"])))

"""The filters of `{% load suprovid %}`: one value put into words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils import timezone

from suprovid.lib.decision import Reason
from suprovid.web import say as words


def say_filter(reason: Reason | str | None) -> str:
    return words.say(reason)


def verb(kind: str) -> str:
    """The word on the button of a row that waits."""
    return words.kind_verb(kind)


def label(member: Enum) -> str:
    return words.label(member)


def money(value: Decimal | None) -> str:
    return "" if value is None else words.money(value)


def amount(value: Decimal | None) -> str:
    return "" if value is None else words.amount(value)


def count(value: int | None) -> str:
    return "" if value is None else words.number(value)


def when(value: datetime | date | None) -> str:
    return "" if value is None else words.when(value, timezone.now())  # noqa: TID251


def until(value: datetime | None) -> str:
    if value is None:
        return ""
    return words.when(value, timezone.now(), until=True)  # noqa: TID251


def left(minutes: int, day_minutes: int = 480) -> str:
    return words.left(minutes, day_minutes)


def day(value: date | None) -> str:
    return "" if value is None else words.day(value)


def today(value: datetime) -> str:
    return words.today(value)


def time(value: datetime | None) -> str:
    return "" if value is None else words.clock(value)


def stampdate(value: datetime | None) -> str:
    return "" if value is None else words.stamp_date(value)


def size(value: int) -> str:
    return words.size(value)


def short(name: str) -> str:
    return words.short_name(name)


def initials(name: str) -> str:
    return words.initials(name)


def nb(text: str) -> str:
    return words.nbsp(str(text))


FILTERS: dict[str, Callable[..., Any]] = {
    "say": say_filter,
    "verb": verb,
    "label": label,
    "money": money,
    "amount": amount,
    "count": count,
    "when": when,
    "until": until,
    "left": left,
    "day": day,
    "today": today,
    "time": time,
    "stampdate": stampdate,
    "size": size,
    "short": short,
    "initials": initials,
    "nb": nb,
}

"""Invented organisations with codes whose check digit is worked out here anew."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from suprovid.clients.actions import ListedClient, enter_listed
from suprovid.clients.models import Client
from suprovid.clients.rules import CodeKind
from suprovid.journal.rules import Actor

CITIES = ("Київ", "Вінниця", "Черкаси", "Полтава", "Житомир")
KINDS = ("Комунальне підприємство", "Приватне підприємство", "Товариство")
NAMES = ("Ґрунт", "Джерело", "Криниця", "Об’єднання", "Світанок", "Їжак", "Явір")


@dataclass(frozen=True)
class Organisation:
    code: str
    name: str
    city: str


def check_digit(stem: str) -> int:
    """The last digit of a ЄДРПОУ code, by the numeric form of its definition."""
    number = int(stem)
    between = 3_000_000 <= number < 6_000_000
    weights = [7, 1, 2, 3, 4, 5, 6] if between else [1, 2, 3, 4, 5, 6, 7]
    for shift in (0, 2):
        total = 0
        for weight, digit in zip(weights, stem, strict=True):
            total += (weight + shift) * int(digit)
        if total % 11 != 10:
            return total % 11
    return 0


def good_code(number: int) -> str:
    stem = f"{number % 10_000_000:07}"
    return f"{stem}{check_digit(stem)}"


def odd_code(number: int) -> str:
    """The same, one off in the last digit."""
    code = good_code(number)
    return code[:7] + str((int(code[7]) + 1) % 10)


def organisations(count: int, first: int = 3_100_000) -> list[Organisation]:
    return [
        Organisation(
            good_code(first + place * 37),
            f"{KINDS[place % 3]} «{NAMES[place % 7]}-{place}»",
            CITIES[place % 5],
        )
        for place in range(count)
    ]


def enter(actor: Actor, rows: list[Organisation]) -> list[Client]:
    """As a list enters them, in its transaction."""
    listed = [
        ListedClient(
            row.code,
            CodeKind.EDRPOU,
            code_confirmed=False,
            name=row.name,
            city=row.city,
        )
        for row in rows
    ]
    with transaction.atomic():
        return enter_listed(actor=actor, listed=listed, list_name="клієнти.xlsx")

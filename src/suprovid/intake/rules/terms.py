"""How often, with which kit and for how many seats: words of a contract's terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from suprovid.clients.rules.folding import fold
from suprovid.contracts.rules import Periodicity
from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.texts import also, as_meant
from suprovid.intake.rules.told import Told, error, shown
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

KIT = Reason(word("The kit is written as in the catalogue."))
HOW_OFTEN = word(
    "“{text}” does not say how often: every day, every week, twice a month or every"
    " month."
)
SEATS = word("“{text}” is no number of seats: write it in digits.")
MOST_SEATS = 100_000
CHOICES = ("щодня", "щотижня", "двічі на місяць", "щомісяця")
_SPELLINGS: dict[Periodicity, tuple[str, ...]] = {
    Periodicity.DAILY: (
        "щодня", "щоденно", "щоденна", "щоденне", "день", "дня", "daily", "day",
    ),
    Periodicity.WEEKLY: (
        "щотижня", "щотижнево", "щотижнева", "щотижневе", "щотижневий", "тиждень",
        "тижня", "тиж", "weekly", "week",
    ),
    Periodicity.TWICE_A_MONTH: (
        "2 місяць", "2 місяці", "2 місяця", "2 міс", "2 тижні", "2 тиж", "два тижні",
        "2 month", "2 monthly", "2 weeks", "semi monthly", "semimonthly", "biweekly",
        "bi weekly", "fortnightly", "fortnight",
    ),
    Periodicity.MONTHLY: (
        "щомісяця", "щомісячно", "щомісячна", "щомісячне", "щомісячний", "місяць",
        "місяця", "міс", "monthly", "month",
    ),
}  # fmt: skip
_SAID_BESIDE = "в у на за кожен кожного кожні кожна раз рази раза разів р один 1 once"
_SAID_BESIDE_TOO = "a an per each every times time in the x одного"
_TWICE = frozenset(fold("двічі два дві two twice 2"))
_BESIDE = frozenset(fold(f"{_SAID_BESIDE} {_SAID_BESIDE_TOO}"))


def _key(text: str) -> frozenset[str]:
    """What counts of the words: twice or not, and of which time."""
    words = fold(text[:200])
    return frozenset("2" if w in _TWICE else w for w in words if w not in _BESIDE)


_BY_KEY = {_key(one): often for often, all_ in _SPELLINGS.items() for one in all_}


def read_periodicity(cell: Cell) -> Told[Periodicity | None]:
    text = shown(cell).strip()[:200]
    if not text:
        return Told(None, "")
    often = _BY_KEY.get(_key(text)) or _named(text)
    if often:
        return Told(often, often.value)
    unknown = Reason(HOW_OFTEN, (("text", text[:60]),))
    return Told(None, "", asked=(error(unknown, *CHOICES),))


def _named(text: str) -> Periodicity | None:
    """The word the API uses is taken too."""
    return next((often for often in Periodicity if often.value == text.lower()), None)


def read_seats(cell: Cell) -> Told[int | None]:
    text = shown(cell).strip()[:60]
    if not text:
        return Told(None, "")
    found = re.fullmatch(
        r"(\d{1,6})\s*(?:роб\w*\.?\s*)?(?:шт|місц\w+|ліценз\w+|користувач\w*|seats?"
        r"|users?|licen[cs]es?|pcs|пк)?\.?",
        text.lower(),
    )
    if found and found[1].isascii() and 1 <= int(found[1]) <= MOST_SEATS:
        return Told(int(found[1]), found[1])
    return Told(None, "", asked=(error(Reason(SEATS, (("text", text),))),))


# ------------------------------------------------------------------------------ kits


def kit_key(text: str) -> str:
    """«Комплект №3» and «комплект № 3» are one; «Стандарт+» is not «Стандарт»."""
    return re.sub(
        r"[\s_]+", "", " ".join(as_meant(text[:400]).value.casefold().split())
    )


def spellings(kits: Collection[str], used: Iterable[str]) -> Mapping[str, str]:
    """The spelling of each kit: the catalogue's, or else the most frequent one."""
    counts = Counter(as_meant(text[:400], quotes=False).value for text in used)
    best: dict[str, str] = {}
    for name, _ in sorted(
        counts.items(), key=lambda one: (one[1], one[0][:1].isupper())
    ):
        best[kit_key(name)] = name
    return best | {kit_key(name): name for name in kits}


def read_kit(text: str, known: Mapping[str, str]) -> Told[str]:
    return also(
        as_meant(text, quotes=False), lambda name: known.get(kit_key(name), name), KIT
    )

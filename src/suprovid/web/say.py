"""Values put into words, in the language of whoever reads (DESIGN 4, Languages).

Rules and queries hand over msgids and plain values; only here, at the door, do they
become text. Moments are told in the company's zone, as people say them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext

from suprovid.lib.decision import Reason

KYIV = ZoneInfo("Europe/Kyiv")
NBSP = "\u00a0"

# Filled by config at the start: what every app calls its things.
WORDS: dict[tuple[type[Enum], Any], str] = {}
FACTS: dict[str, str] = {}
KINDS: dict[str, str] = {}
KIND_NAMES: dict[str, str] = {}
KIND_VERBS: dict[str, str] = {}
SUMS = frozenset({"amount", "total", "sum", "price", "free", "owed", "paid", "left"})


def register(words: Mapping[Any, str]) -> None:
    """Take an app's `WORDS`: enum member to msgid (or lazy text)."""
    WORDS.update({(type(member), member.value): text for member, text in words.items()})


# ------------------------------------------------------------------ words of things


def label(member: Enum) -> str:
    """The member's word; its bare value while nobody has given it one."""
    text = WORDS.get((type(member), member.value), "")
    return gettext(str(text)) if text else str(member.value).replace("_", " ")


def kind_label(kind: str) -> str:
    """What an obligation of this kind asks to do."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def kind_name(kind: str) -> str:
    """The same as a noun, for boards and clocks where room is dear."""
    return gettext(KIND_NAMES[kind]) if kind in KIND_NAMES else kind_label(kind)


def kind_verb(kind: str) -> str:
    """What stands on the button that leads to doing it."""
    if kind in KIND_VERBS:
        return gettext(KIND_VERBS[kind])
    return pgettext("a row", "Open")


def say(reason: Reason | str | None) -> str:
    """The reason in words; counts choose the plural form."""
    if reason is None:
        return ""
    if isinstance(reason, str):
        return gettext(reason) if reason else ""
    params = dict(reason.params)
    said = {name: value_in_words(value) for name, value in params.items()}
    return nbsp(_translated(reason.msgid, params).format(**said))


def _translated(msgid: str, params: Mapping[str, Any]) -> str:
    """A parameter called n or count bends the sentence (scripts/words.py)."""
    counted = params.get("n", params.get("count"))
    if isinstance(counted, int):
        return ngettext(msgid, msgid, counted)
    return gettext(msgid)


def value_in_words(value: Any) -> str:
    """One parameter of a reason, in the nominative."""
    for kinds, words_of in _SAID_BY:
        if isinstance(value, kinds):
            return words_of(value)
    return str(value)


def sentence(kind: str, values: Mapping[str, Any]) -> str:
    """A fact of the journal as its app's FACTS tells it."""
    if kind not in FACTS:
        return kind
    plain = {name: value for name, value in values.items() if name != "about"}
    said = {name: told(name, value) for name, value in plain.items()}
    if "kind" in said:
        said["kind"] = with_things(said["kind"], values.get("about") or {})
    return nbsp(gettext(FACTS[kind]).format_map(_Erased(said)))


def with_things(label: str, about: Mapping[str, str]) -> str:
    """What is owed, and about which thing: "Give the visa: contract accepted"."""
    things = ", ".join(told(name, value) for name, value in about.items())
    return f"{label}: {things}" if things else label


class _Erased(dict[str, str]):
    """A personal value may be gone; the sentence still stands."""

    def __missing__(self, key: str) -> str:
        return gettext("[erased]")


def told(name: str, value: Any) -> str:
    """A journal value: JSON keeps days, sums and enum members as texts."""
    if not isinstance(value, str):
        return value_in_words(value)
    if name in SUMS and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return money(Decimal(value))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)", value):
        return day_and_time(datetime.fromisoformat(value))
    if word := _word_of_value(name, value):
        return word
    if name == "why" and value:
        return gettext(value)  # a reason of the house is a msgid, one typed is not
    return _inside(kind_label(value)) if name == "kind" else kind_label(value)


def _inside(label: str) -> str:
    """A label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


def _word_of_value(name: str, value: str) -> str:
    """The word of an enum's value, if the placeholder bears the enum's name.

    {requirement} is a Requirement, {why} a CalledOffWhy, {absence} an AbsenceKind;
    a name that a person typed is left alone.
    """
    for (kind, known), text in WORDS.items():
        if known == value and _is_called(kind, name):
            return gettext(str(text))
    return ""


def _is_called(kind: type, name: str) -> bool:
    return f"_{_snake(kind.__name__)}".endswith((f"_{name}", f"_{name}_kind"))


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def listed(items: list[str]) -> str:
    """One, two and three."""
    if len(items) < 2:
        return "".join(items)
    return gettext("{items} and {last}").format(
        items=", ".join(items[:-1]), last=items[-1]
    )


# ------------------------------------------------------------------ numbers


def _ukrainian() -> bool:
    return (translation.get_language() or "uk").startswith("uk")


def number(value: int) -> str:
    text = f"{value:,}"
    return text.replace(",", NBSP) if _ukrainian() else text


def amount(value: Decimal) -> str:
    """The sum without its currency, for columns that name it in their head."""
    text = f"{value:,.2f}"
    if not _ukrainian():
        return text
    return text.replace(",", NBSP).replace(".", ",")


def money(value: Decimal) -> str:
    figure = amount(value)
    return f"{figure}{NBSP}грн" if _ukrainian() else f"UAH{NBSP}{figure}"


def size(octets: int) -> str:
    """How large a file is, one figure after the point."""
    kilo, mega = ("КБ", "МБ") if _ukrainian() else ("kB", "MB")
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))}{NBSP}{kilo}"
    text = f"{octets / 1024 / 1024:.1f}"
    return f"{text.replace('.', ',') if _ukrainian() else text}{NBSP}{mega}"


# ------------------------------------------------------------------ moments


def local(moment: datetime) -> datetime:
    return moment.astimezone(KYIV)


def clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def day(value: date | datetime, *, year: bool = True) -> str:
    """20 April 2026: for papers and for days that are far away."""
    on = local(value).date() if isinstance(value, datetime) else value
    text = dateformat.format(on, "j E Y" if year else "j E")
    return text.replace(" ", NBSP, 1)


def today(moment: datetime) -> str:
    """Friday, 17 April, 15:20: the head of a page about this day."""
    weekday = dateformat.format(local(moment), "l").replace("'", "’").capitalize()
    return f"{weekday}, {day(moment, year=False)}, {clock(moment)}"


def day_and_time(moment: datetime) -> str:
    return f"{day(moment)}, {clock(moment)}"


def stamp_date(moment: datetime) -> str:
    """15.04.2026, 11:42: on stamps and prints only."""
    return f"{local(moment):%d.%m.%Y, %H:%M}"


def _day_as_said(on: date, today: date) -> tuple[str, bool]:
    """The day in words; True if it is named relative to today."""
    near = {
        -1: gettext("yesterday"),
        0: gettext("today"),
        1: gettext("tomorrow"),
    }
    if (word := near.get((on - today).days)) is not None:
        return word, True
    if abs(on - today) < timedelta(days=180) or on.year == today.year:
        weekday = dateformat.format(on, "D")
        weekday = weekday.lower() if _ukrainian() else weekday
        return f"{weekday}, {day(on, year=False)}", False
    return day(on), False


def when(
    moment: datetime | date, now: datetime, *, until: bool = False, bare: bool = False
) -> str:
    """The moment as people say it: "today by 18:00", "tomorrow at 10:00".

    Args:
        until: it is a deadline.
        bare: only a comma before the clock, as time lines have it.
    """
    today = local(now).date()
    if not isinstance(moment, datetime):
        return _day_as_said(moment, today)[0]
    named, relative = _day_as_said(local(moment).date(), today)
    if until:
        at = gettext("by {time}").format(time=clock(moment))
        return f"{named}{' ' if relative else ', '}{at}"
    if relative and not bare:
        return f"{named} {_at_clock(moment)}"
    return f"{named}, {clock(moment)}"


def _at_clock(moment: datetime) -> str:
    """Eleven begins with a vowel in Ukrainian and takes another preposition."""
    if local(moment).hour == 11:
        text = pgettext("eleven o’clock", "at {time}")
    else:
        text = pgettext("a time of day", "at {time}")
    return text.format(time=clock(moment))


def left(minutes: int, day_minutes: int, *, parts: int = 2) -> str:
    """Working time in words: the largest units first, at most `parts` of them."""
    length = day_minutes or 480
    days, rest = divmod(abs(minutes), length)
    hours, mins = divmod(rest, 60)
    said = [
        (days, ngettext("{n} day", "{n} days", days)),
        (hours, gettext("{hours} h")),
        (mins, gettext("{minutes} min")),
    ]
    first = next((i for i, (n, _) in enumerate(said) if n), 2)
    told = [
        text.format(n=n, hours=n, minutes=n)
        for n, text in said[first : first + parts]
        if n
    ]
    told = [text.replace(" ", NBSP) for text in told]
    return " ".join(told) or gettext("less than a minute").replace(" ", NBSP)


# ------------------------------------------------------------------ names and spaces


def short_name(name: str) -> str:
    """The short form of a full name: "О. Коваленко".

    Three words stand as papers print them, family name first; two as people say them.
    """
    words = name.split()
    if len(words) < 2 or "." in name:
        return name
    given, family = (words[1], words[0]) if len(words) > 2 else words
    return f"{given[0]}.{NBSP}{family}"


def initials(name: str) -> str:
    words = [w for w in name.replace(".", " ").split() if w[0].isalpha()]
    if len(words) > 2:
        words = [words[1], words[0]]
    return "".join(w[0] for w in words[:2]).upper()


_SHORT = "[авзійоуя]|до|на|за|по|не|ні|із|зі|об|від|для|при|про|під|та|що|як"
_UNITS = "грн|год|хв|день|дні|днів|місце|місця|місць|КБ|МБ|h|min|days?"
_FORMS = "ТОВ|ПП|ФОП|АТ|ПрАТ|КП|КНП|АО"
_AFTER_SHORT = re.compile(rf"(?<![\w’'])({_SHORT}) ", re.IGNORECASE)
_BEFORE_UNIT = re.compile(rf"(\d) (?=(?:{_UNITS})\b|%)")
_AFTER_SIGN = re.compile(rf"([№§]|\b[А-ЯІЇЄҐA-Z]\.|\b(?:{_FORMS})) ")
_IN_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def nbsp(text: str) -> str:
    """What must not be torn at the end of a line: "5 год", "№ 47", "К. Вовк"."""
    text = _AFTER_SIGN.sub(rf"\1{NBSP}", text)
    text = _BEFORE_UNIT.sub(rf"\1{NBSP}", text)
    text = _IN_THOUSANDS.sub(NBSP, text)
    text = text.replace(" — ", f"{NBSP}— ")
    return _AFTER_SHORT.sub(rf"\1{NBSP}", text)


_SAID_BY: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (Reason, say),
    (Promise, str),
    (Enum, label),
    (Decimal, money),
    (datetime, day_and_time),
    (date, day),
    (bool, lambda yes: gettext("yes") if yes else gettext("no")),
    (int, number),
    ((list, tuple, set, frozenset), lambda v: listed([value_in_words(i) for i in v])),
)

"""Months by their names, whole and short, Ukrainian and English."""

from __future__ import annotations

from suprovid.clients.rules.folding import fold

_NAMES = (
    ("січень", "січня", "january", "январь", "января"),
    ("лютий", "лютого", "february", "февраль", "февраля"),
    ("березень", "березня", "march", "март", "марта"),
    ("квітень", "квітня", "april", "апрель", "апреля"),
    ("травень", "травня", "may", "май", "мая"),
    ("червень", "червня", "june", "июнь", "июня"),
    ("липень", "липня", "july", "июль", "июля"),
    ("серпень", "серпня", "august", "август", "августа"),
    ("вересень", "вересня", "september", "сентябрь", "сентября"),
    ("жовтень", "жовтня", "october", "октябрь", "октября"),
    ("листопад", "листопада", "november", "ноябрь", "ноября"),
    ("грудень", "грудня", "december", "декабрь", "декабря"),
)


def _short(name: str) -> str:
    """As search compares it: «бер.» and «бер» of березень are one."""
    return "".join(fold(name))


_MONTHS = {
    _short(name)[:size]: month
    for month, names in enumerate(_NAMES, start=1)
    for name in names
    for size in range(3, len(name) + 1)
}


def month_of(name: str) -> int | None:
    """The number of a month; three letters of its name are enough.

    >>> month_of("лютого"), month_of("Лют."), month_of("Feb"), month_of("листя")
    (2, 2, 2, None)
    """
    return _MONTHS.get(_short(name[:20]))

"""Names: how they sort, how papers print them, what a sign-in name may be."""

from __future__ import annotations

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэabcdefghijklmnopqrstuvwxyz"
_PLACES = {
    char: f"{place:02}" for place, char in enumerate(" 0123456789" + ALPHABET, start=1)
} | {"-": "01"}


def sort_key(text: str, room: int = 254) -> str:
    """Digits that sort as the Ukrainian alphabet does, under any collation.

    Two digits a letter; quotes and apostrophes do not count, Latin goes last.
    """
    key = "".join(_PLACES.get(char, "") for char in text.casefold().strip())
    return key[: room - room % 2]


def paper_name(family: str, given: str, patronymic: str = "") -> str:
    """The name as a stamp prints it: «Коваленко О. П.»."""
    initials = (f"{part[0]}." for part in (given, patronymic) if part)
    return "\N{NO-BREAK SPACE}".join((family, *initials))

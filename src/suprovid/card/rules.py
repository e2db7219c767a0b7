"""Words of the client's page."""

from __future__ import annotations

from enum import StrEnum

from suprovid.lib.words import word


class Strand(StrEnum):
    """What of the client's story is asked for."""

    MAIN = "main"
    WORK = "work"
    MONEY = "money"
    PEOPLE = "people"
    TERMS = "terms"


WORDS = {
    Strand.MAIN: word("the main things"),
    Strand.WORK: word("handover and installation"),
    Strand.MONEY: word("contract and money"),
    Strand.PEOPLE: word("particulars"),
    Strand.TERMS: word("terms"),
}

"""What a list of clients and contracts may say, and what is told about its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from suprovid.clients.rules.codes import CodeKind
from suprovid.contracts.rules import Periodicity
from suprovid.lib.decision import Reason, Refused
from suprovid.lib.words import word

Cell = str | int | float | bool | date | datetime | None
Row = tuple[int, Sequence[Cell]]
"""The number of a row as the sheet shows it, and its cells."""


class Field(StrEnum):
    CODE = "code"
    NAME = "name"
    SHORT_NAME = "short_name"
    LEGAL_FORM = "legal_form"
    REGION = "region"
    CITY = "city"
    POSTCODE = "postcode"
    ADDRESS = "address"
    SOURCE = "source"
    CONTRACT = "contract"
    SIGNED_ON = "signed_on"
    VALID_TO = "valid_to"
    KIT = "kit"
    PERIODICITY = "periodicity"
    PRICE = "price"
    SEATS = "seats"
    NOTE = "note"


FIELD_WORDS: dict[Field, str] = {
    Field.CODE: word("Code"),
    Field.NAME: word("Client’s name"),
    Field.SHORT_NAME: word("Short name"),
    Field.LEGAL_FORM: word("Legal form"),
    Field.REGION: word("Region"),
    Field.CITY: word("City"),
    Field.POSTCODE: word("Postcode"),
    Field.ADDRESS: word("Address"),
    Field.SOURCE: word("Source"),
    Field.CONTRACT: word("Contract number"),
    Field.SIGNED_ON: word("Signed on"),
    Field.VALID_TO: word("Valid until"),
    Field.KIT: word("Kit"),
    Field.PERIODICITY: word("Periodicity"),
    Field.PRICE: word("Price a month"),
    Field.SEATS: word("Seats"),
    Field.NOTE: word("Note"),
}
#: Signs that fit into what the tables keep.
ROOM: dict[Field, int] = {
    Field.CODE: 60,
    Field.NAME: 400,
    Field.SHORT_NAME: 200,
    Field.LEGAL_FORM: 120,
    Field.REGION: 80,
    Field.CITY: 80,
    Field.POSTCODE: 10,
    Field.ADDRESS: 300,
    Field.SOURCE: 40,
    Field.CONTRACT: 40,
    Field.SIGNED_ON: 60,
    Field.VALID_TO: 60,
    Field.KIT: 120,
    Field.PERIODICITY: 60,
    Field.PRICE: 60,
    Field.SEATS: 30,
    Field.NOTE: 2000,
}


class NotAList(Refused):
    """The sheet cannot be read as a list of clients at all."""


class Kind(StrEnum):
    """WARNING: a person may confirm it as it is. ERROR: a value must be typed in."""

    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Mend:
    """What was put right in a field; all mends of a field tell the same was and now.

    `was` is the cell as a person reads it, `now` what is taken (a day in ISO form).
    """

    row: int
    field: Field
    was: str
    now: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person decides; `suggestions` are texts that may be typed in."""

    row: int
    field: Field
    kind: Kind
    reason: Reason
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that can be taken; `odd`: its code is kept only when confirmed."""

    row: int
    code: str
    code_kind: CodeKind
    odd: bool
    name: str
    short_name: str = ""
    legal_form: str = ""
    region: str = ""
    city: str = ""
    postcode: str = ""
    address: str = ""
    source: str = ""
    contract: str = ""
    signed_on: date | None = None
    valid_to: date | None = None
    kit: str = ""
    periodicity: Periodicity | None = None
    price: Decimal | None = None
    seats: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """What a sheet says. `count`: rows of clients, those with errors included."""

    count: int
    rows: tuple[SheetRow, ...]
    mends: tuple[Mend, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[tuple[int, Reason], ...]

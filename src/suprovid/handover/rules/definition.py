"""The standard sheet: its seven items, what each requires, the two forms (S17)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from suprovid.handover.rules.vocabulary import Carrier, ItemCode, Requirement
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role

R = Requirement
LONGEST_LINE, LONGEST_TEXT = 300, 4000


@dataclass(frozen=True)
class ItemRule:
    """One line of a definition; `needed` is how many papers make it complete."""

    number: int
    code: ItemCode
    carrier: Carrier
    role: Role
    requirements: tuple[Requirement, ...]
    needed: int = 1

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "code": self.code.value,
            "carrier": self.carrier.value,
            "role": self.role.value,
            "requirements": [code.value for code in self.requirements],
            "needed": self.needed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            number=data["number"],
            code=ItemCode(data["code"]),
            carrier=Carrier(data["carrier"]),
            role=Role(data["role"]),
            requirements=tuple(Requirement(code) for code in data["requirements"]),
            needed=data["needed"],
        )


STANDARD = (
    ItemRule(
        1,
        ItemCode.CONTRACT,
        Carrier.PAPER,
        Role.LAWYER,
        (R.ALL_PROGRAMMES, R.CONSULTING_RULES, R.SIGNED_BY_BOTH, R.REQUISITES),
    ),
    ItemRule(
        2,
        ItemCode.PRICE_AGREEMENT,
        Carrier.PAPER,
        Role.LAWYER,
        (R.NAMES_THE_CONTRACT, R.PRICE_AS_AGREED, R.PERIOD_STATED, R.SIGNED_BY_BOTH),
    ),
    ItemRule(
        3,
        ItemCode.PAYMENT,
        Carrier.PAYMENT,
        Role.ACCOUNTANT,
        (R.WHOLE_SUM, R.PAYER_IS_CLIENT, R.PURPOSE_NAMES_INVOICE),
    ),
    ItemRule(
        4,
        ItemCode.INVOICE_AND_ACT,
        Carrier.PAPER,
        Role.GROUP_HEAD,
        (R.INVOICE_MATCHES, R.ACT_SIGNED, R.SUMS_AGREE),
        needed=2,
    ),
    ItemRule(
        5,
        ItemCode.APPLICATION,
        Carrier.FORM,
        Role.GROUP_HEAD,
        (R.KIT_AS_IN_CONTRACT, R.WORKPLACES_STATED, R.ADDRESS_STATED),
    ),
    ItemRule(
        6,
        ItemCode.CARD,
        Carrier.FORM,
        Role.GROUP_HEAD,
        (R.RESPONSIBLE_NAMED, R.WISHES_STATED, R.HISTORY_STATED),
    ),
    ItemRule(
        7,
        ItemCode.PRICE_AGREEMENT_COPY,
        Carrier.PAPER,
        Role.GROUP_HEAD,
        (R.SAME_AS_ORIGINAL, R.READABLE, R.SIGNED_BY_BOTH),
    ),
)


# ------------------------------------------------------------------- forms


class BlankKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"


class Network(StrEnum):
    LOCAL = "local"
    NETWORK = "network"
    ONLINE = "online"


class UpdatesBy(StrEnum):
    VISIT = "visit"
    REMOTE = "remote"
    DOWNLOAD = "download"


class HowOften(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    TWICE_A_MONTH = "twice_a_month"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Blank:
    """A field of a form. `options` of a choice are members with words of their own."""

    name: str
    label: str
    kind: BlankKind = BlankKind.TEXT
    required: bool = True
    options: tuple[StrEnum, ...] = ()
    personal: bool = field(default=False, kw_only=True)


FORMS: dict[ItemCode, tuple[Blank, ...]] = {
    ItemCode.CARD: (
        Blank("activity", word("What the client does")),
        Blank("responsible", word("Responsible person"), personal=True),
        Blank("position", word("Position of the responsible person")),
        Blank("phone", word("Phone of the responsible person"), personal=True),
        Blank("email", word("E-mail"), required=False, personal=True),
        Blank("decides", word("Who makes decisions"), required=False, personal=True),
        Blank("users", word("Who will use the system"), BlankKind.LONG),
        Blank("wishes", word("Wishes about service"), BlankKind.LONG),
        Blank(
            "history",
            word("How the sale went, what was promised"),
            BlankKind.LONG,
        ),
        Blank("used_before", word("Legal systems used before"), required=False),
        Blank("convenient", word("Convenient days and hours"), required=False),
    ),
    ItemCode.APPLICATION: (
        Blank("kit", word("Kit")),
        Blank("variant", word("Version"), BlankKind.CHOICE, options=tuple(Network)),
        Blank("workplaces", word("Workplaces"), BlankKind.NUMBER),
        Blank(
            "periodicity",
            word("Periodicity of updates"),
            BlankKind.CHOICE,
            options=tuple(HowOften),
        ),
        Blank(
            "delivery",
            word("Delivery of updates"),
            BlankKind.CHOICE,
            options=tuple(UpdatesBy),
        ),
        Blank("served_from", word("Service begins on"), BlankKind.DAY),
        Blank("address", word("Address of installation")),
        Blank("note", word("Note"), BlankKind.LONG, required=False),
    ),
}


def tidy(values: Mapping[str, str]) -> dict[str, str]:
    """Values as they are kept: no blanks around, nothing empty, one line ending."""
    told = {name: text.replace("\r\n", "\n").strip() for name, text in values.items()}
    return {name: text for name, text in told.items() if text}


def fits_blank(blank: Blank, text: str) -> Decision:
    """Whether a tidy value may stand in a field of a form."""
    if not text:
        return deny("Fill in this field.") if blank.required else allow()
    longest = LONGEST_TEXT if blank.kind is BlankKind.LONG else LONGEST_LINE
    if len(text) > longest:
        return deny("Not more than {count} characters.", count=longest)
    if not _TESTS[blank.kind](blank, text):
        return deny("This value does not fit the field.")
    return allow()


def _is_number(_blank: Blank, text: str) -> bool:
    return bool(re.fullmatch(r"[1-9][0-9]{0,3}", text))


def _is_day(_blank: Blank, text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_offered(blank: Blank, text: str) -> bool:
    return text in {option.value for option in blank.options}


_TESTS: dict[BlankKind, Callable[[Blank, str], bool]] = {
    BlankKind.TEXT: lambda _blank, _text: True,
    BlankKind.LONG: lambda _blank, _text: True,
    BlankKind.NUMBER: _is_number,
    BlankKind.DAY: _is_day,
    BlankKind.CHOICE: _is_offered,
}

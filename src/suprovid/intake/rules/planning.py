"""What each row of a list would do to what is here already.

A list says it again next month, corrected. Three things are compared: what the list
says now, what it said the last time, what stands here. Only what the list itself
changed is changed here; what a person changed by hand meanwhile is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from suprovid.clients.rules import fold_number
from suprovid.intake.rules.fields import Field, Kind, ParsedSheet, Problem, SheetRow
from suprovid.intake.rules.lists import Outcome
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

OF_CLIENT = (
    Field.NAME,
    Field.SHORT_NAME,
    Field.LEGAL_FORM,
    Field.REGION,
    Field.CITY,
    Field.POSTCODE,
    Field.ADDRESS,
)
OF_CONTRACT = (
    Field.SIGNED_ON,
    Field.VALID_TO,
    Field.KIT,
    Field.PERIODICITY,
    Field.PRICE,
    Field.SEATS,
)
TEXT_ROOM = 300

ANOTHERS = word("Contract {number} belongs to another client: {client}.")
BY_HAND = word("Here it was changed by hand to “{here}”; the list says “{says}”.")
DIFFERS = word("Here stands “{here}”, the list says “{says}”.")
NAMESAKE = word("A client of this very name is here under another code: {code}.")
NO_LINE = word("The contract has no line, or several: change its kit or price there.")


@dataclass(frozen=True)
class Known:
    """A client or a contract that is here: its values, and those of its last list."""

    id: int
    values: Mapping[Field, str]
    listed: Mapping[str, str] = field(default_factory=dict)
    client_id: int = 0
    client: str = ""
    one_line: bool = True
    under_old_code: bool = False
    """The list knows the client by the code of one that was joined to it."""


@dataclass(frozen=True)
class Here:
    """What is here of all that a list names."""

    clients: Mapping[str, Known]
    contracts: Mapping[str, Known]
    namesakes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    field: Field
    was: str
    now: str


@dataclass(frozen=True)
class Plan:
    """What a row would do. `joins` is the earlier row of the same client."""

    row: SheetRow
    outcome: Outcome
    client_id: int | None = None
    contract_id: int | None = None
    joins: int | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def brings_contract(self) -> bool:
        return bool(self.row.contract) and self.contract_id is None


def said(row: SheetRow) -> dict[Field, str]:
    """What a row says, as texts in one spelling; what it leaves blank is not said."""
    values = {one: _text(getattr(row, one.value)) for one in (*OF_CLIENT, *OF_CONTRACT)}
    return {one: text for one, text in values.items() if text}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def plan(sheet: ParsedSheet, here: Here) -> tuple[Plan, ...]:
    """A plan for each row that could be read, in the order of the sheet."""
    asked: dict[int, list[Problem]] = {}
    for problem in sheet.problems:
        asked.setdefault(problem.row, []).append(problem)
    first: dict[str, int] = {}
    plans = []
    for row in sheet.rows:
        joins = first.setdefault(row.code, row.row)
        earlier = joins if joins != row.row else None
        plans.append(_plan(row, here, earlier, asked.get(row.row, [])))
    return tuple(plans)


def _plan(
    row: SheetRow, here: Here, joins: int | None, asked: Iterable[Problem]
) -> Plan:
    client = here.clients.get(row.code)
    contract = here.contracts.get(fold_number(row.contract)) if row.contract else None
    one = Plan(
        row=row,
        outcome=Outcome.SAME,
        client_id=client.id if client else None,
        contract_id=contract.id if contract else None,
        joins=joins,
        problems=tuple(asked),
    )
    if contract and (client is None or contract.client_id != client.id):
        return _wrong(one, ANOTHERS, number=row.contract, client=contract.client)
    return _compared(one, client, contract, here)


def _wrong(one: Plan, msgid: str, **params: str) -> Plan:
    problem = Problem(
        one.row.row, Field.CONTRACT, Kind.ERROR, Reason(msgid, tuple(params.items()))
    )
    return replace(
        one, outcome=Outcome.WRONG, problems=(*one.problems, problem), contract_id=None
    )


def _compared(
    one: Plan, client: Known | None, contract: Known | None, here: Here
) -> Plan:
    changes: list[Change] = []
    problems: list[Problem] = []
    if client is not None and one.joins is None and not client.under_old_code:
        _compare(one.row, client, OF_CLIENT, changes, problems)
    if contract is not None:
        _compare(one.row, contract, OF_CONTRACT, changes, problems)
    if client is None and one.joins is None:
        problems += _namesake(one.row, here)
    outcome = _outcome(one, client, changes)
    if outcome is Outcome.SAME and not problems:
        return replace(one, problems=())
    whole = (*one.problems, *problems) if client is None else _only_new(one, problems)
    if any(problem.kind is Kind.WARNING for problem in whole):
        outcome = Outcome.QUESTION
    return replace(one, outcome=outcome, changes=tuple(changes), problems=whole)


def _only_new(one: Plan, problems: list[Problem]) -> tuple[Problem, ...]:
    """Of a client who is here already nobody asks again whether the code is right."""
    about_the_code = {Field.CODE, Field.NAME}
    if one.contract_id is not None or not one.row.contract:
        return tuple(problems)
    kept = (p for p in one.problems if one.joins or p.field not in about_the_code)
    return (*kept, *problems)


def _outcome(one: Plan, client: Known | None, changes: list[Change]) -> Outcome:
    if client is None and one.joins is None:
        return Outcome.NEW
    if one.brings_contract:
        return Outcome.CONTRACT
    return Outcome.CHANGED if changes else Outcome.SAME


def _compare(
    row: SheetRow,
    known: Known,
    fields: Iterable[Field],
    changes: list[Change],
    problems: list[Problem],
) -> None:
    says = said(row)
    for one in fields:
        now, stands = says.get(one, ""), known.values.get(one, "")
        before = known.listed.get(one.value, "")
        if not now or now in (stands, before):
            continue
        if one in _OF_LINE and not known.one_line:
            problems.append(_ask(row, one, NO_LINE))
            continue
        changes.append(Change(one, stands, now))
        if stands not in ("", before):
            msgid = BY_HAND if before else DIFFERS
            problems.append(
                _ask(row, one, msgid, here=stands[:TEXT_ROOM], says=now[:TEXT_ROOM])
            )


_OF_LINE = frozenset({Field.KIT, Field.PERIODICITY, Field.PRICE, Field.SEATS})


def _ask(row: SheetRow, one: Field, msgid: str, **params: str) -> Problem:
    return Problem(row.row, one, Kind.WARNING, Reason(msgid, tuple(params.items())))


def _namesake(row: SheetRow, here: Here) -> list[Problem]:
    code = here.namesakes.get(row.name)
    return [_ask(row, Field.NAME, NAMESAKE, code=code)] if code else []

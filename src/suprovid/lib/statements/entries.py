"""An entry of a statement (Ntry) as lines: one, or one for each of its transactions."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from xml.etree.ElementTree import Element

from suprovid.lib.statements.causes import Cause, NotAStatement
from suprovid.lib.statements.lines import Line
from suprovid.lib.statements.nodes import Sum, node_at, sum_at, text_at
from suprovid.lib.statements.text import PURPOSE, clean, reference, told
from suprovid.lib.statements.transactions import NOBODY, Party, Transaction
from suprovid.lib.statements.values import amount, beginning, day, moment


class Status(StrEnum):
    BOOKED = "BOOK"
    PENDING = "PDNG"
    FUTURE = "FUTR"
    INFORMATION = "INFO"


def status(node: Element) -> Status:
    """Plain until version 07, in Cd from 08 on.

    Raises:
        NotAStatement: BAD_STATUS.
    """
    text = (text_at(node, "Sts") or text_at(node, "Sts", "Cd")).strip()
    try:
        return Status(text)
    except ValueError as unknown:
        raise NotAStatement(Cause.BAD_STATUS, {"told": told(text)}) from unknown


class Entry(NamedTuple):
    """What all lines of an entry share."""

    booked_at: datetime
    value_on: date | None
    amount: Decimal
    currency: str
    reversal: bool
    service: str
    number: str
    purpose: str


class Part(NamedTuple):
    """A share of the entry: its sum, and its reference with its firmness."""

    amount: Decimal
    reference: str
    firm: bool
    transaction: Transaction


def lines_of(
    node: Element, found: list[Transaction], first: int, account: str
) -> list[Line]:
    """The lines of a booked entry with its transactions, numbered from `first`.

    Raises:
        NotAStatement: for what is wrong with the entry.
    """
    entry = _entry(node)
    parts = _parts(entry, found)
    return [
        _line(entry, part, number, account) for number, part in enumerate(parts, first)
    ]


def _entry(node: Element) -> Entry:
    booked_at, value_on = _dates(node)
    total = sum_at(node, "Amt") or Sum()
    return Entry(
        booked_at=booked_at,
        value_on=value_on,
        amount=signed(amount(total.text), text_at(node, "CdtDbtInd").strip()),
        currency=total.currency.strip(),
        reversal=text_at(node, "RvslInd").strip() in ("true", "1"),
        service=reference(text_at(node, "AcctSvcrRef")),
        number=reference(text_at(node, "NtryRef")),
        purpose=clean(text_at(node, "AddtlNtryInf"), PURPOSE),
    )


def signed(value: Decimal, sign: str) -> Decimal:
    """Credit is money in, debit is money out; a reversal keeps the sign it tells.

    Raises:
        NotAStatement: NO_SIGN.
    """
    if sign not in ("CRDT", "DBIT"):
        raise NotAStatement(Cause.NO_SIGN, {"told": told(sign)})
    return value if sign == "CRDT" else -value


def _dates(node: Element) -> tuple[datetime, date | None]:
    """When it was booked; the day of value stands in when the bank does not say."""
    value = date_of(node_at(node, "ValDt"))
    booked = date_of(node_at(node, "BookgDt")) or value
    if booked is None:
        raise NotAStatement(Cause.BAD_DATE, {"told": ""})
    return booked, value.date() if value else None


def date_of(node: Element) -> datetime | None:
    """A choice of Dt and DtTm; a day alone is its beginning in Kyiv."""
    if text := text_at(node, "DtTm"):
        return moment(text)
    if text := text_at(node, "Dt"):
        return beginning(day(text))
    return None


# ------------------------------------------------------------------------- batches


def _parts(entry: Entry, found: list[Transaction]) -> list[Part]:
    if len(found) > 1:
        sums = [_share(entry, transaction) for transaction in found]
        if None not in sums and sum(filter(None, sums)) == entry.amount:
            return _split(entry, found, [value or Decimal() for value in sums])
        return [_whole(entry, _common(found))]
    return [_whole(entry, found[0] if found else Transaction())]


def _share(entry: Entry, transaction: Transaction) -> Decimal | None:
    told = transaction.amount
    if told is None or told.currency.strip() != entry.currency:
        return None
    sign = transaction.sign or ("DBIT" if entry.amount < 0 else "CRDT")
    return signed(amount(told.text), sign)


def _whole(entry: Entry, transaction: Transaction) -> Part:
    if transaction.amount:
        _share(entry, transaction)  # it must be a sum, though the entry's is taken
    service = transaction.service or entry.service
    told = service or entry.number or transaction.transaction
    return Part(entry.amount, told, bool(service), transaction)


def _split(entry: Entry, found: list[Transaction], sums: list[Decimal]) -> list[Part]:
    met = Counter(transaction.service for transaction in found)
    return [
        _nth(entry, transaction, value, number, met[transaction.service])
        for number, (transaction, value) in enumerate(
            zip(found, sums, strict=True), start=1
        )
    ]


def _nth(
    entry: Entry, transaction: Transaction, value: Decimal, number: int, met: int
) -> Part:
    """Its own reference, or the entry's with its place in the batch."""
    own = transaction.service
    if own and met == 1 and own != entry.service:
        return Part(value, own, True, transaction)  # noqa: FBT003
    if service := own or entry.service:
        return Part(value, f"{service}/{number}", True, transaction)  # noqa: FBT003
    told = f"{entry.number}/{number}" if entry.number else transaction.transaction
    return Part(value, told, False, transaction)  # noqa: FBT003


def _common(found: list[Transaction]) -> Transaction:
    """What all transactions of a batch agree on."""
    first = found[0]
    return Transaction(
        document=_shared([one.document for one in found]),
        debtor=_shared_party([one.debtor for one in found]),
        creditor=_shared_party([one.creditor for one in found]),
        purpose=_shared([one.purpose for one in found]),
        sign=first.sign,
    )


def _shared(texts: list[str]) -> str:
    return texts[0] if all(text == texts[0] for text in texts) else ""


def _shared_party(parties: list[Party]) -> Party:
    return Party(*(_shared(list(texts)) for texts in zip(*parties, strict=True)))


# --------------------------------------------------------------------------- lines


def _line(entry: Entry, part: Part, number: int, account: str) -> Line:
    transaction = part.transaction
    party = _other_side(entry, part, account)
    return Line(
        number=number,
        booked_at=entry.booked_at,
        value_on=entry.value_on,
        amount=part.amount,
        currency=entry.currency,
        reference=part.reference,
        document=transaction.document or part.reference,
        party_name=party.name,
        party_code=party.code,
        party_iban=party.iban,
        party_bank=party.bank,
        purpose=transaction.purpose or entry.purpose,
        reversal=entry.reversal,
        actual_name=party.actual_name,
        actual_code=party.actual_code,
        firm=part.firm,
    )


def _other_side(entry: Entry, part: Part, account: str) -> Party:
    """Money in comes from the debtor, money out goes to the creditor.

    In a reversal both keep the parts they had in the first movement, unless the bank
    turned them; whoever stands with our own account is not the other side.
    """
    debtor, creditor = part.transaction.debtor, part.transaction.creditor
    near, far = (creditor, debtor) if part.amount > 0 else (debtor, creditor)
    if entry.reversal and near != NOBODY and near.iban != account:
        return near
    turned = far.iban == account and near.iban not in ("", account)
    return near if turned else far

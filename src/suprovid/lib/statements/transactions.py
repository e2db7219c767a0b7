"""A transaction of an entry (TxDtls) in the few words that a line needs."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from suprovid.lib.statements.nodes import (
    Sum,
    all_at,
    node_at,
    sum_at,
    text_at,
    texts_at,
)
from suprovid.lib.statements.text import (
    NAME,
    PURPOSE,
    REFERENCE,
    clean,
    compact,
    joined,
    reference,
)
from suprovid.lib.statements.values import payer_code


class Party(NamedTuple):
    """One side of a movement."""

    name: str = ""
    code: str = ""
    iban: str = ""
    bank: str = ""
    actual_name: str = ""
    actual_code: str = ""


NOBODY = Party()


class Transaction(NamedTuple):
    """What TxDtls tells; both sides, for the entry says which of them is the other."""

    amount: Sum | None = None
    sign: str = ""
    service: str = ""
    """The reference of the bank that keeps the account (AcctSvcrRef)."""
    transaction: str = ""
    document: str = ""
    debtor: Party = NOBODY
    creditor: Party = NOBODY
    purpose: str = ""


def transaction(node: Element) -> Transaction:
    refs = node_at(node, "Refs")
    return Transaction(
        amount=sum_at(node, "Amt") or sum_at(node, "AmtDtls", "TxAmt", "Amt"),
        sign=text_at(node, "CdtDbtInd").strip(),
        service=reference(text_at(refs, "AcctSvcrRef")),
        transaction=reference(text_at(refs, "TxId")),
        document=_document(refs),
        debtor=_party(node, "Dbtr"),
        creditor=_party(node, "Cdtr"),
        purpose=_purpose(node),
    )


def _document(refs: Element) -> str:
    told = (reference(text_at(refs, name)) for name in _DOCUMENTS)
    return next((text for text in told if text), "")


_DOCUMENTS = ("InstrId", "EndToEndId", "ChqNb")


def _party(node: Element, side: str) -> Party:
    parties, agents = node_at(node, "RltdPties"), node_at(node, "RltdAgts")
    told = (parties.find(f"{before}{side}{after}") for before, after in _TOLD)
    if all(one is None for one in (*told, agents.find(f"{side}Agt"))):
        return NOBODY
    name, code = _who(node_at(parties, side))
    actual_name, actual_code = _who(node_at(parties, f"Ultmt{side}"))
    return Party(
        name=name or actual_name,
        code=code or actual_code,
        iban=account_number(node_at(parties, f"{side}Acct", "Id")),
        bank=_bank(node_at(agents, f"{side}Agt", "FinInstnId")),
        actual_name=actual_name,
        actual_code=actual_code,
    )


def _who(node: Element) -> tuple[str, str]:
    """Name and code; from version 08 on they are wrapped in Pty, or a bank in Agt."""
    if not len(node):
        return "", ""
    person = node[0] if node[0].tag in _WRAPS else node
    if person.tag == "Agt":
        person = node_at(person, "FinInstnId")
    codes = [
        text_at(other, "Id")
        for kind in ("OrgId", "PrvtId")
        for other in all_at(person, "Id", kind, "Othr")
    ]
    return clean(text_at(person, "Nm"), NAME), payer_code(codes)


_WRAPS = ("Pty", "Agt")
_TOLD = (("", ""), ("Ultmt", ""), ("", "Acct"))


def account_number(node: Element) -> str:
    """IBAN, or the number in another scheme."""
    told = text_at(node, "IBAN") or text_at(node, "Othr", "Id")
    return compact(told, REFERENCE)


def _bank(node: Element) -> str:
    told = (
        text_at(node, "ClrSysMmbId", "MmbId")
        or text_at(node, "BICFI")
        or text_at(node, "BIC")
    )
    return compact(told, REFERENCE)


def _purpose(node: Element) -> str:
    """The remittance; references told apart from it are added unless it names them."""
    remittance = node_at(node, "RmtInf")
    purpose = joined(texts_at(remittance, "Ustrd"))
    for text in _structured(remittance):
        if text not in purpose:
            purpose = clean(f"{purpose} {text}", PURPOSE)
    return purpose or clean(text_at(node, "AddtlTxInf"), PURPOSE)


def _structured(remittance: Element) -> list[str]:
    found = []
    for strd in all_at(remittance, "Strd"):
        numbers = [text_at(doc, "Nb") for doc in all_at(strd, "RfrdDocInf")]
        reference = text_at(strd, "CdtrRefInf", "Ref")
        found += [*numbers, reference, *texts_at(strd, "AddtlRmtInf")]
    return [clean(text, PURPOSE) for text in found if text.strip()]

"""How handovers stand now: rows gathered into what the rules look at.

The number of queries does not grow with the number of handovers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef

from suprovid.clients.models import Contact
from suprovid.contracts.models import Contract
from suprovid.contracts.rules import CountFrom
from suprovid.handover import rules
from suprovid.handover.models import (
    FilledForm,
    FirstContact,
    Handover,
    Item,
    ItemPaper,
    Sheet,
    Visa,
)
from suprovid.handover.rules import (
    Allowance,
    Allowed,
    Attached,
    Carrier,
    Filled,
    Hand,
    ItemCode,
    Laid,
    Line,
    OwnTerm,
    Ready,
    Requirement,
    Stage,
    Stamp,
    Standing,
    Verdict,
)
from suprovid.lib.worktime import Due, Term, Unit
from suprovid.money.queries import laid_on, paid_invoice
from suprovid.money.rules import paid
from suprovid.obligations.queries import calendar, company
from suprovid.people.queries import names
from suprovid.people.rules import Role, Staff, Viewer

M = TypeVar("M", bound=Model)


def hand(viewer: Viewer, staff: Staff) -> Hand:
    """Who asks, with what the company allows."""
    row = company()
    allowed = Allowed(
        author=row.authors_may_confirm,
        one_person=row.one_person_for_lawyer_and_accountant,
    )
    return Hand(viewer, staff, allowed)


def standing(handover: Handover, sheet_id: int | None = None) -> Standing:
    """One handover with its newest sheet, or with an earlier one."""
    return standings([handover], [sheet_id] if sheet_id else None)[handover.pk]


def standings(
    handovers: Iterable[Handover], sheet_ids: Iterable[int] | None = None
) -> dict[int, Standing]:
    """How each handover stands, by id: with its newest sheet, or the one named."""
    rows = {row.pk: row for row in handovers}
    kept = _gather(rows, sheet_ids)
    return {pk: _standing(row, kept) for pk, row in rows.items() if pk in kept.sheets}


def newest_lines(handovers: Iterable[Handover]) -> dict[int, tuple[Line, ...]]:
    """Only the lines of the newest sheets, without names: a glance from elsewhere."""
    rows = {row.pk: row for row in handovers}
    items = list(
        Item.objects.filter(sheet__handover__in=list(rows))
        .select_related("sheet")
        .order_by("sheet__round", "number")
    )
    sheets = {item.sheet.handover_id: item.sheet for item in items}
    newest = {sheet.pk for sheet in sheets.values()}
    kept = _on_items(rows, sheets, [i for i in items if i.sheet_id in newest])
    return {
        pk: tuple(_line(item, rows[pk], sheet, kept) for item in kept.items[sheet.pk])
        for pk, sheet in sheets.items()
    }


def installation_limit(handover: Handover) -> Due | None:
    """By when the installation is due at the latest, if that is known yet."""
    invoice_id = handover.first_invoice_id
    money = paid_invoice(invoice_id) if invoice_id else None
    return rules.installation_limit(
        calendar(),
        paid_at=money.at if money else None,
        own=own_term(handover.contract),
    )


def own_term(contract: Contract) -> OwnTerm | None:
    """The contract's own term of installation (PROCESS 2)."""
    if contract.own_term_count is None:
        return None
    from_signing = contract.own_term_from == CountFrom.SIGNING
    return OwnTerm(
        Term(contract.own_term_count, Unit(contract.own_term_unit)),
        contract.signed_on if from_signing else None,
    )


# ------------------------------------------------------------------- the rows


@dataclass(frozen=True)
class _Kept:
    """All rows of all handovers asked for, by whom they belong to."""

    sheets: Mapping[int, Sheet]
    items: Mapping[int, list[Item]]
    papers: Mapping[int, list[ItemPaper]]
    forms: Mapping[int, list[FilledForm]]
    visas: Mapping[int, list[Visa]]
    money: Mapping[int, Money]
    contacts: Mapping[int, list[FirstContact]] = field(default_factory=dict)
    ready: Mapping[int, Ready] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def all_rows(self, handovers: Mapping[int, Handover]) -> Iterator[Model]:
        """Every row that may name a person."""
        yield from handovers.values()
        yield from self.sheets.values()
        for rows in (self.papers, self.forms, self.visas):
            for some in rows.values():
                yield from some


def _gather(rows: Mapping[int, Handover], sheet_ids: Iterable[int] | None) -> _Kept:
    sheets = _sheets(rows, sheet_ids)
    items = Item.objects.filter(sheet__in=[sheet.pk for sheet in sheets.values()])
    kept = _on_items(rows, sheets, list(items.order_by("number")))
    contacts = list(FirstContact.objects.filter(handover__in=list(rows)))
    return replace(
        kept,
        contacts=_by(contacts, "handover_id"),
        ready=_ready(rows),
        names=names(_persons([*kept.all_rows(rows), *contacts])),
    )


def _on_items(
    rows: Mapping[int, Handover], sheets: Mapping[int, Sheet], items: list[Item]
) -> _Kept:
    """What lies on the lines themselves."""
    on_items = {"item__in": [item.pk for item in items]}
    papers = list(
        ItemPaper.objects.filter(**on_items, replaced_at=None)
        .select_related("paper__content")
        .order_by("pk")
    )
    forms = list(FilledForm.objects.filter(**on_items).order_by("version"))
    visas = list(Visa.objects.filter(**on_items, standing=True))
    return _Kept(
        sheets=sheets,
        items=_by(items, "sheet_id"),
        papers=_by(papers, "item_id"),
        forms=_by(forms, "item_id"),
        visas=_by(visas, "item_id"),
        money=money_on(rows.values()),
    )


def _by(rows: Iterable[M], owner: str) -> dict[int, list[M]]:
    found: defaultdict[int, list[M]] = defaultdict(list)
    for row in rows:
        found[getattr(row, owner)].append(row)
    return found


def _sheets(
    rows: Mapping[int, Handover], sheet_ids: Iterable[int] | None
) -> dict[int, Sheet]:
    """The named sheets, else the newest one of each handover."""
    found = Sheet.objects.filter(handover__in=list(rows)).order_by("round")
    if sheet_ids is not None:
        found = found.filter(pk__in=list(sheet_ids))
    return {sheet.handover_id: sheet for sheet in found}


def _ready(rows: Mapping[int, Handover]) -> dict[int, Ready]:
    """By contract: what must stand before the handover is sent (PROCESS 3.1)."""
    named = Contact.objects.filter(
        client=OuterRef("client"), responsible=True, left_at=None
    )
    found = Contract.objects.filter(pk__in=[row.contract_id for row in rows.values()])
    told = found.annotate(named=Exists(named)).values_list(
        "pk", "price_agreement", "named"
    )
    return {pk: Ready(bool(price), person) for pk, price, person in told}


Money = tuple[tuple[Laid, ...], bool]
"""What lies on a first invoice, and whether it is the whole sum."""


def money_on(rows: Iterable[Handover]) -> dict[int, Money]:
    """By invoice; those who look at many handovers select `first_invoice` with them."""
    invoices = [row.first_invoice for row in rows if row.first_invoice is not None]
    laid = laid_on(invoice.pk for invoice in invoices)
    return {
        invoice.pk: (
            tuple(Laid(p.id, p.amount, p.at) for p in laid.get(invoice.pk, [])),
            paid(total=invoice.total, laid=laid.get(invoice.pk, [])) is not None,
        )
        for invoice in invoices
    }


PERSONS = (
    "sales_id",
    "confirmed_by_id",
    "accepted_by_id",
    "person_id",
    "for_whom_id",
    "filled_by_id",
    "paper.brought_by_id",
)


def _persons(rows: Iterable[Any]) -> set[int | None]:
    """Everybody whom the rows name."""
    return {
        attrgetter(name)(row)
        for row in rows
        for name in PERSONS
        if hasattr(row, name.partition(".")[0])
    }


# -------------------------------------------------------------------- the values


def _standing(row: Handover, kept: _Kept) -> Standing:
    sheet = kept.sheets[row.pk]
    contact = next(iter(kept.contacts[row.pk]), None)
    return Standing(
        id=row.pk,
        number=row.number,
        stage=Stage(row.stage),
        group_id=row.group_id,
        client_id=row.client_id,
        sales_id=row.sales_id,
        sales_name=kept.names.get(row.sales_id, ""),
        sheet_id=sheet.pk,
        round=sheet.round,
        sheet_opened_at=sheet.opened_at,
        closed_at=sheet.closed_at,
        accepted_by_name=kept.names.get(sheet.accepted_by_id or 0, ""),
        confirmed_at=row.confirmed_at,
        confirmed_by_name=kept.names.get(row.confirmed_by_id or 0, ""),
        returned_at=row.returned_at,
        remarks=row.remarks,
        contact_made=contact is not None,
        contact_name=kept.names.get(contact.person_id, "") if contact else "",
        contact_at=contact.recorded_at if contact else None,
        installer_id=row.installer_id,
        installed_at=row.installed_at,
        first_invoice_id=row.first_invoice_id,
        paid_at=row.paid_at,
        ready=kept.ready[row.contract_id],
        lines=tuple(_line(item, row, sheet, kept) for item in kept.items[sheet.pk]),
    )


def _line(item: Item, row: Handover, sheet: Sheet, kept: _Kept) -> Line:
    form = next(reversed(kept.forms[item.pk]), None)
    visa = next(iter(kept.visas[item.pk]), None)
    return line_of(
        item,
        papers=(_attached(paper, kept) for paper in kept.papers[item.pk]),
        form=_filled(form, kept) if form else None,
        money=kept.money.get(row.first_invoice_id or 0),
        stamp=stamp_of(visa, kept.names) if visa else None,
        frozen=sheet.closed_at is not None,
    )


def line_of(
    item: Item,
    *,
    papers: Iterable[Attached],
    form: Filled | None,
    money: Money | None,
    stamp: Stamp | None,
    frozen: bool,
) -> Line:
    """A line of a sheet with what lies on it; money lies on the payment's line."""
    carrier = Carrier(item.carrier)
    laid, whole = money if money and carrier is Carrier.PAYMENT else ((), False)
    return Line(
        id=item.pk,
        number=item.number,
        code=ItemCode(item.code),
        carrier=carrier,
        role=Role(item.role),
        requirements=tuple(Requirement(code) for code in item.requirements),
        needed=item.needed,
        papers=tuple(papers),
        form=form,
        laid=laid,
        paid=whole,
        stamp=stamp,
        frozen=frozen,
    )


def _attached(row: ItemPaper, kept: _Kept) -> Attached:
    paper = row.paper
    return Attached(
        id=row.pk,
        paper_id=paper.pk,
        name=paper.name,
        sha256=paper.content_id,
        size=paper.content.size,
        media_type=paper.content.media_type,
        brought_by=paper.brought_by_id,
        brought_name=kept.names.get(paper.brought_by_id, ""),
        for_whom=row.for_whom_id,
        at=row.attached_at,
    )


def _filled(row: FilledForm, kept: _Kept) -> Filled:
    return Filled(
        version=row.version,
        digest=row.digest,
        values=row.values,
        filled_by=row.filled_by_id,
        filled_name=kept.names.get(row.filled_by_id, ""),
        for_whom=row.for_whom_id,
        at=row.filled_at,
    )


def stamp_of(row: Visa, names: Mapping[int, str] = MappingProxyType({})) -> Stamp:
    return Stamp(
        id=row.pk,
        verdict=Verdict(row.verdict),
        person_id=row.person_id,
        name=names.get(row.person_id, ""),
        role=Role(row.role),
        for_whom=row.for_whom_id,
        for_name=names.get(row.for_whom_id or 0, ""),
        at=row.at,
        holds=tuple(row.holds),
        requirement=Requirement(row.requirement) if row.requirement else None,
        reason=row.reason,
        allowances=frozenset(Allowance(a) for a in row.allowance.split(",") if a),
    )

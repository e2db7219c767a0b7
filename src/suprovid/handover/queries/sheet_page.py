"""The page of a handover: the sheet as it looks on paper, and what runs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from suprovid.clients.models import Contact
from suprovid.contracts.queries import ContractRow, contract_row
from suprovid.handover import rules
from suprovid.handover.models import FirstContact, Handover, Objection, Sheet
from suprovid.handover.queries.sheet_lines import (
    LinePage,
    boxes,
    item_subjects,
    line_page,
)
from suprovid.handover.queries.sight import visible
from suprovid.handover.queries.standing import hand as hand_of
from suprovid.handover.queries.standing import standing as standing_of
from suprovid.handover.rules import Hand, Stage, Standing
from suprovid.journal.actions import subject_of
from suprovid.lib.decision import Decision, Missing
from suprovid.money.models import Invoice
from suprovid.obligations.queries import term_views
from suprovid.people.queries import open_groups, staff, today
from suprovid.people.rules import Staff, Viewer
from suprovid.web import say
from suprovid.web.parts import Box, TermView

CLOCKS = ("handover.first_contact", "handover.installation")
BESIDE = (
    "handover.confirmation",
    "handover.remarks",
    "handover.acceptance",
    "service.installer",
    "service.record",
    "service.confirmation",
    "service.control_call",
)


@dataclass(frozen=True)
class ObjectionRow:
    at: datetime
    person: str
    text: str
    item: str
    round: int


@dataclass(frozen=True)
class Verbs:
    """What the viewer may do with the whole handover."""

    send: Decision
    send_back: Decision
    confirm: Decision
    change_group: Decision
    name_invoice: Decision
    accept: Decision
    give_back: Decision
    answer: Decision
    call_off: Decision
    object_to: Decision
    contact: Decision


@dataclass(frozen=True)
class SheetPage:
    id: int
    number: str
    stage: Stage
    client_id: int
    client: str
    group: str
    sales: str
    confirmed_by: str
    opened_at: datetime
    standing: Standing
    contract: ContractRow
    responsible: str
    responsible_post: str
    responsible_phone: str
    invoice: tuple[int, str] | None
    invoices: tuple[tuple[int, str], ...]
    groups: tuple[tuple[int, str], ...]
    lines: tuple[LinePage, ...]
    boxes: tuple[Box, ...]
    clocks: tuple[TermView, ...]
    terms: tuple[TermView, ...]
    contact: FirstContact | None
    rounds: tuple[int, ...]
    objections: tuple[ObjectionRow, ...]
    may: Verbs
    is_newest: bool

    @property
    def given(self) -> int:
        return self.standing.in_force_count

    @property
    def items(self) -> list[tuple[int, str]]:
        """Choices for "in which line"."""
        return [
            (row.line.id, f"{row.line.number}. {say.label(row.line.code)}")
            for row in self.lines
        ]


def seen(viewer: Viewer, handover_id: int) -> Handover:
    """A handover this person sees.

    Raises:
        Missing: not there, or not theirs.
    """
    rows = visible(viewer).select_related("client", "contract", "group", "sales")
    found = rows.select_related("confirmed_by", "first_invoice")
    handover = found.filter(pk=handover_id).first()
    if handover is None:
        raise Missing(f"There is no handover {handover_id}.")
    return handover


def sheet_page(
    viewer: Viewer,
    handover_id: int,
    now: datetime,
    *,
    number: int | None = None,
    members: Staff | None = None,
) -> SheetPage:
    """The newest sheet of a handover, or an earlier one by its number.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    sheets = list(Sheet.objects.filter(handover=handover).order_by("round"))
    chosen = sheets[-1] if number is None else _sheet(sheets, number)
    standing = standing_of(handover, sheet_id=chosen.pk)
    hand = hand_of(viewer, members or staff(today(now)))
    terms = term_views([subject_of(handover), *item_subjects(standing)], now)
    newest = chosen.pk == sheets[-1].pk
    return SheetPage(
        id=handover.pk,
        number=handover.number,
        stage=Stage(handover.stage),
        client_id=handover.client_id,
        client=str(handover.client),
        group=handover.group.name,
        sales=handover.sales.short_name,
        confirmed_by=handover.confirmed_by.short_name if handover.confirmed_by else "",
        opened_at=standing.sheet_opened_at,
        standing=standing,
        contract=contract_row(handover.contract_id),
        **_responsible(handover.client_id),
        invoice=_invoice(handover),
        invoices=_invoices(handover),
        groups=_groups(),
        lines=tuple(
            line_page(standing, line, hand, terms, newest) for line in standing.lines
        ),
        boxes=boxes(standing),
        clocks=_clocks(subject_of(handover), terms),
        terms=_beside(subject_of(handover), terms),
        contact=FirstContact.objects.filter(handover=handover)
        .select_related("person")
        .first(),
        rounds=tuple(sheet.round for sheet in sheets),
        objections=_objections(handover),
        may=_verbs(standing, hand),
        is_newest=newest,
    )


def _sheet(sheets: list[Sheet], number: int) -> Sheet:
    for sheet in sheets:
        if sheet.round == number:
            return sheet
    raise Missing(f"There is no sheet {number}.")


def _clocks(
    subject: str, terms: dict[tuple[str, str], TermView]
) -> tuple[TermView, ...]:
    found = (terms.get((kind, subject)) for kind in CLOCKS)
    return tuple(view for view in found if view is not None)


def _beside(
    subject: str, terms: dict[tuple[str, str], TermView]
) -> tuple[TermView, ...]:
    """Terms of the handover itself that still run."""
    found = (terms.get((kind, subject)) for kind in BESIDE)
    return tuple(v for v in found if v is not None and v.state != "met" and not v.note)


def _responsible(client_id: int) -> dict[str, str]:
    contact = Contact.objects.filter(
        client_id=client_id, responsible=True, left_at=None
    ).first()
    return {
        "responsible": contact.name if contact else "",
        "responsible_post": contact.position if contact else "",
        "responsible_phone": contact.phone if contact else "",
    }


def _invoice(handover: Handover) -> tuple[int, str] | None:
    if handover.first_invoice is None:
        return None
    return handover.first_invoice.pk, handover.first_invoice.number


def _invoices(handover: Handover) -> tuple[tuple[int, str], ...]:
    rows = Invoice.objects.filter(contract_id=handover.contract_id, cancelled_at=None)
    return tuple(rows.order_by("issued_on", "pk").values_list("pk", "number"))


def _groups() -> tuple[tuple[int, str], ...]:
    return tuple(open_groups())


def _verbs(standing: Standing, hand: Hand) -> Verbs:
    return Verbs(
        send=rules.may_send(standing, hand),
        send_back=rules.may_send_back(standing, hand),
        confirm=rules.may_confirm(standing, hand),
        change_group=rules.may_change_group(standing, hand),
        name_invoice=rules.may_name_invoice(standing, hand),
        accept=rules.may_accept(standing, hand),
        give_back=rules.may_return(standing, hand),
        answer=rules.may_answer(standing, hand),
        call_off=rules.may_call_off(standing, hand),
        object_to=rules.may_object(standing, hand),
        contact=rules.may_contact(standing, hand),
    )


def _objections(handover: Handover) -> tuple[ObjectionRow, ...]:
    rows = Objection.objects.filter(sheet__handover=handover).select_related(
        "person", "item", "new_sheet"
    )
    return tuple(
        ObjectionRow(
            at=row.at,
            person=row.person.short_name,
            text=row.text,
            item=say.label(rules.ItemCode(row.item.code)) if row.item else "",
            round=row.new_sheet.round,
        )
        for row in rows.order_by("at")
    )

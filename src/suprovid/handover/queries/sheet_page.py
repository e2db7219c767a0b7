"""The page of a handover: the sheet as it looks on paper, and what runs beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from suprovid.clients.models import Contact
from suprovid.contracts.queries import ContractRow, contract_row
from suprovid.handover import rules
from suprovid.handover.models import FirstContact, Handover, Item, Objection, Sheet
from suprovid.handover.queries.sight import visible
from suprovid.handover.queries.standing import hand as hand_of
from suprovid.handover.queries.standing import standing as standing_of
from suprovid.handover.rules import (
    Carrier,
    Hand,
    Line,
    LineState,
    Stage,
    Stamp,
    Standing,
)
from suprovid.journal.actions import subject_of
from suprovid.lib.decision import Decision, Missing
from suprovid.money.models import Invoice
from suprovid.obligations.queries import term_views
from suprovid.people.queries import open_groups, staff, today
from suprovid.people.rules import Role, Viewer
from suprovid.web import say
from suprovid.web.parts import Box, BoxState, StampView, TermView, Verdict

VERDICTS: dict[LineState, Verdict] = {
    LineState.GIVEN: "given",
    LineState.REFUSED: "refused",
    LineState.FALLEN: "fallen",
    LineState.WITHDRAWN: "withdrawn",
    LineState.WAITING: "fallen",
    LineState.EMPTY: "fallen",
}
BOXES: dict[LineState, BoxState] = {
    LineState.GIVEN: "given",
    LineState.REFUSED: "refused",
    LineState.FALLEN: "fallen",
    LineState.WITHDRAWN: "fallen",
    LineState.WAITING: "empty",
    LineState.EMPTY: "empty",
}
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
class LinePage:
    """One of the seven lines, and what this viewer may do with it."""

    line: Line
    state: LineState
    stamp: StampView | None
    was: tuple[str, ...]
    now: tuple[str, ...]
    term: TermView | None
    holder: str
    attach: Decision
    fill: Decision
    give: Decision
    refuse: Decision
    withdraw: Decision

    @property
    def by_paper(self) -> bool:
        return self.line.carrier is Carrier.PAPER

    @property
    def by_form(self) -> bool:
        return self.line.carrier is Carrier.FORM

    @property
    def values(self) -> list[tuple[str, str]]:
        """What a form says, label by label."""
        if self.line.form is None:
            return []
        said = self.line.form.values
        return [
            (gettext(blank.label), _in_words(blank, said[blank.name]))
            for blank in rules.FORMS[self.line.code]
            if blank.name in said
        ]


def _in_words(blank: rules.Blank, text: str) -> str:
    """A choice by its word; everything else as it was typed."""
    known = {option.value: option for option in blank.options}
    return say.label(known[text]) if text in known else text


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
    viewer: Viewer, handover_id: int, now: datetime, *, number: int | None = None
) -> SheetPage:
    """The newest sheet of a handover, or an earlier one by its number.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    sheets = list(Sheet.objects.filter(handover=handover).order_by("round"))
    chosen = sheets[-1] if number is None else _sheet(sheets, number)
    standing = standing_of(handover, sheet_id=chosen.pk)
    hand = hand_of(viewer, staff(today(now)))
    terms = term_views([subject_of(handover), *_item_subjects(standing)], now)
    newest = chosen.pk == sheets[-1].pk
    return SheetPage(
        id=handover.pk,
        number=handover.number,
        stage=Stage(handover.stage),
        client_id=handover.client_id,
        client=str(handover.client),
        group=handover.group.name,
        sales=handover.sales.full_name,
        confirmed_by=handover.confirmed_by.full_name if handover.confirmed_by else "",
        opened_at=standing.sheet_opened_at,
        standing=standing,
        contract=contract_row(handover.contract_id),
        **_responsible(handover.client_id),
        invoice=_invoice(handover),
        invoices=_invoices(handover),
        groups=_groups(),
        lines=tuple(
            _line(standing, line, hand, terms, newest) for line in standing.lines
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


def _item_subjects(standing: Standing) -> list[str]:
    return [f"{Item._meta.label_lower}:{line.id}" for line in standing.lines]


def boxes(standing: Standing) -> tuple[Box, ...]:
    """The sheet at a glance: its lines in their order."""
    return tuple(
        Box(BOXES[line.state], f"{say.label(line.code)}: {say.label(line.state)}")
        for line in standing.lines
    )


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


# ---------------------------------------------------------------- lines


def _line(
    standing: Standing,
    line: Line,
    hand: Hand,
    terms: dict[tuple[str, str], TermView],
    newest: bool,  # noqa: FBT001 - an inner step of one page
) -> LinePage:
    subject = f"{Item._meta.label_lower}:{line.id}"
    return LinePage(
        line=line,
        state=line.state,
        stamp=stamp_view(line),
        was=rules.short(line.stamp.holds) if line.stamp else (),
        now=rules.short(line.holds),
        term=_open_term(subject, terms) if newest else None,
        holder=holder(standing, line, hand),
        attach=rules.may_attach(standing, line, hand),
        fill=rules.may_fill(standing, line, hand),
        give=rules.may_give_visa(standing, line, hand),
        refuse=rules.may_refuse_visa(standing, line, hand),
        withdraw=rules.may_withdraw_visa(standing, line, hand),
    )


def _open_term(subject: str, terms: dict[tuple[str, str], TermView]) -> TermView | None:
    kinds = ("handover.remarks", "handover.visa", "handover.item_papers")
    found = (terms.get((kind, subject)) for kind in kinds)
    running = (v for v in found if v is not None and v.ended_at is None and not v.note)
    return next(running, None)


def stamp_view(line: Line) -> StampView | None:
    """The act on a line as the stamp that paper would bear."""
    if line.stamp is None:
        return None
    stamp = line.stamp
    return StampView(
        verdict=VERDICTS[line.state],
        person=stamp.name,
        role=say.label(stamp.role),
        for_whom=stamp.for_name,
        at=stamp.at,
        short_hash=" · ".join(rules.short(stamp.holds)),
        full_hash=" ".join(stamp.holds),
        reason=_reason(stamp),
        notes=tuple(say.label(allowance) for allowance in sorted(stamp.allowances)),
    )


def _reason(stamp: Stamp) -> str:
    if stamp.requirement is None:
        return stamp.reason
    return f"{say.label(stamp.requirement)}. {stamp.reason}"


def holder(standing: Standing, line: Line, hand: Hand) -> str:
    """Who holds this line up: sales for papers, the role's people for a visa."""
    if line.in_force:
        return ""
    if line.carrier is Carrier.PAYMENT and not line.complete:
        return say.label(Role.ACCOUNTANT)
    if line.refused or not line.complete:
        return say.short_name(standing.sales_name)
    return _answering(line.role, standing.group_id, hand)


def _answering(role: Role, group_id: int, hand: Hand) -> str:
    group = group_id if role is Role.GROUP_HEAD else None
    names = [say.short_name(m.name) for m in hand.staff.answering(role, group)]
    return ", ".join(names) or say.label(role)


def holders(standing: Standing, hand: Hand) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Who holds up which lines, for boards: (who, numbers of lines)."""
    found: dict[str, list[int]] = {}
    for line in standing.missing:
        found.setdefault(holder(standing, line, hand), []).append(line.number)
    return [(who, tuple(numbers)) for who, numbers in found.items()]


# ---------------------------------------------------------------- the rest


def _objections(handover: Handover) -> tuple[ObjectionRow, ...]:
    rows = Objection.objects.filter(sheet__handover=handover).select_related(
        "person", "item", "new_sheet"
    )
    return tuple(
        ObjectionRow(
            at=row.at,
            person=row.person.full_name,
            text=row.text,
            item=say.label(rules.ItemCode(row.item.code)) if row.item else "",
            round=row.new_sheet.round,
        )
        for row in rows.order_by("at")
    )

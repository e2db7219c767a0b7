"""Smaller questions of the pages: a form of the sheet, a paper, the story, opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from suprovid.clients.models import Contact
from suprovid.clients.queries import whole
from suprovid.contracts.models import Contract
from suprovid.contracts.queries import contract_row
from suprovid.contracts.queries import visible as visible_contracts
from suprovid.documents.queries import PaperFile, paper_file
from suprovid.handover import rules
from suprovid.handover.models import Handover, ItemPaper
from suprovid.handover.queries.sheet_page import seen
from suprovid.handover.queries.standing import hand as hand_of
from suprovid.handover.queries.standing import installation_limit
from suprovid.handover.queries.standing import standing as standing_of
from suprovid.handover.rules import ItemCode, Opening, Requirement
from suprovid.journal.queries import timeline as facts_of_client
from suprovid.lib.decision import Decision, Missing
from suprovid.people.queries import staff, today, told
from suprovid.people.rules import Viewer
from suprovid.web import say
from suprovid.web.parts import TimelineRow

STORY = 40
#: The engine's own steps: the terms beside the sheet tell them better.
BESIDE = (
    "obligations.opened",
    "obligations.met",
    "obligations.cancelled",
    "obligations.handed_over",
    "obligations.warned",
    "documents.",
)


@dataclass(frozen=True)
class FormLine:
    """A line carried by a form, with what is filled or already known."""

    handover_id: int
    number: str
    client: str
    item_id: int
    code: ItemCode
    requirements: tuple[Requirement, ...]
    values: dict[str, str]
    version: int
    may: Decision


def form_line(
    viewer: Viewer, handover_id: int, item_id: int, now: datetime
) -> FormLine:
    """A line of the newest sheet.

    Raises:
        Missing: not there, not theirs, or carried by papers.
    """
    handover = seen(viewer, handover_id)
    standing = standing_of(handover)
    line = standing.line(item_id)
    if line is None or line.code not in rules.FORMS:
        raise Missing(f"There is no item {item_id}.")
    hand = hand_of(viewer, staff(today(now)))
    return FormLine(
        handover_id=handover.pk,
        number=handover.number,
        client=str(handover.client),
        item_id=line.id,
        code=line.code,
        requirements=line.requirements,
        values=dict(line.form.values) if line.form else known(handover, line.code),
        version=line.form.version if line.form else 0,
        may=rules.may_fill(standing, line, hand),
    )


def requirements(
    viewer: Viewer, handover_id: int, item_id: int
) -> tuple[Requirement, ...]:
    """What a line of the newest sheet is checked for.

    Raises:
        Missing: not there, or not theirs.
    """
    line = standing_of(seen(viewer, handover_id)).line(item_id)
    if line is None:
        raise Missing(f"There is no item {item_id}.")
    return line.requirements


def known(handover: Handover, code: ItemCode) -> dict[str, str]:
    """What the contract and the contacts already say, so nobody types it twice."""
    if code is ItemCode.CARD:
        return _of_contact(handover)
    if code is ItemCode.APPLICATION:
        return _of_contract(handover)
    return {}


def _of_contact(handover: Handover) -> dict[str, str]:
    rows = Contact.objects.filter(client_id=handover.client_id, left_at=None)
    responsible = rows.filter(responsible=True).first()
    decides = rows.filter(decides=True).first()
    if responsible is None:
        return {}
    return {
        "responsible": responsible.name,
        "position": responsible.position,
        "phone": responsible.phone,
        "email": responsible.email,
        "decides": decides.name if decides else "",
    }


def _of_contract(handover: Handover) -> dict[str, str]:
    contract = contract_row(handover.contract_id)
    address = {"address": handover.client.address}
    if not contract.lines:
        return address
    first = contract.lines[0]
    return address | {
        "kit": first.kit,
        "variant": first.variant.value,
        "workplaces": str(sum(line.seats for line in contract.lines)),
        "periodicity": first.periodicity.value,
        "delivery": first.delivery.value,
        "served_from": contract.valid_from.isoformat(),
    }


def paper(viewer: Viewer, handover_id: int, item_paper_id: int) -> PaperFile:
    """A paper of a handover one sees, replaced ones too.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    found = ItemPaper.objects.filter(
        pk=item_paper_id, item__sheet__handover=handover
    ).first()
    if found is None:
        raise Missing(f"There is no paper {item_paper_id}.")
    return paper_file(found.paper_id)


def opening(viewer: Viewer, contract_id: int, now: datetime) -> Decision:
    """Whether this person may open a handover of a contract.

    Raises:
        Missing: not there, or not theirs.
    """
    rows = visible_contracts(viewer).select_related("client")
    contract = rows.filter(pk=contract_id).first()
    if contract is None:
        raise Missing(f"There is no contract {contract_id}.")
    hand = hand_of(viewer, staff(today(now)))
    return rules.may_open(opening_of(viewer, contract), hand)


def opening_of(viewer: Viewer, contract: Contract) -> Opening:
    """What is known of a contract when its client is to be handed over."""
    rows = Handover.objects.filter(contract=contract)
    running = rows.exclude(stage__in=[stage.value for stage in rules.ENDED]).first()
    served = rows.filter(stage=rules.Stage.IN_SERVICE).first()
    return Opening(
        regular=contract.regular,
        own_client=contract.client.sales_id in viewer.ids,
        open_number=running.number if running else "",
        in_service_number=served.number if served else "",
    )


def install_limit(viewer: Viewer, handover_id: int, now: datetime) -> date | None:
    """The last day on which installation may be agreed, if there is one yet.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    due = installation_limit(handover)
    last = say.local(due.at).date() if due else None
    return last if last and last >= today(now) else None


def timeline(viewer: Viewer, handover_id: int) -> tuple[TimelineRow, ...]:
    """What happened about the handover's client since it was opened, newest first.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    clients = whole(handover.client_id)
    found = facts_of_client(clients, without=BESIDE, limit=STORY)
    return told(fact for fact in found if fact.at >= handover.opened_at)

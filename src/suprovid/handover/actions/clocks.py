"""What is owed about a handover is brought in line with how it stands (PROCESS 4).

An action writes, meets what it fulfilled, and calls `settle`: terms that are owed now
open, those whose ground fell away are cancelled. Opening is idempotent, so settling
twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from suprovid.handover.actions.shared import Scene, system_scene, tell
from suprovid.handover.models import FirstContact, Handover, Item
from suprovid.handover.queries.standing import own_term
from suprovid.handover.rules import (
    BEFORE_CONFIRMATION,
    ENDED,
    Carrier,
    Line,
    Stage,
    Standing,
    Verdict,
)
from suprovid.journal.actions import subject_of
from suprovid.journal.rules import Actor
from suprovid.lib.words import word
from suprovid.lib.worktime import Due, Term
from suprovid.money.queries import paid_invoice
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.obligations.queries import calendar
from suprovid.obligations.rules import Owner
from suprovid.people.queries import today
from suprovid.people.rules import Role

PAGE, INSTALLATION_PAGE = "handover:handover", "service:installation"
INSTALLER = "service.installer"
"""The head's next step after the first contact; it is done on service's page."""


@dataclass(frozen=True)
class DueBy:
    """What an installation is due by: worked out again when the calendar changes.

    `since`: the term runs from the signing. `due`: the agreed day alone counts.
    """

    term: Term | None = None
    since: datetime | None = None
    on: date | None = None
    due: Due | None = None


@dataclass(frozen=True)
class Owed:
    """One term: whether it is owed now, since when, by whom, and why not."""

    kind: str
    subject: Model
    now: bool
    opened: datetime
    owner: Owner
    gone: str = ""
    reason: str = ""
    about: Mapping[str, Any] | None = None
    due: DueBy | None = None
    page: str = PAGE


def settle(scene: Scene) -> None:
    """Open what is owed now and cancel what is owed no more.

    What a head took off control stays off until its ground falls away.
    """
    known = _known_terms(scene)
    for owed in (*_of_sheet(scene), *_of_clocks(scene)):
        is_known = (owed.kind, subject_of(owed.subject)) in known
        if owed.now and not is_known:
            owe(scene, owed)
        elif is_known and not owed.now:
            obligations.cancel(
                actor=scene.actor, kind=owed.kind, subject=owed.subject, why=owed.gone
            )


def owe(scene: Scene, owed: Owed) -> None:
    handover, by = scene.handover, owed.due or DueBy()
    obligations.owe(
        actor=scene.actor,
        kind=owed.kind,
        subject=owed.subject,
        opened=owed.opened,
        client_id=handover.client_id,
        owner=owed.owner,
        page=owed.page,
        page_args=[handover.pk],
        about=dict(owed.about or {}),
        escalate_group=handover.group_id,
        reason=owed.reason,
        on=by.on,
        term=by.term,
        since=by.since,
        due=by.due,
    )


def meet(
    scene: Scene,
    kind: str,
    subject: Model | None = None,
    *,
    at: datetime | None = None,
    for_whom: int | None = None,
) -> None:
    obligations.meet(
        actor=scene.actor,
        kind=kind,
        subject=subject or scene.handover,
        at=at,
        for_whom=for_whom,
    )


def cancel_all(scene: Scene, *, why: str) -> None:
    """Everything owed about the handover and its lines falls away with it."""
    for thing in (scene.handover, *_items(scene)):
        obligations.cancel(actor=scene.actor, subject=thing, why=why)


def _items(scene: Scene) -> list[Item]:
    return [Item(pk=line.id) for line in scene.standing.lines]


def _known_terms(scene: Scene) -> set[tuple[str, str]]:
    subjects = [subject_of(thing) for thing in (scene.handover, *_items(scene))]
    rows = Obligation.objects.filter(subject__in=subjects)
    known = rows.filter(Q(ended_at=None) | Q(waiver_holds=True))
    return set(known.values_list("kind", "subject"))


# -------------------------------------------------------------------- the sheet


def _of_sheet(scene: Scene) -> list[Owed]:
    standing = scene.standing
    found = [owed for line in standing.lines for owed in _of_line(scene, line)]
    now, handover = scene.actor.now, scene.handover
    returned = standing.returned_at is not None
    ready = standing.collecting and standing.all_in_force and not returned
    return [
        *found,
        Owed(
            "handover.remarks",
            handover,
            standing.collecting and returned,
            standing.returned_at or now,
            scene.sales,
            gone=word("the sheet is closed"),
        ),
        Owed(
            "handover.acceptance",
            handover,
            ready,
            now,
            scene.group_head,
            gone=word("not all visas are in force any more"),
        ),
    ]


def _of_line(scene: Scene, line: Line) -> tuple[Owed, ...]:
    standing, now = scene.standing, scene.actor.now
    item, about = Item(pk=line.id), {"item_code": line.code.value}
    stamp = line.stamp
    refused = standing.collecting and line.refused
    awaits = line.complete and not line.in_force and not line.refused
    return (
        Owed(
            "handover.item_papers",
            item,
            standing.collecting and not _brought(standing, line),
            _sheet_since(standing) or now,
            scene.sales,
            gone=word("nothing is missing any more"),
            about=about,
        ),
        Owed(
            "handover.visa",
            item,
            standing.collecting and awaits,
            _visa_since(standing, line, now),
            _visa_owner(scene, line),
            gone=word("there is nothing to confirm any more"),
            reason=word("The money is in") if line.laid else "",
            about=about,
        ),
        Owed(
            "handover.remarks",
            item,
            refused,
            stamp.at if stamp else now,
            scene.sales,
            gone=word("the refusal was withdrawn"),
            about=about,
        ),
    )


def _brought(standing: Standing, line: Line) -> bool:
    """What sales owe of a line: its papers, its form, the name of its invoice."""
    if line.carrier is Carrier.PAYMENT:
        return standing.first_invoice_id is not None
    return line.complete


def _sheet_since(standing: Standing) -> datetime | None:
    """When the sheet began to count: confirmed, or laid after an objection."""
    if standing.confirmed_at is None:
        return None
    return max(standing.confirmed_at, standing.sheet_opened_at)


def _visa_since(standing: Standing, line: Line, now: datetime) -> datetime:
    """Papers are complete now; money has been in since the bank's own moment."""
    since = _sheet_since(standing)
    if line.carrier is not Carrier.PAYMENT or not line.laid or since is None:
        return now
    moments = [since, max(part.at for part in line.laid)]
    if line.stamp and line.stamp.verdict is not Verdict.GIVEN:
        moments.append(line.stamp.at)
    return max(moments)


def _visa_owner(scene: Scene, line: Line) -> Owner:
    if line.role is Role.GROUP_HEAD:
        return scene.group_head
    return Owner.role(line.role)


# ------------------------------------------------------------------- the clocks


def _of_clocks(scene: Scene) -> tuple[Owed, ...]:
    """First contact and installation; both end with the payment (3.4, 3.5)."""
    standing, handover = scene.standing, scene.handover
    alive = standing.stage not in ENDED
    confirmed, paid_at = standing.confirmed_at, standing.paid_at
    informed = standing.stage not in BEFORE_CONFIRMATION
    both = [moment for moment in (confirmed, paid_at) if moment]
    gone = word("the payment was undone")
    return (
        Owed(
            "handover.first_contact",
            handover,
            alive and informed and paid_at is not None and not standing.contact_made,
            max(both, default=scene.actor.now),
            scene.group_head,
            gone=gone,
            reason=word("Information and payment are in"),
        ),
        Owed(
            "handover.installation",
            handover,
            alive and paid_at is not None and standing.installed_at is None,
            paid_at or scene.actor.now,
            _installation_owner(scene),
            gone=gone,
            reason=installation_reason(handover),
            due=due_of_installation(handover),
            page=INSTALLATION_PAGE,
        ),
    )


def _installation_owner(scene: Scene) -> Owner:
    handover = scene.handover
    if handover.installer_id is None:
        return scene.group_head
    return Owner.person(handover.installer_id, handover.group_id)


def _agreed_day(handover: Handover) -> date | None:
    """The day agreed with the client; one that had passed unpaid binds nobody."""
    contact = FirstContact.objects.filter(handover=handover).first()
    if contact is None:
        return None
    paid_on = today(handover.paid_at) if handover.paid_at else contact.install_on
    return contact.install_on if contact.install_on >= paid_on else None


def due_of_installation(handover: Handover) -> DueBy:
    """The agreed day, at most 3 working days, or the contract's own term (S19)."""
    contract, own, work = handover.contract, own_term(handover.contract), calendar()
    agreed = _agreed_day(handover)
    if agreed and contract.may_agree_later and handover.paid_at:
        return DueBy(due=work.due_on(handover.paid_at, agreed))
    if own is None:
        return DueBy(on=agreed)
    return DueBy(term=own.term, since=own.since(work.tz), on=agreed)


def installation_reason(handover: Handover) -> str:
    contract = handover.contract
    if contract.own_term_count is None:
        return word("At the latest 3 working days after the payment")
    return word("The contract has a term of its own")


# ------------------------------------------------------------------ the payment


@transaction.atomic
def note_payment(*, actor: Actor, invoice_id: int) -> list[Handover]:
    """Follow the money of a first invoice: both clocks start, or fall away (3.4)."""
    rows = Handover.objects.filter(first_invoice=invoice_id).exclude(
        stage=Stage.CALLED_OFF
    )
    found = []
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        scene = system_scene(actor, pk)
        follow_money(scene)
        settle(scene.anew())
        found.append(scene.handover)
    return found


def follow_money(scene: Scene) -> None:
    """Note what has reached the first invoice, as facts; nothing if nothing changed."""
    handover = scene.handover
    invoice_id = handover.first_invoice_id
    money = paid_invoice(invoice_id) if invoice_id is not None else None
    holds = [f"alloc:{part.id}:{part.amount}" for part in money.laid] if money else []
    if (money.at if money else None, holds) == (handover.paid_at, handover.paid_with):
        return
    if handover.paid_at is not None:
        _undo(scene)
    if money is not None:
        _write_payment(handover, money.at, holds)
        tell(scene, "handover.payment.came", at=money.at)


def _undo(scene: Scene) -> None:
    """The visa falls by itself; both clocks are cancelled, as facts."""
    held = tuple(scene.handover.paid_with)
    _write_payment(scene.handover, None, [])
    tell(scene, "handover.payment.gone")
    gone = word("the payment was undone")
    for kind in ("handover.first_contact", "handover.installation"):
        obligations.cancel(
            actor=scene.actor, kind=kind, subject=scene.handover, why=gone
        )
    for line in scene.standing.lines:
        if line.carrier is Carrier.PAYMENT:
            item = Item(pk=line.id)
            obligations.cancel(
                actor=scene.actor, kind="handover.visa", subject=item, why=gone
            )
            if _fell(scene, line, held):
                tell_fallen(scene, line)


def _fell(scene: Scene, line: Line, held: tuple[str, ...]) -> bool:
    stamp = line.stamp
    if stamp is None or stamp.verdict is not Verdict.GIVEN:
        return False
    return stamp.holds == held and scene.standing.closed_at is None


def tell_fallen(scene: Scene, line: Line) -> None:
    """A visa that was in force is so no more: a fact of its own."""
    tell(
        scene,
        "handover.visa.fell",
        subject=Item(pk=line.id),
        details={"item_code": line.code.value},
    )


def _write_payment(handover: Handover, at: datetime | None, holds: list[str]) -> None:
    handover.paid_at, handover.paid_with = at, holds
    handover.save(update_fields=["paid_at", "paid_with"])

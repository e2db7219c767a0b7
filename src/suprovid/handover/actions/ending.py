"""Acceptance, return with remarks, calling off, objection, service (3.6, 3.9)."""

from __future__ import annotations

from django.db import transaction

from suprovid.clients.actions import end_handover
from suprovid.clients.actions import enter_service as client_enters_service
from suprovid.clients.rules import ServedBy
from suprovid.handover.actions.clocks import cancel_all, follow_money, meet, settle
from suprovid.handover.actions.shared import (
    Scene,
    demand,
    for_whom,
    lay_sheet,
    scene,
    system_scene,
    tell,
)
from suprovid.handover.models import (
    FilledForm,
    Handover,
    Item,
    ItemPaper,
    Objection,
    Sheet,
)
from suprovid.handover.rules import (
    ENDED,
    CalledOffWhy,
    Line,
    Stage,
    head_seat,
    may_accept,
    may_answer,
    may_call_off,
    may_enter_service,
    may_object,
    may_return,
    objection_seat,
    sales_seat,
    says_remarks,
    says_why,
)
from suprovid.journal.rules import Actor
from suprovid.lib.words import word
from suprovid.people.queries import today
from suprovid.people.rules import Role


@transaction.atomic
def accept(*, actor: Actor, handover_id: int) -> Handover:
    """Take the client over from sales and close the sheet for good.

    Raises:
        Missing, Forbidden, Refused: a visa is not in force, remarks wait.
    """
    at = scene(actor, handover_id)
    demand(may_accept(at.standing, at.hand))
    seat = head_seat(at.standing, at.hand)
    Sheet.objects.filter(pk=at.standing.sheet_id).update(
        closed_at=actor.now, accepted_by=at.person_id, accepted_for=for_whom(seat)
    )
    handover = at.handover
    if handover.stage == Stage.COLLECTING:
        handover.stage, handover.accepted_at = Stage.ACCEPTED, actor.now
        handover.save(update_fields=["stage", "accepted_at"])
    stamps = [line.stamp.id for line in at.standing.lines if line.stamp]
    tell(
        at,
        "handover.accepted",
        seat=seat,
        details={"sheet": at.standing.sheet_id, "visas": stamps},
    )
    meet(at, "handover.acceptance", for_whom=for_whom(seat))
    settle(at.anew())
    return handover


@transaction.atomic
def return_to_sales(*, actor: Actor, handover_id: int, remarks: str) -> Handover:
    """Return with remarks; they go from head to head (S16).

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_return(at.standing, at.hand))
    demand(says_remarks(remarks))
    seat = head_seat(at.standing, at.hand)
    handover = at.handover
    handover.remarks, handover.returned_at = remarks.strip(), actor.now
    handover.returns += 1
    handover.save(update_fields=["remarks", "returned_at", "returns"])
    tell(at, "handover.returned", seat=seat, personal={"remarks": handover.remarks})
    meet(at, "handover.acceptance", for_whom=for_whom(seat))
    settle(at.anew())
    return handover


@transaction.atomic
def answer_remarks(*, actor: Actor, handover_id: int, text: str) -> Handover:
    """Sales answer; acceptance waits for the head again.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_answer(at.standing, at.hand))
    demand(says_why(text))
    seat = sales_seat(at.standing, at.hand)
    at.handover.returned_at = None
    at.handover.save(update_fields=["returned_at"])
    tell(at, "handover.remarks.answered", seat=seat, personal={"text": text.strip()})
    meet(at, "handover.remarks", for_whom=for_whom(seat))
    settle(at.anew())
    return at.handover


@transaction.atomic
def call_off(
    *, actor: Actor, handover_id: int, why: CalledOffWhy, note: str = ""
) -> Handover:
    """The client does not come; papers and visas stay readable (3.9).

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_call_off(at.standing, at.hand))
    seat = at.hand.viewer.capacity(Role.SALES_HEAD)
    handover = at.handover
    handover.stage, handover.ended_at = Stage.CALLED_OFF, actor.now
    handover.called_off_why = why
    handover.save(update_fields=["stage", "ended_at", "called_off_why"])
    tell(
        at,
        "handover.called_off",
        seat=seat,
        details={"called_off_why": CalledOffWhy(why).value},
        personal={"note": note.strip()} if note.strip() else None,
    )
    cancel_all(at, why=word("the handover was called off"))
    if not _other_is_open(handover):
        end_handover(actor=actor, client_id=handover.client_id)
    return handover


def _other_is_open(handover: Handover) -> bool:
    others = Handover.objects.filter(client=handover.client_id)
    return others.exclude(pk=handover.pk).exclude(stage__in=ENDED).exists()


@transaction.atomic
def object_to(
    *, actor: Actor, handover_id: int, text: str, item_id: int | None = None
) -> Objection:
    """What proved wrong after acceptance: the closed sheet stays, a new one is laid.

    Papers and forms go along, but not those of the line objected to; every visa is
    given anew.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_object(at.standing, at.hand))
    demand(says_why(text))
    wrong = at.line(item_id) if item_id is not None else None
    seat = objection_seat(at.standing, at.hand)
    sheet = lay_sheet(at.handover, number=at.standing.round + 1, opened_at=actor.now)
    _carry_over(at, sheet, wrong)
    objection = Objection.objects.create(
        sheet_id=at.standing.sheet_id,
        item_id=item_id,
        person_id=at.person_id,
        for_whom_id=for_whom(seat),
        at=actor.now,
        text=text.strip(),
        new_sheet=sheet,
    )
    _reopen(at.handover)
    tell(
        at,
        "handover.objected",
        seat=seat,
        details={
            "sheet": at.standing.sheet_id,
            "new_sheet": sheet.pk,
            **({"item_code": wrong.code.value} if wrong else {}),
        },
        personal={"text": objection.text},
    )
    follow_money(at)
    settle(at.anew())
    return objection


def _reopen(handover: Handover) -> None:
    """Not in service before the new sheet is accepted; one in service stays there."""
    if handover.stage == Stage.ACCEPTED:
        handover.stage, handover.accepted_at = Stage.COLLECTING, None
        handover.save(update_fields=["stage", "accepted_at"])


def _carry_over(at: Scene, sheet: Sheet, wrong: Line | None) -> None:
    new_items = {item.code: item for item in Item.objects.filter(sheet=sheet)}
    for line in at.standing.lines:
        item = new_items.get(line.code)
        if item is not None and line is not wrong:
            _carry_line(at, line, item)


def _carry_line(at: Scene, line: Line, item: Item) -> None:
    """Who prepared a version stays its author on the new sheet."""
    ItemPaper.objects.bulk_create(
        [
            ItemPaper(
                item=item,
                paper_id=paper.paper_id,
                for_whom_id=paper.for_whom,
                attached_at=at.actor.now,
            )
            for paper in line.papers
        ]
    )
    if line.form is not None:
        FilledForm.objects.create(
            item=item,
            version=1,
            values=dict(line.form.values),
            digest=line.form.digest,
            filled_by_id=line.form.filled_by,
            for_whom_id=line.form.for_whom,
            filled_at=line.form.at,
        )


@transaction.atomic
def enter_service(*, actor: Actor, handover_id: int, manager_id: int) -> Handover:
    """The client is in service (3.8). Service has asked about its own half.

    Raises:
        Refused: the sheet is not closed.
    """
    at = system_scene(actor, handover_id)
    demand(may_enter_service(at.standing))
    handover = at.handover
    handover.stage, handover.ended_at = Stage.IN_SERVICE, actor.now
    handover.save(update_fields=["stage", "ended_at"])
    client_enters_service(
        actor=actor,
        client_id=handover.client_id,
        by=ServedBy.HANDOVER,
        since=today(actor.now),
        group_id=handover.group_id,
        manager_id=manager_id,
    )
    tell(at, "handover.entered_service", details={"manager": manager_id})
    return handover

"""Naming the installer, the installation, its record (S19, S20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from suprovid.documents.actions import keep
from suprovid.documents.rules import Upload
from suprovid.handover.actions import note_installed, put_in_charge
from suprovid.handover.actions.shared import demand
from suprovid.handover.rules import head_seat, says_remarks
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Invalid, invalid
from suprovid.lib.words import word
from suprovid.obligations import actions as obligations
from suprovid.obligations.rules import Owner
from suprovid.people.queries import today
from suprovid.people.rules import Staff
from suprovid.service.actions.shared import (
    Scene,
    meet,
    owe,
    scene,
    standard_on,
    tell,
)
from suprovid.service.models import Installation, Photo
from suprovid.service.rules import (
    INSTALLERS,
    installer_seat,
    may_confirm_record,
    may_install,
    may_name_installer,
    may_record_done,
    may_save_record,
    may_send_back_record,
    may_submit_record,
)

MOST_PHOTOS = 10


@transaction.atomic
def name_installer(
    *, actor: Actor, handover_id: int, installer_id: int
) -> Installation:
    """The head says who installs: any manager or service engineer of the group.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_name_installer(at.work, at.hand))
    group_id = at.handover.group_id
    _check_installer(at.hand.staff, installer_id, group_id)
    seat = head_seat(at.work.handover, at.hand)
    row = _named(at, installer_id)
    put_in_charge(actor=actor, handover_id=handover_id, installer_id=installer_id)
    obligations.hand_over(
        actor=actor,
        kind="service.record",
        subject=at.handover,
        owner=Owner.person(installer_id, group_id),
        why=word("the installer was named"),
    )
    named = Scene(at.at_handover, at.work, row)
    tell(
        named, "service.installer.named", seat=seat, details={"installer": installer_id}
    )
    return row


def _check_installer(staff: Staff, installer_id: int, group_id: int) -> None:
    member = staff.by_id.get(installer_id)
    holds = member is not None and any(member.holds(r, group_id) for r in INSTALLERS)
    decision = may_install(holds=holds)
    if decision.reason is not None:
        raise Invalid("installer_id", decision.reason)


def _named(at: Scene, installer_id: int) -> Installation:
    values = {
        "installer_id": installer_id,
        "named_at": at.actor.now,
        "named_by_id": at.at_handover.person_id,
    }
    if at.row is None:
        return Installation.objects.create(
            handover=at.handover, standard=standard_on(today(at.actor.now)), **values
        )
    for name, value in values.items():
        setattr(at.row, name, value)
    at.row.save(update_fields=["installer", "named_at", "named_by"])
    return at.row


@transaction.atomic
def record_installation_done(
    *, actor: Actor, handover_id: int, done_at: datetime
) -> Installation:
    """The system stands; the record is due by the end of the next working day.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_record_done(at.work, at.hand))
    if done_at > actor.now:
        raise invalid("done_at", "This moment has not come yet.")
    if done_at < at.handover.opened_at:
        raise invalid("done_at", "The handover was not open yet at that moment.")
    seat, row = installer_seat(at.work, at.hand), at.installation
    row.done_at, row.done_recorded_at = done_at, actor.now
    row.save(update_fields=["done_at", "done_recorded_at"])
    tell(at, "service.installation.done", seat=seat, at=done_at)
    note_installed(actor=actor, handover_id=handover_id, at=done_at)
    _owe_record(at, opened=done_at)
    return row


def _owe_record(at: Scene, *, opened: datetime) -> None:
    installer = at.installation.installer_id
    owe(
        at,
        "service.record",
        opened=opened,
        owner=Owner.person(installer, at.handover.group_id),
        reason=word("The installation was done"),
    )


@transaction.atomic
def save_record(
    *,
    actor: Actor,
    handover_id: int,
    kit: str = "",
    version: str = "",
    workplaces: int | None = None,
    steps_done: Sequence[str] = (),
    note: str = "",
    photos: Sequence[Upload] = (),
) -> Installation:
    """Write the record as far as it is known; photographs are added to those there.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_save_record(at.work, at.hand))
    seat, row = installer_seat(at.work, at.hand), at.installation
    _write(at, row, kit, version, workplaces, steps_done, note)
    _keep_photos(at, photos)
    tell(
        at,
        "service.record.written",
        seat=seat,
        details={
            "kit": row.kit,
            "version": row.version,
            "workplaces": row.workplaces,
            "steps_done": row.steps_done,
            "photos": len(photos),
        },
        personal={"note": row.note} if row.note else None,
    )
    return row


def _write(
    at: Scene,
    row: Installation,
    kit: str,
    version: str,
    workplaces: int | None,
    steps_done: Sequence[str],
    note: str,
) -> None:
    known = [step.value for step in at.work.steps]
    if strange := sorted(set(steps_done) - set(known)):
        raise invalid("steps_done", "There is no step {step}.", step=strange[0])
    row.kit, row.version, row.note = kit.strip(), version.strip(), note.strip()
    row.workplaces = workplaces
    row.steps_done = [step for step in known if step in steps_done]
    row.save(update_fields=["kit", "version", "note", "workplaces", "steps_done"])


def _keep_photos(at: Scene, photos: Sequence[Upload]) -> None:
    kept = Photo.objects.filter(installation=at.installation).count()
    if kept + len(photos) > MOST_PHOTOS:
        raise invalid("photos", "Not more than {count} photographs.", count=MOST_PHOTOS)
    for upload in photos:
        paper = keep(actor=at.actor, upload=upload, client_id=at.handover.client_id)
        Photo.objects.create(installation=at.installation, paper=paper)


@transaction.atomic
def submit_record(
    *, actor: Actor, handover_id: int, signed_by: str, signature: Upload
) -> Installation:
    """The client has signed, on the glass or on paper: the head confirms next.

    Raises:
        Missing, Forbidden, Refused, Invalid.
    """
    at = scene(actor, handover_id)
    demand(may_submit_record(at.work, at.hand))
    if not signed_by.strip():
        raise invalid("signed_by", "Write who signed for the client.")
    seat, row = installer_seat(at.work, at.hand), at.installation
    paper = keep(actor=actor, upload=signature, client_id=at.handover.client_id)
    row.signed_by, row.signature = signed_by.strip(), paper
    row.submitted_at, row.remarks = actor.now, ""
    row.round += 1
    row.save(
        update_fields=["signed_by", "signature", "submitted_at", "remarks", "round"]
    )
    tell(
        at,
        "service.record.submitted",
        seat=seat,
        details={"round": row.round, "signature": paper.content_id},
        personal={"signed_by": row.signed_by},
    )
    meet(at, "service.record", seat=seat)
    owe(
        at,
        "service.confirmation",
        opened=actor.now,
        owner=at.at_handover.group_head,
        reason=word("The installation record was submitted"),
    )
    return row


@transaction.atomic
def send_back_record(*, actor: Actor, handover_id: int, remarks: str) -> Installation:
    """The head wants the record mended; the client signs it anew.

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_send_back_record(at.work, at.hand))
    demand(says_remarks(remarks))
    seat, row = head_seat(at.work.handover, at.hand), at.installation
    row.submitted_at, row.remarks = None, remarks.strip()
    row.save(update_fields=["submitted_at", "remarks"])
    tell(at, "service.record.sent_back", seat=seat, personal={"remarks": row.remarks})
    meet(at, "service.confirmation", seat=seat)
    _owe_record(at, opened=actor.now)
    return row


@transaction.atomic
def confirm_record(*, actor: Actor, handover_id: int) -> Installation:
    """The head confirms the installation (S21).

    Raises:
        Missing, Forbidden, Refused.
    """
    at = scene(actor, handover_id)
    demand(may_confirm_record(at.work, at.hand))
    seat, row = head_seat(at.work.handover, at.hand), at.installation
    row.confirmed_at, row.confirmed_by_id = actor.now, at.at_handover.person_id
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    tell(at, "service.record.confirmed", seat=seat)
    meet(at, "service.confirmation", seat=seat)
    return row

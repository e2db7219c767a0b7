"""The page of an installation, and of taking clients over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from suprovid.clients.models import Client
from suprovid.clients.queries import visible as visible_clients
from suprovid.clients.rules import Serving
from suprovid.contracts.models import Contract
from suprovid.contracts.queries import ContractRow, contract_row
from suprovid.documents.queries import PaperFile, paper_file
from suprovid.handover.models import FirstContact
from suprovid.handover.queries import hand as hand_of
from suprovid.handover.queries import seen
from suprovid.handover.rules import Hand, Stage
from suprovid.journal.actions import subject_of
from suprovid.lib.decision import Decision, Missing
from suprovid.obligations.queries import term_views
from suprovid.people.queries import open_groups, staff, today
from suprovid.people.rules import Role, Staff, Viewer
from suprovid.service import rules
from suprovid.service.models import ControlCall, Installation, Photo
from suprovid.service.queries.standing import work as work_of
from suprovid.service.rules import Step, Work
from suprovid.web.parts import Box, TermView

KINDS = (
    "service.installer",
    "handover.installation",
    "service.record",
    "service.confirmation",
    "service.control_call",
)
SHOWN = 300


@dataclass(frozen=True)
class StepRow:
    step: Step
    done: bool


@dataclass(frozen=True)
class PhotoRow:
    id: int
    name: str


@dataclass(frozen=True)
class Verbs:
    """What the viewer may do with an installation."""

    name_installer: Decision
    record_done: Decision
    save: Decision
    submit: Decision
    send_back: Decision
    confirm: Decision
    appoint: Decision
    call: Decision


@dataclass(frozen=True)
class InstallationPage:
    id: int
    number: str
    client_id: int
    client: str
    sees_client: bool
    stage: Stage
    work: Work
    note: str
    signed_by: str
    signed: bool
    contact: FirstContact | None
    contract: ContractRow
    steps: tuple[StepRow, ...]
    photos: tuple[PhotoRow, ...]
    terms: tuple[TermView, ...]
    installers: tuple[tuple[int, str], ...]
    managers: tuple[tuple[int, str], ...]
    manager: str
    call: ControlCall | None
    may: Verbs

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The way from the installer to the control call at a glance."""
        work = self.work
        steps = (
            (work.installer_id is not None, gettext("Installer named")),
            (work.done_at is not None, gettext("Installed")),
            (work.submitted_at is not None, gettext("Record submitted")),
            (work.confirmed_at is not None, gettext("Installation confirmed")),
            (self.stage is Stage.IN_SERVICE, gettext("In service")),
            (work.called_at is not None, gettext("Control call made")),
        )
        return tuple(Box("given" if done else "empty", told) for done, told in steps)

    @property
    def passed(self) -> int:
        return sum(box.state == "given" for box in self.boxes)


def installation_page(
    viewer: Viewer, handover_id: int, now: datetime, *, members: Staff | None = None
) -> InstallationPage:
    """Everything about one installation.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    row = Installation.objects.filter(handover=handover).first()
    work = work_of(handover)
    members = members or staff(today(now))
    hand = hand_of(viewer, members)
    group = handover.group_id
    terms = term_views([subject_of(handover)], now, KINDS)
    found = (terms.get((kind, subject_of(handover))) for kind in KINDS)
    client = Client.objects.select_related("manager").get(pk=handover.client_id)
    able = [m for m in members.members if _installs(m.id, group, hand)]
    return InstallationPage(
        id=handover.pk,
        number=handover.number,
        client_id=handover.client_id,
        client=str(handover.client),
        sees_client=visible_clients(viewer).filter(pk=client.pk).exists(),
        stage=Stage(handover.stage),
        work=work,
        note=row.note if row else "",
        signed_by=row.signed_by if row else "",
        signed=bool(row and row.signature_id),
        contact=FirstContact.objects.filter(handover=handover).first(),
        contract=contract_row(handover.contract_id),
        steps=tuple(StepRow(step, step in work.steps_done) for step in work.steps),
        photos=_photos(row),
        terms=tuple(v for v in found if v is not None and v.ended_at is None),
        installers=tuple((m.id, m.name) for m in able),
        managers=tuple((m.id, m.name) for m in members.holders(Role.MANAGER, group)),
        manager=client.manager.full_name if client.manager else "",
        call=ControlCall.objects.filter(handover=handover).first(),
        may=_verbs(work, hand),
    )


def _installs(person_id: int, group_id: int, hand: Hand) -> bool:
    member = hand.staff.by_id[person_id]
    return any(member.holds(role, group_id) for role in rules.INSTALLERS)


def _photos(row: Installation | None) -> tuple[PhotoRow, ...]:
    if row is None:
        return ()
    found = Photo.objects.filter(installation=row).select_related("paper")
    return tuple(PhotoRow(one.pk, one.paper.name) for one in found.order_by("pk"))


def _verbs(work: Work, hand: Hand) -> Verbs:
    return Verbs(
        name_installer=rules.may_name_installer(work, hand),
        record_done=rules.may_record_done(work, hand),
        save=rules.may_save_record(work, hand),
        submit=rules.may_submit_record(work, hand),
        send_back=rules.may_send_back_record(work, hand),
        confirm=rules.may_confirm_record(work, hand),
        appoint=rules.may_appoint(work, hand),
        call=rules.may_control_call(work, hand),
    )


def signature(viewer: Viewer, handover_id: int) -> PaperFile:
    """The client's signature on the record.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    row = Installation.objects.filter(handover=handover).first()
    if row is None or row.signature_id is None:
        raise Missing("There is no signature.")
    return paper_file(row.signature_id)


def photo(viewer: Viewer, handover_id: int, photo_id: int) -> PaperFile:
    """A photograph of the record.

    Raises:
        Missing: not there, or not theirs.
    """
    handover = seen(viewer, handover_id)
    found = Photo.objects.filter(pk=photo_id, installation__handover=handover).first()
    if found is None:
        raise Missing(f"There is no photograph {photo_id}.")
    return paper_file(found.paper_id)


# ---------------------------------------------------------------- take-over


@dataclass(frozen=True)
class Candidate:
    """A contract of a client that is not served yet."""

    contract_id: int
    client_id: int
    client: str
    contract: str


@dataclass(frozen=True)
class TakeOverPage:
    may: Decision
    candidates: tuple[Candidate, ...]
    managers: tuple[tuple[str, str], ...]
    """"person-group" and the words; a manager serves within a group."""
    today: date


def take_over_page(viewer: Viewer, now: datetime) -> TakeOverPage:
    """Clients with a contract that may be taken over; nothing for others."""
    members = staff(today(now))
    may = rules.may_take_over(hand_of(viewer, members))
    return TakeOverPage(
        may=may,
        candidates=_candidates() if may else (),
        managers=tuple(
            (f"{member.id}-{group_id}", f"{member.name}, {group}")
            for group_id, group in open_groups()
            for member in members.holders(Role.MANAGER, group_id)
        ),
        today=today(now),
    )


def _candidates() -> tuple[Candidate, ...]:
    rows = Contract.objects.filter(client__serving=Serving.KNOWN)
    rows = rows.select_related("client").order_by("client__sort_key", "pk")[:SHOWN]
    return tuple(
        Candidate(row.pk, row.client_id, str(row.client), row.number) for row in rows
    )

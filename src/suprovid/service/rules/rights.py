"""Who may do what with an installation, and when (S19-S21, PROCESS 3.8, 3.10)."""

from __future__ import annotations

from suprovid.handover.rules import (
    BEFORE_CONFIRMATION,
    Hand,
    Stage,
    first_no,
    head_seat,
    is_head,
    may_enter_service,
    not_yours,
)
from suprovid.lib.decision import Decision, allow, deny
from suprovid.people.rules import Capacity, Role
from suprovid.service.rules.vocabulary import TakingOver, Work

INSTALLERS = (Role.MANAGER, Role.ENGINEER)


def installer_seat(work: Work, hand: Hand) -> Capacity | None:
    """The installer, the deputy, or the head of the group."""
    viewer = hand.viewer
    if work.installer_id is not None and viewer.id == work.installer_id:
        return Capacity(Role.ENGINEER)
    for absent in viewer.stands_for:
        if absent.id == work.installer_id:
            return Capacity(Role.ENGINEER, absent.id, absent.name)
    return head_seat(work.handover, hand)


def _installer(work: Work, hand: Hand) -> Decision:
    if installer_seat(work, hand):
        return allow()
    if work.installer_id is None:
        return not_yours("Only the {role} does this.", role=Role.GROUP_HEAD)
    return not_yours("{name} installs and writes the record.", name=work.installer_name)


def _goes_on(work: Work) -> Decision:
    stage = work.handover.stage
    if stage in BEFORE_CONFIRMATION:
        return deny("The client’s information is not in: the head of sales confirms.")
    if stage is Stage.CALLED_OFF:
        return deny("The handover was called off.")
    if stage is Stage.IN_SERVICE:
        return deny("The client is in service already.")
    return allow()


def _named(work: Work) -> Decision:
    if work.installer_id is not None:
        return allow()
    return deny("First the head of the group names the installer.")


def _not_confirmed(work: Work) -> Decision:
    if work.confirmed_at is None:
        return allow()
    return deny(
        "Already confirmed by {name} at {at}.",
        name=work.confirmed_by_name,
        at=work.confirmed_at,
    )


def _not_submitted(work: Work) -> Decision:
    if work.submitted_at is None:
        return allow()
    return deny("The record was submitted at {at}.", at=work.submitted_at)


def _submitted(work: Work) -> Decision:
    if work.submitted_at is not None:
        return allow()
    return deny("The record is not submitted yet.")


def may_name_installer(work: Work, hand: Hand) -> Decision:
    return first_no(is_head(work.handover, hand), _goes_on(work), _not_confirmed(work))


def may_install(*, holds: bool) -> Decision:
    """Any manager or service engineer of the group (3.7)."""
    if holds:
        return allow()
    return deny("The installer is a manager or a service engineer of the group.")


def may_record_done(work: Work, hand: Hand) -> Decision:
    return first_no(
        _installer(work, hand),
        _goes_on(work),
        _named(work),
        _contacted(work),
        _not_done(work),
    )


def _contacted(work: Work) -> Decision:
    if work.handover.contact_made:
        return allow()
    return deny("Record the first contact first: it agrees the day and the place.")


def _not_done(work: Work) -> Decision:
    if work.done_at is None:
        return allow()
    return deny("The installation was done at {at}.", at=work.done_at)


def may_save_record(work: Work, hand: Hand) -> Decision:
    return first_no(
        _installer(work, hand), _goes_on(work), _named(work), _not_submitted(work)
    )


def may_submit_record(work: Work, hand: Hand) -> Decision:
    return first_no(may_save_record(work, hand), _done(work), _whole(work))


def _done(work: Work) -> Decision:
    if work.done_at is not None:
        return allow()
    return deny("Say first when the installation was done.")


def _whole(work: Work) -> Decision:
    if work.left:
        return deny("Not done yet: {steps}.", steps=work.left)
    if not (work.kit and work.version and work.workplaces):
        return deny("Write the kit, the version and the number of workplaces.")
    return allow()


def may_send_back_record(work: Work, hand: Hand) -> Decision:
    return may_confirm_record(work, hand)


def may_confirm_record(work: Work, hand: Hand) -> Decision:
    return first_no(
        is_head(work.handover, hand),
        _goes_on(work),
        _not_confirmed(work),
        _submitted(work),
    )


def may_appoint(work: Work, hand: Hand) -> Decision:
    """Appointing puts the client in service: only here everything is needed (7.1)."""
    return first_no(
        is_head(work.handover, hand),
        _goes_on(work),
        may_enter_service(work.handover),
        _confirmed(work),
    )


def _confirmed(work: Work) -> Decision:
    if work.confirmed_at is not None:
        return allow()
    return deny("The installation is not confirmed yet.")


def may_serve(*, holds: bool) -> Decision:
    if holds:
        return allow()
    return deny("The client is served by a manager of the group.")


def may_control_call(work: Work, hand: Hand) -> Decision:
    return first_no(is_head(work.handover, hand), _in_service(work), _not_called(work))


def _in_service(work: Work) -> Decision:
    if work.handover.stage is Stage.IN_SERVICE:
        return allow()
    return deny("The client is not in service yet.")


def _not_called(work: Work) -> Decision:
    if work.called_at is None:
        return allow()
    return deny(
        "The control call was made by {name} at {at}.",
        name=work.called_by_name,
        at=work.called_at,
    )


def may_take_over(hand: Hand) -> Decision:
    """Clients served before Suprovid: the head of department's, on record (3.10)."""
    if hand.viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return not_yours("Only the {role} takes clients over.", role=Role.DEPARTMENT_HEAD)


def can_be_taken_over(case: TakingOver) -> Decision:
    if case.served:
        return deny("The client is in service already.")
    if case.open_number:
        return deny(
            "The client is being handed over, {number}: it goes by its sheet.",
            number=case.open_number,
        )
    if not case.contract_is_theirs:
        return deny("The contract is not this client’s.")
    if not case.manager_in_group:
        return deny("The client is served by a manager of the group.")
    if not case.begun:
        return deny("The day from which the client is served has not come yet.")
    return allow()

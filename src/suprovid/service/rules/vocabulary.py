"""What an installation is made of: the steps of the standard, the record (S20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from suprovid.handover.rules import Standing
from suprovid.lib.words import word


class Step(StrEnum):
    """The checklist of the service standard."""

    WORKPLACES_CHECKED = "workplaces_checked"
    BACKED_UP = "backed_up"
    INSTALLED = "installed"
    KIT_OPENED = "kit_opened"
    NETWORK_CHECKED = "network_checked"
    UPDATES_SET_UP = "updates_set_up"
    USERS_ENTERED = "users_entered"
    FIRST_STEPS_SHOWN = "first_steps_shown"
    HOTLINE_LEFT = "hotline_left"


STEPS = tuple(Step)

WORDS: dict[StrEnum, str] = {
    Step.WORKPLACES_CHECKED: word("Workplaces meet the technical requirements"),
    Step.BACKED_UP: word("The client’s data on these workplaces is safe"),
    Step.INSTALLED: word("The system is installed on every workplace"),
    Step.KIT_OPENED: word("The kit of the contract opens, all its banks are there"),
    Step.NETWORK_CHECKED: word("Simultaneous access is checked"),
    Step.UPDATES_SET_UP: word("Delivery of updates is set up and tried"),
    Step.USERS_ENTERED: word("Users are entered, each signed in"),
    Step.FIRST_STEPS_SHOWN: word("Search and the first steps are shown to users"),
    Step.HOTLINE_LEFT: word("Phone of the hot line and of the manager is left"),
}

FACTS: dict[str, str] = {
    "service.installer.named": word("Installer named, handover {number}"),
    "service.installation.done": word("Installation done, handover {number}"),
    "service.record.written": word("Installation record written, handover {number}"),
    "service.record.submitted": word(
        "Installation record signed by the client and submitted, handover {number}"
    ),
    "service.record.sent_back": word("Installation record sent back: {remarks}"),
    "service.record.confirmed": word("Installation confirmed, handover {number}"),
    "service.manager.appointed": word("Service manager appointed: {manager_name}"),
    "service.control_call.made": word("Control call made, handover {number}"),
    "service.taken_over": word(
        "Client taken over into service, contract {contract_number}"
    ),
}

OBLIGATIONS: dict[str, str] = {
    "service.installer": word("Name the installer"),
    "service.record": word("Submit the installation record"),
    "service.confirmation": word("Confirm the installation or send the record back"),
    "service.control_call": word("Make the control call"),
}

TERM_NAMES: dict[str, str] = {
    "service.installer": word("Installer"),
    "service.record": word("Installation record"),
    "service.confirmation": word("Confirmation of the installation"),
    "service.control_call": word("Control call"),
}

TERM_VERBS: dict[str, str] = {
    "service.installer": word("Appoint"),
    "service.record": word("Submit the record"),
    "service.confirmation": word("Confirm"),
    "service.control_call": word("Record the call"),
}


@dataclass(frozen=True)
class Work:
    """An installation as it stands, with the handover it belongs to."""

    handover: Standing
    steps: tuple[Step, ...] = STEPS
    installer_id: int | None = None
    installer_name: str = ""
    done_at: datetime | None = None
    kit: str = ""
    version: str = ""
    workplaces: int | None = None
    steps_done: frozenset[Step] = frozenset()
    submitted_at: datetime | None = None
    submitted_round: int = 0
    remarks: str = ""
    confirmed_at: datetime | None = None
    confirmed_by_name: str = ""
    called_at: datetime | None = None
    called_by_name: str = ""

    @property
    def left(self) -> tuple[Step, ...]:
        """Steps of the checklist that are not done yet."""
        return tuple(step for step in self.steps if step not in self.steps_done)


@dataclass(frozen=True)
class TakingOver:
    """What is known of a client that was served before Suprovid (3.10)."""

    served: bool
    open_number: str
    contract_is_theirs: bool
    manager_in_group: bool
    begun: bool

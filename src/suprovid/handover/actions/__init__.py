"""What is done with a handover and its bypass sheet (S16-S18, PROCESS 3)."""

from suprovid.handover.actions.clocks import note_payment
from suprovid.handover.actions.contact import (
    note_installed,
    put_in_charge,
    record_first_contact,
)
from suprovid.handover.actions.ending import (
    accept,
    answer_remarks,
    call_off,
    enter_service,
    object_to,
    return_to_sales,
)
from suprovid.handover.actions.merging import follow_client, hold_handovers
from suprovid.handover.actions.opening import (
    change_group,
    confirm,
    open_handover,
    send,
    send_back,
    set_first_invoice,
)
from suprovid.handover.actions.sheet import attach_paper, fill_form
from suprovid.handover.actions.visas import give_visa, refuse_visa, withdraw_visa

__all__ = [
    "accept",
    "answer_remarks",
    "attach_paper",
    "call_off",
    "change_group",
    "confirm",
    "enter_service",
    "fill_form",
    "follow_client",
    "give_visa",
    "hold_handovers",
    "note_installed",
    "note_payment",
    "object_to",
    "open_handover",
    "put_in_charge",
    "record_first_contact",
    "refuse_visa",
    "return_to_sales",
    "send",
    "send_back",
    "set_first_invoice",
    "withdraw_visa",
]

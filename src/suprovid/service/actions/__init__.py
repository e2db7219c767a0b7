"""What is done about installations, entry into service, take-overs (S19-S21)."""

from suprovid.service.actions.installing import (
    confirm_record,
    name_installer,
    record_installation_done,
    save_record,
    send_back_record,
    submit_record,
)
from suprovid.service.actions.merging import follow_client
from suprovid.service.actions.serving import (
    TakeOverRow,
    appoint_manager,
    record_control_call,
    take_over,
    take_over_many,
)

__all__ = [
    "TakeOverRow",
    "appoint_manager",
    "confirm_record",
    "follow_client",
    "name_installer",
    "record_control_call",
    "record_installation_done",
    "save_record",
    "send_back_record",
    "submit_record",
    "take_over",
    "take_over_many",
]

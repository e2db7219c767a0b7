"""Who hears of which fact, and when a letter is tried again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from suprovid.lib.words import word


class Hearer(StrEnum):
    """Whom a fact concerns; resolved when it is told, deputies for the absent."""

    PERSON = "person"
    DEPUTY = "deputy"
    HEAD_OF_PERSON = "head_of_person"
    SALES = "sales"
    SALES_HEAD = "sales_head"
    GROUP_HEAD = "group_head"
    MANAGER = "manager"
    INSTALLER = "installer"
    DEPARTMENT_HEAD = "department_head"
    OWNER = "owner"
    EVERY_HEAD = "every_head"


_H = Hearer
# Terms tell their own points (obligations.actions.tick): here stands the rest.
HEARS: dict[str, tuple[Hearer, ...]] = {
    "people.role.granted": (_H.DEPARTMENT_HEAD, _H.PERSON),
    "people.role.ended": (_H.DEPARTMENT_HEAD, _H.PERSON),
    "people.absence.declared": (_H.DEPUTY, _H.HEAD_OF_PERSON),
    "people.absence.deputised": (_H.DEPUTY,),
    "people.absence.cancelled": (_H.DEPUTY, _H.HEAD_OF_PERSON),
    "people.absence.ended": (_H.DEPUTY, _H.HEAD_OF_PERSON),
    "handover.sent": (_H.SALES_HEAD,),
    "handover.sent_back": (_H.SALES,),
    "handover.confirmed": (_H.SALES, _H.GROUP_HEAD),
    "handover.group.changed": (_H.SALES, _H.GROUP_HEAD),
    "handover.visa.refused": (_H.SALES,),
    "handover.visa.withdrawn": (_H.SALES, _H.GROUP_HEAD),
    "handover.visa.fell": (_H.SALES, _H.GROUP_HEAD),
    "handover.payment.came": (_H.SALES, _H.GROUP_HEAD),
    "handover.payment.gone": (_H.SALES, _H.GROUP_HEAD),
    "handover.accepted": (_H.SALES,),
    "handover.returned": (_H.SALES, _H.SALES_HEAD),
    "handover.remarks.answered": (_H.GROUP_HEAD,),
    "handover.called_off": (_H.SALES, _H.GROUP_HEAD),
    "handover.objected": (_H.SALES, _H.SALES_HEAD, _H.DEPARTMENT_HEAD),
    "handover.entered_service": (_H.SALES, _H.MANAGER),
    "service.installer.named": (_H.INSTALLER,),
    "service.record.submitted": (_H.GROUP_HEAD,),
    "service.record.sent_back": (_H.INSTALLER,),
    "service.record.confirmed": (_H.INSTALLER,),
    "obligations.moved": (_H.OWNER,),
    "obligations.waived": (_H.OWNER,),
    "obligations.handed_over": (_H.OWNER,),
    "obligations.calendar_changed": (_H.EVERY_HEAD,),
}


class DailyKind(StrEnum):
    DIGEST = "digest"
    SEAL = "seal"


WORDS = {
    DailyKind.DIGEST: word("morning digest"),
    DailyKind.SEAL: word("seal of the journal"),
}

# ---------------------------------------------------------------- letters

MOST_TRIES = 8
LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many failures; None: parked, a person must look."""
    if tries >= MOST_TRIES:
        return None
    return min(LONGEST_PAUSE, FIRST_PAUSE * int(4 ** max(0, tries - 1)))


def one_line(text: str) -> str:
    """What may stand in a header: no line breaks, no control characters."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())

"""Vocabulary of service, the facts, and who may change a client (PROCESS 5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from suprovid.clients.rules.codes import CodeKind
from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word
from suprovid.people.rules import Role, Viewer


class Serving(StrEnum):
    """How it stands between the company and the client."""

    KNOWN = "known"
    HANDOVER = "handover"
    SERVED = "served"
    PAUSED = "paused"
    ENDED = "ended"


class ServedBy(StrEnum):
    """What brought the client into service (PROCESS 7.1)."""

    HANDOVER = "handover"
    TAKE_OVER = "take_over"


WORDS = {
    CodeKind.EDRPOU: word("ЄДРПОУ code"),
    CodeKind.RNTRC: word("РНОКПП"),
    CodeKind.PASSPORT: word("passport"),
    CodeKind.OTHER: word("other number"),
    Serving.KNOWN: word("not served"),
    Serving.HANDOVER: word("being handed over"),
    Serving.SERVED: word("in service"),
    Serving.PAUSED: word("service paused"),
    Serving.ENDED: word("service ended"),
}
# Apart: a member equal to another's value would take its place in one table.
MORE_WORDS = {
    ServedBy.HANDOVER: word("by a handover"),
    ServedBy.TAKE_OVER: word("by a take-over"),
}
FACTS = {
    "clients.client.added": word("Client entered: {name}"),
    "clients.client.imported": word("Client brought in by the list “{list}”: {name}"),
    "clients.client.taken_back": word(
        "Client taken back with the list that brought it: {name}"
    ),
    "clients.client.changed": word("Client’s particulars changed"),
    "clients.client.assigned": word("Group and manager of the client assigned"),
    "clients.client.given_to_sales": word("Client given to sales"),
    "clients.code.confirmed": word("Unusual code of the client confirmed: {code}"),
    "clients.site.added": word("Site added: {site}"),
    "clients.site.changed": word("Site changed: {site}"),
    "clients.contact.added": word("Contact person added: {name}"),
    "clients.contact.changed": word("Contact person changed: {name}"),
    "clients.contact.left": word("Contact person no longer works there: {name}"),
}


@dataclass(frozen=True)
class Standing:
    """Whose a client is: what the rights ask about it."""

    group_id: int | None
    manager_id: int | None
    sales_id: int | None
    serving: Serving

    @property
    def still_sold(self) -> bool:
        """Sales keep their client until it is handed over."""
        return self.serving in {Serving.KNOWN, Serving.HANDOVER}


def may_add(viewer: Viewer) -> Decision:
    if viewer.may(Role.DEPARTMENT_HEAD) or _sells(viewer):
        return allow()
    return deny("Sales and the head of department enter new clients.")


def may_import(viewer: Viewer) -> Decision:
    """Lists and take-overs are the head of department's."""
    if viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    return deny("Only the {role} brings lists in.", role=Role.DEPARTMENT_HEAD)


def may_look_up(viewer: Viewer) -> Decision:
    """Sales ask by full code whether somebody is served before they go there."""
    if viewer.may(Role.DEPARTMENT_HEAD) or _sells(viewer):
        return allow()
    return deny("Sales look clients up by their code; you have the list.")


def may_change(viewer: Viewer, client: Standing) -> Decision:
    """The head of the group its clients, managers and sales their own (PROCESS 5)."""
    if viewer.may(Role.DEPARTMENT_HEAD) or _leads(viewer, client.group_id):
        return allow()
    if client.manager_id in viewer.ids and viewer.may(Role.MANAGER, client.group_id):
        return allow()
    if client.sales_id in viewer.ids and _sells(viewer):
        return _sales_may_change(client)
    if client.group_id is None:
        return deny("Sales who opened the client or the head of department change it.")
    return deny("The client’s manager or the head of the group changes it.")


def may_assign(viewer: Viewer, client: Standing, *, group_id: int | None) -> Decision:
    """The head of the group names managers in it; groups the head of department."""
    if viewer.may(Role.DEPARTMENT_HEAD):
        return allow()
    if group_id != client.group_id:
        return deny("Only the {role} changes the group.", role=Role.DEPARTMENT_HEAD)
    if _leads(viewer, client.group_id):
        return allow()
    return deny("Only the {role} names the manager.", role=Role.GROUP_HEAD)


def may_name_sales(viewer: Viewer, client: Standing) -> Decision:
    """Whose the client is among the sales, before it is served."""
    if not client.still_sold:
        return deny("The client is served already: sales do not change any more.")
    if viewer.may(Role.DEPARTMENT_HEAD) or viewer.may(Role.SALES_HEAD):
        return allow()
    return deny("Only the {role} gives clients to sales.", role=Role.SALES_HEAD)


def _leads(viewer: Viewer, group_id: int | None) -> bool:
    return group_id is not None and viewer.may(Role.GROUP_HEAD, group_id)


def _sells(viewer: Viewer) -> bool:
    return viewer.may(Role.SALES) or viewer.may(Role.SALES_HEAD)


def _sales_may_change(client: Standing) -> Decision:
    if client.still_sold:
        return allow()
    return deny("The client is handed over: the service group changes it now.")

"""A client is entered, its particulars change, its people in the house are named."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from suprovid.clients.actions.shared import (
    for_whom,
    index,
    locked,
    locked_to_change,
    told,
)
from suprovid.clients.models import Client
from suprovid.clients.queries import people_who_sell, standing, visible
from suprovid.clients.rules import (
    CodeCheck,
    Serving,
    check_code,
    clean,
    may_add,
    may_assign,
    may_look_up,
    may_name_sales,
)
from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
    Invalid,
    Missing,
    Reason,
    Stale,
    invalid,
    require,
)
from suprovid.people import queries as people
from suprovid.people.models import ServiceGroup
from suprovid.people.rules import Role, Staff, Viewer, sort_key

TEXTS = ("name", "short_name", "legal_form", "region", "city", "postcode", "address")


@transaction.atomic
def add_client(
    *,
    actor: Actor,
    name: str,
    code: str,
    short_name: str = "",
    legal_form: str = "",
    region: str = "",
    city: str = "",
    postcode: str = "",
    address: str = "",
    passport: bool = False,
    confirm_code: bool = False,
) -> Client:
    """Enter a client by hand; it is the client of the sales who enter it.

    Args:
        passport: the code is the passport of one who refused the number.
        confirm_code: take the code in spite of the warning; recorded.

    Raises:
        Forbidden: neither sales nor the head of department.
        Invalid: no name; a code that cannot be taken, is unconfirmed or known.
    """
    viewer = people.viewer(actor)
    require(may_add(viewer), Forbidden)
    check = _taken(code, passport=passport, confirmed=confirm_code)
    client = Client(
        code=check.code,
        code_kind=check.kind,
        code_confirmed=check.warning is not None,
        sales_id=_whose_to_sell_to(viewer),
        created_at=actor.now,
    )
    texts = (name, short_name, legal_form, region, city, postcode, address)
    _write(client, dict(zip(TEXTS, texts, strict=True)))
    _insert(actor, client)
    said = told(client, {"name": str(client), "code": client.code})
    record(
        kind="clients.client.added",
        actor=actor,
        for_whom=viewer.for_whom(may_add),
        subject=client,
        client=client.pk,
        details=said.details,
        personal=said.personal,
    )
    _record_confirmed_code(actor, client)
    return client


@transaction.atomic
def edit_client(
    *,
    actor: Actor,
    client_id: int,
    version: int | None,
    passport: bool = False,
    confirm_code: bool = False,
    **changes: str,
) -> Client:
    """Change the particulars, if they are still those the person saw.

    Args:
        version: of what was seen; None does not ask (console only).
        changes: any of name, short_name, legal_form, code, region, city, postcode,
            address; others stay as they are.

    Raises:
        Missing, Forbidden, Stale, Invalid.
    """
    client = locked_to_change(people.viewer(actor), client_id)
    if version is not None and version != client.version:
        raise Stale(Reason("Somebody changed this client while you were writing."))
    old = {name: getattr(client, name) for name in (*TEXTS, "code")}
    new_code = _change_code(
        client, changes.pop("code", None), passport=passport, confirmed=confirm_code
    )
    _write(client, changes)
    changed = {
        name: [was, getattr(client, name)]
        for name, was in old.items()
        if was != getattr(client, name)
    }
    if changed:
        _save_changes(actor, client, changed)
    if new_code:
        _record_confirmed_code(actor, client)
    return client


@transaction.atomic
def assign(
    *, actor: Actor, client_id: int, group_id: int | None, manager_id: int | None
) -> Client:
    """Give the client to a group and a manager in it (GLOSSARY: перезакріплення).

    Raises:
        Missing, Forbidden.
        Invalid: no such group, or the person is no manager there today.
    """
    viewer = people.viewer(actor)
    client = locked(viewer, client_id)
    whose = standing(client)
    require(may_assign(viewer, whose, group_id=group_id), Forbidden)
    _check_seat(actor, group_id, manager_id)
    if (client.group_id, client.manager_id) == (group_id, manager_id):
        return client
    was = {"group": client.group_id, "manager": client.manager_id}
    client.group_id, client.manager_id = group_id, manager_id
    client.version += 1
    client.save(update_fields=["group", "manager", "version"])
    record(
        kind="clients.client.assigned",
        actor=actor,
        for_whom=viewer.for_whom(lambda one: may_assign(one, whose, group_id=group_id)),
        subject=client,
        client=client.pk,
        details={"group": group_id, "manager": manager_id, "was": was},
    )
    return client


@transaction.atomic
def name_sales(*, actor: Actor, client_id: int, sales_id: int | None) -> Client:
    """Give a client that is not served to one of the sales, who then sell to it.

    Raises:
        Missing, Forbidden.
        Invalid: the person does not sell today.
    """
    viewer = people.viewer(actor)
    client = locked(viewer, client_id)
    whose = standing(client)
    require(may_name_sales(viewer, whose), Forbidden)
    if sales_id is not None and sales_id not in dict(people_who_sell(actor.now)):
        raise invalid("sales_id", "This person is not of the sales today.")
    if client.sales_id == sales_id:
        return client
    was, client.sales_id = client.sales_id, sales_id
    client.version += 1
    client.save(update_fields=["sales", "version"])
    record(
        kind="clients.client.given_to_sales",
        actor=actor,
        for_whom=viewer.for_whom(lambda one: may_name_sales(one, whose)),
        subject=client,
        client=client.pk,
        details={"sales": sales_id, "was": was},
    )
    return client


def _check_seat(actor: Actor, group_id: int | None, manager_id: int | None) -> None:
    if group_id is not None and not ServiceGroup.objects.filter(pk=group_id).exists():
        raise Missing
    if manager_id is None:
        return
    staff = people.staff(people.today(actor.now))
    member = staff.by_id.get(manager_id)
    if group_id is None or not (member and member.holds(Role.MANAGER, group_id)):
        raise invalid(
            "manager_id", "This person is not a service manager of the group today."
        )


# ---------------------------------------------------------------- the parts


def _whose_to_sell_to(viewer: Viewer) -> int | None:
    """Of whoever enters it and sells, or of the one stood in for who does."""
    absent = viewer.for_whom(may_add)
    if absent is None:
        own = viewer.id is not None and viewer.has(Role.SALES, Role.SALES_HEAD)
        return viewer.id if own else None
    sells = {
        one.id
        for one in viewer.stands_for
        if one.holds(Role.SALES) or one.holds(Role.SALES_HEAD)
    }
    return absent if absent in sells else None


def _taken(code: str, *, passport: bool, confirmed: bool) -> CodeCheck:
    """The code as it is kept.

    Raises:
        Invalid: it cannot be taken, or nobody confirmed what is odd about it.
    """
    check = check_code(code, passport=passport)
    if check.error:
        raise Invalid("code", check.error)
    if check.warning and not confirmed:
        raise Invalid("code", check.warning)
    return check


def _change_code(
    client: Client, code: str | None, *, passport: bool, confirmed: bool
) -> bool:
    if code is None or code == client.code:
        return False
    check = _taken(code, passport=passport, confirmed=confirmed)
    if check.code == client.code:
        return False
    client.code, client.code_kind = check.code, check.kind
    client.code_confirmed = check.warning is not None
    return True


def _write(client: Client, values: dict[str, str]) -> None:
    for name, text in values.items():
        if name not in TEXTS:
            raise TypeError(name)
        setattr(client, name, _fitting(name, clean(text)))
    if not client.name:
        raise invalid("name", "Write the client’s name.")
    client.sort_key = sort_key(str(client), room=420)


def _fitting(name: str, text: str) -> str:
    room = getattr(Client._meta.get_field(name), "max_length", 0)
    if len(text) > room:
        raise invalid(
            name, "The text is longer than {room} characters.", room=str(room)
        )
    return text


def _insert(actor: Actor, client: Client) -> None:
    """Write it, or say whom to ask about the one that is there already."""
    _refuse_known(actor, client)
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError:
        # Another person entered the same code a moment ago: the base kept one.
        _refuse_known(actor, client)
        raise
    index(client)


def _save_changes(actor: Actor, client: Client, changed: dict[str, list[Any]]) -> None:
    client.version += 1
    if "code" in changed:
        _refuse_known(actor, client)
    client.save()
    index(client)
    said = told(client, {"changed": changed})
    record(
        kind="clients.client.changed",
        actor=actor,
        for_whom=for_whom(actor, client),
        subject=client,
        client=client.pk,
        details=said.details,
        personal=said.personal,
    )


def _refuse_known(actor: Actor, client: Client) -> None:
    rows = Client.objects.select_related("merged_into").filter(code=client.code)
    other = rows.exclude(pk=client.pk).first()
    if other is None:
        return
    staff = people.staff(people.today(actor.now))
    survivor = other.merged_into
    head = head_to_ask(staff, survivor or other) or Role.DEPARTMENT_HEAD
    if survivor is not None and may_look_up(people.viewer(actor)):
        raise invalid(
            "code",
            "The client with this code was joined to {client}. Ask {head}.",
            client=str(survivor),
            head=head,
        )
    if visible(people.viewer(actor)).filter(pk=other.pk).exists():
        raise invalid(
            "code",
            "A client with this code is there already: {client}.",
            client=str(other),
        )
    raise invalid(
        "code", "A client with this code is there already. Ask {head}.", head=head
    )


def head_to_ask(staff: Staff, client: Client) -> str:
    """Who can open a client one does not see: its head, by name (PROCESS 5)."""
    heads = staff.answering(Role.GROUP_HEAD, client.group_id) if client.group_id else []
    if not heads and client.serving in {Serving.KNOWN, Serving.HANDOVER}:
        heads = staff.answering(Role.SALES_HEAD) if client.sales_id else []
    heads = heads or staff.answering(Role.DEPARTMENT_HEAD)
    return heads[0].name if heads else ""


def _record_confirmed_code(actor: Actor, client: Client) -> None:
    if not client.code_confirmed:
        return
    said = told(client, {"code": client.code})
    record(
        kind="clients.code.confirmed",
        actor=actor,
        for_whom=for_whom(actor, client),
        subject=client,
        client=client.pk,
        details=said.details,
        personal=said.personal,
    )

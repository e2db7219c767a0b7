"""Who may change a client and name its people, as tables (PROCESS 5)."""

from __future__ import annotations

import pytest

from suprovid.clients import rules
from suprovid.clients.rules import Serving, Standing
from suprovid.people.rules import Grant, Role, Viewer

ME, OTHER, GROUP = 1, 2, 7
OF_GROUPS = {Role.GROUP_HEAD, Role.MANAGER, Role.ENGINEER}


def person(role: Role, group: int = GROUP) -> Viewer:
    return Viewer(
        ME, "хтось", frozenset({Grant(role, group if role in OF_GROUPS else None)})
    )


def client(
    manager: int | None = OTHER,
    sales: int | None = OTHER,
    serving: Serving = Serving.SERVED,
    group: int | None = GROUP,
) -> Standing:
    return Standing(group, manager, sales, serving)


@pytest.mark.parametrize(
    ("role", "of", "reason"),
    [
        (Role.DEPARTMENT_HEAD, client(), ""),
        (Role.GROUP_HEAD, client(), ""),
        (Role.MANAGER, client(manager=ME), ""),
        (Role.MANAGER, client(), "manager or the head of the group"),
        (Role.MANAGER, client(manager=ME, group=8), "manager or the head of the group"),
        (Role.GROUP_HEAD, client(group=8), "manager or the head of the group"),
        (Role.SALES, client(sales=ME, serving=Serving.HANDOVER), ""),
        (Role.SALES, client(sales=ME, serving=Serving.KNOWN, group=None), ""),
        (Role.SALES, client(serving=Serving.KNOWN, group=None), "Sales who opened"),
        (Role.LAWYER, client(), "manager or the head of the group"),
        (Role.ACCOUNTANT, client(), "manager or the head of the group"),
    ],
)
def test_each_changes_the_clients_of_the_own_work(
    role: Role, of: Standing, reason: str
) -> None:
    decision = rules.may_change(person(role), of)
    assert bool(decision) == (not reason)
    assert decision or reason in str(decision.reason)


def test_sales_change_their_client_no_longer_once_it_is_served() -> None:
    assert not rules.may_change(person(Role.SALES), client(sales=ME))


@pytest.mark.parametrize(
    ("role", "serving", "reason"),
    [
        (Role.DEPARTMENT_HEAD, Serving.KNOWN, ""),
        (Role.SALES_HEAD, Serving.HANDOVER, ""),
        (Role.SALES, Serving.KNOWN, "gives clients to sales"),
        (Role.GROUP_HEAD, Serving.KNOWN, "gives clients to sales"),
        (Role.SALES_HEAD, Serving.SERVED, "is served already"),
        (Role.DEPARTMENT_HEAD, Serving.ENDED, "is served already"),
    ],
)
def test_heads_give_clients_to_sales_before_they_are_served(
    role: Role, serving: Serving, reason: str
) -> None:
    decision = rules.may_name_sales(person(role), client(serving=serving))
    assert bool(decision) == (not reason)
    assert decision or reason in str(decision.reason)


@pytest.mark.parametrize(
    ("role", "of", "to", "reason"),
    [
        (Role.DEPARTMENT_HEAD, GROUP, 8, ""),
        (Role.GROUP_HEAD, GROUP, GROUP, ""),
        (Role.GROUP_HEAD, GROUP, 8, "changes the group"),
        (Role.GROUP_HEAD, 8, 8, "names the manager"),
        (Role.MANAGER, GROUP, GROUP, "names the manager"),
        (Role.SALES_HEAD, None, None, "names the manager"),
    ],
)
def test_the_head_of_the_group_names_managers_and_moves_nobody(
    role: Role, of: int | None, to: int | None, reason: str
) -> None:
    decision = rules.may_assign(person(role), client(group=of), group_id=to)
    assert bool(decision) == (not reason)
    assert decision or reason in str(decision.reason)

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

"""What every step of the standard is called, and who may take it."""

from __future__ import annotations

import pytest

from suprovid.handover.rules import Allowed, Hand, Stage, Standing
from suprovid.obligations.rules import TERMS
from suprovid.people.rules import Capacity, Grant, Member, Role, Staff, Viewer
from suprovid.service import rules
from tests.cast import MONDAY

GROUP, HEAD, ENGINEER, OTHER, DEPUTY = 7, 1, 2, 3, 4
HANDOVER = Standing(
    id=1,
    number="П-2026/1",
    stage=Stage.COLLECTING,
    group_id=GROUP,
    client_id=1,
    sales_id=9,
    sales_name="Андрій Савченко",
    sheet_id=1,
    round=1,
    sheet_opened_at=MONDAY,
    lines=(),
)


def test_every_step_is_said() -> None:
    assert set(rules.STEPS) == set(rules.WORDS)


def test_every_term_of_service_has_a_label() -> None:
    assert set(rules.OBLIGATIONS) <= set(TERMS)


def member(number: int, role: Role) -> Member:
    return Member(number, f"№ {number}", frozenset({Grant(role, GROUP)}), away=True)


@pytest.mark.parametrize(
    ("who", "grants", "absent", "seat"),
    [
        (ENGINEER, (), (), Capacity(Role.ENGINEER)),
        (DEPUTY, (), (ENGINEER,), Capacity(Role.ENGINEER, ENGINEER, "№ 2")),
        (DEPUTY, (), (OTHER, ENGINEER), Capacity(Role.ENGINEER, ENGINEER, "№ 2")),
        (DEPUTY, (), (OTHER,), None),
        (HEAD, (Role.GROUP_HEAD,), (OTHER,), Capacity(Role.GROUP_HEAD)),
        (OTHER, (), (), None),
    ],
)
def test_the_installer_installs_or_who_stands_in_or_the_head(
    who: int,
    grants: tuple[Role, ...],
    absent: tuple[int, ...],
    seat: Capacity | None,
) -> None:
    away = tuple(member(number, Role.ENGINEER) for number in absent)
    viewer = Viewer(
        who, "хтось", frozenset(Grant(role, GROUP) for role in grants), away
    )
    work = rules.Work(HANDOVER, installer_id=ENGINEER, installer_name="№ 2")
    assert rules.installer_seat(work, Hand(viewer, Staff(away), Allowed())) == seat

"""Who writes the catalogue and contracts, and what runs on a day, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from suprovid.contracts import rules
from suprovid.lib.decision import Decision
from suprovid.people.rules import Grant, Member, Role, Viewer

ME, OTHER, GROUP = 1, 2, 7


def person(
    *roles: Role, group: int | None = GROUP, away: Member | None = None
) -> Viewer:
    grants = frozenset(
        Grant(role, group if role in OF_GROUPS else None) for role in roles
    )
    return Viewer(ME, "хтось", grants, (away,) if away else ())


OF_GROUPS = {Role.GROUP_HEAD, Role.MANAGER, Role.ENGINEER}


def absent(role: Role, group: int | None = None) -> Member:
    return Member(OTHER, "відсутня", frozenset({Grant(role, group)}), away=True)


@pytest.mark.parametrize("role", Role)
def test_the_head_of_department_changes_the_catalogue(role: Role) -> None:
    decision = rules.may_write_catalogue(person(role))
    assert bool(decision) == (role is Role.DEPARTMENT_HEAD)
    assert decision or "changes the catalogue" in str(decision.reason)


WRITES = {
    # role: (before service: own client, another's; in service: own group, another)
    Role.DEPARTMENT_HEAD: (True, True, True, True),
    Role.SALES_HEAD: (True, True, False, False),
    Role.SALES: (True, False, False, False),
    Role.GROUP_HEAD: (False, False, True, False),
}


@pytest.mark.parametrize("role", Role)
def test_sales_write_until_it_is_served_and_heads_after_that(role: Role) -> None:
    viewer, answers = person(role), []
    for sales, group, served in (
        (ME, GROUP, False),
        (OTHER, GROUP, False),
        (ME, GROUP, True),
        (ME, 8, True),
    ):
        answers.append(
            rules.may_write_contract(
                viewer, sales_id=sales, group_id=group, served=served
            )
        )
    assert tuple(map(bool, answers)) == WRITES.get(role, (False,) * 4)
    said = ["drawn up by", "drawn up by", "of a served", "of a served"]
    for answer, words in zip(answers, said, strict=True):
        assert answer or words in str(answer.reason)


def test_a_served_client_without_a_group_is_the_head_of_departments() -> None:
    for role in (Role.GROUP_HEAD, Role.SALES_HEAD):
        assert not rules.may_write_contract(
            person(role), sales_id=ME, group_id=None, served=True
        )


@pytest.mark.parametrize(
    ("own", "away", "served", "for_whom"),
    [
        ((), absent(Role.SALES), False, OTHER),
        ((Role.SALES,), absent(Role.SALES), False, OTHER),
        ((Role.SALES_HEAD,), absent(Role.SALES), False, None),
        ((), absent(Role.SALES_HEAD), False, OTHER),
        ((), absent(Role.GROUP_HEAD, GROUP), True, OTHER),
        ((Role.GROUP_HEAD,), absent(Role.DEPARTMENT_HEAD), True, None),
        ((Role.MANAGER,), absent(Role.DEPARTMENT_HEAD), True, OTHER),
    ],
)
def test_a_deputy_writes_for_somebody_unless_the_right_is_the_own(
    own: tuple[Role, ...], away: Member, *, served: bool, for_whom: int | None
) -> None:
    def may(one: Viewer) -> Decision:
        return rules.may_write_contract(
            one, sales_id=OTHER, group_id=GROUP, served=served
        )

    viewer = person(*own, away=away)
    assert may(viewer)
    assert viewer.for_whom(may) == for_whom


# ---------------------------------------------------------------- what runs


@dataclass(frozen=True)
class Span:
    valid_from: date
    valid_to: date | None = None


OLD = Span(date(2026, 1, 1), date(2026, 4, 30))
NEW = Span(date(2026, 5, 1))
SHORT = Span(date(2026, 6, 1), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("on", "runs"),
    [
        (date.min, (OLD,)),
        (date(2025, 12, 31), (OLD,)),
        (date(2026, 4, 30), (OLD,)),
        (date(2026, 5, 1), (NEW,)),
        (date(2026, 6, 1), (NEW, SHORT)),
        (date(2026, 6, 2), (NEW,)),
    ],
)
def test_a_line_runs_from_its_first_day_to_its_last(
    on: date, runs: tuple[Span, ...]
) -> None:
    assert rules.running((OLD, NEW, SHORT), on) == runs


def test_nothing_runs_under_a_contract_that_ended_or_has_no_lines() -> None:
    assert rules.running((OLD,), date(2026, 5, 1)) == ()
    assert rules.running((), date(2026, 5, 1)) == ()


@pytest.mark.parametrize(
    ("ends", "fits"),
    [(None, True), (date(2026, 4, 13), True), (date(2026, 4, 12), False)],
)
def test_an_end_does_not_stand_before_the_beginning(
    ends: date | None, *, fits: bool
) -> None:
    decision = rules.fits(begins=date(2026, 4, 13), ends=ends)
    assert bool(decision) == fits
    assert decision or "stands before" in str(decision.reason)

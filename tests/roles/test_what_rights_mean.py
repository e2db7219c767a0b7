"""What PROCESS 5 says of rights, asked of the table: no row can talk it away."""

from __future__ import annotations

import re

import pytest

from tests.roles.asking import ROLES, SEES
from tests.roles.doors import Door, doors
from tests.roles.table import table
from tests.roles.things import OWN, WHOSE
from tests.roles.twins import ON_PAGES_ONLY, TWINS, operation_of

DOORS = {door.what: door for door in doors()}
THROUGH = re.compile("2..|303|409|412")
"""The right was there: it was done, or refused only by how things stand."""
CLOSED = frozenset(
    {"account_email", "account_email_verification_sent", "account_inactive"}
    | {"account_signup"}
)
"""Doors of allauth that we keep shut; they only bear their names."""
ONES_OWN = frozenset(
    {"set_language", "set_theme", "notifications:read", "notifications:read-all"}
    | {"notifications:unread", "people:absence", "people:cancel-absence"}
    | {"people:create-token", "people:deputy", "people:invitation"}
    | {"people:language", "people:return", "people:revoke-token"}
)
"""What everybody may do with the own account, whatever the role."""
HEADS_ONLY = frozenset(
    {"intake:imports", "intake:answer", "intake:confirm", "intake:drop"}
    | {"intake:match", "intake:sheet", "intake:tick", "intake:use-matching"}
    | {"intake:undo", "/api/v1/imports/lists"}
    | {"/api/v1/imports/lists/{import_id}/undo"}
    | {"intake:merge-with", "intake:unmerge"}
    | {"/api/v1/clients/{client_id}/merge", "/api/v1/merges/{merge_id}/undo"}
    | {"service:take-over", "obligations:term"}
    | {"/api/v1/settings/calendar/preview"}
    | {"obligations:change-calendar", "obligations:company"}
    | {"/api/v1/take-overs", "/api/v1/settings/terms"}
    | {"/api/v1/settings/calendar", "/api/v1/settings/company"}
    | {"contracts:add-bank", "contracts:add-kit"}
    | {"/api/v1/catalogue/banks", "/api/v1/catalogue/kits"}
)
ACCOUNTS_ONLY = frozenset(
    {"people:new", "people:edit", "people:grant", "people:invite", "people:dismiss"}
    | {"people:end-role", "/api/v1/people/{person_id}/invite"}
    | {"/api/v1/people/{person_id}/dismiss", "/api/v1/people/{person_id}/roles"}
    | {"/api/v1/people/roles/{grant_id}/end"}
)
CHANGES = {
    "lawyer": {"handover:give", "handover:object", "handover:refuse"}
    | {"handover:withdraw"},
    "accountant": {"handover:name-invoice", "handover:object", "money:allocate"}
    | {"money:new-invoice", "money:new-payment", "money:pay-invoice", "money:undo"}
    | {"money:void", "money:cancel-invoice", "money:account", "money:accounts"}
    | {"money:close-account", "money:open-account", "money:statements"}
    | {"money:lay-line", "money:lay-ticked", "money:split-line"}
    | {"money:set-aside", "money:take-back", "money:undo-file", "money:unlay-line"},
    "engineer": {"service:record-done", "service:save", "service:submit"},
    "newcomer": set(),
    "nobody": set(),
}
"""All that these roles change on pages, beside what is their own."""


def told(what: str, role: str) -> list[str]:
    return table()[what, role].split()


def passes(what: str, role: str) -> bool:
    """Whether this role gets through at anybody's thing."""
    return any(THROUGH.fullmatch(status) for status in told(what, role))


def name_of(what: str) -> str:
    return what.partition(" ")[2]


WRITES = [
    door
    for door in DOORS.values()
    if door.method != "GET" and name_of(door.what) not in CLOSED
]


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    assert {what for what, _role in table()} == set(DOORS)


def test_no_answer_hides_the_right_behind_the_shape() -> None:
    """Nobody hears 422 where 403 or 404 is meant; only health may say 503."""
    hidden = {
        (what, role): said
        for (what, role), said in table().items()
        if not set(said.split())
        <= {"200", "201", "303", "409", "412"} | {"302", "401", "403", "404"}
        and name_of(what) != "health"
    }
    assert hidden == {}


def test_somebody_gets_through_every_door_that_changes_something() -> None:
    shut = [
        door.what
        for door in WRITES
        if not any(passes(door.what, role) for role in ROLES)
    ]
    assert shut == []


def test_nobody_comes_in_without_signing_in() -> None:
    """Everything but health, sign-in's own and the invitation asks who one is."""
    open_doors = CLOSED | {"health", "set_language", "set_theme", "people:invitation"}
    inside = {
        what: told(what, "nobody")
        for what in DOORS
        if name_of(what) not in open_doors
        and not set(told(what, "nobody")) <= {"302", "401"}
    }
    assert inside == {}


@pytest.mark.parametrize("role", [role for role in SEES if role != "nobody"])
def test_a_client_one_does_not_see_is_not_found_by_any_door(role: str) -> None:
    """404; or one and the same no to whoever has not the role, whosever the thing."""
    leaks = {
        door.what: told(door.what, role)
        for door in DOORS.values()
        if door.of_a_client and not _hides(door, role)
    }
    assert leaks == {}


def _hides(door: Door, role: str) -> bool:
    said = dict(zip(door.whose, told(door.what, role), strict=True))
    unseen = {status for whose, status in said.items() if whose not in SEES[role]}
    return unseen <= {"404"} or set(said.values()) == {"403"}


def test_the_head_of_department_sees_whatever_anybody_sees() -> None:
    unseen = [
        (door.what, role)
        for door in DOORS.values()
        for role in ROLES
        if door.method == "GET" and door.only_shows
        for seen, by_head in zip(
            told(door.what, role), told(door.what, "department_head"), strict=True
        )
        if seen == "200" and by_head != "200"
    ]
    assert unseen == []


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("lawyer", ("contracts:contract", "handover:handover", "handover:sheet")),
        ("lawyer", ("handover:paper", "handover:print", "card:client")),
        ("accountant", ("money:invoice", "money:payment", "handover:sheet")),
    ],
)
def test_an_office_sees_its_matters_of_all_clients(
    role: str, sees: tuple[str, ...]
) -> None:
    assert {told(f"GET {name}", role) == ["200"] * 3 for name in sees} == {True}


@pytest.mark.parametrize("role", ["lawyer", "engineer", "administrator", "newcomer"])
def test_money_is_not_shown_to_whom_it_is_not_given(role: str) -> None:
    money = re.compile(r"GET (money:(?!list)|/api/v1/(invoices|payments)/)")
    shown = {what for what in DOORS if money.match(what) and passes(what, role)}
    assert shown == set()


@pytest.mark.parametrize("role", CHANGES)
def test_an_office_changes_only_what_is_its_own(role: str) -> None:
    pages = {name_of(d.what) for d in WRITES if d.is_page and passes(d.what, role)}
    assert pages - ONES_OWN == CHANGES[role]


def test_a_deputy_may_what_the_head_may() -> None:
    """A role of one's own, which a deputy here has none of, can only be missing."""
    other = {
        door.what: (told(door.what, "group_head"), told(door.what, "deputy"))
        for door in DOORS.values()
        if "grant_id" not in door.names
        and told(door.what, "group_head") != told(door.what, "deputy")
    }
    assert other == {}


def test_a_program_may_what_a_page_may() -> None:
    """By the same roles, at the same things; every page that acts has its endpoint."""
    acts = {name_of(door.what) for door in WRITES if door.is_page}
    assert acts == set(TWINS) | ON_PAGES_ONLY
    other = [
        page
        for page in TWINS
        if _pattern(f"POST {page}") != _pattern(operation_of(page))
    ]
    assert other == []


def _pattern(what: str) -> list[list[bool]]:
    return [[bool(THROUGH.fullmatch(s)) for s in told(what, role)] for role in ROLES]


def test_lists_take_overs_terms_and_the_catalogue_are_the_head_of_departments() -> None:
    assert _who_passes(HEADS_ONLY) == {"department_head"}


def test_accounts_and_roles_are_the_administrators() -> None:
    assert _who_passes(ACCOUNTS_ONLY) == {"administrator"}


def _who_passes(names: frozenset[str]) -> set[str]:
    whats = {door.what for door in WRITES if name_of(door.what) in names}
    return {role for what in whats for role in ROLES if passes(what, role)}


@pytest.mark.parametrize("door", ["people:grant", "people:dismiss"])
def test_nobody_gives_himself_a_role_or_takes_himself_out(door: str) -> None:
    said = dict(zip(WHOSE, told(f"POST {door}", "administrator"), strict=True))
    assert said.pop(OWN) == "403"
    assert set(said.values()) == {"303"}

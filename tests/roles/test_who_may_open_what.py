"""Every address and API operation × every role × own, group's, foreign object.

What was answered stands in answers.csv, to be read and reviewed; SUPROVID_ANSWERS=write
writes it anew. Beside the table stand rules that no table can talk away: nobody without
sight of a thing learns that it exists, a refusal writes nothing, GET writes nothing.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from suprovid.people.models import Person
from tests.cast import Cast
from tests.roles.routes import Operation, Page, operations, pages
from tests.roles.things import FOREIGN, GROUP, OWN, House, house

TABLE = Path(__file__).with_name("answers.csv")
WRITE = os.environ.get("SUPROVID_ANSWERS") == "write"
ROLES = {
    "manager": "taras",
    "engineer": "pavlo",
    "group_head": "olena",
    "department_head": "iryna",
    "sales": "andrii",
    "sales_head": "viktor",
    "lawyer": "maryna",
    "accountant": "halyna",
    "administrator": "yaroslav",
    "nobody": "",
}
NARROW = ("manager", "engineer", "group_head", "sales")
"""Roles that see a part of the clients; a foreign one is not found for them."""
OF_A_CLIENT = frozenset(
    {
        "handover_id",
        "client_id",
        "contract_id",
        "invoice_id",
        "payment_id",
        "allocation_id",
        "line_id",
    }
)
MAY_WRITE = ("django_session", "axes_", "web_cache", "account_", "mfa_", "web_oncekey")
"""Sign-in, the limiter, and the key of a form: it falls with what is refused."""
NOON = datetime(2026, 4, 16, 9, 30, tzinfo=UTC)
Answers = dict[tuple[str, str], str]
pytestmark = pytest.mark.django_db


@pytest.fixture
def department(db: None) -> House:
    return house(NOON)


def browser(cast: Cast, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if ROLES[role]:
        person: Person = getattr(cast, ROLES[role])
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


@contextmanager
def watched() -> Iterator[list[str]]:
    """Tables written to within; sign-in, sessions and the limiter may be."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.lstrip("( ").split(None, 3)
        if words and words[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            table = (words[1] if words[0].upper() == "UPDATE" else words[2]).strip('"')
            if not table.startswith(MAY_WRITE):
                written.append(f"{words[0]} {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request did is taken back after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read(answer: Any) -> int:
    """A file that is sent is read to its end, and so closed."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def ask_page(client: Client, page: Page, method: str, things: dict[str, Any]) -> int:
    address = page.address(things)
    with undone(), watched() as written:
        if method == "GET":
            status = read(client.get(address))
        else:
            status = read(client.post(address, {"_once": "once-and-again"}))
    if method == "GET" or status >= 400:
        assert written == [], (
            f"{method} {address} answered {status} and wrote {written}"
        )
    return status


def ask_api(client: Client, one: Operation, things: dict[str, Any]) -> int:
    body = dict(one.body or {})
    body |= {name: things[name] for name in body if name in things}
    headers = {"Idempotency-Key": "once-and-again", "If-Match": '"1"'}
    told: dict[str, Any] = {"headers": headers}
    if one.multipart:
        told["data"] = body
    else:
        told |= {"data": body, "content_type": "application/json"}
    with undone(), watched() as written:
        answer = getattr(client, one.method.lower())
        status = read(answer(one.address(things), **told))
    if one.method == "GET" or status >= 400:
        assert written == [], f"{one.name} answered {status} and wrote {written}"
    return status


def carried(page: Page) -> bool:
    return bool(page.args)


def answers(department: House, role: str) -> Answers:
    client = browser(department.cast, role)
    found: Answers = {}
    for page in pages():
        whose = (OWN, GROUP, FOREIGN) if page.args else (OWN,)
        if not set(page.args) <= set(department.things[OWN]):
            continue
        for method in ("GET", "POST"):
            told = [ask_page(client, page, method, department.things[w]) for w in whose]
            found[f"{method} {page.name}", role] = " ".join(map(str, told))
    for one in operations():
        told = [
            ask_api(client, one, department.things[w]) for w in (OWN, GROUP, FOREIGN)
        ]
        found[one.name, role] = " ".join(map(str, told))
    return found


@cache
def table() -> Answers:
    if not TABLE.exists():
        return {}
    with TABLE.open(newline="") as file:
        return {
            (row["what"], role): row[role]
            for row in csv.DictReader(file)
            for role in ROLES
        }


def write(role: str, found: Answers) -> None:
    """Put the role's column anew (one process at a time: -n 0)."""
    table.cache_clear()
    known = table()
    names = sorted({what for what, _role in found})
    with TABLE.open("w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["what", *ROLES])
        for what in names:
            cells = {**{r: known.get((what, r), "") for r in ROLES}}
            cells[role] = found[what, role]
            lines.writerow([what, *(cells[r] for r in ROLES)])
    table.cache_clear()


@pytest.mark.parametrize("role", ROLES)
def test_every_door_answers_a_role_as_the_table_says(
    role: str, department: House
) -> None:
    found = answers(department, role)
    if WRITE:
        write(role, found)

    known = table()
    wrong = {
        what: (told, known.get((what, role), "no row: decide who may open it"))
        for (what, _role), told in found.items()
        if known.get((what, role)) != told
    }
    assert wrong == {}


@pytest.mark.parametrize("role", NARROW)
def test_a_foreign_client_is_not_found_by_any_door(
    role: str, department: House
) -> None:
    leaks = {
        what: told
        for (what, whose), told in table().items()
        if whose == role and _carries_a_client(what) and not _hidden(told)
    }
    assert leaks == {}


HIDES = ("404", "405")


def _hidden(told: str) -> bool:
    """Not found; or one and the same no, whether the thing is one's own or not."""
    own, _group, foreign = told.split()
    return foreign in HIDES or (own == foreign and foreign in ("403", "422"))


def _carries_a_client(what: str) -> bool:
    by_name = {page.name: set(page.args) for page in pages()}
    _method, _space, name = what.partition(" ")
    if name in by_name:
        return bool(by_name[name] & OF_A_CLIENT)
    return any("{" + arg + "}" in name for arg in OF_A_CLIENT)


def test_nobody_comes_in_without_signing_in() -> None:
    """Everything but health, sign-in's own and the invitation asks who one is."""
    open_doors = {"health", "set_language", "set_theme", "people:invitation"}
    inside = {
        what: told
        for (what, role), told in table().items()
        if role == "nobody"
        and what.partition(" ")[2] not in open_doors
        and not set(told.split()) <= {"302", "401", "403", "404", "405"}
    }
    assert inside == {}


def test_every_door_has_a_row() -> None:
    rows = {what for what, _role in table()}
    named = {f"{m} {page.name}" for page in pages() for m in ("GET", "POST")}
    asked = {one.name for one in operations()}
    without = {f"{m} {name}" for m in ("GET", "POST") for name in WITHOUT_THINGS}

    assert (named | asked) - without - rows == set()
    assert rows - named - asked == set()


WITHOUT_THINGS: frozenset[str] = frozenset(
    {
        "clients:imported",
        "obligations:change-calendar",
        "people:invitation",
        "people:revoke-token",
    }
)
"""Doors whose key is a secret or a thing this house has none of: each is tested in
the tests of its own app."""

"""Who asks at every door, and what is noted of the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from suprovid.people import actions as people
from suprovid.people.models import Person
from suprovid.people.rules import AbsenceKind, Role
from tests.cast import acting
from tests.roles.bodies import body_of, form_of, headers_of, meant
from tests.roles.routes import Operation, Page
from tests.roles.things import GROUP, OWN, PEOPLE, House, Things, house, personal

NOON = datetime(2026, 4, 16, 9, 30, tzinfo=UTC)
ROLES = {
    "manager": "taras",
    "engineer": "pavlo",
    "group_head": "olena",
    "deputy": "deputy",
    "department_head": "iryna",
    "sales": "andrii",
    "sales_head": "viktor",
    "lawyer": "maryna",
    "accountant": "halyna",
    "administrator": "yaroslav",
    "newcomer": "newcomer",
    "nobody": "",
}
SEES = {
    "manager": (OWN, GROUP),
    "engineer": (OWN,),
    "group_head": (OWN, GROUP),
    "deputy": (OWN, GROUP),
    "sales": (OWN,),
    "administrator": (),
    "newcomer": (),
    "nobody": (),
}
"""Whose clients a role sees; the roles not named see everybody's."""
MAY_WRITE = ("django_session", "axes_", "web_cache", "account_", "mfa_", "web_oncekey")
"""Sign-in, the limiter, and the key of a form: it falls with what is refused."""
CHANGES_BY_ITSELF = re.compile(
    r'name="(csrfmiddlewaretoken|_once)" value="[^"]*"|nonce="[^"]*"'
    r"|X-CSRFToken[^}]*}"
)


@dataclass(frozen=True)
class Staffed:
    """The house, and who asks for what there."""

    house: House
    persons: Mapping[str, Person]
    """By role; `nobody` is not among them."""
    own: Mapping[str, Things]
    """What a role's person has of one's own; the house has it of the manager's."""

    def things(self, role: str) -> dict[str, Things]:
        """The three of everything; one's own person is the one who asks."""
        mine = self.house.things[OWN] | self.own.get(role, {})
        return {**self.house.things, OWN: mine}

    def browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role in self.persons:
            backend = settings.AUTHENTICATION_BACKENDS[-1]
            client.force_login(self.persons[role], backend=backend)
        return client


@pytest.fixture(scope="module")
def shared_house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """Built once for a module, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield house(NOON)
        transaction.set_rollback(True)


@pytest.fixture
def department(shared_house: House, db: None) -> House:
    """The house as it was built: what a test does in it is taken back after it."""
    return shared_house


@pytest.fixture
def staffed(department: House) -> Staffed:
    """With a newcomer, and with a deputy of the head of «Поділ», beside the cast."""
    newcomer, deputy = (_hire(department, name) for name in ("tkach", "zhuk"))
    _stand_in(department.cast.olena, deputy)
    things = department.things[OWN] | {"taker_id": _another_engineer(department)}
    known = {
        **department.cast.everybody(),
        "newcomer": newcomer,
        "deputy": deputy,
    }
    persons = {role: known[key] for role, key in ROLES.items() if key}
    known_already = {department.cast.everybody()[key] for key in PEOPLE.values()}
    own = {
        role: personal(department.cast, person)
        for role, person in persons.items()
        if person not in known_already
    }
    made = replace(department, things=department.things | {OWN: things})
    return Staffed(made, persons, own)


def _hire(made: House, name: str) -> Person:
    return people.enter_person(
        actor=acting(made.cast.yaroslav, NOON),
        username=name,
        email=f"{name}@suprovid.example",
        family_name=name.title(),
        given_name="Леся",
    )


def _another_engineer(made: House) -> int:
    """To whom the engineer's work can be passed on."""
    another = _hire(made, "bilyk")
    people.grant_role(
        actor=acting(made.cast.yaroslav, NOON),
        person_id=another.pk,
        role=Role.ENGINEER,
        group_id=made.cast.podil.pk,
    )
    return another.pk


def _stand_in(absent: Person, deputy: Person) -> None:
    now = datetime.now(UTC)
    people.declare_absence(
        actor=acting(absent, now),
        person_id=absent.pk,
        kind=AbsenceKind.TRIP,
        first_day=now.date() - timedelta(days=1),
        last_day=now.date() + timedelta(days=5),
        deputy_id=deputy.pk,
    )


# ---------------------------------------------------------------- one question


@dataclass(frozen=True)
class Said:
    """What was answered: the number, and the words without what changes by itself."""

    status: int
    text: str = ""


def ask_page(client: Client, page: Page, method: str, things: Things) -> Said:
    meaning = meant(page.name, things)
    address = page.address(meaning)
    with undone(), watched() as written:
        if method == "GET":
            said = heard(client.get(address), address)
        else:
            said = heard(client.post(address, form_of(page, meaning)), address)
    _wrote_nothing(f"{method} {address}", method, said, written)
    return said


def ask_api(client: Client, one: Operation, things: Things) -> Said:
    meaning = meant(one.name, things)
    address = one.address(meaning)
    told: dict[str, Any] = {"headers": headers_of(one, meaning)}
    if one.body is not None:
        told["data"] = body_of(one, meaning)
        if not one.multipart:
            told["content_type"] = "application/json"
    with undone(), watched() as written:
        answer = getattr(client, one.method.lower())(address, **told)
        said = heard(answer, address)
    _wrote_nothing(one.name, one.method, said, written)
    return said


def _wrote_nothing(what: str, method: str, said: Said, written: list[str]) -> None:
    """A reading and a refusal leave everything as it was."""
    if method == "GET" or said.status >= 400:
        assert written == [], f"{what} answered {said.status} and wrote {written}"


def heard(answer: Any, address: str) -> Said:
    """A file that is sent is read to its end, and so closed; only words are kept."""
    answer.client.cookies.pop("messages", None)  # said once, on the page that follows
    if answer.streaming:
        b"".join(answer.streaming_content)
        return Said(answer.status_code)
    kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        read = json.dumps(json.loads(answer.content), ensure_ascii=False)
    elif kind.startswith("text/"):
        read = answer.content.decode()
    else:
        read = ""
    return Said(
        answer.status_code, CHANGES_BY_ITSELF.sub("", read).replace(address, "")
    )


@contextmanager
def watched() -> Iterator[list[str]]:
    """What was written within and not taken back; sign-in and the limiter may be."""
    written: list[str] = []
    stood: dict[str, int] = {}

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match sql.lstrip("( ").replace('"', "").split(None, 4):
            case ["SAVEPOINT", name]:
                stood[name] = len(written)
            case ["ROLLBACK", "TO", "SAVEPOINT", name]:
                del written[stood[name] :]
            case ["UPDATE" as verb, table, *_] | [
                "INSERT" | "DELETE" as verb,
                _,
                table,
                *_,
            ]:
                if not table.startswith(MAY_WRITE):
                    written.append(f"{verb} {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done within is taken back after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

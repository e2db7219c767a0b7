"""A field that is not asked for is not taken, whatever it is called (D2.17).

Every form of every page and every write of the API is sent by somebody who gets through
there, with the names of all columns of all tables beside its own fields. What reaches
the database is watched: no strange value may be among it, and no yes or no other than
those of the same press without the strange fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from suprovid.clients import actions as clients
from suprovid.clients.forms import ContactForm
from suprovid.clients.models import Contact
from suprovid.obligations import actions as obligations
from suprovid.obligations.forms import CompanyForm
from suprovid.obligations.models import Company
from tests.roles.asking import (
    NOON,
    ROLES,
    Staffed,
    department,
    heard,
    staffed,
    undone,
)
from tests.roles.bodies import body_of, form_of, headers_of, meant
from tests.roles.doors import Door, doors
from tests.roles.routes import Operation, Page
from tests.roles.test_what_rights_mean import CLOSED, name_of, passes
from tests.roles.things import OWN, House, Things, house
from tests.safety.stages import STAGES, prepared

__all__ = ["department", "staffed"]
MARKS = {"hx7marker": "hx7marker", 424242: "424242", "1999-01-01T00:00Z": "1999-01-01"}
"""What is sent, and what tells it among what is written."""
ANSWERS = (True, False)
NEVER = frozenset(
    {"accepted_at", "actor", "authors", "away", "closed_at", "confirmed_at"}
    | {"created_at", "created_by", "digest", "due_at", "ended_at", "entered_at"}
    | {"entered_by", "fact", "filled_by", "is_active", "line_key", "made_by"}
    | {"missed_at", "opened_at", "owner_person", "owner_role", "person", "recorded_at"}
    | {"served_by", "serving", "sort_key", "stage", "submitted_at", "undone_at"}
    | {"used_at", "verdict", "voided_at", "waived_by"}
)
"""What only actions write: nobody is ever asked for it."""
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared_house(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[House]:
    """With a handover in every stage, so that every door opens for somebody."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield house(NOON, STAGES.values())
        transaction.set_rollback(True)


def columns() -> frozenset[str]:
    """Names of all columns of our tables, and of their keys."""
    return frozenset(
        name
        for model in apps.get_models()
        if model.__module__.startswith("suprovid.")
        for column in model._meta.concrete_fields
        for name in (column.name, column.attname)
    )


# ---------------------------------------------------------------- one press


@dataclass
class Press:
    """What a press answered, asked for and wrote."""

    status: int = 0
    asked: set[str] = field(default_factory=set)
    """Names of the fields of the forms that read it."""
    prefixes: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)
    answers: list[tuple[str, list[bool]]] = field(default_factory=list)
    """Every yes and no that was written, by statement."""


def press(client: Client, door: Door, things: Things, extra: dict[str, Any]) -> Press:
    meaning = meant(door.asked.name, things)
    address = door.asked.address(meaning)
    told: dict[str, Any] = {}
    if isinstance(door.asked, Page):
        told["data"] = extra | form_of(door.asked, meaning)
    else:
        told["headers"] = headers_of(door.asked, meaning)
        told["data"] = extra | body_of(door.asked, meaning)
        if not door.asked.multipart:
            told["content_type"] = "application/json"
    with undone(), watched() as seen:
        answer = getattr(client, door.method.lower())(address, **told)
        seen.status = heard(answer, address).status
    return seen


@contextmanager
def watched() -> Iterator[Press]:
    seen = Press()
    clean = forms.BaseForm.full_clean

    def noted(form: forms.BaseForm) -> None:
        seen.asked |= {form.add_prefix(name) for name in form.fields}
        seen.prefixes |= {form.prefix} if form.prefix else set()
        clean(form)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
            values = [value for row in params for value in row] if many else params
            said = " ".join(map(str, values or ()))
            seen.marks += [f"{sql[:90]}: {m}" for m in MARKS.values() if m in said]
            decided = [value for value in values or () if isinstance(value, bool)]
            seen.answers.append((sql, decided))
        return execute(sql, params, many, context)

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(watch):
        patch.setattr(forms.BaseForm, "full_clean", noted)
        yield seen


def taken(client: Client, door: Door, things: Things, usual: Press) -> Iterator[str]:
    """Strange values that were written, yeses and noes that changed.

    Where a column would not take such a value, another answer tells that it was tried.
    """
    asks = {name.rpartition("-")[2] for name in known(door, usual)}
    yield from (f"{door.what} asks for {name}" for name in asks & NEVER)
    plain = columns() - known(door, usual)
    prefixed = [{f"{one}-{name}" for name in columns()} for one in usual.prefixes]
    for names, strange in product((plain, *prefixed), (*MARKS, *ANSWERS)):
        extra = dict.fromkeys(names - usual.asked, strange)
        found = press(client, door, things, extra)
        yield from (f"{door.what} wrote {mark}" for mark in found.marks)
        if found.status == 422 and not door.is_page:
            continue  # a schema that forbids what it does not know
        if found.status != usual.status:
            yield f"{door.what} answered {found.status} to {strange}"
        elif found.answers != usual.answers:
            yield f"{door.what} took {strange} for an answer"


def known(door: Door, usual: Press) -> frozenset[str]:
    """The fields a door asks for, needed or not."""
    if isinstance(door.asked, Operation):
        return door.asked.known
    return frozenset(usual.asked)


# ---------------------------------------------------------------- every door


def writing() -> list[Door]:
    return [
        door
        for door in doors()
        if door.method != "GET" and name_of(door.what) not in CLOSED
    ]


def opened(
    staffed: Staffed, door: Door, special: Mapping[str, Things]
) -> tuple[Client, Things, Press] | None:
    """Somebody who gets through there, with what and how."""
    for role in ROLES:
        if passes(door.what, role):
            client = staffed.browser(role)
            things = staffed.things(role)[OWN] | special.get(path_of(door), {})
            usual = press(client, door, things, {})
            if usual.status < 400:
                return client, things, usual
    return None


def path_of(door: Door) -> str:
    return door.asked.path if isinstance(door.asked, Operation) else door.asked.name


@pytest.mark.parametrize("pages", [True, False], ids=["pages", "api"])
def test_only_what_a_door_asks_for_is_written(pages: bool, staffed: Staffed) -> None:
    special = prepared(staffed.house, NOON)
    wrong: list[str] = []
    for door in writing():
        if door.is_page is pages:
            way = opened(staffed, door, special)
            wrong += taken(way[0], door, *way[1:]) if way else [f"{door.what} is shut"]

    assert wrong == []


# ---------------------------------------------------------------- it can fail


def test_a_form_that_passes_everything_on_is_found_out(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the form hands on what was sent, the action writes what fits."""

    def careless(*, contact_id: int, name: str, left_at: Any, **_said: Any) -> Any:
        row = Contact.objects.get(pk=contact_id)
        row.name, row.left_at = name, left_at
        row.save()
        return row

    handed_on = passing_on("name", "left_at")
    monkeypatch.setattr(ContactForm, "clean", handed_on)
    monkeypatch.setattr(clients, "change_contact", careless)

    found = found_at(staffed, "clients:contact")
    assert any("wrote UPDATE" in one and "1999-01-01" in one for one in found)


def test_a_yes_that_nobody_was_asked_for_is_found_out(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(*, name: str, demo: Any, **_said: Any) -> Any:
        row = Company.objects.get()
        row.name, row.demo = name, demo or row.demo
        row.save()
        return row

    monkeypatch.setattr(CompanyForm, "clean", passing_on("name", "demo"))
    monkeypatch.setattr(obligations, "set_company", careless)

    found = found_at(staffed, "obligations:company")
    assert "POST obligations:company took True for an answer" in found


def passing_on(*names: str) -> Callable[[forms.Form], dict[str, Any]]:
    return lambda form: {name: form.data.get(name) for name in names}


def found_at(staffed: Staffed, name: str) -> list[str]:
    door = next(door for door in writing() if door.what == f"POST {name}")
    way = opened(staffed, door, {})
    assert way is not None
    return list(taken(way[0], door, *way[1:]))

"""The pages: who sees what, what a press does, how many questions they ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.people import actions, queries
from suprovid.people.models import Absence, Invitation, Person, RoleGrant, Token
from suprovid.people.rules import AbsenceKind, Role
from tests.cast import Cast, acting, hire

KEY = {"_once": "a-key-of-a-form"}


@pytest.fixture
def cast(db: None) -> Cast:
    """Pages read the real clock, so these people were hired a while ago by it."""
    return hire(datetime.now(UTC) - timedelta(days=14))


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(
        person, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def page(person: Person, name: str, *args: object) -> Any:
    return as_(person).get(reverse(f"people:{name}", args=args))


def press(person: Person, door: str, *args: object, **said: object) -> Any:
    return as_(person).post(reverse(f"people:{door}", args=args), {**KEY, **said})


def away(cast: Cast, person: Person, deputy: Person | None = None) -> Absence:
    now = datetime.now(UTC)
    return actions.declare_absence(
        actor=acting(person, now),
        person_id=person.pk,
        kind=AbsenceKind.ILLNESS,
        first_day=queries.today(now),
        last_day=queries.today(now) + timedelta(days=3),
        deputy_id=deputy.pk if deputy else None,
    )


def test_the_list_shows_groups_and_who_stands_in(cast: Cast) -> None:
    away(cast, cast.maryna, cast.denys)

    text = page(cast.taras, "list").content.decode()

    assert "Група «Поділ»" in text
    assert text.index("Ткачук Олена") < text.index("Бондар Тарас")
    assert "заміщує: Коваль Марина Олексіївна" in text


def test_why_one_is_away_is_shown_to_the_heads_only(cast: Cast) -> None:
    away(cast, cast.taras)

    seen = {
        person.username: "хвороба"
        in page(person, "person", cast.taras.pk).content.decode()
        for person in (cast.taras, cast.olena, cast.nadiia, cast.serhii)
    }

    assert seen == {"bondar": True, "tkachuk": True, "lysenko": False, "melnyk": False}


@pytest.mark.parametrize("name", ["list", "groups", "me"])
def test_pages_ask_twelve_questions_at_most(
    cast: Cast, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(cast.yaroslav)

    with django_assert_max_num_queries(12):
        assert client.get(reverse(f"people:{name}")).status_code == 200


def test_a_stranger_is_led_to_the_sign_in(cast: Cast) -> None:
    answer = Client().get(reverse("people:list"))

    assert urlsplit(answer.headers["Location"]).path == reverse("account_login")


def test_somebody_who_is_not_there_is_not_found(cast: Cast) -> None:
    assert page(cast.yaroslav, "person", 404).status_code == 404


def test_the_administrator_enters_a_person_and_hands_the_link(cast: Cast) -> None:
    entered = press(
        cast.yaroslav,
        "new",
        username="novak",
        email="novak@suprovid.example",
        family_name="Новак",
        given_name="Леся",
        language="uk",
    )

    person = Person.objects.get(username="novak")
    assert entered.headers["Location"] == reverse("people:person", args=[person.pk])


def test_an_invitation_link_is_shown_once_and_opens_once(cast: Cast) -> None:
    client = as_(cast.yaroslav)
    client.post(reverse("people:invite", args=[cast.taras.pk]), KEY)
    shown = client.get(reverse("people:person", args=[cast.taras.pk]))
    again = client.get(reverse("people:person", args=[cast.taras.pk]))
    link = urlsplit(shown.context["link"]).path

    words = {"password": "зелений-трамвай-17", "again": "зелений-трамвай-17"}
    accepted = Client().post(link, words)

    assert accepted.headers["Location"] == reverse("account_login")
    assert again.context["link"] == ""
    assert Client().get(link).status_code == 410


def test_two_different_passwords_set_nothing(cast: Cast) -> None:
    handed = actions.invite(
        actor=acting(cast.yaroslav, datetime.now(UTC)), person_id=cast.taras.pk
    )
    link = reverse("people:invitation", args=[handed.secret])

    answer = Client().post(
        link, {"password": "зелений-трамвай-17", "again": "синій-трамвай-17"}
    )

    assert answer.status_code == 422
    assert "не збігаються" in answer.content.decode()
    assert Invitation.objects.get(pk=handed.id).used_at is None


@pytest.mark.parametrize(
    ("key", "shown"), [("yaroslav", True), ("iryna", False), ("taras", False)]
)
def test_only_the_administrator_gets_the_form_of_a_new_person(
    cast: Cast, key: str, *, shown: bool
) -> None:
    text = page(getattr(cast, key), "new").content.decode()

    assert ('name="username"' in text) == shown
    assert ("Це робить лише адміністратор" in text) != shown


def test_a_refused_form_keeps_what_was_typed(cast: Cast) -> None:
    answer = press(
        cast.yaroslav, "grant", cast.maryna.pk, role=Role.LAWYER.value, valid_from=""
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "вже має цю роль" in text
    assert '<option value="lawyer" selected>' in text


def test_a_role_is_granted_and_ended_by_forms(cast: Cast) -> None:
    press(
        cast.yaroslav,
        "grant",
        cast.taras.pk,
        role=Role.ENGINEER.value,
        group_id=cast.podil.pk,
    )
    grant = RoleGrant.objects.get(person=cast.taras, role=Role.ENGINEER)

    answer = press(cast.yaroslav, "end-role", grant.pk)

    grant.refresh_from_db()
    assert answer.status_code == 303
    assert grant.ended_at is not None


def test_rights_change_at_the_next_request(cast: Cast) -> None:
    client, now = as_(cast.taras), datetime.now(UTC)
    before = client.get(reverse("people:new")).content.decode()

    actions.grant_role(
        actor=acting(cast.yaroslav, now),
        person_id=cast.taras.pk,
        role=Role.ADMINISTRATOR,
    )

    after = client.get(reverse("people:new")).content.decode()
    assert ('name="username"' in before, 'name="username"' in after) == (False, True)


def test_one_declares_the_own_absence_and_takes_it_back(cast: Cast) -> None:
    today = queries.today(datetime.now(UTC))
    press(
        cast.taras,
        "absence",
        cast.taras.pk,
        kind=AbsenceKind.VACATION.value,
        first_day=today.isoformat(),
        last_day=today.isoformat(),
        deputy_id=cast.nadiia.pk,
    )
    absence = Absence.objects.get(person=cast.taras)

    press(cast.taras, "cancel-absence", absence.pk)

    absence.refresh_from_db()
    assert absence.deputy == cast.nadiia
    assert absence.cancelled_at is not None


def test_a_foreign_head_does_not_change_the_deputy(cast: Cast) -> None:
    absence = away(cast, cast.taras)

    answer = press(cast.serhii, "deputy", absence.pk, deputy_id=cast.oksana.pk)

    absence.refresh_from_db()
    assert answer.status_code == 403
    assert absence.deputy is None


def test_a_token_is_shown_once_and_revoked(cast: Cast) -> None:
    client = as_(cast.taras)
    said = {**KEY, "name": "АТС", "days": "30"}
    client.post(reverse("people:create-token"), said)
    shown, again = (client.get(reverse("people:me")) for _ in range(2))

    token = Token.objects.get()
    client.post(reverse("people:revoke-token", args=[token.pk]), KEY)

    token.refresh_from_db()
    assert shown.context["token"].startswith("sp_")
    assert again.context["token"] == ""
    assert token.revoked_at is not None


def test_groups_are_made_renamed_and_closed_by_forms(cast: Cast) -> None:
    press(cast.iryna, "new-group", name="Троєщина")
    made = next(pk for pk, name in queries.open_groups() if name == "Троєщина")
    press(cast.iryna, "rename-group", made, name="Лівий берег")
    press(cast.iryna, "close-group", made)

    text = page(cast.iryna, "groups").content.decode()

    assert "Лівий берег" in text
    assert "закрито" in text


def test_a_group_with_people_shows_why_it_does_not_close(cast: Cast) -> None:
    text = page(cast.iryna, "groups").content.decode()

    assert "Спершу припиніть ролі її працівників: 4" in text.replace("\xa0", " ")


def test_the_own_language_is_chosen_on_the_own_page(cast: Cast) -> None:
    press(cast.taras, "language", language="en")

    assert "My settings" in page(cast.taras, "me").content.decode()


def test_one_who_is_dismissed_is_out_with_the_next_click(cast: Cast) -> None:
    client = as_(cast.taras)
    assert client.get(reverse("people:list")).status_code == 200

    press(cast.yaroslav, "dismiss", cast.taras.pk)

    assert client.get(reverse("people:list")).status_code == 302


@pytest.mark.parametrize("door", ["new", "new-group", "edit", "grant"])
def test_a_page_that_asks_for_anothers_job_says_whose_it_is(
    cast: Cast, door: str
) -> None:
    where = [cast.nadiia.pk] if door in ("edit", "grant") else []

    looked = page(cast.taras, door, *where)
    pressed = press(cast.taras, door, *where)

    assert (looked.status_code, pressed.status_code) == (403, 403)
    assert page(cast.yaroslav, door, *where).status_code == 200
    assert press(cast.yaroslav, door, *where).status_code == 422

"""What people see of terms, and how many questions a page asks the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.obligations.models import Company, Obligation, TermRow
from suprovid.obligations.rules import Owner
from suprovid.people.models import Person
from suprovid.people.rules import Role
from tests.cast import Cast
from tests.owing import client_in, client_of, found_company, owe

KEY = {"_once": "a-key-of-the-test"}


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def sign_in(client: Browser, person: Person) -> Browser:
    client.force_login(person)
    return client


def address(name: str, row: Obligation) -> str:
    return reverse(f"obligations:{name}", args=[row.pk])


def test_the_list_shows_what_the_group_owes(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    other = owe(client_of(cast, group=cast.obolon))
    page = sign_in(client, cast.olena).get(reverse("obligations:list"))
    assert address("obligation", row) in page.content.decode()
    assert address("obligation", other) not in page.content.decode()


@pytest.mark.parametrize("filters", ["", "?mine=on", "?status=missed&sort=client"])
def test_the_list_asks_twelve_questions_whatever_it_holds(
    client: Browser,
    cast: Cast,
    row: Obligation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    filters: str,
) -> None:
    for _ in range(60):
        owe(client_of(cast))
    sign_in(client, cast.olena)
    with django_assert_max_num_queries(12):
        client.get(reverse("obligations:list") + filters)


def test_a_page_of_the_list_leads_to_the_next_one(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    for _ in range(60):
        owe(client_of(cast))
    first = sign_in(client, cast.olena).get(reverse("obligations:list"))
    assert len(first.context["found"].rows) == 50
    second = client.get(reverse("obligations:list") + first.context["next_url"])
    assert len(second.context["found"].rows) == 11
    seen = {r.id for r in first.context["found"].rows}
    assert seen.isdisjoint({r.id for r in second.context["found"].rows})


def test_a_filter_that_cannot_be_read_does_not_filter(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    page = sign_in(client, cast.olena).get(
        reverse("obligations:list"),
        {"since": "soon", "status": "nonsense", "after": "?"},
    )
    assert [r.id for r in page.context["found"].rows] == [row.pk]


def test_a_foreign_term_is_not_found(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.oksana)
    for name in ("obligation", "why", "move", "waive", "hand-over"):
        assert client.get(address(name, row)).status_code == 404


def test_its_page_says_who_why_and_what_happened(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    text = sign_in(client, cast.olena).get(address("obligation", row)).content.decode()
    assert cast.olena.short_name in text
    assert "чому" in text.lower()
    assert "Ст.\u00a0253" in text


def test_why_opens_in_its_place_or_whole(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.olena)
    inside = client.get(address("why", row), headers={"HX-Request": "true"})
    assert "<html" not in inside.content.decode()
    assert "<html" in client.get(address("why", row)).content.decode()


def test_the_head_of_department_moves_a_term_with_a_reason(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    far = {"on": "2099-01-05", "why": "клієнт просив"}
    answer = client.post(address("move", row), {**KEY, **far})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.due_at.year == 2099


def test_a_reason_is_demanded(client: Browser, cast: Cast, row: Obligation) -> None:
    sign_in(client, cast.iryna)
    assert client.post(address("waive", row), KEY).status_code == 422
    row.refresh_from_db()
    assert row.ended_at is None


def test_who_owes_it_does_not_take_it_off_control(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.olena)
    answer = client.post(address("waive", row), {**KEY, "why": "так зручніше"})
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.ended_at is None


def test_a_head_of_group_passes_a_managers_term_to_another(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    calls = owe(client_in(row), "growth.alert", Owner.person(cast.taras.pk))
    sign_in(client, cast.olena)
    to = {"person_id": cast.nadiia.pk, "why": "відпустка"}
    assert client.post(address("hand-over", calls), {**KEY, **to}).status_code == 303
    calls.refresh_from_db()
    assert calls.owner_person_id == cast.nadiia.pk


def test_only_those_who_hold_the_role_are_offered(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    visa = owe(client_in(row), "handover.visa", Owner.role(Role.LAWYER))
    page = sign_in(client, cast.iryna).get(address("hand-over", visa))
    offered = dict(page.context["form"].fields["person_id"].choices)
    assert set(offered) == {"", cast.maryna.pk, cast.denys.pk}


@pytest.mark.parametrize(
    "url",
    [
        "/settings/terms/",
        "/settings/terms/handover.visa/",
        "/settings/calendar/",
        "/settings/calendar/?year=2027",
        "/settings/calendar/day/",
        "/settings/calendar/week/",
        "/settings/calendar/regime/",
        "/settings/calendar/mode/",
        "/settings/company/",
    ],
)
def test_settings_open_for_everybody_and_say_who_changes_them(
    client: Browser, cast: Cast, row: Obligation, url: str
) -> None:
    may = sign_in(client, cast.iryna).get(url).content.decode()
    may_not = sign_in(client, cast.taras).get(url).content.decode()
    assert "why-not" not in may
    assert "why-not" in may_not


def test_a_kind_gets_another_term_from_a_day_on(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    new = {
        "valid_from": "2099-01-01",
        "count": 2,
        "unit": "working_days",
        "warn_percent": 50,
        "escalate": ["department_head"],
    }
    answer = client.post("/settings/terms/handover.visa/", {**KEY, **new})
    assert answer.status_code == 303
    later = TermRow.objects.get(kind="handover.visa", valid_from__year=2099)
    assert (later.count, str(later.warn_share)) == (2, "0.50")


def test_a_day_off_shows_what_moves_before_it_is_made(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    day = {"day": "2026-04-14", "off": "on", "note": "Переїзд"}
    page = client.get("/settings/calendar/day/", day)
    assert [moved.id for moved in page.context["preview"].moved] == [row.pk]
    sent = {**KEY, **dict(page.context["confirm"].fields)}
    assert client.post("/settings/calendar/day/", sent).status_code == 303
    before = row.due_at
    row.refresh_from_db()
    assert (row.due_at - before).days == 1


def test_a_preview_of_yesterday_is_not_pressed_on(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    day = {"day": "2026-04-14", "off": "on", "note": "Переїзд"}
    page = client.get("/settings/calendar/day/", day)
    owe(client_of(cast))
    sent = {**KEY, **dict(page.context["confirm"].fields)}
    answer = client.post("/settings/calendar/day/", sent)
    assert answer.status_code == 412
    assert len(answer.context["preview"].moved) == 2


def test_the_company_allows_what_it_says(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    said = {"name": "Інша назва", "code": "", "authors_may_confirm": "on"}
    assert client.post("/settings/company/", {**KEY, **said}).status_code == 303
    assert Company.objects.get().authors_may_confirm


def test_the_administrator_stops_and_starts_letters(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.yaroslav)
    sent = {**KEY, "paused": "on"}
    assert client.post("/settings/company/letters/", sent).status_code == 303
    assert Company.objects.get().sending_paused


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (
            "week",
            {
                "day": "2026-04-14",
                "weekdays": ["0", "1", "2", "3"],
                "start": "09:00",
                "end": "12:00",
            },
        ),
        ("regime", {"day": "2026-04-14", "note": "Мир"}),
        ("mode", {"day": "2026-04-14", "mode": "same_clock"}),
        ("usual_day", {"day": "2026-04-14"}),
        (
            "day",
            {"day": "2026-04-14", "note": "До обіду", "start": "9:00", "end": "12:00"},
        ),
    ],
)
def test_each_change_is_looked_at_and_then_made(
    client: Browser, cast: Cast, row: Obligation, thing: str, said: dict[str, Any]
) -> None:
    sign_in(client, cast.iryna)
    url = f"/settings/calendar/{thing}/"
    act = client.get(url, said).context["confirm"]
    sent: dict[str, Any] = {name: [value] for name, value in KEY.items()}
    for name, value in act.fields:
        sent.setdefault(name, []).append(value)
    assert client.post(url, sent).status_code == 303


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("day", {"day": "2026-04-14", "note": "Без годин"}),
        ("day", {"day": "2026-04-14", "note": "a", "start": "18:00", "end": "9:00"}),
        ("regime", {"day": "2026-04-14", "note": "a", "last_day": "2026-04-01"}),
        ("day", {"day": "", "note": ""}),
    ],
)
def test_a_change_that_cannot_be_shows_its_errors(
    client: Browser, cast: Cast, row: Obligation, thing: str, said: dict[str, str]
) -> None:
    page = sign_in(client, cast.iryna).get(f"/settings/calendar/{thing}/", said)
    assert page.context["form"].errors
    assert page.context["preview"] is None


def test_there_is_no_other_thing_to_change(
    client: Browser, cast: Cast, row: Obligation
) -> None:
    sign_in(client, cast.iryna)
    assert client.get("/settings/calendar/moon/").status_code == 404
    assert client.get("/settings/terms/weather.forecast/").status_code == 404

"""Pages and API of joining: find the twin, look at both, join, and undo."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suprovid.clients import actions as clients
from suprovid.clients.models import Client
from suprovid.intake.models import Merge
from suprovid.intake.tests.joining import by_iryna, join, take_over
from suprovid.people.models import Person
from tests.cast import MONDAY, Cast, acting
from tests.path import Case, new_case, new_client

BUDGET = 25
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person, backend=BACKEND)
    return browser


def named(cast: Cast, name: str, code: str) -> Client:
    return clients.add_client(
        actor=acting(cast.andrii, MONDAY),
        name=name,
        code=code,
        confirm_code=True,
    )


@pytest.fixture
def pair(cast: Cast) -> tuple[Client, Client]:
    """The same school under two spellings."""
    return (
        named(cast, "КЗ «Львівська школа № 45»", "30000001"),
        named(cast, "КЗ Львівська школа №45", "30000002"),
    )


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def pressed(cast: Cast, kept: Client, gone: Client, **more: Any) -> Any:
    """The button of the page that shows both, as they are now."""
    kept.refresh_from_db()
    gone.refresh_from_db()
    said = {
        "_once": str(uuid4()),
        "kept_version": kept.version,
        "gone_version": gone.version,
        **more,
    }
    address = reverse("intake:merge-with", args=[kept.pk, gone.pk])
    return signed_in(cast.iryna).post(address, said)


# ---------------------------------------------------------------- finding


def test_likely_twins_are_proposed_with_their_likeness(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    named(cast, "ТОВ «Зовсім інше»", "30000003")
    page = text_of(signed_in(cast.iryna).get(reverse("intake:merge", args=[kept.pk])))
    assert reverse("intake:merge-with", args=[kept.pk, gone.pk]) in page
    assert "%" in page
    assert "Зовсім інше" not in page


def test_the_other_is_found_by_name_and_by_code(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, other = pair[0], named(cast, "ТОВ «Зовсім інше»", "30000003")
    address = reverse("intake:merge", args=[kept.pk])
    for text in ("зовсім", other.code):
        page = text_of(signed_in(cast.iryna).get(address, {"text": text}))
        assert reverse("intake:merge-with", args=[kept.pk, other.pk]) in page


def test_the_card_leads_there_for_the_head_of_department_only(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept = pair[0]
    way = reverse("intake:merge", args=[kept.pk])
    for person, leads in ((cast.iryna, True), (cast.andrii, False)):
        card = text_of(signed_in(person).get(reverse("card:client", args=[kept.pk])))
        assert (way in card) is leads


# ---------------------------------------------------------------- both, and the button


def test_both_values_are_shown_and_the_chosen_one_stays(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    address = reverse("intake:merge-with", args=[kept.pk, gone.pk])
    page = text_of(signed_in(cast.iryna).get(address))
    assert page.count("Львівська школа №45") >= 2
    assert "Лишається" in page
    answer = pressed(cast, kept, gone, take_name="gone")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        reverse("card:client", args=[kept.pk]),
    )
    kept.refresh_from_db()
    assert kept.name == gone.name


def test_the_page_is_complete_in_english(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    address = reverse("intake:merge-with", args=[pair[0].pk, pair[1].pk])
    cast.iryna.language = "en"
    cast.iryna.save()
    page = text_of(signed_in(cast.iryna).get(address))
    assert "Follows the one that stays" in page


def test_counts_open_what_will_follow(cast: Cast) -> None:
    case, kept = new_case(cast).collect(), new_client(cast)
    address = reverse("intake:merge-with", args=[kept.pk, case.client.pk])
    page = text_of(signed_in(cast.iryna).get(address))
    card = reverse("card:client", args=[case.client.pk])
    for anchor in ("contracts", "handovers", "ours"):
        assert f'<a class="fig" href="{card}#{anchor}">' in page


def test_a_change_meanwhile_is_told_and_the_button_pressed_again_joins(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    late = pressed(cast, kept, gone, gone_version=gone.version + 7)
    assert late.status_code == 412
    assert f'name="gone_version" value="{gone.version}"' in text_of(late)
    assert pressed(cast, kept, gone).status_code == 303


def test_what_cannot_be_one_says_why_instead_of_the_button(cast: Cast) -> None:
    kept = named(cast, "ТОВ «Ткач»", "30000001")
    person = named(cast, "ФОП Ткач І. Ю.", "1234567890")
    address = reverse("intake:merge-with", args=[kept.pk, person.pk])
    page = text_of(signed_in(cast.iryna).get(address))
    assert "не один клієнт" in page
    assert pressed(cast, kept, person).status_code == 409


def test_who_comes_second_is_led_to_the_survivor_and_told(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    join(cast, kept, gone)
    answer = pressed(cast, gone, kept)
    assert answer.headers["Location"] == reverse("card:client", args=[kept.pk])
    assert Merge.objects.count() == 1


# ---------------------------------------------------------------- afterwards


def test_the_search_of_every_page_finds_the_survivor_by_the_old_code(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    join(cast, kept, gone)
    page = text_of(signed_in(cast.iryna).get(reverse("desk:search"), {"q": gone.code}))
    assert reverse("card:client", args=[kept.pk]) in page
    assert reverse("card:client", args=[gone.pk]) not in page


def test_the_card_tells_what_was_joined_and_how_to_undo_it(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    merge = join(cast, kept, gone)
    address = reverse("card:client", args=[kept.pk])
    head, sales = (
        text_of(signed_in(person).get(address)) for person in (cast.iryna, cast.andrii)
    )
    undo = reverse("intake:unmerge", args=[merge.pk])
    assert gone.code in head
    assert gone.code in sales
    assert (undo in head, undo in sales) == (True, False)


def test_the_time_line_is_told_as_one(cast: Cast) -> None:
    case, kept = new_case(cast), new_client(cast)
    join(cast, kept, case.client)
    card = text_of(signed_in(cast.iryna).get(reverse("card:client", args=[kept.pk])))
    assert case.handover.number in card
    sheet = text_of(signed_in(cast.iryna).get(f"/handovers/{case.id}/"))
    assert f"Передачу {case.handover.number} відкрито" in sheet


def test_a_manager_reads_the_journal_of_both(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, gone)
    join(cast, kept, gone)
    page = text_of(signed_in(cast.taras).get(reverse("desk:journal")))
    assert page.count(reverse("card:client", args=[gone.pk])) > 0


def test_the_old_address_leads_whoever_may_to_the_survivor(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    old = reverse("card:client", args=[gone.pk])
    may = signed_in(cast.andrii).get(old)
    assert (may.status_code, may.headers["Location"]) == (
        302,
        reverse("card:client", args=[kept.pk]),
    )
    assert signed_in(cast.taras).get(old).status_code == 404
    assert signed_in(cast.taras).get("/clients/999999/").status_code == 404


def test_a_program_that_knows_the_old_number_is_told_of_the_survivor(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    join(cast, kept, gone)
    old = f"/api/v1/clients/{gone.pk}"
    told = signed_in(cast.andrii).get(old)
    assert (told.status_code, told.json()["id"]) == (200, kept.pk)
    assert signed_in(cast.taras).get(old).status_code == 404


def test_undo_asks_why_and_leads_to_the_client_that_stands_again(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    merge = join(cast, kept, gone)
    address = reverse("intake:unmerge", args=[merge.pk])
    browser = signed_in(cast.iryna)
    assert "Причина" in text_of(browser.get(address))
    assert browser.post(address, {"_once": str(uuid4())}).status_code == 422
    done = browser.post(address, {"_once": str(uuid4()), "why": "різні школи"})
    assert done.headers["Location"] == reverse("card:client", args=[gone.pk])
    assert browser.get(done.headers["Location"]).status_code == 200
    assert "вже скасовано" in text_of(browser.get(address))


# ---------------------------------------------------------------- the budget


def test_the_pages_ask_little_and_nothing_for_each_row(cast: Cast) -> None:
    case, kept = new_case(cast).collect(), new_client(cast)
    merge = join(cast, new_client(cast), new_client(cast))
    addresses = [
        reverse("intake:merge", args=[kept.pk]),
        f"{reverse('intake:merge', args=[kept.pk])}?text=Лісовий",
        reverse("intake:merge-with", args=[kept.pk, case.client.pk]),
        reverse("card:client", args=[merge.kept_id]),
    ]
    browser = signed_in(cast.iryna)
    assert asked(browser, reverse("intake:unmerge", args=[merge.pk])) <= BUDGET
    few = [asked(browser, address) for address in addresses]
    grow(cast, case, merge)
    assert [asked(browser, address) for address in addresses] == few
    assert max(few) <= BUDGET


def grow(cast: Cast, case: Case, merge: Merge) -> None:
    for _ in range(6):
        client = new_client(cast)
        clients.add_contact(
            actor=by_iryna(cast), client_id=case.client.pk, name="Ще одна особа"
        )
        join(cast, Client.objects.get(pk=merge.kept_id), client)
        new_client(cast)


def asked(browser: Browser, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


# ---------------------------------------------------------------- programs


def call(person: Person, path: str, body: dict[str, Any]) -> Any:
    return signed_in(person).post(
        f"/api/v1{path}",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )


def body_of(gone: Client, kept: Client, **more: Any) -> dict[str, Any]:
    return {
        "gone_id": gone.pk,
        "kept_version": kept.version,
        "gone_version": gone.version,
        **more,
    }


def test_a_program_joins_and_parts(cast: Cast, pair: tuple[Client, Client]) -> None:
    kept, gone = pair
    way = f"/clients/{kept.pk}/merge"
    made = call(cast.iryna, way, body_of(gone, kept, choices={"name": "gone"}))
    assert made.status_code == 201
    assert (made.json()["kept_id"], made.json()["gone_id"]) == (kept.pk, gone.pk)
    kept.refresh_from_db()
    assert kept.name == gone.name
    undo = f"/merges/{made.json()['id']}/undo"
    assert call(cast.iryna, undo, {"why": ""}).status_code == 422
    assert call(cast.iryna, undo, {"why": "різні"}).json()["undone_at"] is not None
    assert call(cast.iryna, undo, {"why": "різні"}).status_code == 409


def test_a_program_hears_what_a_page_would_say(
    cast: Cast, pair: tuple[Client, Client]
) -> None:
    kept, gone = pair
    way = f"/clients/{kept.pk}/merge"
    body = body_of(gone, kept)
    assert call(cast.andrii, way, body).status_code == 403
    assert call(cast.iryna, way, body | {"gone_version": 9}).status_code == 412
    assert call(cast.iryna, way, body | {"gone_id": 999_999}).status_code == 404
    assert call(cast.iryna, way, body | {"gone_id": kept.pk}).status_code == 409
    wrong = body | {"choices": {"code": "gone"}}
    assert call(cast.iryna, way, wrong).status_code == 422

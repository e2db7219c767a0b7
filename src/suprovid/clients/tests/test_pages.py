"""Pages of clients, as each person meets them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.clients import actions
from suprovid.clients.models import Client, Contact, Site
from suprovid.people.models import Person
from tests.cast import MONDAY, Cast, acting
from tests.organisations import (
    enter,
    good_code,
    odd_code,
    organisations,
)

CODE = good_code(3_400_001)
SignedIn = Callable[[Person], Browser]


@pytest.fixture
def signed_in() -> SignedIn:
    def sign_in(person: Person) -> Browser:
        browser = Browser()
        browser.force_login(
            person, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return browser

    return sign_in


def sent(**values: object) -> dict[str, object]:
    return {"_once": str(uuid4()), **values}


def entered(by: Person, code: str = CODE, name: str = "ПП «Явір»") -> Client:
    return actions.add_client(actor=acting(by, MONDAY), name=name, code=code)


def brought_in(cast: Cast, count: int) -> None:
    enter(acting(cast.iryna, MONDAY), organisations(count))


def test_the_list_finds_by_the_beginning_of_a_word(
    cast: Cast, signed_in: SignedIn
) -> None:
    brought_in(cast, 12)
    page = signed_in(cast.iryna).get(reverse("clients:list"), {"text": "грун"})
    assert "Ґрунт-0" in page.content.decode()
    assert "Джерело" not in page.content.decode()


def test_the_list_counts_what_it_shows_and_turns_pages(
    cast: Cast, signed_in: SignedIn
) -> None:
    brought_in(cast, 60)
    browser = signed_in(cast.iryna)
    first = browser.get(reverse("clients:list")).context["found"]
    second = browser.get(reverse("clients:list"), {"page": "2"}).context["found"]
    assert (len(first.rows), len(second.rows), first.total) == (50, 10, 60)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_asks_the_same_few_questions_however_long_it_is(
    cast: Cast,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    brought_in(cast, count)
    browser = signed_in(cast.iryna)
    browser.get(reverse("clients:list"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("clients:list"), {"text": "к"})


@pytest.mark.parametrize(
    "asked",
    ["group=9x", "manager=", "page=-3", "page=99999999999", "sort=;", "text=*"],
)
def test_a_bent_address_still_shows_a_list(
    cast: Cast, signed_in: SignedIn, asked: str
) -> None:
    page = signed_in(cast.iryna).get(f"{reverse('clients:list')}?{asked}")
    assert page.status_code == 200


def test_an_odd_code_is_asked_about_and_taken_when_confirmed(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.andrii)
    values = {"name": "ПП «Явір»", "code": odd_code(3_400_001)}
    asked = browser.post(reverse("clients:new"), sent(**values))
    assert (asked.status_code, Client.objects.count()) == (422, 0)
    assert 'name="confirm_code"' in asked.content.decode()
    done = browser.post(reverse("clients:new"), sent(**values, confirm_code="on"))
    assert done.status_code == 303
    assert Client.objects.get().code_confirmed


def test_a_known_code_is_told_at_its_field(cast: Cast, signed_in: SignedIn) -> None:
    entered(cast.sofiia, name="КП «Таємниця»")
    answer = signed_in(cast.andrii).post(
        reverse("clients:new"), sent(name="Ще", code=CODE)
    )
    assert answer.status_code == 422
    assert cast.viktor.short_name in str(answer.context["form"].errors["code"])
    assert "Таємниця" not in answer.content.decode()


@pytest.mark.parametrize("who", ["olena", "taras", "pavlo", "maryna", "yaroslav"])
@pytest.mark.parametrize("page", ["new", "lookup"])
def test_who_may_not_is_told_who_can(
    cast: Cast, signed_in: SignedIn, who: str, page: str
) -> None:
    answer = signed_in(cast.everybody()[who]).get(reverse(f"clients:{page}"))
    assert answer.status_code == 403
    assert "why-not" in answer.content.decode()


def test_nothing_is_lost_when_two_change_the_same(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = entered(cast.andrii)
    address = reverse("clients:edit", args=[client.pk])
    mine = {"name": client.name, "code": CODE, "city": "Полтава", "version": "1"}
    theirs = {**mine, "city": "Черкаси"}
    browser = signed_in(cast.andrii)
    browser.post(address, sent(**theirs))
    conflict = browser.post(address, sent(**mine))
    assert conflict.status_code == 412
    said = conflict.content.decode()
    assert "Полтава" in said
    assert "Черкаси" in said
    kept = browser.post(address, sent(**{**mine, "version": "2"}))
    assert kept.status_code == 303
    assert Client.objects.get().city == "Полтава"


def test_a_contact_that_two_correct_shows_both_versions(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = entered(cast.andrii)
    row = actions.add_contact(
        actor=acting(cast.andrii, MONDAY), client_id=client.pk, name="Салій Ніна"
    )
    address = reverse("clients:contact", args=[client.pk, row.pk])
    mine = {"name": "Салій Ніна", "position": "бухгалтер", "version": "1"}
    browser = signed_in(cast.andrii)
    assert browser.post(address, sent(**mine)).status_code == 303
    late = browser.post(address, sent(**{**mine, "position": "директорка"}))
    assert late.status_code == 412
    said = late.content.decode()
    assert "директорка" in said
    assert "бухгалтер" in said
    again = {**mine, "position": "директорка", "version": "2"}
    assert browser.post(address, sent(**again)).status_code == 303


@pytest.mark.parametrize("page", ["edit", "assign", "sales", "contacts"])
def test_a_client_of_others_is_not_found(
    cast: Cast, signed_in: SignedIn, page: str
) -> None:
    client = entered(cast.sofiia)
    address = reverse(f"clients:{page}", args=[client.pk])
    assert signed_in(cast.andrii).get(address).status_code == 404
    assert signed_in(cast.andrii).post(address, sent()).status_code in {404, 422}


def test_a_lookup_tells_the_name_and_whether_it_is_served(
    cast: Cast, signed_in: SignedIn
) -> None:
    entered(cast.sofiia)
    address = reverse("clients:lookup")
    page = signed_in(cast.andrii).get(address, {"code": CODE}).content.decode()
    assert "Явір" in page
    assert "не обслуговується" in page
    assert cast.sofiia.family_name not in page


def test_people_and_sites_are_added_and_corrected(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = entered(cast.andrii)
    browser = signed_in(cast.andrii)
    people = reverse("clients:contacts", args=[client.pk])
    browser.post(people, sent(**{"contact-name": "Теслюк О.", "contact-decides": "on"}))
    person = Contact.objects.get()
    one = reverse("clients:contact", args=[client.pk, person.pk])
    browser.post(one, sent(name="Теслюк Остап", responsible="on", version="1"))
    sites = reverse("clients:add-site", args=[client.pk])
    browser.post(sites, sent(**{"site-name": "Порт", "site-address": "Київ"}))
    page = browser.get(people).content.decode()
    assert "Теслюк Остап" in page
    assert Site.objects.get().name in page


def test_a_person_of_another_client_is_not_found_under_this_one(
    cast: Cast, signed_in: SignedIn
) -> None:
    mine, other = entered(cast.andrii), entered(cast.sofiia, good_code(3_400_002))
    person = actions.add_contact(
        actor=acting(cast.sofiia, MONDAY), client_id=other.pk, name="Теслюк Остап"
    )
    address = reverse("clients:contact", args=[mine.pk, person.pk])
    browser = signed_in(cast.andrii)
    assert browser.get(address).status_code == 404
    assert browser.post(address, sent(name="Інший")).status_code == 404


# ---------------------------------------------------------------- lists


def test_who_may_not_is_told_so_whatever_was_typed(
    cast: Cast, signed_in: SignedIn
) -> None:
    client = entered(cast.andrii)
    actions.name_sales(
        actor=acting(cast.viktor, MONDAY), client_id=client.pk, sales_id=cast.sofiia.pk
    )
    page = reverse("clients:edit", args=[client.pk])

    said = {
        name: signed_in(getattr(cast, name)).post(page, sent()).status_code
        for name in ("sofiia", "viktor", "maryna", "andrii")
    }

    assert said == {"sofiia": 422, "viktor": 403, "maryna": 403, "andrii": 404}

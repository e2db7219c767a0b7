"""Ctrl-K finds by the beginning of words what one may see, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from suprovid.clients import actions as clients
from suprovid.desk.queries import search
from suprovid.people.models import Person
from suprovid.people.queries import viewer
from tests.cast import MONDAY, Cast, acting
from tests.owing import client_of
from tests.path import Case, new_case

SEARCH = reverse("desk:search")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A handover on its way into the group «Поділ», its contract № Д-15/26."""
    return new_case(cast, number="Д-15/26").collect()


def found(person: Person, text: str) -> dict[str, list[str]]:
    """The addresses found, by the first step of their path."""
    hits = search(viewer(acting(person, MONDAY)), text, MONDAY)
    rows: dict[str, list[str]] = {}
    for row in (row for part in hits for row in part.rows):
        rows.setdefault(row.url.split("/")[1], []).append(row.label)
    return rows


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


# ---------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    "typed",
    [
        "грунт",
        "Ґрунт",
        "ГРУНТ",
        "ґру",
        "обєднання",
        "об'єднання грунт",
        "Об’єднання",
        "іжак",
        "Iжак",
    ],
)
def test_a_client_is_found_however_its_name_is_spelled(cast: Cast, typed: str) -> None:
    client = client_of(cast, name="Об’єднання «Ґрунт і Їжак»")
    assert found(cast.taras, typed)["clients"] == [client.name]


@pytest.mark.parametrize("typed", ["ґудзь", "гудзь", "Гуд", "богдан гудзь", "ГУДЗЬ Б"])
def test_a_colleague_is_found_however_the_name_is_spelled(
    cast: Cast, typed: str
) -> None:
    assert found(cast.taras, typed) == {"people": ["Богдан Ґудзь"]}


@pytest.mark.parametrize("typed", ["іжакевич", "Їжакевич Юрій", "iжак"])
def test_ukrainian_letters_that_people_mix_up_are_one(cast: Cast, typed: str) -> None:
    assert found(cast.taras, typed) == {"people": ["Юрій Їжакевич"]}


@pytest.mark.parametrize(
    "typed", ["Д-15", "д-15/26", "№ Д-15", "д - 15", "ДУ-15", "15"]
)
def test_a_contract_is_found_by_the_beginning_of_its_number(
    case: Case, typed: str
) -> None:
    hits = found(case.cast.andrii, typed).get("contracts", [])
    assert hits == ([] if typed in {"ДУ-15", "15"} else ["№ Д-15/26"])


@pytest.mark.parametrize("typed", ["П-2026", "п-2026/1", "2026/1"])
def test_a_handover_is_found_by_its_number(case: Case, typed: str) -> None:
    assert found(case.cast.andrii, typed)["handovers"] == ["П-2026/1"]


@pytest.mark.parametrize(
    "typed", ["", " ", "л", "\0", "«»", "%%", "__", "'; drop", "\u202e\u202e\u202e"]
)
def test_too_little_and_too_odd_finds_nothing(case: Case, typed: str) -> None:
    assert found(case.cast.iryna, typed) == {}


def test_a_long_text_is_cut_and_asked(case: Case) -> None:
    assert found(case.cast.iryna, "лісовий " + "я" * 5000) == {}
    hits = found(case.cast.iryna, "лісовий" + " " * 5000)
    assert hits == {"clients": [str(case.client)]}


# ---------------------------------------------------------------- sight


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("iryna", {"clients", "handovers", "contracts"}),
        ("andrii", {"clients", "handovers", "contracts"}),
        ("viktor", {"clients", "handovers", "contracts"}),
        ("olena", {"clients", "handovers", "contracts"}),
        ("taras", {"clients", "handovers", "contracts"}),
        ("maryna", {"clients", "handovers", "contracts"}),
        ("halyna", {"clients", "handovers", "contracts"}),
        ("sofiia", set()),
        ("serhii", set()),
        ("oksana", set()),
        ("pavlo", set()),
        ("yaroslav", set()),
    ],
)
def test_each_finds_only_what_the_own_work_opens(
    case: Case, who: str, sees: set[str]
) -> None:
    person = case.cast.everybody()[who]
    hits: set[str] = set()
    for text in (str(case.client), case.client.code, "П-2026", "Д-15"):
        hits |= set(found(person, text))
    assert hits == sees


def test_an_engineer_finds_the_handover_assigned_to_him(case: Case) -> None:
    case.contact()
    case.name_installer()
    assert found(case.cast.pavlo, "П-2026") == {"handovers": ["П-2026/1"]}
    assert found(case.cast.yurii, "П-2026") == {}


def test_what_was_found_opens(case: Case) -> None:
    for text in ("лісовий", "П-2026", "Д-15", "бондар"):
        for part in search(viewer(acting(case.cast.olena, MONDAY)), text, MONDAY):
            for row in part.rows:
                assert browser(case.cast.olena).get(row.url).status_code == 200


def test_a_few_of_each_are_shown(cast: Cast) -> None:
    for _ in range(9):
        client_of(cast)
    assert len(found(cast.iryna, "лісовий")["clients"]) == 6


# ---------------------------------------------------------------- the page


def asked(person: Person, text: str, **headers: str) -> Any:
    return browser(person).get(SEARCH, {"q": text}, headers=headers)


def test_the_page_shows_rows_alone_to_a_fragment_and_whole_to_a_browser(
    case: Case,
) -> None:
    inside = asked(case.cast.andrii, "Лісовий", **{"HX-Request": "true"})
    whole = asked(case.cast.andrii, "Лісовий")
    for answer in (inside, whole):
        assert answer.status_code == 200
        assert str(case.client).split("«")[1] in answer.content.decode()
    assert "<html" not in inside.content.decode()
    assert "<html" in whole.content.decode()


def test_a_harmful_name_stays_a_text(cast: Cast) -> None:
    harm = "Лісовий <script>alert(1)</script>"
    clients.add_client(
        actor=acting(cast.andrii, MONDAY),
        name=harm,
        code="32855960",
        confirm_code=True,
    )
    page = asked(cast.andrii, "Лісовий").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nobody_who_is_not_signed_in_finds_anything(case: Case) -> None:
    assert Browser().get(SEARCH, {"q": "Лісовий"}).status_code == 302

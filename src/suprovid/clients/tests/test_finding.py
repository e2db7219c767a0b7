"""Many clients or few: the same are found, by indexes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from suprovid.clients import actions
from suprovid.clients.models import SearchWord
from suprovid.clients.queries import found, sight
from suprovid.people import queries as people
from suprovid.web.begins import begins
from tests.cast import MONDAY, Cast, acting
from tests.organisations import good_code

NAMES = (
    "АТ «Товарна біржа»",
    "ПП «Явір»",
    "ПП «Явір плюс»",
    "ТОВ «Явір»",
    "ТОВ «Липа»",
    "ФГ «Товстий клен»",
)


@pytest.fixture
def clients(cast: Cast) -> None:
    for number, name in enumerate(NAMES):
        code = good_code(3_300_001 + number)
        actions.add_client(actor=acting(cast.iryna, MONDAY), name=name, code=code)


def named(cast: Cast, text: str, limit: int = 20) -> list[str]:
    viewer = people.viewer(acting(cast.iryna, MONDAY))
    return [row.name for row in found(viewer, text, limit)]


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("few", [0, 2, 500])
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("тов", [*NAMES[3:5][::-1], NAMES[0], NAMES[5]]),
        ("явір", [NAMES[1], NAMES[2], NAMES[3]]),
        ("явір тов", [NAMES[3]]),
        ("плюс пп", [NAMES[2]]),
        ("дуб", []),
        ("дуб тов", []),
    ],
)
def test_words_of_many_and_of_few_find_the_same(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    text: str,
    names: list[str],
) -> None:
    monkeypatch.setattr(sight, "FEW", few)
    told = named(cast, text)
    assert sorted(told) == sorted(names)
    assert told == names or few < len(names)


@pytest.mark.usefixtures("clients")
def test_those_whose_name_begins_so_come_first(cast: Cast) -> None:
    assert named(cast, "тов", 3) == [NAMES[4], NAMES[3], NAMES[0]]
    assert named(cast, "тов", 1) == [NAMES[4]]


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    ("text", "asked"), [("«»", 0), ("дуб", 1), ("дуб тов", 1), ("липа", 2), ("тов", 2)]
)
def test_whom_few_words_name_are_asked_for_once(
    cast: Cast,
    django_assert_num_queries: DjangoAssertNumQueries,
    text: str,
    asked: int,
) -> None:
    viewer = people.viewer(acting(cast.iryna, MONDAY))
    with django_assert_num_queries(asked):
        found(viewer, text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "то", "тов", "товa", "явір", "100%", "_", "я"])
def test_a_beginning_is_the_same_on_both_databases(cast: Cast, text: str) -> None:
    owner = actions.add_client(
        actor=acting(cast.iryna, MONDAY), name="Явір", code=good_code(3_300_001)
    )
    words = ["ТОВ", "тов", "товар", "явір", "я", "100%", "100", "_", "я\U0010fffe"]
    SearchWord.objects.all().delete()
    SearchWord.objects.bulk_create(SearchWord(word=w, client=owner) for w in words)
    rows = SearchWord.objects.filter(begins("word", text))
    assert set(rows.values_list("word", flat=True)) == {
        word for word in words if word.startswith(text)
    }


def plan(rows: QuerySet[SearchWord]) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.mark.django_db
def test_a_beginning_is_found_by_an_index() -> None:
    told = plan(SearchWord.objects.filter(begins("word", "тов")))
    assert "word>? AND word<?" in told or "~>=~" in told


@pytest.mark.django_db
def test_one_client_is_asked_for_a_word_by_an_index() -> None:
    told = plan(SearchWord.objects.filter(begins("word", "тов"), client=1))
    assert "words_of_a_client" in told or "word_" in told

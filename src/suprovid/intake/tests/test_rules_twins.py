"""Which rows are one client twice, and how alike two names are."""

from __future__ import annotations

import time

import pytest

from suprovid.intake.rules.likeness import likeness, skeleton
from suprovid.intake.rules.twins import Known, twins
from suprovid.intake.tests.sheets import clean_row, read
from tests.organisations import good_code

COLLEGE = "Вищий навчальний заклад Київський міський медичний коледж"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (COLLEGE, "ВИЩИЙ НАВЧАЛЬНИЙ ЗАКЛАД КИЇВСЬК. МІСЬКИЙ МЕДИЧНИЙ КОЛ."),
        ("Ін-т педагогіки НАН", "Інститут педагогіки НАН"),
        ("Товариство з обмеженою відповідальністю «Явір»", "ТОВ Явір"),
        ("ТОВ «Явір»", "«Явір» ТОВ"),
        ("Університет ім. Т.Шевченка", "Університет імені Т. Шевченка"),
        ("КП «Об’єднання»", "КП Об'єднання"),
    ],
)
def test_one_name_in_two_spellings_is_the_same(a: str, b: str) -> None:
    assert likeness(a, b) == 100
    assert skeleton(a) == skeleton(b)


def test_other_names_are_less_alike() -> None:
    assert likeness(COLLEGE, "Вищий навчальний заклад Київський медичний коледж") < 100
    assert likeness("ТОВ «Явір»", "КП «Криниця»") < 60
    assert likeness("", "") == 100


def problems(*rows: dict[str, str]) -> list[tuple[int, str, dict[str, str]]]:
    parsed = read(*(clean_row(n, **row) for n, row in enumerate(rows, start=1)))
    return [(p.row, p.field.value, dict(p.reason.params)) for p in parsed.problems]


def test_the_same_code_again_names_the_earlier_row_and_the_likeness() -> None:
    code = good_code(3_200_001)
    found = problems(
        {"code": code, "name": COLLEGE}, {}, {"code": code, "name": COLLEGE.upper()}
    )
    assert found == [(4, "code", {"row": "2", "percent": "100"})]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "its contract will be added"),
        ({"contract": "", "signed_on": "", "kit": "", "price": ""}, "taken once"),
        ({"name": "КП «Зовсім не те»"}, "another name"),
    ],
)
def test_the_same_code_again_says_what_will_happen(
    changes: dict[str, str], said: str
) -> None:
    code = good_code(3_200_001)
    parsed = read(
        clean_row(1, code=code, name=COLLEGE),
        clean_row(2, **({"code": code, "name": COLLEGE} | changes)),
    )
    assert said in str(parsed.problems[0].reason)
    assert len(parsed.rows) == 2


def test_one_name_under_two_codes_is_asked_about() -> None:
    assert problems({"name": COLLEGE}, {"name": COLLEGE.upper()}) == [
        (3, "name", {"row": "2", "percent": "100"})
    ]


def test_a_misspelt_name_at_one_address_is_asked_about() -> None:
    there = {"address": "вул. Братиславська, 5"}
    misspelt = COLLEGE.replace("медичний", "медчний")
    assert [
        row
        for row, *_ in problems({"name": COLLEGE} | there, {"name": misspelt} | there)
    ] == [3]
    assert problems({"name": COLLEGE}, {"name": misspelt}) == []


def test_a_misspelt_name_under_a_nearly_equal_code_is_asked_about() -> None:
    misspelt = COLLEGE.replace("Київський", "Киівськй").replace("міський", "міск")
    near = [
        {"code": "32855961", "name": COLLEGE},
        {"code": "32855951", "name": misspelt},
    ]
    found = problems(*near)
    assert (3, "name") in [(row, field) for row, field, _ in found]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"name": "Школа №1", "city": "Київ"}, {"name": "Школа №1", "city": "Вінниця"}),
        ({"name": "Міська лікарня №2"}, {"name": "Міська лікарня №3"}),
        ({"name": "Інститут геології НАН"}, {"name": "Інститут зоології НАН"}),
        ({"name": "ТОВ «Явір»"}, {"name": "ПП «Явір»"}),
    ],
)
def test_other_clients_at_one_address_are_not_asked_about(
    a: dict[str, str], b: dict[str, str]
) -> None:
    there = {"address": "вул. Соборна, 5"}
    assert problems(a | there, b | there) == []


def test_many_clients_of_one_address_take_no_longer_each() -> None:
    def seconds(count: int) -> float:
        clients = [
            Known(n, good_code(n), f"Установа номер {n}", "Київ", "вул. Соборна, 5")
            for n in range(count)
        ]
        begin = time.process_time()
        assert list(twins(clients)) == []
        return time.process_time() - begin

    # Four times as many; were each compared with each, it would be sixteen times.
    few, many = (min(seconds(count) for _ in range(3)) for count in (1000, 4000))
    assert many < 10 * max(few, 0.01)

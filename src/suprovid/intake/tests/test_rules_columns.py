"""Which column means what: by its heading, wherever it stands, and by its values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from suprovid.intake.rules.columns import (
    Matching,
    apply_saved,
    find,
    rematch,
    saved,
)
from suprovid.intake.rules.fields import Cell, Field, NotAList, Row
from suprovid.intake.tests.sheets import (
    HEADINGS,
    clean_row,
    numbered,
    of_another_person,
)
from tests.organisations import good_code

CODES = [good_code(3_200_000 + number) for number in range(6)]
NAMES = [f"Комунальне підприємство «Явір-{number}»" for number in range(6)]


def said(matching: Matching) -> dict[str, str]:
    """Fields by the headings they were found under."""
    return {f.value: matching.headings[p] for f, p in matching.columns.items()}


def with_headings(*headings: str) -> list[Row]:
    """A sheet whose first column is names and second codes."""
    rest = len(headings) - 2
    return numbered(
        [headings, *([n, c, *["x"] * rest] for n, c in zip(NAMES, CODES, strict=True))]
    )


def test_the_usual_headings_are_known_and_an_ordinal_is_nothing() -> None:
    matching = find(numbered([HEADINGS, clean_row(1), clean_row(2)]))
    assert matching.heading_rows == (1,)
    assert set(matching.columns) == set(Field) - {Field.SHORT_NAME, Field.SOURCE}
    assert matching.columns[Field.CONTRACT] == 1
    assert 0 not in matching.columns.values()


@pytest.mark.parametrize(
    "headings",
    [
        ("Клієнт", "ЄДРПОУ"),
        ("Повна назва", "Код за ЄДРПОУ"),
        ("НАЙМЕНУВАННЯ", "Код"),
        ("Organization name", "Registration code"),
        ("Client name", "Client code"),
        ("Замовник", "Ідентифікаційний код юридичної особи"),
        ("?", "??"),
        ("Хто", "Що"),
    ],
)
def test_names_and_codes_are_found_under_many_headings(headings: tuple[str]) -> None:
    matching = find(with_headings(*headings))
    assert matching.columns == {Field.NAME: 0, Field.CODE: 1}


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Договір №", ["1/25"], Field.CONTRACT),
        ("№ дог.", ["1/25"], Field.CONTRACT),
        ("Номер договору", ["Д-1"], Field.CONTRACT),
        ("Contract No.", ["1/25"], Field.CONTRACT),
        ("дата договору", ["01.02.2025"], Field.SIGNED_ON),
        ("Дата укладення", [45691], Field.SIGNED_ON),
        ("Date signed", [date(2025, 2, 3)], Field.SIGNED_ON),
        ("Ціна на місяць, грн", [1480], Field.PRICE),
        ("абонплата", ["1 250,00"], Field.PRICE),
        ("Сума, грн/міс", [10], Field.PRICE),
        ("Monthly fee, UAH", [10], Field.PRICE),
        ("К-сть місць", [3], Field.SEATS),
        ("Періодичність оновлення", ["щотижня"], Field.PERIODICITY),
        ("Комплект", ["Офіс"], Field.KIT),
        ("Діє до", ["31.12.2026"], Field.VALID_TO),
        ("Термін дії договору", ["31.12.2026"], Field.VALID_TO),
        ("Нас. пункт", ["Київ"], Field.CITY),
        ("Пошт. індекс", ["01001"], Field.POSTCODE),
        ("Юридична адреса", ["вул. Мира, 1"], Field.ADDRESS),
        ("Скорочена назва", ["Явір"], Field.SHORT_NAME),
        ("Організаційно-правова форма", ["ТОВ"], Field.LEGAL_FORM),
        ("Примітка", ["x"], Field.NOTE),
    ],
)
def test_a_heading_says_its_field(
    heading: str, values: list[Cell], field: Field
) -> None:
    body = [[n, c, *values] for n, c in zip(NAMES, CODES, strict=True)]
    matching = find(numbered([["Назва", "ЄДРПОУ", heading], *body]))
    assert matching.columns == {Field.NAME: 0, Field.CODE: 1, field: 2}


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("№ з/п", "7"),
        ("№ п/п", "12345678"),
        ("№", "7"),
        ("Телефон", "0441112233"),
        ("E-mail", "a@b.ua"),
        ("Електронна адреса", "a@b.ua"),
        ("Менеджер", "Іваненко Іван Іванович"),
        ("Контактна особа", "Іваненко Іван Іванович"),
        ("Дата народження директора", "01.02.1985"),
        ("edrpou_ok", "1"),
        ("МФО", "300001"),
        ("Дата оплати", "01.02.2025"),
        ("Сума словами", "тисяча"),
        ("Назва комплекту оновлень", "Офіс"),
    ],
)
def test_a_column_of_something_else_is_nothing(heading: str, value: str) -> None:
    body = [[n, c, value] for n, c in zip(NAMES, CODES, strict=True)]
    matching = find(numbered([["Назва", "ЄДРПОУ", heading], *body]))
    assert {Field.NAME: 0, Field.CODE: 1}.items() <= matching.columns.items()
    assert matching.columns.get(Field.KIT, 2) == 2
    assert set(matching.columns) <= {Field.NAME, Field.CODE, Field.KIT}


def test_the_surest_column_wins() -> None:
    body = [["1", n, "Іваненко", "1", c] for n, c in zip(NAMES, CODES, strict=True)]
    headings = ["Код", "Назва організації", "Назва", "edrpou_ok", "Код ЄДРПОУ"]
    matching = find(numbered([headings, *body]))
    assert matching.columns == {Field.NAME: 1, Field.CODE: 4}


@pytest.mark.parametrize("row", [1, 7, 20])
def test_a_heading_stands_anywhere_in_the_first_twenty_rows(row: int) -> None:
    titles = [[f"Список клієнтів, аркуш {n}", "", ""] for n in range(1, row)]
    body = [[n, c, "Київ"] for n, c in zip(NAMES, CODES, strict=True)]
    matching = find(numbered([*titles, ["Клієнт", "ЄДРПОУ", "Місто"], *body]))
    assert matching.heading_rows == (row,)


def test_groups_stand_over_their_headings() -> None:
    matching = find(of_another_person())
    assert matching.heading_rows == (7, 8)
    assert said(matching) == {
        "name": "Client / Company name",
        "code": "Client / Tax ID",
        "city": "Client / City/town",
        "address": "Client / Street",
        "contract": "Contract / No.",
        "signed_on": "Contract / Signed",
        "price": "Contract / Monthly fee",
        "kit": "Contract / Kit",
        "periodicity": "Contract / How often",
        "note": "Remarks",
    }


def test_merged_cells_spread_their_heading() -> None:
    body: list[list[Cell]] = [
        [code, name, "1/25", "01.02.2025", "", "05.02.2025", 10]
        for name, code in zip(NAMES, CODES, strict=True)
    ]
    rows = numbered([
        ["Код ЄДРПОУ", "Назва", "Договір", None, None, "Оплата", None],
        [None, None, "№", "дата", "діє до", "дата", "сума"],
        *body,
    ])  # fmt: skip
    merges = [((0, 2), (0, 4)), ((0, 5), (0, 6)), ((0, 0), (1, 0)), ((0, 1), (1, 1))]
    matching = find(rows, merges=merges)
    assert matching.heading_rows == (1, 2)
    assert said(matching) == {
        "code": "Код ЄДРПОУ",
        "name": "Назва",
        "contract": "Договір / №",
        "signed_on": "Договір / дата",
        "valid_to": "Договір / діє до",
        "price": "Оплата / сума",
    }


def test_without_a_heading_columns_are_known_by_their_values() -> None:
    body: list[list[Cell]] = [
        [number, f"{number}/25", name, code, "вул. Мира, 1", "щотижня"]
        for number, (name, code) in enumerate(zip(NAMES, CODES, strict=True), start=1)
    ]
    matching = find(numbered(body))
    assert matching.heading_rows == ()
    assert matching.columns == {
        Field.CONTRACT: 1,
        Field.NAME: 2,
        Field.CODE: 3,
        Field.ADDRESS: 4,
        Field.PERIODICITY: 5,
    }


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], "empty"),
        ([["", None, "  "]], "empty"),
        ([["one", "two"], ["1", "2"]], "codes"),
        ([["ЄДРПОУ"], [CODES[0]]], "names"),
        ([["Назва", "Місто"], [NAMES[0], "Київ"]], "codes"),
    ],
)
def test_what_is_no_list_is_refused_with_what_is_missing(
    rows: list[list[Cell]], missing: str
) -> None:
    with pytest.raises(NotAList, match=missing):
        find(numbered(rows))


# --------------------------------------------------------------------- chosen by hand


def test_a_column_chosen_by_hand_leaves_its_former_field() -> None:
    matching = find(with_headings("Назва", "ЄДРПОУ", "Місто", "Щось"))
    again = rematch(matching, {Field.CITY: 3, Field.REGION: 2})
    assert again.columns == {
        Field.NAME: 0,
        Field.CODE: 1,
        Field.CITY: 3,
        Field.REGION: 2,
    }
    assert Field.CITY not in rematch(matching, {Field.CITY: None}).columns
    assert rematch(matching, {Field.NOTE: 2}).columns == {
        Field.NAME: 0,
        Field.CODE: 1,
        Field.NOTE: 2,
    }


def test_two_fields_may_change_places() -> None:
    matching = find(with_headings("Назва", "ЄДРПОУ", "Місто", "Область"))
    again = rematch(matching, {Field.CITY: 3, Field.REGION: 2})
    assert (again.columns[Field.CITY], again.columns[Field.REGION]) == (3, 2)


def test_two_fields_do_not_share_a_column() -> None:
    matching = find(with_headings("Назва", "ЄДРПОУ", "Місто"))
    with pytest.raises(NotAList):
        rematch(matching, {Field.CITY: 2, Field.REGION: 2})


def test_codes_and_names_cannot_be_left_out() -> None:
    matching = find(with_headings("Назва", "ЄДРПОУ"))
    with pytest.raises(NotAList):
        rematch(matching, {Field.CODE: None})
    with pytest.raises(NotAList):
        rematch(matching, {Field.CITY: 9})


def test_a_saved_matching_works_when_columns_have_moved() -> None:
    rows = numbered([HEADINGS, clean_row(1), clean_row(2)])
    matching = rematch(find(rows), {Field.NOTE: None, Field.SOURCE: 15})
    kept = json.loads(json.dumps(saved(matching)))
    moved = [row[::-1] for row in ([*HEADINGS], clean_row(3))]
    title: list[Cell] = ["листопад"]
    again = apply_saved(numbered([title, *moved]), kept)
    assert again.heading_rows == (2,)
    assert said(again) == said(matching)


def test_what_a_saved_matching_left_out_stays_out_and_what_is_new_is_found() -> None:
    kept = saved(
        rematch(find(with_headings("Назва", "ЄДРПОУ", "Місто")), {Field.CITY: None})
    )
    rows = with_headings("Назва", "ЄДРПОУ", "Місто", "Область")
    assert apply_saved(rows, kept).columns == {
        Field.NAME: 0,
        Field.CODE: 1,
        Field.REGION: 3,
    }


def test_a_saved_matching_of_another_sheet_is_found_anew() -> None:
    kept = saved(find(with_headings("Хто", "Що")))
    matching = apply_saved(numbered([HEADINGS, clean_row(1)]), kept)
    assert matching == find(numbered([HEADINGS, clean_row(1)]))


def test_two_columns_of_one_heading_are_told_apart() -> None:
    matching = rematch(
        find(with_headings("Назва", "ЄДРПОУ", "Місто", "Місто", "")), {Field.CITY: 3}
    )
    kept = saved(matching)
    assert kept == {
        "Назва": "name",
        "ЄДРПОУ": "code",
        "Місто": "",
        "Місто (2)": "city",
        "#5": "",
    }
    assert apply_saved(
        with_headings("Назва", "ЄДРПОУ", "Місто", "Місто", ""), kept
    ).columns == dict(matching.columns)


@pytest.mark.parametrize(
    ("values", "field"), [([1480, "980 грн"], Field.PRICE), (["Базовий"], Field.KIT)]
)
def test_one_word_means_what_its_values_show(values: list[Cell], field: Field) -> None:
    body: list[list[Cell]] = [
        [n, c, values[0]] for n, c in zip(NAMES, CODES, strict=True)
    ]
    matching = find(numbered([["Назва", "ЄДРПОУ", "Тариф"], *body]))
    assert matching.columns[field] == 2


@pytest.mark.parametrize("heading", ["Сума договору", "Вартість на рік", "Борг, сума"])
def test_another_sum_is_not_the_price_of_a_month(heading: str) -> None:
    body: list[list[Cell]] = [
        [name, code, 1480] for name, code in zip(NAMES, CODES, strict=True)
    ]
    matching = find(numbered([["Назва", "ЄДРПОУ", heading], *body]))
    assert Field.PRICE not in matching.columns

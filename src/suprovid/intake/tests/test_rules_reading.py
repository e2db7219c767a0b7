"""A sheet read into rows: what is good, what is mended, what a person decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suprovid.clients.rules import CodeKind
from suprovid.contracts.rules import Periodicity
from suprovid.intake.rules.columns import find
from suprovid.intake.rules.fields import Cell, Field, Kind, ParsedSheet, SheetRow
from suprovid.intake.rules.reading import read_rows
from suprovid.intake.tests.sheets import (
    HEADINGS,
    TODAY,
    clean_row,
    numbered,
    of_another_person,
    person_code,
    read,
    slipped,
)
from tests.organisations import good_code, odd_code


def asked(parsed: ParsedSheet) -> list[tuple[int, str, str]]:
    return [(p.row, p.field.value, p.kind.value) for p in parsed.problems]


def told(parsed: ParsedSheet) -> set[tuple[int, str, str, str]]:
    return {(m.row, m.field.value, m.was, m.now) for m in parsed.mends}


def test_a_clean_sheet_is_taken_and_nothing_is_told() -> None:
    parsed = read(*(clean_row(number) for number in range(1, 6)))
    assert (parsed.count, parsed.mends, parsed.problems, parsed.left_out) == (
        5,
        (),
        (),
        (),
    )
    assert parsed.rows[0] == SheetRow(
        row=2,
        code=good_code(3_200_037),
        code_kind=CodeKind.EDRPOU,
        odd=False,
        name="Комунальне підприємство «Криниця-1»",
        legal_form="КП",
        region="Полтавська область",
        city="Полтава",
        postcode="36000",
        address="вул. Соборна, 1",
        contract="1/25",
        signed_on=date(2025, 3, 2),
        kit="Стандарт",
        periodicity=Periodicity.WEEKLY,
        price=Decimal("1480.00"),
        seats=3,
    )


def test_each_mend_of_a_field_tells_what_stood_there_and_what_is_taken() -> None:
    was = f"  {slipped('Комунальне підприємство')} „Явір“"
    parsed = read(clean_row(1, name=was))
    assert {(m.was, m.now) for m in parsed.mends} == {
        (was, "Комунальне підприємство «Явір»")
    }
    assert [str(m.why).split()[0] for m in parsed.mends] == ["Needless", "Latin", "The"]


def test_a_dirty_row_is_mended_whole() -> None:
    code = good_code(213_211)
    parsed = read(
        clean_row(
            1,
            code=float(code),
            contract="№ 1/25 ",
            signed_on="3.2.25р",
            price="1 480,00 грн",
            kit="СТАНДАРТ ",
            city="м.Полтава",
            region="Полтавська обл.",
            postcode=1001.0,
            legal_form="Комунальне підприємство",
            address="ул. Соборна, 1",
        )
    )
    assert parsed.problems == ()
    assert {(field, now) for _, field, _, now in told(parsed)} == {
        ("code", code),
        ("contract", "1/25"),
        ("signed_on", "2025-02-03"),
        ("price", "1480.00"),
        ("kit", "Стандарт"),
        ("city", "Полтава"),
        ("region", "Полтавська область"),
        ("postcode", "01001"),
        ("legal_form", "КП"),
        ("address", "вул. Соборна, 1"),
    }


# -------------------------------------------------------------------------- questions


@pytest.mark.parametrize(
    ("changes", "field", "kind"),
    [
        ({"name": " "}, "name", "error"),
        ({"code": None}, "code", "error"),
        ({"code": odd_code(3_200_099)}, "code", "warning"),
        ({"signed_on": None}, "signed_on", "error"),
        ({"signed_on": "-"}, "signed_on", "error"),
        ({"signed_on": "31.02.2026"}, "signed_on", "error"),
        ({"signed_on": date(1985, 1, 1)}, "signed_on", "warning"),
        ({"contract": date(2025, 5, 1)}, "contract", "error"),
        ({"contract": ""}, "contract", "error"),
        ({"price": "1,250"}, "price", "error"),
        ({"price": "#REF!"}, "price", "error"),
        ({"periodicity": "часто"}, "periodicity", "error"),
        ({"seats": "до 5"}, "seats", "error"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to", "error"),
        ({"postcode": "12"}, "postcode", "warning"),
        ({"name": "я" * 401}, "name", "error"),
        ({"city": "#N/A"}, "city", "error"),
        ({"contract": "1" * 41}, "contract", "error"),
    ],
)
def test_what_a_person_decides_is_asked(
    changes: dict[str, Cell], field: str, kind: str
) -> None:
    parsed = read(clean_row(1, **changes))
    assert asked(parsed) == [(2, field, kind)]
    assert (len(parsed.rows), parsed.count) == (int(kind == "warning"), 1)


def test_a_row_with_a_wrong_check_digit_is_odd() -> None:
    assert read(clean_row(1, code=odd_code(3_200_099))).rows[0].odd


def test_an_answer_stands_in_place_of_the_cell_and_is_no_mend() -> None:
    rows = numbered([HEADINGS, clean_row(1, signed_on="липня 2025", name="")])
    answers = {(2, "signed_on"): "01.07.2025", (2, "name"): " КП  Явір "}
    parsed = read_rows(rows, find(rows), answers=answers, on=TODAY)
    assert (parsed.problems, parsed.mends) == ((), ())
    assert (parsed.rows[0].name, parsed.rows[0].signed_on) == (
        "КП Явір",
        date(2025, 7, 1),
    )


def test_an_answer_may_fill_a_field_that_has_no_column() -> None:
    rows = numbered([["Назва", "ЄДРПОУ"], ["КП Явір", good_code(3_200_001)]])
    answers = {(2, "city"): "Полтава"}
    assert (
        read_rows(rows, find(rows), answers=answers, on=TODAY).rows[0].city == "Полтава"
    )


def test_a_bad_answer_is_asked_about_again() -> None:
    rows = numbered([HEADINGS, clean_row(1)])
    parsed = read_rows(rows, find(rows), answers={(2, "price"): "багато"}, on=TODAY)
    assert asked(parsed) == [(2, "price", "error")]


# ----------------------------------------------------------------- clients, contracts


def test_a_sheet_of_clients_alone_is_asked_nothing_of_contracts() -> None:
    headings = ["Назва", "ЄДРПОУ", "Дата", "Комплект"]
    row = ["КП Явір", good_code(3_200_001), "колись", "Стандарт"]
    parsed = read(row, headings=headings)
    assert (parsed.problems, parsed.mends) == ((), ())
    assert (parsed.rows[0].contract, parsed.rows[0].kit) == ("", "")


def test_a_client_without_a_contract_is_asked_nothing() -> None:
    nothing: dict[str, Cell] = dict.fromkeys(
        ["contract", "signed_on", "kit", "price"], ""
    )
    parsed = read(clean_row(1), clean_row(2, **nothing, valid_to="колись"))
    assert parsed.problems == ()
    assert (parsed.rows[1].contract, parsed.rows[1].periodicity) == ("", None)


def test_a_number_of_a_contract_stands_once() -> None:
    parsed = read(clean_row(1), clean_row(2, contract="№ 1 / 25"))
    assert asked(parsed) == [(3, "contract", "error")]
    assert "row 2" in str(parsed.problems[0].reason)
    assert [row.row for row in parsed.rows] == [2]


def test_a_day_beside_the_number_is_taken_and_told() -> None:
    parsed = read(clean_row(1, contract="№ 1/25 від 12.05.2025", signed_on=None))
    assert parsed.rows[0].signed_on == date(2025, 5, 12)
    assert (2, "signed_on", "", "2025-05-12") in told(parsed)


def test_a_dash_is_an_empty_cell() -> None:
    parsed = read(clean_row(1, valid_to="-", seats="—", postcode="–", city="-"))
    assert parsed.problems == ()
    assert (parsed.rows[0].city, parsed.rows[0].seats) == ("", None)


def test_the_commonest_spelling_of_a_kit_is_taken_where_the_catalogue_has_none() -> (
    None
):
    kits = ["Малий", "малий", "Малий"]
    parsed = read(*(clean_row(n, kit=kit) for n, kit in enumerate(kits, start=1)))
    assert [row.kit for row in parsed.rows] == ["Малий"] * 3
    assert [(m.row, m.was) for m in parsed.mends] == [(3, "малий")]


# --------------------------------------------------------------------------- left out


def left_out(*rows: list[Cell]) -> list[tuple[int, str]]:
    parsed = read(clean_row(1), *rows)
    assert (parsed.count, len(parsed.rows), parsed.problems) == (1, 1, ())
    return [(number, str(reason)) for number, reason in parsed.left_out]


def blank(**changes: Cell) -> list[Cell]:
    return clean_row(9, **(dict.fromkeys(FIELDS) | changes))


FIELDS = (
    "ordinal", "contract", "signed_on", "name", "city", "address", "postcode", "code",
    "region", "legal_form", "kit", "periodicity", "price", "seats", "valid_to", "note",
)  # fmt: skip


@pytest.mark.parametrize("words", ["Разом:", "Всього", "УСЬОГО клієнтів", "Підсумок"])
def test_totals_are_left_out(words: str) -> None:
    for row in (blank(name=words, price=1480), blank(ordinal=words, price=1480)):
        assert left_out(row) == [(3, "The row is a total.")]


def test_headings_said_again_and_numbers_of_columns_are_left_out() -> None:
    assert left_out(list(HEADINGS)) == [(3, "The row says the headings again.")]
    numbers: list[Cell] = [*range(1, 17)]
    assert left_out(numbers) == [(3, "The row numbers the columns.")]


def test_blank_rows_and_headings_of_sections_are_left_out() -> None:
    assert left_out(blank(name="  ")) == [(3, "The row is blank.")]
    assert left_out(blank(city="Різне")) == [
        (3, "The row has neither a code nor a name.")
    ]
    assert left_out(blank()) == []


def test_a_contract_that_has_lost_its_client_is_asked_about() -> None:
    parsed = read(clean_row(1, name="", code=""))
    assert asked(parsed) == [(2, "code", "error"), (2, "name", "error")]


# ------------------------------------------------------------------- of another person


def test_the_sheet_of_another_person_is_read() -> None:
    rows = of_another_person()
    parsed = read_rows(rows, find(rows), kits=[], on=TODAY)
    assert [
        (r.row, r.code, r.code_kind, r.name, r.city, r.contract, r.signed_on, r.price)
        for r in parsed.rows
    ] == [
        (9, good_code(2_300_001), CodeKind.EDRPOU, "ТОВ «SMART Land»", "Одеса", "A-1",
         date(2025, 2, 3), Decimal("1250.00")),
        (10, person_code(12_345_678), CodeKind.RNTRC, "ФОП Лікар Наталія Іванівна",
         "с. Маяки", "A-2", date(2025, 3, 14), Decimal("12000.50")),
        (11, "КМ123456", CodeKind.PASSPORT, "Лікар Петро Іванович", "смт. Овідіополь",
         "A-3", date(2025, 4, 1), Decimal("980.00")),
    ]  # fmt: skip
    assert [row.periodicity for row in parsed.rows] == [
        Periodicity.WEEKLY,
        Periodicity.TWICE_A_MONTH,
        Periodicity.MONTHLY,
    ]
    assert [row.kit for row in parsed.rows] == ["Basic"] * 3
    assert asked(parsed) == [(11, "code", "warning")]
    assert [(number, str(reason)) for number, reason in parsed.left_out] == [
        (12, "The row is a total.")
    ]
    assert {m.field for m in parsed.mends if m.row == 9} == {
        Field.SIGNED_ON,
        Field.PRICE,
    }


def test_only_warnings_leave_a_row_in_the_list() -> None:
    parsed = read(clean_row(1, name=""), clean_row(2, postcode="12"))
    errors = {p.row for p in parsed.problems if p.kind is Kind.ERROR}
    assert (errors, [row.row for row in parsed.rows]) == ({2}, [3])


def test_a_total_may_count_the_clients_in_the_column_of_codes() -> None:
    assert left_out(blank(name="Всього клієнтів", code=122)) == [
        (3, "The row is a total.")
    ]
    parsed = read(clean_row(1, name="Разом"), clean_row(2, name="ПП Разом", code="12"))
    assert parsed.left_out == ()


@pytest.mark.parametrize("part", ["Вінницька область", "м. Київ", "Сумська обл."])
def test_headings_of_parts_are_left_out(part: str) -> None:
    assert left_out(blank(name=part)) == [(3, "The row is the heading of a part.")]


def test_a_name_alone_is_asked_for_its_code() -> None:
    parsed = read(clean_row(1), blank(name="КП «Криниця»"))
    assert asked(parsed) == [(3, "code", "error")]

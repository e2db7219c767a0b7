"""One cell each: codes, days, sums, numbers of contracts, places, forms, terms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from suprovid.clients.rules import CodeKind
from suprovid.contracts.rules import Periodicity
from suprovid.intake.rules.codes import ZEROS, looks_like_code, read_code
from suprovid.intake.rules.dates import (
    AS_COUNTED,
    AS_DAY,
    Bounds,
    Order,
    never,
    order_of,
    read_day,
)
from suprovid.intake.rules.fields import Cell, Kind
from suprovid.intake.rules.legal_forms import read_form
from suprovid.intake.rules.numbers import Pattern, pattern_of, read_number
from suprovid.intake.rules.places import (
    read_address,
    read_city,
    read_postcode,
    read_region,
)
from suprovid.intake.rules.prices import AS_NUMBER, ROUNDED, read_price
from suprovid.intake.rules.terms import (
    read_kit,
    read_periodicity,
    read_seats,
    spellings,
)
from suprovid.intake.tests.sheets import person_code, slipped
from tests.organisations import good_code, odd_code

BOUNDS = Bounds(Order.DAY_FIRST, date(2028, 11, 29))
SLASHED = Pattern("/", 1, found=True)
SEVEN, SIX = good_code(213_211), good_code(21_987)

# ----------------------------------------------------------------------------- codes


@pytest.mark.parametrize("code", [SEVEN, SIX, good_code(2_137)])
def test_zeros_that_a_spreadsheet_lost_are_put_back(code: str) -> None:
    assert code.startswith("0")
    for cell in (int(code), float(code), code.lstrip("0")):
        told = read_code(cell)
        assert (told.value.code, told.value.kind) == (code, CodeKind.EDRPOU)
        assert (told.why, told.asked) == ((ZEROS,), ())


def test_zeros_are_put_back_and_a_wrong_check_digit_is_asked_about() -> None:
    wrong = odd_code(213_211)
    told = read_code(float(wrong))
    assert (told.value.code, told.value.odd, told.why) == (wrong, True, (ZEROS,))
    assert [asked.kind for asked in told.asked] == [Kind.WARNING]
    assert "Zeros were put back" in str(told.asked[0].reason)


def test_a_person_whose_code_lost_its_zero_gets_it_back() -> None:
    code = person_code(12_345_678)
    told = read_code(float(code))
    assert (told.value.code, told.value.kind) == (code, CodeKind.RNTRC)
    assert told.why == (ZEROS,)


@pytest.mark.parametrize(
    "text",
    ["3285 5961", "32855961 ", "\u00a032855961", "'32855961", "32855961.0",
     "32-855-961", "ЄДРПОУ 32855961", "код: 32855961", "№ 32855961"],
)  # fmt: skip
def test_signs_around_a_code_are_taken_away_and_told(text: str) -> None:
    told = read_code(text)
    assert (told.value.code, len(told.why), told.asked) == ("32855961", 1, ())


@pytest.mark.parametrize("cell", ["32855961", 32855961, 32855961.0])
def test_a_good_code_is_no_mend(cell: Cell) -> None:
    assert read_code(cell).why == ()


def test_a_passport_is_taken_with_a_question() -> None:
    told = read_code("KM 123456")
    assert (told.value.kind, told.value.code) == (CodeKind.PASSPORT, "КМ123456")
    assert [asked.kind for asked in told.asked] == [Kind.WARNING]


@pytest.mark.parametrize(
    "cell", [None, "", "1234", 1.5, "3,2E+07", True, "328559611", float("nan"), "код"]
)
def test_what_is_no_code_is_asked_for(cell: Cell) -> None:
    assert [asked.kind for asked in read_code(cell).asked] == [Kind.ERROR]
    assert not looks_like_code(cell)


# ------------------------------------------------------------------------------ days


@pytest.mark.parametrize(
    "text",
    ["03.02.2025", "3.2.25", "3.2.25р ", "3.2.2025 р.", "03/02/25", "3-2-2025",
     "2025-02-03T00:00:00", "2025-02-03 00:00:00", "2025.02.03", "20250203", "03022025",
     "3 лютого 2025 р.", "3 лютого 2025 року", "«03» лютого 2025", '"3" лютого 2025',
     "3 лют. 2025", "3 лют 25", "3лютого2025", "3 february 2025", "3-Feb-25",
     "February 3, 2025", "Feb 3 2025", "3rd February 2025", "від 03.02.2025",
     " 03.02.2025\u00a0", "3 лютoгo 2025", "3,2,2025", "3 февраля 2025 г."],
)  # fmt: skip
def test_days_are_read_in_every_form_people_use(text: str) -> None:
    told = read_day(text, BOUNDS)
    assert (told.value, told.shown, told.why, told.asked) == (
        date(2025, 2, 3),
        "2025-02-03",
        (AS_DAY,),
        (),
    )


@pytest.mark.parametrize("cell", [45691, 45691.0, 45691.75, "45691", "45691.0"])
def test_days_that_a_spreadsheet_counts_are_read(cell: Cell) -> None:
    told = read_day(cell, BOUNDS)
    assert (told.value, told.why) == (date(2025, 2, 3), (AS_COUNTED,))


@pytest.mark.parametrize(
    "cell", [date(2025, 2, 3), datetime.fromisoformat("2025-02-03T14:30"), "2025-02-03"]
)
def test_a_day_that_is_one_already_is_no_mend(cell: Cell) -> None:
    assert (read_day(cell, BOUNDS).value, read_day(cell, BOUNDS).why) == (
        date(2025, 2, 3),
        (),
    )


@pytest.mark.parametrize(
    ("text", "said", "suggestions"),
    [
        ("лютий 2025", "does not say the day", ("01.02.2025",)),
        ("липня 2025", "does not say the day", ("01.07.2025",)),
        ("02.2025", "does not say the day", ("01.02.2025",)),
        ("12 травня", "does not say the day", ()),
        ("31.02.2026", "no such day: 31.02.2026", ("28.02.2026",)),
        ("29.02.2025", "no such day", ("28.02.2025",)),
        ("32.01.2025", "no such day", ()),
        ("12/31/25", "month stands first", ("31.12.2025",)),
        ("колись", "is no day", ()),
        ("2025", "is no day", ()),
        (19_999, "is no day", ()),
        (1e300, "is no day", ()),
        (True, "is no day", ()),
    ],
)
def test_a_day_that_cannot_be_told_is_asked_for(
    text: Cell, said: str, suggestions: tuple[str, ...]
) -> None:
    told = read_day(text, BOUNDS)
    assert (told.value, [asked.kind for asked in told.asked]) == (None, [Kind.ERROR])
    assert said in str(told.asked[0].reason)
    assert told.asked[0].suggestions == suggestions


@pytest.mark.parametrize("day", [date(1990, 12, 31), date(2028, 11, 30)])
def test_a_day_long_ago_or_far_ahead_is_asked_about(day: date) -> None:
    told = read_day(day, BOUNDS)
    assert (told.value, [asked.kind for asked in told.asked]) == (day, [Kind.WARNING])


@pytest.mark.parametrize("day", [date(1991, 1, 1), date(2028, 11, 29)])
def test_a_day_within_bounds_is_not_asked_about(day: date) -> None:
    assert read_day(day, BOUNDS).asked == ()


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["05/04/25", "25/04/25"], Order.DAY_FIRST),
        (["05/04/25", "04/25/25"], Order.MONTH_FIRST),
        (["25/04/25", "04/25/25"], Order.BOTH),
        (["04.25.25", "1.2.25", None, 45691, ""], Order.DAY_FIRST),
    ],
)
def test_a_column_shows_whether_the_day_stands_first(
    column: list[Cell], order: Order
) -> None:
    assert order_of(column) is order


def test_a_doubtful_day_is_asked_about_by_the_evidence_of_its_column() -> None:
    both = Bounds(Order.BOTH, BOUNDS.latest)
    month_first = Bounds(Order.MONTH_FIRST, BOUNDS.latest)
    assert read_day("05/04/25", BOUNDS).asked == ()
    assert [a.kind for a in read_day("05/04/25", both).asked] == [Kind.WARNING]
    asked = read_day("05/04/25", month_first).asked
    assert [(a.kind, a.suggestions) for a in asked] == [
        (Kind.ERROR, ("04.05.2025", "05.04.2025"))
    ]
    assert read_day("05.04.25", month_first).value == date(2025, 4, 5)
    assert read_day("05/05/25", month_first).value == date(2025, 5, 5)


@pytest.mark.parametrize("text", ["-", "—", "безстроковий", "без терміну", "Б/С"])
def test_a_contract_without_an_end_says_so(text: str) -> None:
    assert never(text)


# ------------------------------------------------------------------------------ sums


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1 250,00", "1250.00"), ("1\u00a0250,00", "1250.00"), ("1250 грн", "1250.00"),
        ("3200.5 грн", "3200.50"), ("1.250,50", "1250.50"), ("₴1250", "1250.00"),
        ("1'250.00", "1250.00"), ("12’000.50", "12000.50"), ("1,250.00", "1250.00"),
        ("1,250,000", "1250000.00"), ("1250,5 грн./міс.", "1250.50"),
        ("1250 грн. з ПДВ", "1250.00"), ("1250 грн 50 коп", "1250.50"),
        ("UAH 1,250.50", "1250.50"), ("1250-00", "1250.00"), ("0,250", "0.25"),
        ("1 250 грн на місяць", "1250.00"), ("1250=", "1250.00"), ("12,5", "12.50"),
    ],
)  # fmt: skip
def test_sums_typed_as_text_are_read_and_told(text: str, price: str) -> None:
    told = read_price(text)
    assert (told.value, told.shown) == (Decimal(price), price)
    assert (told.why, told.asked) == ((AS_NUMBER,), ())


@pytest.mark.parametrize(
    ("cell", "price"),
    [(1480, "1480.00"), (3200.5, "3200.50"), ("1480", "1480.00"), (0, "0.00"),
     (1249.9999999999998, "1250.00")],
)  # fmt: skip
def test_a_sum_that_is_a_number_is_no_mend(cell: Cell, price: str) -> None:
    assert (read_price(cell).value, read_price(cell).why) == (Decimal(price), ())


def test_a_sum_finer_than_a_kopeck_is_rounded_and_told() -> None:
    assert read_price(1250.335).value == Decimal("1250.34")
    assert read_price(1250.335).why == (ROUNDED,)


@pytest.mark.parametrize("text", ["1,250", "1.250", "₴1,250"])
def test_a_sum_of_two_readings_is_asked_for(text: str) -> None:
    asked = read_price(text).asked
    assert [(a.kind, a.suggestions) for a in asked] == [(Kind.ERROR, ("1250", "1.25"))]


@pytest.mark.parametrize(
    "cell",
    ["-5", "(1250)", -1, float("nan"), float("inf"), "NaN", "1e5", 1e12, "12 50", True,
     "безкоштовно", "100 USD", "$100", "1250 без ПДВ", "1,2,3", "1.250,500", "9" * 90],
)  # fmt: skip
def test_what_is_no_price_is_asked_for(cell: Cell) -> None:
    told = read_price(cell)
    assert (told.value, [a.kind for a in told.asked]) == (None, [Kind.ERROR])


# ---------------------------------------------------------------- numbers of contracts


@pytest.mark.parametrize(
    "text",
    ["№ 4/25 ", "№4/25", "N 4/25", "No. 4/25", "дог. 4/25", "дог.№4/25",
     "Договір № 4/25", "Договір №4/25 від 12.05.2025",
     "договір про надання послуг № 4/25",
     "contract 4/25 dated 3 May 2025", "4 / 25", "Номер 4/25"],
)  # fmt: skip
def test_a_contracts_number_is_left_without_words(text: str) -> None:
    told = read_number(text, SLASHED)
    assert (told.value, len(told.why), told.asked) == ("4/25", 1, ())


@pytest.mark.parametrize("text", ["4/25", "Д-15/26", "ДОГ-15/26", "15/26-К", "N4/25"])
def test_a_number_that_is_one_already_is_no_mend(text: str) -> None:
    assert (read_number(text, SLASHED).value, read_number(text, SLASHED).why) == (
        text,
        (),
    )


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        (date(2025, 5, 1), "5/25"),
        (datetime.fromisoformat("2025-05-01"), "5/25"),
        ("травень 2025", "5/25"), ("тра.25", "5/25"), ("May-25", "5/25"),
        (45778, "5/25"), ("45778", "5/25"), ("01.05.2025", "5/25"),
        ("2025-05-01 00:00:00", "5/25"), (date(2026, 12, 5), "5/12"),
    ],
)  # fmt: skip
def test_a_number_that_became_a_day_is_asked_for(cell: Cell, first: str) -> None:
    told = read_number(cell, SLASHED)
    assert (told.value, [a.kind for a in told.asked]) == ("", [Kind.ERROR])
    assert told.asked[0].suggestions[0] == first


def test_neighbours_tell_how_the_number_was_written() -> None:
    pattern = pattern_of(["04-25", "№ 06-25", "07-25", date(2025, 5, 1), None, 3])
    assert read_number(date(2025, 5, 1), pattern).asked[0].suggestions == ("05-25",)


def test_where_all_numbers_are_days_they_are_left_alone() -> None:
    pattern = pattern_of(["01.05.2025", "02.05.2025", "03.05.2025/1"])
    assert read_number("01.05.2025", pattern).value == "01.05.2025"


def test_a_plain_number_is_no_day_where_neighbours_are_plain() -> None:
    assert read_number(45778, pattern_of(["45779", "45780"])).value == "45778"


@pytest.mark.parametrize("text", ["б/н", "№", "без номера", "дог. б/н", "..."])
def test_a_contract_without_a_number_is_asked_about(text: str) -> None:
    assert [a.kind for a in read_number(text, SLASHED).asked] == [Kind.ERROR]


# ---------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("м.Київ", "Київ"), ("м. Київ", "Київ"), ("місто Київ", "Київ"),
        ("м Київ", "Київ"),
        ("КИЇВ", "Київ"), ("м.КИЇВ", "Київ"), ("київ", "Київ"),
        ("ІВАНО-ФРАНКІВСЬК", "Івано-Франківськ"), ("БІЛА ЦЕРКВА", "Біла Церква"),
        ("КАМ'ЯНЕЦЬ-ПОДІЛЬСЬКИЙ", "Кам'янець-Подільський"),
        ("с.Іванівка", "с. Іванівка"), ("С. ІВАНІВКА", "с. Іванівка"),
    ],
)  # fmt: skip
def test_a_city_is_written_as_a_name(was: str, now: str) -> None:
    assert (read_city(was).value, len(read_city(was).why)) == (now, 1)
    assert read_city(now).why == ()


@pytest.mark.parametrize(
    "city", ["Київ", "смт Ворзель", "смт. Ворзель", "село Іванівка", "Kyiv", "Мукачево"]
)
def test_villages_and_names_stay_as_they_are(city: str) -> None:
    assert (read_city(city).value, read_city(city).why) == (city, ())


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Тернопільська обл.", "Тернопільська область"),
        ("Тернопільська", "Тернопільська область"),
        ("обл. Львівська", "Львівська область"),
        ("ОДЕСЬКА ОБЛАСТЬ", "Одеська область"),
        (slipped("Івано-Франківська обл", "іо"), "Івано-Франківська область"),
        ("м.Київ", "м. Київ"),
    ],
)
def test_a_region_is_written_in_full(was: str, now: str) -> None:
    assert read_region(was).value == now
    assert read_region(was).why
    assert read_region(now).why == ()


@pytest.mark.parametrize("region", ["м. Київ", "АР Крим", "Kyiv region", "Київ"])
def test_other_regions_stay_as_they_are(region: str) -> None:
    assert (read_region(region).value, read_region(region).why) == (region, ())


@pytest.mark.parametrize("cell", [1001, 1001.0, "1001", "1001.0"])
def test_a_postcode_gets_its_zero_back(cell: Cell) -> None:
    assert (read_postcode(cell).value, len(read_postcode(cell).why)) == ("01001", 1)


@pytest.mark.parametrize("cell", ["123", "010011", "abc", 0.5, "0100"])
def test_a_strange_postcode_is_asked_about(cell: Cell) -> None:
    assert [a.kind for a in read_postcode(cell).asked] == [Kind.WARNING]


def test_the_kind_of_a_street_is_ukrainian() -> None:
    assert read_address("м. Київ, ул. Мира, 1").value == "м. Київ, вул. Мира, 1"
    assert read_address("вул.Мира, 1").why == ()


@pytest.mark.parametrize(
    "was",
    ["Товариство з обмеженою відповідальністю", "т.о.в.", "тов", "Т О В", "ТзОВ",
     slipped("ТОВ", "ТОВ")],
)  # fmt: skip
def test_a_legal_form_gets_its_short_form(was: str) -> None:
    assert read_form(was).value == "ТОВ"
    assert read_form(was).why


@pytest.mark.parametrize("form", ["ДО", "КО", "ОМС", "ПВНЗ", "ДП (дочірнє)", "LLC"])
def test_other_legal_forms_stay_as_they_are(form: str) -> None:
    assert (read_form(form).value, read_form(form).why) == (form, ())


# ----------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("щотижня", Periodicity.WEEKLY), ("раз на тиждень", Periodicity.WEEKLY),
        ("1 раз/тиж.", Periodicity.WEEKLY), ("Weekly", Periodicity.WEEKLY),
        ("Двічі на місяць ", Periodicity.TWICE_A_MONTH),
        ("2 р/міс", Periodicity.TWICE_A_MONTH),
        ("раз на два тижні", Periodicity.TWICE_A_MONTH),
        ("twice a month", Periodicity.TWICE_A_MONTH),
        ("щомісячно", Periodicity.MONTHLY), ("1 раз у місяць", Periodicity.MONTHLY),
        ("щодня", Periodicity.DAILY), ("every day", Periodicity.DAILY),
        (slipped("щомісяця"), Periodicity.MONTHLY),
    ],
)  # fmt: skip
def test_how_often_is_said_in_many_words(text: str, often: Periodicity) -> None:
    assert (read_periodicity(text).value, read_periodicity(text).asked) == (often, ())


@pytest.mark.parametrize("text", ["раз на квартал", "2 рази на тиждень", "часто", "7"])
def test_unknown_words_of_how_often_are_asked_about_with_choices(text: str) -> None:
    (asked,) = read_periodicity(text).asked
    assert asked.kind is Kind.ERROR
    assert [read_periodicity(one).value for one in asked.suggestions] == list(
        Periodicity
    )


def test_kits_are_written_as_in_the_catalogue_or_as_most_do() -> None:
    known = spellings(["Офіс-5"], ["Стандарт", "стандарт", "Стандарт", "Стандарт+"])
    assert read_kit("офіс-5 ", known).value == "Офіс-5"
    assert read_kit("СТАНДАРТ", known).value == "Стандарт"
    assert read_kit("стандарт+", known).value == "Стандарт+"
    assert read_kit("Новий", known).value == "Новий"


@pytest.mark.parametrize(
    ("cell", "seats"), [(5.0, 5), ("5 місць", 5), ("1 роб. місце", 1), ("3 seats", 3)]
)
def test_seats_are_a_number(cell: Cell, seats: int) -> None:
    assert read_seats(cell).value == seats


@pytest.mark.parametrize("cell", ["до 5", 0, 2.5, "5-10", True, "٥", 10**7])
def test_what_is_no_number_of_seats_is_asked_for(cell: Cell) -> None:
    assert [a.kind for a in read_seats(cell).asked] == [Kind.ERROR]


def test_a_code_with_letters_for_digits_is_read_when_its_check_digit_agrees() -> None:
    code = good_code(213_211)
    assert read_code(code.replace("0", "О", 1)).value.code == code
    assert [a.kind for a in read_code("О" + odd_code(213_211)[1:]).asked] == [
        Kind.ERROR
    ]


def test_neighbours_with_whole_years_are_followed() -> None:
    pattern = pattern_of(["4/2025", "6/2025"])
    assert read_number(date(2025, 5, 1), pattern).asked[0].suggestions == ("5/2025",)

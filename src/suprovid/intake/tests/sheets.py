"""Sheets as people make them, built here: one of clean rows, one of another person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from suprovid.intake.rules.columns import Matching, find
from suprovid.intake.rules.fields import Cell, ParsedSheet, Row
from suprovid.intake.rules.reading import read_rows
from tests.organisations import good_code

TODAY = date(2026, 11, 29)
UKRAINIAN, LATIN = "асеіорхуАВСЕНІКМОРТХ", "aceiopxyABCEHIKMOPTX"
HEADINGS = (
    "№ з/п", "Договір №", "дата договору", "Клієнт", "Місто", "Адреса", "Індекс",
    "Код ЄДРПОУ", "Область", "Форма", "Комплект", "Періодичність",
    "Ціна на місяць, грн", "Місць", "Діє до", "Примітка",
)  # fmt: skip
WEIGHTS_OF_PERSONS = (-1, 5, 7, 9, 4, 6, 10, 5, 7)


def slipped(text: str, letters: str = "асеіорху") -> str:
    """The same with some letters typed in the Latin keyboard."""
    return text.translate(
        {ord(u): ord(n) for u, n in zip(UKRAINIAN, LATIN, strict=True) if u in letters}
    )


def person_code(number: int) -> str:
    """A ten-digit code of a person, its last digit worked out here."""
    stem = f"{number:09}"
    total = sum(w * int(d) for w, d in zip(WEIGHTS_OF_PERSONS, stem, strict=True))
    return f"{stem}{total % 11 % 10}"


def numbered(rows: Sequence[Sequence[Cell]], first: int = 1) -> list[Row]:
    return list(enumerate(rows, start=first))


def clean_row(number: int, **changes: Cell) -> list[Cell]:
    """A row that nobody has to look at, in the order of HEADINGS."""
    cells: dict[str, Cell] = {
        "ordinal": number,
        "contract": f"{number}/25",
        "signed_on": date(2025, 3, 1 + number % 28),
        "name": f"Комунальне підприємство «Криниця-{number}»",
        "city": "Полтава",
        "address": f"вул. Соборна, {number}",
        "postcode": "36000",
        "code": good_code(3_200_000 + number * 37),
        "region": "Полтавська область",
        "legal_form": "КП",
        "kit": "Стандарт",
        "periodicity": "щотижня",
        "price": 1480,
        "seats": 3,
        "valid_to": None,
        "note": "",
    }
    return list((cells | changes).values())


def read(
    *rows: Sequence[Cell],
    headings: Sequence[Cell] = HEADINGS,
    matching: Matching | None = None,
) -> ParsedSheet:
    """The rows under their heading, which is row 1."""
    sheet = numbered([headings, *rows])
    found = matching or find(sheet)
    return read_rows(sheet, found, kits=["Стандарт"], on=TODAY)


def of_another_person() -> list[Row]:
    """English headings in two rows, from row 7; other columns, signs and people."""
    blank: list[Cell] = [""] * 12
    title: list[Cell] = ["Clients of the south office", *blank[1:]]
    groups: list[Cell] = [
        "Contacts", "", "Client", "", "", "", "Contract", "", "", "", "", "Remarks",
    ]  # fmt: skip
    headings: list[Cell] = [
        "Phone", "E-mail", "Company name", "Tax ID", "City/town", "Street",
        "No.", "Signed", "Monthly fee", "Kit", "How often", "",
    ]  # fmt: skip
    return numbered([
        title, blank, ["", "as of 1 Nov", *blank[2:]], blank, blank, blank,
        groups, headings,
        ["+380501112233", "a@b.ua", "ТОВ «SMART Land»", float(good_code(2_300_001)),
         "Одеса", "вул. Дерибасівська, 1", "A-1", "3-Feb-25", "1'250.00", "Basic",
         "weekly", ""],
        ["044 111", "", "ФОП Лікар Наталія Іванівна", float(person_code(12_345_678)),
         "с.Маяки", "вул. Польова, 2", "A-2", "14-Mar-25", "12'000.50", "basic",
         "twice a month", "paid"],
        ["", "x@y.ua", "Лікар Петро Іванович", "КМ 123456", "смт. Овідіополь", "",
         "A-3", "1-Apr-25", 980, "Basic", "monthly", None],
        ["", "", "Total", "", "", "", "", "", "14'230.50", "", "", ""],
    ])  # fmt: skip

"""Pages of lists, as the head of department meets them; for others they are shut."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suprovid.clients.models import Client
from suprovid.intake.models import ListImport
from suprovid.intake.queries import opened
from suprovid.intake.tests.test_lists import DIRTY, TWELVE
from suprovid.people.models import Person
from tests.cast import Cast
from tests.sheets import ListOf, Told, listed, xlsx

SignedIn = Callable[[Person], Browser]
IMPORTS = "/imports/"


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


def file(data: bytes, name: str = "клієнти.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def put_in(browser: Browser, told: ListOf = DIRTY) -> str:
    """The address of the list that waits."""
    answer = browser.post(IMPORTS, sent(file=file(told.as_xlsx())))
    assert answer.status_code == 303
    return answer.headers["Location"]


def seen(browser: Browser, where: str) -> dict[str, Any]:
    page = browser.get(where).context["page"]
    return {"version": page.version, "seen": page.seen}


def test_a_list_is_looked_through_before_it_is_brought_in(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.iryna)
    where = put_in(browser)
    shown = browser.get(where).content.decode()
    assert "КП «Місто-2»" in shown
    assert "Повернено нулі спереду" in shown
    assert not Client.objects.exists()
    done = browser.post(f"{where}confirm/", sent(**seen(browser, where)))
    result = browser.get(done.headers["Location"]).content.decode()
    assert Client.objects.count() == 3
    assert "«Світанок-1»" in result


def test_ticks_and_answers_of_the_page_are_kept(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.iryna)
    where = put_in(browser)
    row, odd = DIRTY.sheet_row(3), DIRTY.sheet_row(5)
    browser.post(
        f"{where}rows/{row}/",
        sent(contract="3/26", version=seen(browser, where)["version"]),
    )
    ticks = sent(shown=[odd], tick=[odd], **seen(browser, where))
    assert browser.post(f"{where}ticks/", ticks).status_code == 303
    page = browser.get(f"{where}?show=ticked").context["page"]
    assert {view.row for view in page.rows} >= {row, odd}
    assert page.ticked == 5


def test_an_odd_code_is_confirmed_or_written_anew(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.iryna)
    odd = DIRTY.sheet_row(5)
    where = put_in(browser)
    assert (
        f"{where}rows/{odd}/" in browser.get(f"{where}?show=question").content.decode()
    )
    version = seen(browser, where)["version"]
    browser.post(f"{where}rows/{odd}/", sent(code=Told(5).true_code, version=version))
    page = browser.get(where).context["page"]
    (row,) = (view for view in page.rows if view.row == odd)
    assert (row.code, row.ticked, row.questions) == (Told(5).true_code, True, ())


def test_mends_show_the_blanks_and_nothing_that_looks_the_same(
    cast: Cast, signed_in: SignedIn
) -> None:
    told = listed(1).but(1, signed="03.02.2026", name="КП  «Явір» ")
    browser = signed_in(cast.iryna)
    page = browser.get(put_in(browser, told)).context["page"]
    mends = [(mend.was, mend.now) for view in page.rows for mend in view.mends]
    assert mends == [("КП␣␣«Явір»␣", "КП «Явір»")]


def test_columns_are_matched_by_hand(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.iryna)
    where = put_in(browser, TWELVE)
    columns = {"column-3": "name", "column-6": "code", "save_as": "Відділ"}
    asked = sent(version=1, **columns)
    assert browser.post(f"{where}columns/", asked).status_code == 303
    page = browser.get(where).context["page"]
    assert [one.field for one in page.columns if one.field] == ["name", "code"]
    assert page.matchings == ("Відділ",)
    twice = sent(version=2, **{"column-3": "name", "column-4": "name"})
    assert browser.post(f"{where}columns/", twice).status_code == 422


def test_the_rows_left_out_are_the_same_sheet_with_what_is_wrong(
    cast: Cast, signed_in: SignedIn
) -> None:
    """And come back: corrected there, brought in from there."""
    browser = signed_in(cast.iryna)
    where = put_in(browser)
    done = browser.post(f"{where}confirm/", sent(**seen(browser, where)))
    answer = browser.get(done.headers["Location"] + "left-out/")
    sheet = opened(answer.content)
    heading, *rows = (cells for _row, cells in sheet.rows)
    assert sheet.name == ListImport.objects.get().sheet
    assert heading[-1] == "Що не так"
    assert [cells[0] for cells in rows] == [3, 4, 5]
    assert "перетворила номер" in str(rows[0][-1])
    again = browser.post(IMPORTS, sent(file=file(answer.content)))
    page = browser.get(again.headers["Location"]).context["page"]
    assert page.of["question"] + page.of["wrong"] == 3


def test_the_very_file_is_kept(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.iryna)
    data = DIRTY.as_xlsx()
    where = browser.post(IMPORTS, sent(file=file(data))).headers["Location"]
    done = browser.post(f"{where}confirm/", sent(**seen(browser, where)))
    answer = browser.get(done.headers["Location"] + "file/")
    assert answer.getvalue() == data
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_list_is_undone_from_its_page(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.iryna)
    where = put_in(browser, TWELVE)
    done = browser.post(f"{where}confirm/", sent(**seen(browser, where)))
    brought = done.headers["Location"]
    assert browser.post(f"{brought}undo/", sent(why=" ")).status_code == 422
    assert browser.post(f"{brought}undo/", sent(why="не той")).status_code == 303
    assert not Client.objects.exists()
    assert "не той" in browser.get(brought).content.decode()


def test_another_sheet_of_the_workbook_is_read_instead(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.iryna)
    data = two_sheets()
    where = browser.post(IMPORTS, sent(file=file(data))).headers["Location"]
    assert browser.get(where).context["page"].count == 1
    other = browser.post(f"{where}sheet/", sent(sheet="Ще"))
    assert browser.get(other.headers["Location"]).context["page"].count == 2
    assert ListImport.objects.filter(state="waiting").count() == 1


def two_sheets() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, count in (("Клієнти", 1), ("Ще", 2)):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ("Назва", "ЄДРПОУ"))
        for number in range(count):
            page.write_row(
                number + 1, 0, (f"КП «Явір-{number}»", Told(number).true_code)
            )
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01", b"%PDF-1.7", b"x" * 3_000_000, b"PK\x03\x04broken"]
)
def test_a_hostile_file_gets_one_clear_refusal(
    cast: Cast, signed_in: SignedIn, data: bytes
) -> None:
    answer = signed_in(cast.iryna).post(IMPORTS, sent(file=file(data)))
    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1
    assert not ListImport.objects.exists()


def test_markup_in_a_list_stays_text(cast: Cast, signed_in: SignedIn) -> None:
    marker = "<script>alert(1)</script> «Явір»"
    browser = signed_in(cast.iryna)
    data = xlsx([("Назва", "ЄДРПОУ", "Місто"), (marker, Told(1).true_code, marker)])
    name = "<img src=x onerror=alert(1)>.xlsx"
    where = browser.post(IMPORTS, sent(file=file(data, name))).headers["Location"]
    page = browser.get(where).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_the_list_of_one_is_not_found_by_another(
    cast: Cast, signed_in: SignedIn
) -> None:
    where = put_in(signed_in(cast.iryna))
    for person in (cast.olena, cast.taras, cast.halyna, cast.yaroslav):
        browser = signed_in(person)
        assert browser.get(where).status_code == 404
        assert browser.post(f"{where}drop/", sent()).status_code == 403


def test_the_pages_ask_as_little_of_a_long_list_as_of_a_short_one(
    cast: Cast,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(cast.iryna)
    for count in (5, 120):
        where = put_in(browser, listed(count, first=100 * count))
        with django_assert_max_num_queries(16):
            browser.get(where)
        done = browser.post(f"{where}confirm/", sent(**seen(browser, where)))
        with django_assert_max_num_queries(12):
            browser.get(done.headers["Location"])
        with django_assert_max_num_queries(12):
            browser.get(reverse("intake:imports"))

"""Pages of handovers, as each person of the department meets them."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import translation
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from suprovid.documents.rules import Upload
from suprovid.handover import actions
from suprovid.handover.rules import ItemCode, Stage
from suprovid.people.models import Person
from suprovid.web.say import money
from tests.cast import Cast
from tests.path import Case, new_case, pdf

_keys = count(1)
MARKER = '#eval("1+1") $x$ *b* <lbl> @ref \\ // /* «лапки»'


@pytest.fixture
def case(cast: Cast) -> Case:
    """A confirmed handover with its papers: visas are being given."""
    case = new_case(cast).collect()
    case.bring_all()
    return case


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


def press(person: Person, path: str, **fields: Any) -> Any:
    key = f"key-of-a-form-{next(_keys)}"
    return browser(person).post(f"/handovers/{path}", {"_once": key, **fields})


def on_item(case: Case, code: ItemCode, verb: str, by: Person, **fields: Any) -> Any:
    path = f"{case.id}/items/{case.line(code).id}/{verb}/"
    return press(by, path, **fields)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# ---------------------------------------------------------------- sight


@pytest.mark.parametrize("page", ["", "print.pdf", "sheets/1/", "first-contact/"])
def test_a_foreign_handover_is_not_found(case: Case, page: str) -> None:
    answer = browser(case.cast.serhii).get(f"/handovers/{case.id}/{page}")
    assert answer.status_code == 404


def test_a_foreign_paper_is_not_found(case: Case) -> None:
    paper = case.line(ItemCode.CONTRACT).papers[0]
    path = f"/handovers/{case.id}/papers/{paper.id}/"
    assert browser(case.cast.serhii).get(path).status_code == 404
    mine = browser(case.cast.maryna).get(path)
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    mine.close()


def test_the_board_holds_only_what_one_sees(case: Case) -> None:
    link = f'href="/handovers/{case.id}/"'
    assert link in text_of(browser(case.cast.olena).get("/handovers/"))
    assert link not in text_of(browser(case.cast.serhii).get("/handovers/"))


# ---------------------------------------------------------------- budgets


def test_the_sheet_takes_a_bounded_number_of_queries(
    case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lawyer = browser(case.cast.maryna)
    lawyer.get(f"/handovers/{case.id}/")
    # One of them asks who was joined to the client: their facts are of its story.
    with django_assert_max_num_queries(32):
        lawyer.get(f"/handovers/{case.id}/")


# ---------------------------------------------------------------- visas


def test_a_visa_is_given_by_one_press_on_the_sheet(case: Case) -> None:
    line = case.line(ItemCode.CONTRACT)
    by = case.cast.maryna
    shown = text_of(browser(by).get(f"/handovers/{case.id}/"))
    assert f'name="seen" value="{line.holds[0]}"' in shown
    answer = on_item(case, ItemCode.CONTRACT, "visa", by, seen=list(line.holds))
    assert answer.status_code == 303
    assert case.line(ItemCode.CONTRACT).in_force


def test_who_may_not_sees_a_grey_button_and_why(case: Case) -> None:
    shown = text_of(browser(case.cast.andrii).get(f"/handovers/{case.id}/"))
    assert "/visa/" not in shown
    assert 'aria-disabled="true"' in shown
    assert "why-not" in shown


def test_a_stale_visa_shows_both_papers_and_asks_again(case: Case) -> None:
    old = case.line(ItemCode.CONTRACT)
    case.replace(ItemCode.CONTRACT, "нова редакція")
    by = case.cast.maryna
    answer = on_item(case, ItemCode.CONTRACT, "visa", by, seen=list(old.holds))
    shown = text_of(answer)
    assert answer.status_code == 412
    assert old.papers[0].name in shown
    assert "нова редакція.pdf" in shown
    now = case.line(ItemCode.CONTRACT).holds[0]
    assert f'name="seen" value="{now}"' in shown
    assert not case.line(ItemCode.CONTRACT).in_force


def test_a_stale_visa_on_a_form_shows_what_was_written_then(case: Case) -> None:
    old = case.line(ItemCode.CARD)
    case.fill(ItemCode.CARD, wishes="дзвонити зранку")
    by = case.cast.olena
    answer = on_item(case, ItemCode.CARD, "visa", by, seen=list(old.holds))
    assert answer.status_code == 412
    assert "візити до обіду" in text_of(answer)
    assert "дзвонити зранку" in text_of(answer)


def test_a_refusal_keeps_what_was_typed_when_the_reason_is_missing(case: Case) -> None:
    line = case.line(ItemCode.CONTRACT)
    answer = on_item(
        case,
        ItemCode.CONTRACT,
        "refuse",
        case.cast.maryna,
        seen=list(line.holds),
        requirement=line.requirements[1],
        reason="",
    )
    assert answer.status_code == 422
    assert f'value="{line.requirements[1]}" selected' in text_of(answer)


def test_a_double_press_gives_one_visa(case: Case) -> None:
    line = case.line(ItemCode.CONTRACT)
    path = f"/handovers/{case.id}/items/{line.id}/visa/"
    lawyer = browser(case.cast.maryna)
    sent = {"_once": "pressed-twice", "seen": list(line.holds)}
    assert [lawyer.post(path, sent).status_code for _ in range(2)] == [303, 303]


# ---------------------------------------------------------------- papers


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("вірус.exe", b"MZ\x90\x00"),
        ("порожній.pdf", b""),
        ("сторінка.pdf", b"<html><script>alert(1)</script>"),
    ],
)
def test_a_file_that_is_no_paper_is_refused_with_words(
    case: Case, name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    answer = on_item(case, ItemCode.CONTRACT, "papers", case.cast.andrii, file=file)
    assert answer.status_code == 422
    assert 'class="errors' in text_of(answer) or "errors" in text_of(answer)
    assert "<script>alert" not in text_of(answer)


def test_a_replaced_paper_stays_readable(case: Case) -> None:
    old = case.line(ItemCode.CONTRACT).papers[0]
    sent = pdf("виправлений")
    answer = on_item(
        case,
        ItemCode.CONTRACT,
        "papers",
        case.cast.andrii,
        file=SimpleUploadedFile(sent.name, sent.data),
        replaces=old.id,
    )
    assert answer.status_code == 303
    kept = browser(case.cast.andrii).get(f"/handovers/{case.id}/papers/{old.id}/")
    assert kept.status_code == 200
    kept.close()


# ---------------------------------------------------------------- the whole way


def test_a_draft_is_filled_sent_and_confirmed_on_pages(cast: Cast) -> None:
    case = new_case(cast)
    case.fill(ItemCode.CARD)
    case.fill(ItemCode.APPLICATION)
    assert press(cast.andrii, f"{case.id}/send/").status_code == 303
    assert press(cast.andrii, f"{case.id}/confirm/").status_code == 403
    assert press(cast.viktor, f"{case.id}/confirm/").status_code == 303
    assert case.standing.stage is Stage.COLLECTING


def test_with_all_visas_the_head_accepts_and_the_sheet_is_closed(case: Case) -> None:
    case.pay()
    assert press(case.cast.olena, f"{case.id}/accept/").status_code == 409
    case.give_all()
    assert press(case.cast.olena, f"{case.id}/accept/").status_code == 303
    shown = text_of(browser(case.cast.olena).get(f"/handovers/{case.id}/"))
    assert "/visa/" not in shown
    assert "/object/" in shown


def test_an_objection_opens_a_new_sheet_and_the_old_one_is_readable(case: Case) -> None:
    case.ready_after_confirmation()
    case.accept()
    answer = press(case.cast.maryna, f"{case.id}/object/", text="не та редакція")
    assert answer.status_code == 303
    head = browser(case.cast.olena)
    assert "не та редакція" in text_of(head.get(f"/handovers/{case.id}/"))
    assert head.get(f"/handovers/{case.id}/sheets/1/").status_code == 200
    assert head.get(f"/handovers/{case.id}/sheets/9/").status_code == 404


# ---------------------------------------------------------------- print


def printed(case: Case, language: str) -> str:
    with translation.override(language):
        entered = browser(case.cast.olena)
        entered.cookies["django_language"] = language
        answer = entered.get(f"/handovers/{case.id}/print.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_print_is_the_sheet_with_its_visas(case: Case) -> None:
    case.give(ItemCode.CONTRACT)
    text = printed(case, "uk")
    held = case.line(ItemCode.CONTRACT).holds[0]
    assert case.handover.number in text
    assert "Марина Коваль" in text
    assert f"{held[:4]} {held[4:8]}" in text


def test_nothing_that_people_write_is_markup_on_paper(case: Case) -> None:
    line = case.line(ItemCode.CONTRACT)
    actions.attach_paper(
        actor=case.by(case.cast.andrii),
        handover_id=case.id,
        item_id=line.id,
        upload=Upload(f"{MARKER}.pdf", b"%PDF-1.4\nx\n"),
    )
    told = actions.refuse_visa(
        actor=case.by(case.cast.maryna),
        handover_id=case.id,
        item_id=line.id,
        requirement=line.requirements[0],
        reason=MARKER,
        seen=case.line(ItemCode.CONTRACT).holds,
    )
    assert told.reason == MARKER
    text = printed(case, "uk")
    assert '#eval("1+1") $x$ *b* <lbl> @ref' in text


def test_one_without_a_patronymic_is_named_by_the_family_name(case: Case) -> None:
    """«А. Савченко», never «С. Андрій»: two words do not tell which is which."""
    sales = case.cast.andrii
    sales.patronymic = ""
    sales.save()
    head = browser(case.cast.olena)
    for page in ("/handovers/", f"/handovers/{case.id}/"):
        shown = text_of(head.get(page))
        assert f"{sales.given_name[0]}.\N{NO-BREAK SPACE}{sales.family_name}" in shown
        assert (
            f"{sales.family_name[0]}.\N{NO-BREAK SPACE}{sales.given_name}" not in shown
        )


def test_a_refusal_that_was_answered_does_not_look_like_a_visa(case: Case) -> None:
    case.refuse(ItemCode.CONTRACT)
    case.replace(ItemCode.CONTRACT)
    shown = text_of(browser(case.cast.maryna).get(f"/handovers/{case.id}/"))
    line = shown[shown.index('id="line-1"') : shown.index('id="line-2"')]
    line = line.replace("\N{NO-BREAK SPACE}", " ").lower()
    assert "відмовлено у візуванні" in line
    assert "візу надано" not in line
    assert "візу просять знову" in line


def test_the_stamp_of_the_payment_says_the_sum_as_people_write_it(case: Case) -> None:
    case.pay()
    case.give(ItemCode.PAYMENT)
    shown = text_of(browser(case.cast.maryna).get(f"/handovers/{case.id}/"))
    assert f": {money(case.invoice.total)}" in shown

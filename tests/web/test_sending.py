"""How a paper leaves the house: saved, or shown when it is safe there (D2.10-11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from suprovid.documents.rules import Upload
from suprovid.documents.tests.test_keeping import photograph
from suprovid.documents.tests.test_what_may_be_kept import DOCX, P7S, PDF
from suprovid.handover import actions
from suprovid.handover.rules import ItemCode
from suprovid.people.models import Person
from tests.cast import Cast
from tests.path import Case, new_case


@pytest.fixture
def case(cast: Cast) -> Case:
    return new_case(cast).collect()


def address(case: Case, name: str, data: bytes) -> str:
    paper = actions.attach_paper(
        actor=case.by(case.cast.andrii),
        handover_id=case.id,
        item_id=case.line(ItemCode.CONTRACT).id,
        upload=Upload(name, data),
    )
    return reverse("handover:paper", args=[case.id, paper.pk])


def got(person: Person, path: str) -> tuple[Any, bytes]:
    browser = Browser()
    browser.force_login(person)
    answer: Any = browser.get(path)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


@pytest.mark.parametrize(
    ("name", "data", "in_page", "sandboxed"),
    [
        ("договір.pdf", PDF, True, False),
        ("скан.jpg", photograph(), True, True),
        ("договір.docx", DOCX, False, True),
        ("договір.p7s", P7S, False, True),
    ],
)
def test_a_paper_is_sent_as_what_it_is_and_can_do_nothing(
    case: Case, name: str, data: bytes, *, in_page: bool, sandboxed: bool
) -> None:
    answer, sent = got(case.cast.olena, address(case, name, data))
    told = answer.headers

    assert answer.status_code == 200
    assert data == sent or name == "скан.jpg"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["Cache-Control"] == "no-store"
    assert "default-src 'none'" in told["Content-Security-Policy"]
    assert ("sandbox" in told["Content-Security-Policy"]) == sandboxed
    how = told["Content-Disposition"].split(";")[0]
    assert how == ("inline" if in_page else "attachment")
    assert "filename*=utf-8''" in told["Content-Disposition"]


def test_the_type_of_a_paper_is_that_of_its_content(case: Case) -> None:
    answer, _ = got(case.cast.olena, address(case, "СКАН.JPEG", photograph()))

    assert answer.headers["Content-Type"] == "image/jpeg"


def test_a_paper_is_found_by_whom_its_handover_is_open_to(case: Case) -> None:
    path = address(case, "договір.pdf", PDF)

    assert got(case.cast.maryna, path)[0].status_code == 200
    assert got(case.cast.serhii, path)[0].status_code == 404
    assert got(case.cast.sofiia, path)[0].status_code == 404


def test_a_known_hash_opens_nothing(case: Case) -> None:
    """Whoever brings the same content sees the own paper, never another's."""
    path = address(case, "договір.pdf", PDF)
    other = new_case(case.cast, case.now).collect()
    same = address(other, "інше.pdf", PDF)
    stranger = reverse("handover:paper", args=[other.id, int(path.split("/")[-2])])

    assert got(case.cast.olena, same)[0].status_code == 200
    assert got(case.cast.olena, stranger)[0].status_code == 404

"""A harmful text in every field stays a text: pages, letters, the printed sheet (D2.9).

Every actor of the main job types the same payload wherever a text is taken.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from suprovid.clients import actions as clients
from suprovid.demo.build import turn
from suprovid.documents.rules import Upload
from suprovid.handover import actions
from suprovid.handover.rules import ItemCode
from suprovid.notifications import jobs
from suprovid.obligations import actions as obligations
from suprovid.people.models import Person
from suprovid.people.queries import today
from tests.cast import acting, hire
from tests.fixtures.mail import Letters
from tests.path import Case, new_case, pdf
from tests.roles.routes import pages
from tests.safety.payloads import HARM, MARK, harm_done

NOW = datetime(2026, 4, 16, 9, 30, tzinfo=UTC)
WHO = ("iryna", "olena", "taras", "pavlo", "andrii", "viktor", "maryna", "halyna")
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    """A client on the way into service, told by people who all mean harm."""
    began = NOW - timedelta(days=3)
    obligations.found_company(actor=acting(None, began), name=HARM[:60])
    case = new_case(hire(began), began, price_agreement=HARM[:60])
    _harm_the_client(case)
    case.fill(ItemCode.CARD, activity=HARM, users=HARM, wishes=HARM, history=HARM)
    case.send()
    actions.send_back(
        actor=case.by(case.cast.viktor), handover_id=case.id, remarks=HARM
    )
    actions.send(actor=case.by(case.cast.andrii), handover_id=case.id)
    case.confirm()
    case.bring(ItemCode.CONTRACT, text=HARM.replace("/", "_"))
    case.pay()
    _refuse_and_answer(case)
    _install(case)
    return case


def _harm_the_client(case: Case) -> None:
    by = acting(case.cast.andrii, case.now)
    case.client.refresh_from_db()
    clients.edit_client(
        actor=by,
        client_id=case.client.pk,
        version=case.client.version,
        name=HARM,
        address=HARM,
    )
    clients.add_contact(
        actor=by, client_id=case.client.pk, name=HARM, position=HARM, responsible=True
    )
    case.client.refresh_from_db()


def _refuse_and_answer(case: Case) -> None:
    line = case.line(ItemCode.CONTRACT)
    actions.refuse_visa(
        actor=case.by(case.cast.maryna),
        handover_id=case.id,
        item_id=line.id,
        requirement=line.requirements[0],
        reason=HARM,
        seen=line.holds,
    )


def _install(case: Case) -> None:
    actor = case.by(case.cast.olena)
    actions.record_first_contact(
        actor=actor,
        handover_id=case.id,
        made_at=actor.now,
        spoke_with=HARM,
        install_on=today(actor.now),
        place=HARM,
        workplaces=5,
        systems=HARM,
        network=True,
        delivery="visit",  # type: ignore[arg-type] # as a form would send it
        taught=HARM,
        note=HARM,
    )
    case.name_installer()
    case.install()
    case.write_record(note=HARM, kit=HARM, version=HARM[:30])


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def things(case: Case) -> dict[str, Any]:
    line = case.line(ItemCode.CONTRACT)
    return {
        "handover_id": case.id,
        "client_id": case.client.pk,
        "contract_id": case.contract.pk,
        "invoice_id": case.invoice.pk,
        "item_id": line.id,
        "round": 1,
        "person_id": case.cast.taras.pk,
    }


def test_the_watch_sees_harm() -> None:
    """A check that cannot fail is a defect: printed as it is, the payload is seen."""
    assert {"img", "img onerror"} <= set(harm_done(f"<p>{HARM}</p>"))
    assert harm_done("<p>a safe page</p>") == []


@pytest.mark.parametrize("who", WHO)
def test_no_page_gains_an_element_from_what_was_typed(who: str, case: Case) -> None:
    client, known = browser(getattr(case.cast, who)), things(case)
    seen = 0
    for page in pages():
        if not set(page.args) <= set(known):
            continue
        answer = client.get(page.address(known))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        text = answer.content.decode()
        seen += "{{7*7}}" in text
        assert harm_done(text) == [], page.name
    assert seen, "nobody saw the payload: the test looks at nothing"


def test_letters_show_it_as_text_in_one_line_of_subject(
    case: Case, smtp: Letters
) -> None:
    later = NOW + timedelta(days=9)
    turn(later)
    jobs.send_letters(later)

    assert MARK in "".join(str(letter["Subject"]) for letter in smtp)
    for letter in smtp:
        assert "\n" not in str(letter["Subject"])
        for part in letter.walk():
            if part.get_content_type() == "text/html":
                assert harm_done(part.get_content()) == []


def test_the_printed_sheet_shows_it_as_it_was_typed(case: Case) -> None:
    answer: Any = browser(case.cast.olena).get(f"/handovers/{case.id}/print.pdf")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content

    assert answer.status_code == 200
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert f'{MARK}"><imgsrc=xonerror' in re.sub(r"\s", "", text)
    assert not re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile)\b", data)


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=y.pdf", f"{HARM}.pdf", "../../x.pdf"]
)
def test_a_name_of_a_file_never_breaks_out_of_its_header(case: Case, name: str) -> None:
    item = case.line(ItemCode.PRICE_AGREEMENT)
    paper = actions.attach_paper(
        actor=case.by(case.cast.andrii),
        handover_id=case.id,
        item_id=item.id,
        upload=Upload(name, pdf("договір").data),
    )
    address = f"/handovers/{case.id}/papers/{paper.pk}/"
    answer: Any = browser(case.cast.olena).get(address)
    b"".join(answer.streaming_content)

    told = answer.headers["Content-Disposition"]
    assert "\r" not in told
    assert "\n" not in told
    assert "Set-Cookie: x" not in answer.headers
    assert "../" not in told

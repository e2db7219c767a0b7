"""Pages of installation and take-over, as each person meets them."""

from __future__ import annotations

import base64
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from suprovid.clients.rules import Serving
from suprovid.handover import actions as handover
from suprovid.handover.rules import CalledOffWhy
from suprovid.people.models import Person
from suprovid.service.models import ControlCall, Installation, Photo, TakeOver
from suprovid.service.rules import STEPS
from tests.path import Case, new_case, signature

_keys = count(1)
GLASS = f"data:image/png;base64,{base64.b64encode(signature().data).decode()}"


@pytest.fixture
def done(case: Case) -> Case:
    """Installed; the record is not written yet."""
    case.pay()
    case.contact()
    case.name_installer()
    case.install()
    return case


@pytest.fixture
def written(done: Case) -> Case:
    done.write_record()
    return done


def browser(person: Person) -> Browser:
    entered = Browser()
    entered.force_login(person)
    return entered


def press(case: Case, person: Person, verb: str, **fields: Any) -> Any:
    sent = {"_once": f"key-of-a-form-{next(_keys)}", **fields}
    return browser(person).post(f"/installations/{case.id}/{verb}/", sent)


def shown(case: Case, person: Person) -> str:
    answer = browser(person).get(f"/installations/{case.id}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_foreign_installation_is_not_found(done: Case) -> None:
    foreign = browser(done.cast.serhii)
    for page in ("", "signature/", "photos/1/"):
        answer = foreign.get(f"/installations/{done.id}/{page}")
        assert answer.status_code == 404


def test_an_engineer_sees_what_is_assigned_and_no_link_to_the_client(
    done: Case,
) -> None:
    page = shown(done, done.cast.pavlo)
    assert f"/clients/{done.client.pk}/" not in page
    assert f"/clients/{done.client.pk}/" in shown(done, done.cast.olena)


def test_the_page_takes_a_bounded_number_of_queries(
    written: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    engineer = browser(written.cast.pavlo)
    engineer.get(f"/installations/{written.id}/")
    with django_assert_max_num_queries(30):
        engineer.get(f"/installations/{written.id}/")


def test_the_head_names_the_installer(case: Case) -> None:
    sent = {"person_id": case.cast.pavlo.pk}
    assert press(case, case.cast.olena, "installer", **sent).status_code == 303
    assert Installation.objects.get().installer == case.cast.pavlo


def test_who_may_not_sees_grey_buttons_and_why(done: Case) -> None:
    page = shown(done, done.cast.pavlo)
    assert "/confirm/" not in page
    assert "why-not" in page
    assert press(done, done.cast.pavlo, "confirm").status_code == 403


def test_the_record_keeps_ticks_and_photographs(done: Case) -> None:
    photos = [
        SimpleUploadedFile(f"робоче місце {number}.png", signature().data)
        for number in (1, 2)
    ]
    sent = {"version": "2026.4", "steps_done": ["backed_up"], "photos": photos}
    assert press(done, done.cast.pavlo, "record", **sent).status_code == 303
    assert Photo.objects.count() == 2
    row = Installation.objects.get()
    assert (row.version, row.steps_done) == ("2026.4", ["backed_up"])


def test_a_photograph_that_is_no_picture_is_refused_and_ticks_stay(done: Case) -> None:
    bad = SimpleUploadedFile("вірус.png", b"MZ\x90\x00")
    sent = {"version": "2026.4", "steps_done": ["backed_up"], "photos": [bad]}
    answer = press(done, done.cast.pavlo, "record", **sent)
    assert answer.status_code == 422
    assert 'value="2026.4"' in answer.content.decode()
    assert Photo.objects.count() == 0


def test_the_client_signs_on_the_glass(written: Case) -> None:
    sent = {"signed_by": "Салій Ніна", "signature": GLASS}
    assert press(written, written.cast.pavlo, "submit", **sent).status_code == 303
    kept = browser(written.cast.olena).get(f"/installations/{written.id}/signature/")
    assert kept.headers["Content-Type"] == "image/png"
    kept.close()


@pytest.mark.parametrize("glass", ["", "data:text/html;base64,PGI+", GLASS[:-3] + "??"])
def test_without_a_signature_nothing_is_submitted(written: Case, glass: str) -> None:
    sent = {"signed_by": "Салій Ніна", "signature": glass}
    assert press(written, written.cast.pavlo, "submit", **sent).status_code == 422
    assert Installation.objects.get().submitted_at is None


def test_a_scan_is_as_good_as_the_glass(written: Case) -> None:
    scan = SimpleUploadedFile("акт.pdf", b"%PDF-1.4\nscan\n")
    sent = {"signed_by": "Салій Ніна", "scan": scan}
    assert press(written, written.cast.pavlo, "submit", **sent).status_code == 303


def test_the_record_is_not_submitted_while_steps_are_left(done: Case) -> None:
    page = shown(done, done.cast.pavlo)
    assert "/submit/" not in page
    done.write_record(steps_done=[step.value for step in STEPS])
    assert "/submit/" in shown(done, done.cast.pavlo)


def test_the_head_sends_back_and_confirms(written: Case) -> None:
    head = written.cast.olena
    written.submit_record()
    answer = press(written, head, "send-back", remarks="немає фото")
    assert answer.status_code == 303
    assert "немає фото" in shown(written, written.cast.pavlo)
    written.submit_record()
    assert press(written, head, "confirm").status_code == 303


def test_the_head_appoints_the_manager(case: Case) -> None:
    head = case.cast.olena
    case.ready_after_confirmation()
    case.accept()
    case.installed()
    sent = {"person_id": case.cast.taras.pk}
    assert press(case, head, "manager", **sent).status_code == 303
    case.client.refresh_from_db()
    assert case.client.serving == Serving.SERVED


def test_the_head_makes_the_control_call(case: Case) -> None:
    head = case.cast.olena
    case.ready_after_confirmation()
    case.accept()
    case.installed()
    case.appoint()
    made_at = f"{case.now + timedelta(hours=4):%Y-%m-%d %H:%M}"
    call = {"made_at": made_at, "spoke_with": "Салій Ніна", "satisfied": "yes"}
    assert press(case, head, "control-call", **call).status_code == 303
    assert ControlCall.objects.get().satisfied


# -------------------------------------------------------------------- take-over


def take_over(person: Person, **fields: Any) -> Any:
    sent = {"_once": f"key-of-a-form-{next(_keys)}", **fields}
    return browser(person).post("/clients/take-over/", sent)


def call_off(case: Case) -> None:
    handover.call_off(
        actor=case.by(case.cast.viktor),
        handover_id=case.id,
        why=next(iter(CalledOffWhy)),
    )


def test_clients_of_before_are_taken_over_by_list(case: Case) -> None:
    cast, second = case.cast, new_case(case.cast)
    for one in (case, second):
        call_off(one)
    answer = take_over(
        cast.iryna,
        contracts=[case.contract.pk, second.contract.pk],
        manager=f"{cast.taras.pk}-{cast.podil.pk}",
        since="2026-01-12",
    )
    assert answer.status_code == 303
    assert TakeOver.objects.count() == 2


def test_only_the_head_of_department_sees_the_list(case: Case) -> None:
    page = browser(case.cast.olena).get("/clients/take-over/").content.decode()
    assert "<form" not in page.split("<main", 1)[-1].split("</main", 1)[0]
    answer = take_over(case.cast.olena, contracts=[case.contract.pk])
    assert answer.status_code == 403

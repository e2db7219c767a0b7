"""The printed sheet says what the paper form says: visas, for whom, hashes (S17)."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from suprovid.handover.queries import sheet_page
from suprovid.handover.rules import Allowance, ItemCode
from suprovid.handover.views.printing import sheet_pdf
from suprovid.obligations.models import Company
from suprovid.people import actions as people
from suprovid.people.queries import staff, today
from suprovid.people.rules import AbsenceKind, Role
from suprovid.web.say import label
from tests.path import Case

pytestmark = pytest.mark.django_db


def printed(case: Case) -> str:
    """The words of the PDF, however it breaks its lines."""
    viewer = staff(today(case.now)).viewer(case.cast.iryna.pk)
    shown = sheet_page(viewer, case.id, case.now)
    pdf = sheet_pdf(shown, company="Правовий вимір", printed_at=case.now)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def test_it_has_the_seven_lines_and_who_gave_which_visa(case: Case) -> None:
    case.ready()
    text = printed(case)
    assert "ОБХІДНИЙЛИСТ" in text.replace(" ", "")  # it is set with wide letters
    assert text.count("ВІЗУ НАДАНО") == 7
    for who in (case.cast.maryna, case.cast.halyna, case.cast.olena):
        assert who.short_name in text


def test_a_deputy_s_visa_says_for_whom(case: Case) -> None:
    away = people.declare_absence(
        actor=case.by(case.cast.olena),
        person_id=case.cast.olena.pk,
        kind=AbsenceKind.VACATION,
        first_day=case.now.date(),
        last_day=case.now.date() + timedelta(days=7),
        deputy_id=case.cast.taras.pk,
    )
    assert away.deputy_id == case.cast.taras.pk
    case.collect()
    case.give(ItemCode.CARD, by=case.cast.taras)
    text = printed(case)
    assert f"{case.cast.taras.short_name}, керівник групи" in text
    assert f"за {case.cast.olena.short_name} (заміщення)" in text


def test_every_hash_stands_there_in_full(case: Case) -> None:
    case.collect()
    case.bring_all()
    joined = printed(case).replace(" ", "")
    for line in case.standing.lines:
        assert all(held in joined for held in line.holds), line.code


def test_a_refusal_names_the_requirement_and_the_reason(case: Case) -> None:
    case.collect()
    case.bring_all()
    case.refuse(ItemCode.CONTRACT)
    text = printed(case)
    assert "ВІДМОВЛЕНО У ВІЗУВАННІ" in text
    assert "у переліку немає двох програм" in text


def test_what_was_replaced_is_printed_as_no_longer_in_force(case: Case) -> None:
    case.collect()
    case.bring_all()
    case.give(ItemCode.CONTRACT)
    case.replace(ItemCode.CONTRACT)
    assert "ВТРАТИЛА ЧИННІСТЬ" in printed(case)


def test_what_the_company_allowed_is_printed(case: Case) -> None:
    """One person gave both the lawyer's and the accountant's visa (3.3)."""
    Company.objects.create(
        name="Правовий вимір", one_person_for_lawyer_and_accountant=True
    )
    people.grant_role(
        actor=case.by(case.cast.yaroslav),
        person_id=case.cast.maryna.pk,
        role=Role.ACCOUNTANT,
        valid_from=case.now.date(),
    )
    case.collect()
    case.bring_all()
    case.pay()
    case.give(ItemCode.CONTRACT)
    case.give(ItemCode.PAYMENT, by=case.cast.maryna)
    assert str(label(Allowance.ONE_PERSON)) in printed(case)

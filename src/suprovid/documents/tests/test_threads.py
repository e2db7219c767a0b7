"""Thirty-two at once on PostgreSQL: numbers without gaps, content kept once (B5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from suprovid.documents.actions import keep, take_number
from suprovid.documents.models import Content, Paper
from suprovid.documents.queries import paper_file
from suprovid.documents.rules import Upload
from tests.cast import HIRED, MONDAY, acting, hire
from tests.owing import together

CROWD = 32
TODAY = date(2026, 4, 13)
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_each_of_many_takes_a_number_of_its_own_and_none_is_left_out() -> None:
    taken = together(lambda _n: take_number(kind="act", on=TODAY), CROWD)

    assert sorted(taken) == list(range(1, CROWD + 1))


def test_papers_that_are_not_written_give_their_numbers_to_the_next() -> None:
    def write(number: int) -> int | None:
        with transaction.atomic():
            taken = take_number(kind="act", on=TODAY)
            transaction.set_rollback(number % 2 == 1)
        return None if number % 2 else taken

    kept = [number for number in together(write, CROWD) if number is not None]

    assert sorted(kept) == list(range(1, CROWD // 2 + 1))
    assert take_number(kind="act", on=TODAY) == CROWD // 2 + 1


def test_kinds_and_years_do_not_wait_for_one_another() -> None:
    with transaction.atomic():
        take_number(kind="act", on=TODAY)
        others = together(lambda n: take_number(kind=f"kind {n}", on=TODAY), 8)

    assert others == [1] * 8


def test_one_content_brought_by_many_is_kept_once() -> None:
    cast = hire(HIRED, with_passwords=False)
    data = b"%PDF-1.7\n%%EOF"
    papers = together(
        lambda n: keep(
            actor=acting(cast.andrii, MONDAY), upload=Upload(f"{n}.pdf", data)
        ),
        CROWD,
    )

    assert (Content.objects.count(), Paper.objects.count()) == (1, CROWD)
    with paper_file(papers[0].pk).open() as file:
        assert file.read() == data

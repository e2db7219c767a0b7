"""Several workers at one mailbox: each letter leaves once, each morning is one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from suprovid.notifications import jobs
from suprovid.notifications.models import DailyLetter
from suprovid.obligations import actions
from tests.cast import Cast, the_cast
from tests.fixtures.mail import Letters
from tests.owing import TUESDAY_18, client_of, found_company, owe, together, worker

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hired(transactional_db: None) -> Cast:
    cast = the_cast()
    found_company()
    return cast


def test_eight_workers_send_each_letter_once(hired: Cast, smtp: Letters) -> None:
    for _ in range(5):
        with transaction.atomic():
            owe(client_of(hired))
    actions.tick(actor=worker(TUESDAY_18))
    sent = together(lambda number: jobs.send_letters(TUESDAY_18))
    assert sum(sent) == len(smtp) == 10
    assert len({letter["Message-ID"] for letter in smtp}) == 10


def test_eight_workers_write_one_round_of_digests(hired: Cast) -> None:
    with transaction.atomic():
        owe(client_of(hired))
    morning = TUESDAY_18 - timedelta(hours=9)
    assert sum(together(lambda number: jobs.morning(morning))) == 1
    assert DailyLetter.objects.count() == 1

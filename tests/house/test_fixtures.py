"""What the other tests stand on does what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.core.mail import send_mail

from suprovid.obligations.models import TermRow
from suprovid.people.models import Person
from tests.fixtures.browser import Watch
from tests.fixtures.mail import Letters

SEEN = [datetime(2026, 3, 2, 9, tzinfo=UTC)]


def test_a_letter_really_leaves(smtp: Letters) -> None:
    send_mail("Вітання", "Їжак", "a@example.com", ["b@example.com"])
    letter: EmailMessage = smtp[0]
    assert letter["Subject"] == "Вітання"
    assert letter.get_content().strip() == "Їжак"


def test_an_ill_server_refuses(smtp: Letters) -> None:
    smtp.refuse = "451 later"
    with pytest.raises(OSError, match="later"):
        send_mail("Вітання", "Їжак", "a@example.com", ["b@example.com"])
    assert smtp == []


@pytest.mark.parametrize("turn", [1, 2])
def test_tables_are_empty_between_tests_that_commit(
    transactional_db: None, turn: int
) -> None:
    assert not Person.objects.exists()
    Person.objects.create(username=f"turn {turn}", created_at=SEEN[0])


@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_laid_lies_there_for_every_test(
    transactional_db: None, turn: int
) -> None:
    assert TermRow.objects.exists()


def test_a_page_is_watched_for_foreign_hosts() -> None:
    watch = Watch("http://localhost:1")
    watch._asked("http://localhost:1/my-day")
    watch._asked("https://fonts.example.com/roboto")
    assert watch.seen == ["asked another host: https://fonts.example.com/roboto"]


def test_a_refusal_in_the_console_is_an_answer_but_an_error_is_not() -> None:
    watch = Watch("http://localhost:1")
    said = "Failed to load resource: the server responded with a status of {} (X)"
    watch._said("error", said.format(409))
    watch._said("error", said.format(500))
    assert watch.seen == ["console: " + said.format(500)]

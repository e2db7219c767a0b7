"""One worker's turns from a missed term to the letters about it."""

from __future__ import annotations

from datetime import timedelta

from suprovid.config import worker
from suprovid.obligations.models import Message
from tests.cast import Cast
from tests.fixtures.mail import Letters
from tests.owing import TUESDAY_18, client_of, found_company, owe


def test_turns_mail_the_miss_and_in_the_morning_one_digest(
    cast: Cast, smtp: Letters
) -> None:
    found_company()
    owe(client_of(cast))
    worker.turn(TUESDAY_18)
    assert {letter["To"] for letter in smtp} == {cast.olena.email, cast.iryna.email}
    smtp.clear()
    before_nine = TUESDAY_18 + timedelta(hours=14, minutes=59)
    worker.turn(before_nine)
    assert not [letter for letter in smtp if letter["To"] == cast.taras.email]
    smtp.clear()
    for minutes in (1, 2, 60):
        worker.turn(before_nine + timedelta(minutes=minutes))
    digests = [x for x in smtp if x["Message-ID"].startswith("<digest-")]
    assert [letter["To"] for letter in digests] == [cast.olena.email]


def test_turns_tell_the_head_of_every_role_granted(cast: Cast) -> None:
    found_company()
    worker.turn(TUESDAY_18)
    told = Message.objects.filter(fact__kind="people.role.granted", person=cast.iryna)
    assert told.count() >= 16

"""Letters: who gets them, once, in whose language, and what happens when they fail."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from suprovid.journal.models import Seal
from suprovid.notifications import jobs, queries
from suprovid.notifications.models import DailyLetter
from suprovid.notifications.rules import MOST_TRIES, one_line, pause_after
from suprovid.obligations import actions as terms
from suprovid.obligations.models import Message, Obligation
from suprovid.people.models import Absence
from tests.cast import Cast
from tests.fixtures.mail import Letters
from tests.owing import (
    MONDAY_10,
    TUESDAY_18,
    client_in,
    client_of,
    found_company,
    owe,
    worker,
)

# Wednesday, 15 April 2026, 9:00 and 18:30 in Kyiv.
WEDNESDAY_9 = datetime.fromisoformat("2026-04-15T06:00:00+00:00")
LATE = TUESDAY_18 + timedelta(minutes=30)


@pytest.fixture
def row(cast: Cast) -> Obligation:
    found_company()
    return owe(client_of(cast))


def tick(now: datetime) -> int:
    return terms.tick(actor=worker(now))


def to(letters: Letters, address: str) -> EmailMessage:
    return next(letter for letter in letters if letter["To"] == address)


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_miss_is_mailed_to_the_owner_and_the_head(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    tick(LATE)
    assert jobs.send_letters(LATE) == 2
    assert {letter["To"] for letter in smtp} == {cast.olena.email, cast.iryna.email}
    assert "Ткачук" in text_of(to(smtp, cast.iryna.email))
    assert jobs.send_letters(LATE) == 0


def test_a_warning_stays_on_the_screen(row: Obligation, smtp: Letters) -> None:
    assert row.warn_at
    tick(row.warn_at)
    assert jobs.send_letters(row.warn_at) == 0
    assert not smtp


def test_the_message_id_is_fixed_by_the_row(
    row: Obligation, cast: Cast, smtp: Letters, settings: Settings
) -> None:
    settings.SITE_URL = "https://arm.example"
    tick(LATE)
    jobs.send_letters(LATE)
    own = Message.objects.get(person=cast.olena)
    letter = to(smtp, cast.olena.email)
    assert letter["Message-ID"] == f"<message-{own.pk}@arm.example>"
    assert "https://arm.example/" in text_of(letter)


def test_each_reads_in_the_own_language(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    cast.iryna.language = "en"
    cast.iryna.save()
    tick(LATE)
    jobs.send_letters(LATE)
    assert "Overdue: Make the first" in to(smtp, cast.iryna.email)["Subject"]
    assert "Прострочено" in to(smtp, cast.olena.email)["Subject"]


def test_a_name_with_line_breaks_makes_no_header_and_no_markup(
    cast: Cast, smtp: Letters
) -> None:
    found_company()
    owe(client_of(cast, name="ТОВ <b>\r\nBcc: all@evil.example\r\n\r\n<script>"))
    tick(LATE)
    jobs.send_letters(LATE)
    letter = to(smtp, cast.olena.email)
    assert letter["Bcc"] is None
    assert "Bcc: all@evil.example" in letter["Subject"]
    assert "<script>" not in text_of(letter, "html")


def test_a_sick_server_is_asked_again_later_and_no_letter_is_lost(
    row: Obligation, smtp: Letters
) -> None:
    tick(LATE)
    smtp.refuse = "451 later"
    assert jobs.send_letters(LATE) == 0
    assert jobs.send_letters(LATE) == 0
    smtp.refuse = None
    assert jobs.send_letters(LATE + timedelta(minutes=2)) == 2


def test_a_slow_server_does_not_keep_the_worker_from_terms(
    row: Obligation, smtp: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One letter took a minute: the rest waits for the next turn."""
    tick(LATE)
    seconds = iter(range(0, 6000, 60))
    monkeypatch.setattr(jobs, "monotonic", lambda: next(seconds))
    assert [jobs.send_letters(LATE) for _turn in range(3)] == [1, 1, 0]


def test_after_many_failures_a_letter_is_parked_in_sight(
    row: Obligation, smtp: Letters
) -> None:
    tick(LATE)
    smtp.refuse = "550 never"
    now = LATE
    for _ in range(MOST_TRIES + 2):
        jobs.send_letters(now)
        now += timedelta(days=1)
    assert queries.parked_letters() == 2
    smtp.refuse = None
    assert jobs.send_letters(now) == 0


def test_a_worker_that_died_with_a_letter_leaves_it_to_another(
    row: Obligation, smtp: Letters
) -> None:
    from suprovid.notifications.actions import claim_letter

    tick(LATE)
    claimed = claim_letter(now=LATE)
    assert claimed is not None
    assert jobs.send_letters(LATE) == 1
    assert jobs.send_letters(LATE + timedelta(minutes=6)) == 1


def test_sending_paused_sends_nothing_and_loses_nothing(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    tick(LATE)
    terms.pause_letters(actor=worker(LATE), paused=True)
    assert jobs.send_letters(LATE) == 0
    terms.pause_letters(actor=worker(LATE), paused=False)
    assert jobs.send_letters(LATE) == 2


def test_nobody_writes_to_one_who_left(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    tick(LATE)
    cast.olena.is_active = False
    cast.olena.save()
    assert jobs.send_letters(LATE) == 1
    assert jobs.send_letters(LATE + timedelta(days=1)) == 0


def test_letters_lie_in_a_folder_unless_a_server_is_set(
    row: Obligation, settings: Settings, tmp_path: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    tick(LATE)
    assert jobs.send_letters(LATE) == 2


# ---------------------------------------------------------------- each morning


def test_one_digest_in_the_morning_says_what_waits(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    owe(client_in(row), "handover.acceptance", opened=WEDNESDAY_9)
    assert jobs.morning(WEDNESDAY_9 - timedelta(minutes=1)) == 0
    assert jobs.morning(WEDNESDAY_9) == 1
    assert jobs.morning(WEDNESDAY_9 + timedelta(hours=1)) == 0
    jobs.send_letters(WEDNESDAY_9)
    letter = to(smtp, cast.olena.email)
    assert "2 справи" in letter["Subject"]
    assert "прострочено: 1" in letter["Subject"]


def test_who_owes_nothing_today_gets_no_digest(row: Obligation, cast: Cast) -> None:
    jobs.morning(MONDAY_10)
    assert not DailyLetter.objects.exists()


def test_no_digest_on_a_day_off(row: Obligation) -> None:
    assert jobs.morning(WEDNESDAY_9 + timedelta(days=3)) == 0


def test_the_digest_of_an_absent_goes_to_the_deputy(
    row: Obligation, cast: Cast
) -> None:
    day = date(2026, 4, 15)
    Absence.objects.create(
        person=cast.olena,
        deputy=cast.taras,
        kind="illness",
        first_day=day,
        last_day=day,
    )
    jobs.morning(WEDNESDAY_9)
    people = DailyLetter.objects.values_list("person", flat=True)
    assert list(people) == [cast.taras.pk]


def test_what_was_done_before_it_is_sent_needs_no_digest(
    row: Obligation, smtp: Letters
) -> None:
    jobs.morning(WEDNESDAY_9)
    terms.meet(actor=worker(WEDNESDAY_9), kind=row.kind, subject=client_in(row))
    assert jobs.send_letters(WEDNESDAY_9) == 0


def test_the_newest_seal_is_mailed_to_the_heads_once(
    row: Obligation, cast: Cast, smtp: Letters
) -> None:
    Seal.objects.create(
        number=7,
        first_seq=1,
        last_seq=2,
        previous="0" * 64,
        hash="ab" * 32,
        sealed_at=MONDAY_10,
    )
    jobs.morning(MONDAY_10)
    jobs.morning(MONDAY_10 + timedelta(days=1))
    jobs.send_letters(MONDAY_10 + timedelta(days=1))
    heads = {p.email for p in (cast.olena, cast.serhii, cast.viktor, cast.iryna)}
    sealed = [letter for letter in smtp if "ab" * 32 in text_of(letter)]
    assert len(sealed) == len(heads)
    assert {letter["To"] for letter in sealed} == heads


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES + 1)]
    assert pauses[-1] is None
    grown = [pause for pause in pauses if pause is not None]
    assert grown == sorted(grown)
    assert grown[0] == timedelta(minutes=1)


def test_a_header_is_one_line() -> None:
    assert one_line("a\r\nBcc: b\x00\u2028c") == "a Bcc: b c"

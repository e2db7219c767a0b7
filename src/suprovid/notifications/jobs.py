"""What the worker does for people's mailboxes."""

from __future__ import annotations

import logging
from datetime import datetime
from time import monotonic

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from suprovid.journal.rules import Actor, Channel
from suprovid.notifications import actions, queries
from suprovid.notifications.actions import ClaimedLetter
from suprovid.notifications.queries import Letter

log = logging.getLogger("suprovid.letters")
MOST_SECONDS = 5


def morning(now: datetime) -> int:
    """The day's digests and the newest seal, written once a day each."""
    actor = Actor(None, Channel.WORKER, now)
    return actions.write_digests(actor=actor) + actions.write_seals(actor=actor)


def send_letters(now: datetime, limit: int = 50) -> int:
    """Send what waits, one claimed at a time; how many left the house.

    A mail server that is slow or away keeps the worker from terms only so long.
    """
    sent, begun = 0, monotonic()
    for _turn in range(limit):
        claim = actions.claim_letter(now=now)
        if claim is None:
            break
        sent += _try(claim, now)
        if monotonic() - begun > MOST_SECONDS:
            break
    return sent


def _try(claim: ClaimedLetter, now: datetime) -> bool:
    """One letter that cannot be sent must not keep the others."""
    try:
        with translation.override(claim.language):
            letter = queries.letter(claim.table, claim.id, now)
            if letter is None:
                actions.letter_needless(claim=claim)
                return False
            _send(letter)
    except Exception:
        log.exception("Letter %s %s was not sent.", claim.table, claim.id)
        actions.letter_failed(claim=claim, now=now)
        return False
    actions.letter_sent(claim=claim, now=now)
    return True


def _send(letter: Letter) -> None:
    context = {"letter": letter, "language": translation.get_language()}
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("notifications/letters/letter.txt", context),
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(fail_silently=False),
    )
    page = render_to_string("notifications/letters/letter.html", context)
    message.attach_alternative(page, "text/html")
    message.send()

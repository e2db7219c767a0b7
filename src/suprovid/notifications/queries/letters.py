"""What letters say, in the language that is active: the job sets the person's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suprovid.journal.queries import newest_seal as newest_seal
from suprovid.notifications.models import DailyLetter
from suprovid.notifications.queries.inbox import url_of, values_of
from suprovid.notifications.rules import MOST_TRIES, DailyKind, one_line
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.queries import company, label_of, owed_by, owner_of
from suprovid.obligations.rules import answering
from suprovid.people.models import Person
from suprovid.people.queries import KYIV, today
from suprovid.people.queries import staff as staff_on
from suprovid.people.rules import Staff
from suprovid.web import say

SHOWN = 30


@dataclass(frozen=True)
class Line:
    """One thing in a letter, with its link."""

    text: str
    detail: str
    url: str
    late: bool = False


@dataclass(frozen=True)
class Letter:
    """Everything the templates of a letter need."""

    to: str
    subject: str
    message_id: str
    greeting: str
    intro: str
    lines: tuple[Line, ...]
    closing: str
    site_url: str
    company: str


def letter(table: str, row_id: int, now: datetime) -> Letter | None:
    """One claimed letter; None when there is nobody to write to, or nothing to say."""
    if table == "message":
        return _of_message(row_id, now)
    row = DailyLetter.objects.select_related("person").get(pk=row_id)
    if not row.person.is_active:
        return None
    return _of_seal(row) if row.kind == DailyKind.SEAL else _of_digest(row, now)


def _letter(
    person: Person,
    ref: str,
    *,
    subject: str,
    intro: str,
    lines: tuple[Line, ...] = (),
    closing: str = "",
) -> Letter:
    return Letter(
        to=person.email,
        subject=one_line(subject),
        message_id=f"<{ref}@{urlsplit(settings.SITE_URL).hostname}>",
        greeting=_("Hello, {name}.").format(name=person.short_name),
        intro=intro,
        lines=lines,
        closing=closing,
        site_url=settings.SITE_URL,
        company=company().name,
    )


def _of_message(row_id: int, now: datetime) -> Letter | None:
    row = Message.objects.select_related(
        "person", "fact", "obligation__client", "obligation__owner_person"
    ).get(pk=row_id)
    if not row.person.is_active:
        return None
    if row.obligation is None:
        said = say.sentence(row.fact.kind, values_of([row.fact])[row.fact_id])
        lines = (Line(said, say.day_and_time(row.fact.at), _whole(url_of(row))),)
        return _letter(
            row.person, f"message-{row.pk}", subject=said, intro="", lines=lines
        )
    return _of_miss(row, row.obligation, now)


def _of_miss(row: Message, owed: Obligation, now: datetime) -> Letter:
    """To the owner it says "do it", to a head whose it is."""
    what = _what(owed)
    staff = staff_on(today(now))
    owners = answering(owner_of(owed), staff)
    mine = row.person_id in {member.id for member in owners}
    names = ", ".join(member.name for member in owners)
    due = _("was due {moment}").format(moment=say.day_and_time(row.fact.at))
    if mine:
        intro = _("The term has passed. Please do it, or ask your head to move it.")
    else:
        intro = _("A term was missed; you are told as a head. It is owed by: {names}.")
    line = Line(what, due, _whole(url_of(row)), late=True)
    return _letter(
        row.person,
        f"message-{row.pk}",
        subject=_("Overdue: {what}").format(what=what),
        intro=intro.format(names=names),
        lines=(line,),
        closing=_("It has been done meanwhile.") if owed.ended_at else "",
    )


def _what(owed: Obligation) -> str:
    label = label_of(owed)
    return f"{label} — {owed.client}" if owed.client else label


def _of_digest(row: DailyLetter, now: datetime) -> Letter | None:
    """What is late, what is due today, what comes next; read when it is sent."""
    staff = staff_on(today(now))
    waiting = owed_by(staff.viewer(row.person_id), staff, now, limit=SHOWN)
    if not waiting.total:
        return None
    lines = tuple(
        Line(
            text=f"{item.label} — {item.client_name}"
            if item.client_name
            else item.label,
            detail=_due_words(item.term.due, now),
            url=_whole(item.url),
            late=item.state == "late",
        )
        for item in waiting.rows
    )
    subject = ngettext(
        "{n} thing waits for you", "{n} things wait for you", waiting.total
    ).format(n=waiting.total)
    if waiting.late:
        subject += ", " + _("overdue: {late}").format(late=waiting.late)
    more = waiting.total - len(lines)
    closing = _("And {more} more on your day.").format(more=more) if more else ""
    return _letter(
        row.person,
        f"digest-{row.pk}",
        subject=subject,
        intro=_("This waits for you, the most urgent first."),
        lines=lines,
        closing=closing,
    )


def _due_words(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    until = say.when(due, now, until=True)
    return _("was due {moment}").format(moment=until) if due <= now else until


def _of_seal(row: DailyLetter) -> Letter:
    number, digest = row.holds["number"], row.holds["hash"]
    return _letter(
        row.person,
        f"seal-{row.pk}",
        subject=_("Seal of the journal no. {number}").format(number=number),
        intro=_(
            "Keep this letter: it proves what the journal said. Whoever rewrites the "
            "journal cannot change what lies in your mailbox."
        ),
        lines=(Line(digest, _("seal no. {number}").format(number=number), ""),),
        closing=_("To compare: suprovid verify --seal {hash}").format(hash=digest),
    )


def _whole(url: str) -> str:
    """Links begin with the site's own address, never with what a request said."""
    return f"{settings.SITE_URL}{url}" if url else settings.SITE_URL


def people_with_something_due(now: datetime, staff: Staff) -> set[int]:
    """Who has something late, or due by the end of today; one query."""
    midnight = datetime.combine(today(now) + timedelta(days=1), time(), KYIV)
    owners = {
        owner_of(row)
        for row in Obligation.objects.filter(ended_at=None, due_at__lt=midnight).only(
            "owner_person", "owner_role", "owner_group"
        )
    }
    return {member.id for owner in owners for member in answering(owner, staff)}


def parked_letters() -> int:
    """Letters that failed too often, for the administrator and the doctor."""
    given_up = {"sent_at": None, "next_try_at": None, "tries__gte": MOST_TRIES}
    told = Message.objects.filter(by_letter=True, **given_up).count()
    return told + DailyLetter.objects.filter(**given_up).count()

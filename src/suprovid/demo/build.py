"""The demo department: believable, ending today, made only by calling actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from suprovid.contracts import actions as contracts
from suprovid.contracts.models import Kit
from suprovid.demo.bank import bank
from suprovid.demo.case import Department, Plan, Until
from suprovid.demo.cast import Cast, acting, hire
from suprovid.demo.clients import CLIENTS
from suprovid.demo.clock import Days, Story, Telling, last_day
from suprovid.demo.life import taken_over, told
from suprovid.handover import followers as handover_followers
from suprovid.journal import actions as journal
from suprovid.journal.rules import Actor, Channel
from suprovid.lib.decision import Reason, Refused
from suprovid.lib.words import word
from suprovid.notifications import actions as notifications
from suprovid.notifications import followers as notification_followers
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Company
from suprovid.obligations.queries import calendar
from suprovid.people import actions as people
from suprovid.people.models import Person
from suprovid.people.rules import AbsenceKind

COMPANY = "Сервісна компанія «Правовий вимір»"
BEGAN = 22
"""Working days before today on which the telling begins: more than four weeks."""
FOLLOWERS = {**handover_followers.FOLLOWERS, **notification_followers.FOLLOWERS}
BANKS = (
    "Законодавство України",
    "Судова практика",
    "Кадри і зарплата",
    "Податки та облік",
    "Зразки договорів",
    "Державні закупівлі",
)
KITS = {
    "Універсал": BANKS,
    "Бухгалтер": ("Законодавство України", "Податки та облік", "Кадри і зарплата"),
    "Юрист": ("Законодавство України", "Судова практика", "Зразки договорів"),
    "Установа": ("Законодавство України", "Державні закупівлі", "Кадри і зарплата"),
}
HANDOVERS: tuple[tuple[int, Until, str, str, str], ...] = (
    # working days before the last one, how far, sales, group, twist
    (0, Until.DRAFT, "andrii", "podil", ""),
    (2, Until.SENT_BACK, "sofiia", "obolon", ""),
    (0, Until.SENT, "andrii", "podil", ""),
    (1, Until.SENT, "sofiia", "podil", "late"),
    (0, Until.CONFIRMED, "andrii", "obolon", ""),
    (1, Until.VISAS, "andrii", "podil", "refused"),
    (1, Until.VISAS, "sofiia", "podil", "fallen"),
    (1, Until.VISAS, "andrii", "podil", "no_copy"),
    (3, Until.VISAS, "sofiia", "obolon", "unpaid"),
    (1, Until.ALL_VISAS, "andrii", "podil", ""),
    (2, Until.ACCEPTED, "sofiia", "obolon", ""),
    (2, Until.CONTACT, "andrii", "podil", ""),
    (2, Until.INSTALLER, "sofiia", "podil", ""),
    (4, Until.INSTALLED, "andrii", "obolon", "late"),
    (3, Until.SUBMITTED, "andrii", "podil", ""),
    (3, Until.SUBMITTED, "sofiia", "podil", "returned_record"),
    (4, Until.CONFIRMED_RECORD, "andrii", "podil", ""),
    (6, Until.IN_SERVICE, "sofiia", "podil", ""),
    (8, Until.IN_SERVICE, "andrii", "obolon", "deputy"),
    (19, Until.CALLED, "andrii", "podil", "saturday"),
    (16, Until.CALLED, "sofiia", "podil", "answered"),
    (7, Until.VISAS, "andrii", "podil", "walked_away"),
    (6, Until.IN_SERVICE, "sofiia", "obolon", "objected"),
    (17, Until.CALLED, "andrii", "obolon", "paid_late"),
    (10, Until.IN_SERVICE, "andrii", "podil", "late"),
)


class NotADemo(Refused):
    """The base holds a real company's data."""


@transaction.atomic
def build(
    now: datetime, progress: Callable[[float], None] = lambda _part: None
) -> Cast:
    """Build the demo in an empty base; all of it or nothing.

    Args:
        now: the moment the four weeks end at.
        progress: told the part that is done, 0 to 1.

    Raises:
        NotADemo: somebody has been entered here already.
    """
    if Person.objects.exists() or Company.objects.exists():
        raise NotADemo(
            Reason(
                word("There is data in this base already. The demo needs an empty one.")
            )
        )
    began = now - timedelta(days=60)
    obligations.found_company(actor=acting(None, began), name=COMPANY, demo=True)
    cast = hire(began)
    work = calendar()
    days = Days(work, last_day(work, now))
    department = Department(cast=cast, days=days, kits=catalogue(cast, began))
    _tell(department, now, progress)
    journal.order_fresh()
    while journal.seal(now):
        pass
    return cast


def catalogue(cast: Cast, at: datetime) -> dict[str, Kit]:
    by, since = acting(cast.iryna, at), at.date()
    banks = {
        name: contracts.add_bank(actor=by, name=name, valid_from=since).pk
        for name in BANKS
    }
    return {
        name: contracts.add_kit(
            actor=by,
            name=name,
            bank_ids=[banks[bank] for bank in held],
            valid_from=since,
        )
        for name, held in KITS.items()
    }


def _tell(
    department: Department, now: datetime, progress: Callable[[float], None]
) -> None:
    telling = Telling(
        until=now,
        clock=lambda moment: setattr(department, "now", moment),
        turn=turn,
    )
    telling.add(_absences(department))
    telling.add(_evenings(department))
    telling.add(bank(department))
    for story in _stories(department):
        telling.add(story)
    telling.run(progress)


def _stories(d: Department) -> Iterator[Story]:
    year = d.days.today.year
    for number, row in enumerate(HANDOVERS):
        back, until, sales, group, twist = row
        plan = Plan(CLIENTS[number], back, until, sales, group, twist=twist)
        yield told(d, plan, f"{210 + number}/{year % 100}")
    for number, known in enumerate(CLIENTS[len(HANDOVERS) :]):
        group = "podil" if number % 2 else "obolon"
        yield taken_over(
            d, known, f"{310 + number}/{year % 100 - 1}", group, 20 - number
        )


def _absences(d: Department) -> Story:
    """The head of «Оболонь» was away, Oksana stood in; a manager is ill today."""
    first, last = _day(d, 7), _day(d, 5)
    yield d.days.at(8, "17:10")
    d.head_away = (first, last)
    people.declare_absence(
        actor=d.by("serhii"),
        person_id=d.cast.serhii.pk,
        kind=AbsenceKind.TRIP,
        first_day=first,
        last_day=last,
        deputy_id=d.cast.oksana.pk,
    )
    yield d.days.at(0, "17:15")
    people.declare_absence(
        actor=d.by("nadiia"),
        person_id=d.cast.nadiia.pk,
        kind=AbsenceKind.ILLNESS,
        first_day=_day(d, 0),
        last_day=d.days.today + timedelta(days=5),
        deputy_id=d.cast.taras.pk,
    )


def _evenings(d: Department) -> Story:
    """Before going home everybody looks at the bell; today's is still to be read."""
    for back in range(BEGAN, 0, -1):
        yield d.days.at(back, "17:50")
        for key in d.cast.everybody():
            notifications.mark_all_read(actor=d.by(key))


def _day(d: Department, back: int) -> date:
    return d.days.at(back, "12:00").date()


def turn(now: datetime) -> None:
    """What the worker does between two moments: order, follow, fire."""
    while journal.order_fresh():
        for name, handle in FOLLOWERS.items():
            while journal.walk(name, handle, now=now):
                pass
    obligations.tick(actor=Actor(None, Channel.WORKER, now))

"""The people of the demo department; the tests work with the same ones.

Two service groups, sales, two lawyers and two accountants, so that one of each can
stand in for the other. All are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import ScryptPasswordHasher, get_hasher

from suprovid.journal.rules import Actor, Channel
from suprovid.people import actions
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.rules import Role

PASSWORD = "передача-без-паперу"  # noqa: S105 - of the demo only, and printed there
MAIL = "suprovid.example"
PODIL, OBOLON = "Поділ", "Оболонь"


@dataclass(frozen=True)
class Part:
    """One of the cast: `key` is the name in tests, `username` the sign-in."""

    key: str
    username: str
    family: str
    given: str
    patronymic: str
    role: Role
    group: str = ""
    phone: str = ""


ADMINISTRATOR = Part(
    "yaroslav", "klymchuk", "Климчук", "Ярослав", "Ігорович", Role.ADMINISTRATOR
)
PARTS = (
    Part(
        "iryna",
        "doroshenko",
        "Дорошенко",
        "Ірина",
        "Василівна",
        Role.DEPARTMENT_HEAD,
    ),
    Part("olena", "tkachuk", "Ткачук", "Олена", "Петрівна", Role.GROUP_HEAD, PODIL),
    Part("taras", "bondar", "Бондар", "Тарас", "Олегович", Role.MANAGER, PODIL),
    Part("nadiia", "lysenko", "Лисенко", "Надія", "Юріївна", Role.MANAGER, PODIL),
    Part("pavlo", "shevchuk", "Шевчук", "Павло", "Андрійович", Role.ENGINEER, PODIL),
    Part("serhii", "melnyk", "Мельник", "Сергій", "Іванович", Role.GROUP_HEAD, OBOLON),
    Part("oksana", "kravchuk", "Кравчук", "Оксана", "Дмитрівна", Role.MANAGER, OBOLON),
    Part("bohdan", "gudz", "Ґудзь", "Богдан", "Степанович", Role.MANAGER, OBOLON),
    Part("yurii", "izhakevych", "Їжакевич", "Юрій", "Павлович", Role.ENGINEER, OBOLON),
    Part("viktor", "romaniuk", "Романюк", "Віктор", "Миколайович", Role.SALES_HEAD),
    Part("andrii", "savchenko", "Савченко", "Андрій", "Сергійович", Role.SALES),
    Part("sofiia", "lytvyn", "Литвин", "Софія", "Богданівна", Role.SALES),
    Part("maryna", "koval", "Коваль", "Марина", "Олексіївна", Role.LAWYER),
    Part("denys", "ostapenko", "Остапенко", "Денис", "Вікторович", Role.LAWYER),
    Part("halyna", "polishchuk", "Поліщук", "Галина", "Федорівна", Role.ACCOUNTANT),
    Part("liudmyla", "yatsenko", "Яценко", "Людмила", "Романівна", Role.ACCOUNTANT),
)


@dataclass(frozen=True)
class Cast:
    """Everybody by first name, and both groups."""

    podil: ServiceGroup
    obolon: ServiceGroup
    yaroslav: Person
    iryna: Person
    olena: Person
    taras: Person
    nadiia: Person
    pavlo: Person
    serhii: Person
    oksana: Person
    bohdan: Person
    yurii: Person
    viktor: Person
    andrii: Person
    sofiia: Person
    maryna: Person
    denys: Person
    halyna: Person
    liudmyla: Person

    def everybody(self) -> dict[str, Person]:
        """By the name in the tests: the rows of a table of roles."""
        return {part.key: getattr(self, part.key) for part in (ADMINISTRATOR, *PARTS)}


def acting(
    person: Person | None, now: datetime, channel: Channel = Channel.PAGE
) -> Actor:
    """The person at a door at a moment; nobody is the console."""
    if person is None:
        return Actor(None, Channel.CONSOLE, now)
    return Actor(person.pk, channel, now)


def hire(now: datetime, *, with_passwords: bool = True) -> Cast:
    """Set an empty database up with the whole cast, by the actions people use."""
    yaroslav = _found(now, with_passwords=with_passwords)
    by_yaroslav = acting(yaroslav, now)
    podil = actions.create_group(actor=by_yaroslav, name=PODIL)
    obolon = actions.create_group(actor=by_yaroslav, name=OBOLON)
    groups = {PODIL: podil.pk, OBOLON: obolon.pk, "": None}
    hired = {
        part.key: _hire_one(
            by_yaroslav, part, groups[part.group], with_passwords=with_passwords
        )
        for part in PARTS
    }
    return Cast(podil=podil, obolon=obolon, yaroslav=yaroslav, **hired)


def _found(now: datetime, *, with_passwords: bool) -> Person:
    part = ADMINISTRATOR
    handed = actions.found_company(
        actor=acting(None, now),
        username=part.username,
        email=f"{part.username}@{MAIL}",
        family_name=part.family,
        given_name=part.given,
    )
    if with_passwords:
        _choose_password(handed, now)
    return Person.objects.get(pk=handed.person_id)


def _hire_one(
    actor: Actor, part: Part, group_id: int | None, *, with_passwords: bool
) -> Person:
    person = actions.enter_person(
        actor=actor,
        username=part.username,
        email=f"{part.username}@{MAIL}",
        family_name=part.family,
        given_name=part.given,
        patronymic=part.patronymic,
        phone=part.phone,
    )
    actions.grant_role(
        actor=actor, person_id=person.pk, role=part.role, group_id=group_id
    )
    if with_passwords:
        _choose_password(actions.invite(actor=actor, person_id=person.pk), actor.now)
    return Person.objects.get(pk=person.pk)


def _choose_password(handed: actions.Handed, now: datetime) -> None:
    with _quick_hash():
        actions.accept_invitation(secret=handed.secret, password=PASSWORD, now=now)


@contextmanager
def _quick_hash() -> Iterator[None]:
    """The demo's password is no secret: four seconds of scrypt would guard nothing.

    The cost stands in the hash, and the first sign-in lays it at its usual height.
    """
    hasher = get_hasher()
    if not isinstance(hasher, ScryptPasswordHasher):
        yield
        return
    usual = hasher.work_factor
    hasher.work_factor = 2**8
    try:
        yield
    finally:
        hasher.work_factor = usual

"""Where to go to see every page of the URL map, and every face of the main ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.test import Client
from django.urls import reverse

from suprovid.demo.case import Plan, Until
from suprovid.demo.clients import CLIENTS
from suprovid.handover.models import Handover
from suprovid.handover.rules import Stage
from suprovid.obligations.forms import CHANGES
from suprovid.people import actions as people
from suprovid.people.models import Person
from tests.cast import Cast, acting
from tests.roles.routes import Page, pages
from tests.roles.things import OWN, House, Things, house

WHO = ("olena", "iryna", "andrii", "halyna", "yaroslav")
"""Whoever of them is shown a page first looks at it."""
STAGES = (
    Plan(CLIENTS[3], 1, Until.DRAFT),
    Plan(CLIENTS[4], 3, Until.SENT_BACK),
    Plan(CLIENTS[5], 2, Until.SENT),
    Plan(CLIENTS[6], 3, Until.VISAS, twist="refused"),
    Plan(CLIENTS[7], 3, Until.VISAS, twist="fallen"),
    Plan(CLIENTS[8], 4, Until.VISAS, twist="unpaid"),
    Plan(CLIENTS[9], 3, Until.ALL_VISAS),
    Plan(CLIENTS[10], 4, Until.INSTALLED),
    Plan(CLIENTS[11], 4, Until.SUBMITTED),
    Plan(CLIENTS[12], 6, Until.CONFIRMED_RECORD),
    Plan(CLIENTS[13], 8, Until.CALLED),
    Plan(CLIENTS[14], 5, Until.VISAS, twist="walked_away"),
)
CLOSED = frozenset(
    {"account_signup", "account_email", "account_inactive"}
    | {"account_email_verification_sent"}
)
"""Doors of allauth that we keep shut; they only bear their names."""
FILES = frozenset(
    {"handover:print", "handover:paper", "service:signature", "service:photo"}
    | {"intake:file", "intake:left"}
    | {"health", "mfa_download_recovery_codes", "money:bank-line"}
)
"""A PDF, a picture, JSON, a way to a page: no page."""
ELSEWHERE = frozenset({"people:invitation"})
"""Seen by people who are not signed in: `strangers`."""


@dataclass(frozen=True)
class Stop:
    """A page and who looks at it."""

    who: str
    address: str


@dataclass(frozen=True)
class Tour:
    house: House
    stops: tuple[Stop, ...]
    missed: tuple[str, ...]
    """Pages of the map that nobody was shown."""


def tour() -> Tour:
    """A department with a handover in every stage, and the way through its pages."""
    made = house(datetime.now(UTC), STAGES)
    things = made.things[OWN]
    found = {page.name: list(_stops(made, page, things)) for page in pages()}
    missed = {name for name, stops in found.items() if not stops}
    stops = [stop for stops in found.values() for stop in stops]
    return Tour(
        made,
        tuple(dict.fromkeys([*stops, *_faces(made)])),
        tuple(sorted(missed - CLOSED - FILES - ELSEWHERE - _presses(made, things))),
    )


def _stops(made: House, page: Page, things: Things) -> Iterator[Stop]:
    for address in _addresses(page, things):
        for who in WHO:
            if is_shown(getattr(made.cast, who), address):
                yield Stop(who, address)
                break


def _addresses(page: Page, things: Things) -> Iterator[str]:
    """One for most pages; each form that bears a name of its own."""
    if page.name == "obligations:change-calendar":
        yield from (reverse(page.name, args=[thing]) for thing in CHANGES)
    elif page.name == "handover:fill":
        items = Handover.objects.get(pk=things["handover_id"]).sheets.get().items
        numbers = items.filter(number__in=(5, 6)).values_list("pk", flat=True)
        for item_id in numbers:
            yield page.address({**things, "item_id": item_id})
    elif set(page.args) <= set(things):
        yield page.address(things)


def is_shown(person: Person, address: str) -> bool:
    """Whether this person gets an HTML page here."""
    answer = _browser(person).get(address)
    answer.close()
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and html


def _browser(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _presses(made: House, things: Things) -> set[str]:
    """Addresses of buttons: they answer 405 to who only looks."""
    client = _browser(made.cast.iryna)
    some = {"token_id": 1, **things}
    return {
        page.name
        for page in pages()
        if page.name not in FILES
        and set(page.args) <= set(some)
        and client.get(page.address(some)).status_code == 405
    }


def _faces(made: House) -> Iterator[Stop]:
    """The main pages in all their stages, and the day of everyone."""
    for handover in Handover.objects.order_by("pk"):
        who = "olena" if handover.group_id == made.cast.podil.pk else "iryna"
        yield Stop(who, reverse("handover:handover", args=[handover.pk]))
        if handover.stage in (Stage.ACCEPTED, Stage.IN_SERVICE):
            yield Stop(who, reverse("service:installation", args=[handover.pk]))
    for who in ("taras", "pavlo", "viktor", "maryna", *WHO):
        yield Stop(who, reverse("desk:day"))
    own = made.things[OWN]
    for who in ("maryna", "halyna", "andrii"):
        yield Stop(who, reverse("handover:handover", args=[own["handover_id"]]))
    for client_id in Handover.objects.values_list("client_id", flat=True)[8:12]:
        yield Stop("iryna", reverse("card:client", args=[client_id]))
    board = reverse("handover:board")
    yield from (Stop("olena", f"{board}?show={show}") for show in ("table", "ended"))
    yield Stop("olena", f"{reverse('desk:search')}?q=ТОВ")


def secret_of_an_invitation(cast: Cast, now: datetime) -> str:
    by = acting(cast.yaroslav, now)
    handed = people.invite(actor=by, person_id=cast.taras.pk)
    return handed.secret

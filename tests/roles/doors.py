"""Every door of the house: a page by a method, an operation of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from tests.roles.asking import Said, ask_api, ask_page
from tests.roles.routes import Operation, Page, operations, pages
from tests.roles.things import OWN, WHOSE, Things

OF_A_CLIENT = frozenset(
    {
        "allocation_id",
        "client_id",
        "contact_id",
        "contract_id",
        "form_item_id",
        "handover_id",
        "invoice_id",
        "item_id",
        "item_paper_id",
        "line_id",
        "obligation_id",
        "owing_invoice_id",
        "payment_id",
        "photo_id",
        "site_id",
        "spare_payment_id",
    }
)
"""Things that belong to some client, and are seen by those who see it."""
ABSENT = 999_999


@dataclass(frozen=True, eq=False)
class Door:
    """One way to ask."""

    what: str
    asked: Page | Operation
    method: str

    def ask(self, client: Client, things: Things) -> Said:
        if isinstance(self.asked, Page):
            return ask_page(client, self.asked, self.method, things)
        return ask_api(client, self.asked, things)

    @property
    def names(self) -> frozenset[str]:
        """What its address and, in the API, its body say."""
        body = self.asked.body if isinstance(self.asked, Operation) else None
        return frozenset(self.asked.args) | frozenset(body or ())

    @property
    def is_page(self) -> bool:
        return isinstance(self.asked, Page)

    @property
    def only_shows(self) -> bool:
        """Not the form of something that is another's job."""
        return isinstance(self.asked, Operation) or self.asked.methods == ("GET",)

    @property
    def of_a_client(self) -> bool:
        return bool(self.names & OF_A_CLIENT)

    @property
    def whose(self) -> tuple[str, ...]:
        """One answer where nothing says whose thing is meant."""
        says = any(name.endswith("_id") or name == "secret" for name in self.names)
        return WHOSE if says else (OWN,)


def doors() -> Iterator[Door]:
    for page in pages():
        for method in page.methods:
            yield Door(f"{method} {page.name}", page, method)
    for one in operations():
        yield Door(one.name, one, one.method)


def absent(foreign: Things) -> Things:
    """The same with a client that nobody has."""
    return {**foreign, **dict.fromkeys(OF_A_CLIENT, ABSENT)}

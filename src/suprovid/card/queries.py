"""The client's page: everything the apps below know of one client (INTERFACE 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from suprovid.clients.queries import Particulars, particulars
from suprovid.clients.rules import ServedBy
from suprovid.contracts.queries import ContractRow, writing_for
from suprovid.contracts.queries import about_client as contracts_of
from suprovid.handover.queries import CardRow
from suprovid.handover.queries import about_client as handovers_of
from suprovid.journal.queries import timeline
from suprovid.lib.decision import Decision
from suprovid.money.queries import InvoiceRow
from suprovid.money.queries import about_client as invoices_of
from suprovid.obligations.queries import AboutClient
from suprovid.obligations.queries import about_client as terms_of
from suprovid.people.queries import told
from suprovid.people.rules import Role, Viewer
from suprovid.service.models import Installation, TakeOver
from suprovid.web.parts import TimelineRow

MONEY = (
    Role.ACCOUNTANT,
    Role.DEPARTMENT_HEAD,
    Role.GROUP_HEAD,
    Role.MANAGER,
    Role.SALES,
    Role.SALES_HEAD,
)
STORY = 40


@dataclass(frozen=True)
class Installed:
    """What stands installed, by the newest confirmed record."""

    handover_id: int
    kit: str
    version: str
    workplaces: int | None
    done_at: datetime | None
    confirmed: bool


@dataclass(frozen=True)
class ClientPage:
    client: Particulars
    terms: AboutClient
    contracts: tuple[ContractRow, ...]
    contract_writing: Decision
    handovers: tuple[CardRow, ...]
    invoices: tuple[InvoiceRow, ...]
    sees_money: bool
    installed: tuple[Installed, ...]
    taken_over: bool
    story: tuple[TimelineRow, ...]

    @property
    def owed(self) -> Decimal:
        """What the client still owes on all invoices."""
        return sum((invoice.owed for invoice in self.invoices), Decimal(0))

    @property
    def monthly(self) -> Decimal:
        return sum((contract.monthly for contract in self.contracts), Decimal(0))

    @property
    def seats(self) -> int:
        return sum(line.seats for one in self.contracts for line in one.lines)


def client_page(viewer: Viewer, client_id: int, now: datetime) -> ClientPage:
    """The whole story of a client.

    Raises:
        Missing: not there, or not theirs.
    """
    client = particulars(viewer, client_id)
    _name, writing = writing_for(viewer, client_id)
    sees_money = any(viewer.may(role) for role in MONEY)
    return ClientPage(
        client=client,
        terms=terms_of(viewer, client_id, now),
        contracts=contracts_of(viewer, client_id),
        contract_writing=writing,
        handovers=handovers_of(viewer, client_id, now),
        invoices=invoices_of(viewer, client_id) if sees_money else (),
        sees_money=sees_money,
        installed=_installed(client_id),
        taken_over=_taken_over(client),
        story=told(timeline(client_id, limit=STORY)),
    )


def _installed(client_id: int) -> tuple[Installed, ...]:
    rows = Installation.objects.filter(handover__client_id=client_id)
    return tuple(
        Installed(
            handover_id=row.handover_id,
            kit=row.kit,
            version=row.version,
            workplaces=row.workplaces,
            done_at=row.done_at,
            confirmed=row.confirmed_at is not None,
        )
        for row in rows.order_by("-pk")
    )


def _taken_over(client: Particulars) -> bool:
    if client.served_by is not ServedBy.TAKE_OVER:
        return False
    return TakeOver.objects.filter(client_id=client.id).exists()

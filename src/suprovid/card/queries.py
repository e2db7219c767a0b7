"""The client's page: everything the apps below know of one client (INTERFACE 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from suprovid.card.rules import Strand
from suprovid.clients.queries import Particulars, particulars
from suprovid.clients.queries import visible as visible_clients
from suprovid.clients.rules import ServedBy
from suprovid.contracts.queries import ContractRow, writing_for
from suprovid.contracts.queries import about_client as contracts_of
from suprovid.handover.models import Handover, ItemPaper
from suprovid.handover.queries import CardRow
from suprovid.handover.queries import about_client as handovers_of
from suprovid.handover.queries import visible as visible_handovers
from suprovid.handover.rules import ItemCode, Stage
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
STORY = 25
PAPERS = 8


KINDS: dict[Strand, tuple[str, ...]] = {
    Strand.MAIN: (),
    Strand.WORK: ("handover.", "service."),
    Strand.MONEY: ("money.", "contracts.", "handover.payment."),
    Strand.PEOPLE: ("clients.",),
    Strand.TERMS: ("obligations.",),
}
#: What the engine alone cares for; the rest of its steps stand under "terms".
ENGINE = ("obligations.opened", "obligations.met", "documents.")
STEPS = (
    *ENGINE,
    "obligations.cancelled",
    "obligations.handed_over",
    "obligations.warned",
)


@dataclass(frozen=True)
class Installed:
    """What stands installed, by the record."""

    handover_id: int
    kit: str
    version: str
    workplaces: int | None
    done_at: datetime | None
    confirmed: bool


@dataclass(frozen=True)
class PaperRow:
    """A paper of a sheet, opened through its handover."""

    id: int
    handover_id: int
    name: str
    item: ItemCode
    at: datetime


@dataclass(frozen=True)
class Story:
    """A page of the time line; `before` is where the next one goes on."""

    rows: tuple[TimelineRow, ...]
    strand: Strand
    strands: tuple[Strand, ...]
    before: int | None


@dataclass(frozen=True)
class ClientPage:
    client: Particulars
    terms: AboutClient
    contracts: tuple[ContractRow, ...]
    contract_writing: Decision
    handed_over: frozenset[int]
    handovers: tuple[CardRow, ...]
    invoices: tuple[InvoiceRow, ...]
    sees_money: bool
    installed: tuple[Installed, ...]
    papers: tuple[PaperRow, ...]
    taken_over: bool
    story: Story

    @property
    def owed(self) -> Decimal:
        """What the client still owes on the invoices shown."""
        return sum((invoice.owed for invoice in self.invoices), Decimal(0))

    @property
    def monthly(self) -> Decimal:
        return sum((contract.monthly for contract in self.contracts), Decimal(0))

    @property
    def seats(self) -> int:
        return sum(line.seats for one in self.contracts for line in one.lines)


def client_page(
    viewer: Viewer,
    client_id: int,
    now: datetime,
    *,
    strand: Strand = Strand.MAIN,
    before: int | None = None,
) -> ClientPage:
    """The whole story of a client.

    An engineer sees a client by the installation assigned to him (PROCESS 5): then
    without its contracts and money.

    Raises:
        Missing: not there, or not theirs.
    """
    theirs = visible_clients(viewer).filter(pk=client_id).exists()
    assigned = not theirs and _work_there(viewer, client_id)
    client = particulars(viewer, client_id, assigned=assigned)
    sees_money = theirs and any(viewer.may(role) for role in MONEY)
    return ClientPage(
        client=client,
        terms=terms_of(viewer, client_id, now),
        contracts=contracts_of(viewer, client_id),
        contract_writing=writing_for(viewer, client_id)[1] if theirs else client.change,
        handed_over=_handed_over(client_id),
        handovers=handovers_of(viewer, client_id, now),
        invoices=invoices_of(viewer, client_id) if sees_money else (),
        sees_money=sees_money,
        installed=_installed(viewer, client_id),
        papers=_papers(viewer, client_id),
        taken_over=_taken_over(client),
        story=_story(client_id, strand, before, sees_money=sees_money),
    )


def _work_there(viewer: Viewer, client_id: int) -> bool:
    return visible_handovers(viewer).filter(client_id=client_id).exists()


def _handed_over(client_id: int) -> frozenset[int]:
    """Contracts that were handed over or are on the way: not to be opened again."""
    rows = Handover.objects.filter(client_id=client_id)
    rows = rows.exclude(stage=Stage.CALLED_OFF)
    return frozenset(rows.values_list("contract_id", flat=True))


def _installed(viewer: Viewer, client_id: int) -> tuple[Installed, ...]:
    rows = Installation.objects.filter(
        handover__in=visible_handovers(viewer).filter(client_id=client_id)
    )
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


def _papers(viewer: Viewer, client_id: int) -> tuple[PaperRow, ...]:
    """The newest papers in force on the sheets one sees."""
    handovers = visible_handovers(viewer).filter(client_id=client_id)
    rows = ItemPaper.objects.filter(
        item__sheet__handover__in=handovers, replaced_at=None
    )
    newest = rows.select_related("paper", "item__sheet").order_by("-attached_at", "-pk")
    return tuple(
        PaperRow(
            id=row.pk,
            handover_id=row.item.sheet.handover_id,
            name=row.paper.name,
            item=ItemCode(row.item.code),
            at=row.attached_at,
        )
        for row in newest[:PAPERS]
    )


def _taken_over(client: Particulars) -> bool:
    if client.served_by is not ServedBy.TAKE_OVER:
        return False
    return TakeOver.objects.filter(client_id=client.id).exists()


def _story(
    client_id: int, strand: Strand, before: int | None, *, sees_money: bool
) -> Story:
    strands = tuple(s for s in Strand if sees_money or s is not Strand.MONEY)
    shown = strand if strand in strands else Strand.MAIN
    hidden = () if sees_money else ("money.", "contracts.")
    steps = ENGINE if shown is Strand.TERMS else STEPS
    facts = timeline(
        client_id,
        under=KINDS[shown],
        without=(*hidden, *steps),
        before=before,
        limit=STORY + 1,
    )
    more = len(facts) > STORY
    return Story(
        rows=told(facts[:STORY]),
        strand=shown,
        strands=strands,
        before=facts[STORY - 1].id if more else None,
    )

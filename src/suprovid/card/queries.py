"""The client's page: everything the apps below know of one client (INTERFACE 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from suprovid.card.rules import Strand
from suprovid.clients.queries import Particulars, particulars, survivor, whole
from suprovid.clients.rules import ServedBy, Serving
from suprovid.contracts.queries import ContractRow
from suprovid.contracts.queries import about_client as contracts_of
from suprovid.contracts.rules import may_write_contract
from suprovid.handover.models import Handover
from suprovid.handover.queries import visible as visible_handovers
from suprovid.handover.queries.standing import newest_lines
from suprovid.handover.rules import ItemCode, Line, LineState, Stage
from suprovid.intake.queries.merging import MergeRow, joined_to
from suprovid.intake.rules.merging import may_merge
from suprovid.journal.queries import timeline
from suprovid.lib.decision import Decision, Missing
from suprovid.money.queries import InvoiceRow, clients_with_money
from suprovid.money.queries import about_client as invoices_of
from suprovid.obligations.queries import AboutClient
from suprovid.obligations.queries import about_client as terms_of
from suprovid.people.queries import today, told
from suprovid.people.rules import Staff, Viewer
from suprovid.service.models import Installation, TakeOver
from suprovid.web import say
from suprovid.web.parts import Box, BoxState, TimelineRow

STORY = 25
PAPERS = 8


KINDS: dict[Strand, tuple[str, ...]] = {
    Strand.MAIN: (),
    Strand.WORK: ("handover.", "service."),
    Strand.MONEY: ("money.", "contracts.", "handover.payment."),
    Strand.PEOPLE: ("clients.", "intake."),
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


#: What the joined one's own time line says of it: here the survivor's fact says it.
OF_JOINED = ("intake.client.joined_to", "intake.client.parted_from")


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
class HandoverRow:
    """A handover with its sheet at a glance."""

    id: int
    number: str
    stage: Stage
    contract_id: int
    opened_at: datetime
    boxes: tuple[Box, ...]
    given: int
    papers: tuple[PaperRow, ...]


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
    handovers: tuple[HandoverRow, ...]
    invoices: tuple[InvoiceRow, ...]
    sees_money: bool
    installed: tuple[Installed, ...]
    taken_over: bool
    story: Story
    joined: tuple[MergeRow, ...]
    merge: Decision

    @property
    def owed(self) -> Decimal:
        """What the client still owes on the invoices shown."""
        return sum((invoice.owed for invoice in self.invoices), Decimal(0))

    @property
    def handed_over(self) -> frozenset[int]:
        """Contracts handed over or on the way: not to be opened again."""
        rows = (row for row in self.handovers if row.stage is not Stage.CALLED_OFF)
        return frozenset(row.contract_id for row in rows)

    @property
    def papers(self) -> list[PaperRow]:
        """The newest papers in force on the sheets."""
        every = [paper for row in self.handovers for paper in row.papers]
        return sorted(every, key=lambda paper: paper.at, reverse=True)[:PAPERS]

    @property
    def monthly(self) -> Decimal:
        return sum((contract.monthly for contract in self.contracts), Decimal(0))

    @property
    def seats(self) -> int:
        return sum(contract.seats for contract in self.contracts)


def client_page(
    viewer: Viewer,
    staff: Staff,
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
    handovers = list(
        visible_handovers(viewer).filter(client_id=client_id).order_by("-pk")
    )
    client, assigned = _client(viewer, client_id, handovers)
    sees_money = clients_with_money(viewer).filter(pk=client_id).exists()
    return ClientPage(
        client=client,
        terms=terms_of(viewer, client_id, now),
        contracts=contracts_of(viewer, client_id, today(now)),
        contract_writing=client.change if assigned else _writing(viewer, client),
        handovers=_handovers(handovers),
        invoices=invoices_of(viewer, client_id) if sees_money else (),
        sees_money=sees_money,
        installed=_installed(handovers),
        taken_over=_taken_over(client),
        story=_story(whole(client_id), staff, strand, before, sees_money=sees_money),
        joined=joined_to(client_id),
        merge=may_merge(viewer),
    )


def moved_to(viewer: Viewer, client_id: int) -> int:
    """The survivor of a client that was joined to another.

    Raises:
        Missing: no such client was joined, or the survivor is not theirs.
    """
    found = survivor(viewer, client_id)
    if found is None:
        raise Missing
    return found


def _client(
    viewer: Viewer, client_id: int, handovers: list[Handover]
) -> tuple[Particulars, bool]:
    """The client, and whether it is seen only by the work assigned there."""
    try:
        return particulars(viewer, client_id), False
    except Missing:
        if not handovers:
            raise
        return particulars(viewer, client_id, assigned=True), True


def _writing(viewer: Viewer, client: Particulars) -> Decision:
    return may_write_contract(
        viewer,
        sales_id=client.sales_id,
        group_id=client.group_id,
        served=client.serving in {Serving.SERVED, Serving.PAUSED},
    )


BOXES: dict[LineState, BoxState] = {
    LineState.GIVEN: "given",
    LineState.REFUSED: "refused",
    LineState.FALLEN: "fallen",
    LineState.WITHDRAWN: "fallen",
}


def _handovers(rows: list[Handover]) -> tuple[HandoverRow, ...]:
    lines = newest_lines(rows)
    return tuple(_handover(row, lines.get(row.pk, ())) for row in rows)


def _handover(row: Handover, lines: tuple[Line, ...]) -> HandoverRow:
    papers = (
        PaperRow(paper.id, row.pk, paper.name, line.code, paper.at)
        for line in lines
        for paper in line.papers
    )
    return HandoverRow(
        id=row.pk,
        number=row.number,
        stage=Stage(row.stage),
        contract_id=row.contract_id,
        opened_at=row.opened_at,
        boxes=tuple(_box(line) for line in lines),
        given=sum(line.state is LineState.GIVEN for line in lines),
        papers=tuple(papers),
    )


def _box(line: Line) -> Box:
    said = f"{say.label(line.code)}: {say.label(line.state)}"
    return Box(BOXES.get(line.state, "empty"), said)


def _installed(handovers: list[Handover]) -> tuple[Installed, ...]:
    rows = Installation.objects.filter(handover__in=[row.pk for row in handovers])
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


def _story(
    clients: list[int],
    staff: Staff,
    strand: Strand,
    before: int | None,
    *,
    sees_money: bool,
) -> Story:
    strands = tuple(s for s in Strand if sees_money or s is not Strand.MONEY)
    shown = strand if strand in strands else Strand.MAIN
    hidden = () if sees_money else ("money.", "contracts.")
    steps = ENGINE if shown is Strand.TERMS else STEPS
    told_already = OF_JOINED if len(clients) > 1 else ()
    facts = timeline(
        clients,
        under=KINDS[shown],
        without=(*hidden, *steps, *told_already),
        before=before,
        limit=STORY + 1,
    )
    more = len(facts) > STORY
    return Story(
        rows=told(facts[:STORY], staff),
        strand=shown,
        strands=strands,
        before=facts[STORY - 1].id if more else None,
    )

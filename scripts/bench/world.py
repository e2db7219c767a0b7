"""A department of a thousand clients, laid row by row: believable, not true.

Every row of a client has the number `round * N + client`, and the id of that number
times `STEP`: so there is room between two ids for the copies that `growth` lays, and
a row's id tells whose it is. Each tenth client is of the first group, whose people
are measured: theirs is the same in a base of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from suprovid.clients.models import Client, Contact, SearchWord, Site
from suprovid.clients.rules import CodeKind, ServedBy, Serving, fold
from suprovid.contracts.models import Contract, Kit
from suprovid.contracts.models import Line as Subscribed
from suprovid.contracts.rules import Delivery, Periodicity, Variant
from suprovid.documents.models import Content, Paper
from suprovid.handover.models import (
    Definition,
    FilledForm,
    Handover,
    Item,
    ItemPaper,
    Sheet,
    Visa,
)
from suprovid.handover.rules import STANDARD, Stage, Verdict
from suprovid.journal.models import Fact, Line, PersonalValues, Seal
from suprovid.journal.rules import Actor, Channel
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.obligations.actions import found_company
from suprovid.obligations.models import Message, Obligation
from suprovid.obligations.rules import Ending
from suprovid.people.models import Person, RoleGrant, ServiceGroup
from suprovid.people.rules import GROUP_ROLES, Role, sort_key

M = TypeVar("M", bound=Model)
STEP = 111
"""A client of the others stands for so many in the grown base."""
EVERY = 10
"""Each tenth client is of the first group."""
GROUPS, MANAGERS = 20, 5
FORMS = ("ТОВ", "ТОВ", "ТОВ", "ПП", "ПрАТ", "ФГ")
TRADES = ("Будівельна компанія", "Укрпромпостач", "Агрофірма", "Торговий дім", "Завод")
CITIES = ("м. Київ", "м. Київ", "м. Київ", "м. Львів", "м. Дніпро", "м. Харків")
FIRST = "БВГДЖЗКЛМНПРСТФХЦЧШ"
SECOND, THIRD, FOURTH = "аеиоу", "бвгдзклмнрст", ("ар", "ель", "ин", "ор", "ус")
FACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("clients.client.imported", {"list": "клієнти.xlsx", "name": "Клієнт"}),
    ("clients.contact.added", {}),
    ("contracts.contract.made", {"number": "15/26"}),
    ("contracts.line.added", {"number": "15/26", "kit": "Універсал"}),
    ("money.invoice.issued", {"number": "СФ-1", "total": "7200.00"}),
    ("obligations.opened", {"kind": "handover.visa", "due": "2026-04-15T07:00:00Z"}),
    ("handover.opened", {"number": "П-2026/1"}),
    ("handover.paper.attached", {"item_code": "contract"}),
    ("handover.visa.given", {"item_code": "contract"}),
    ("obligations.met", {"kind": "handover.visa"}),
    ("money.payment.entered", {"document": "П-1", "amount": "7200.00"}),
    ("money.allocation.made", {"amount": "7200.00", "number": "СФ-1"}),
    ("handover.payment.came", {}),
    ("obligations.opened", {"kind": "service.record", "due": "2026-04-15T07:00:00Z"}),
    ("handover.accepted", {"number": "П-2026/1"}),
    ("handover.contact.made", {"install_on": "2026-04-20"}),
    ("service.installation.done", {"number": "П-2026/1"}),
    ("obligations.met", {"kind": "service.record"}),
    ("service.record.confirmed", {"number": "П-2026/1"}),
    ("clients.client.changed", {}),
)


@dataclass(frozen=True)
class Staff:
    """Who is measured, and who does the rest of the work."""

    head_of_department: Person
    heads: list[Person]
    managers: list[list[Person]]
    sales: list[Person]
    lawyer: Person
    groups: list[ServiceGroup]


class World:
    """The rows of `clients` clients, written model by model."""

    def __init__(self, clients: int, now: datetime) -> None:
        if clients % EVERY:
            raise ValueError(f"The number of clients is a multiple of {EVERY}.")
        self.size, self.now, self.on = clients, now, now.date()
        self.staff = hired(now)

    def lay(self) -> None:
        found_company(
            actor=Actor(None, Channel.CONSOLE, self.now), name="Правовий вимір"
        )
        for work in (self._clients, self._contracts, self._money, self._handovers):
            work()
        self._obligations()
        self._journal()

    # ------------------------------------------------------------------ numbers

    def id(self, client: int, turn: int = 0) -> int:
        return (turn * self.size + client) * STEP

    @property
    def numbers(self) -> range:
        return range(1, self.size + 1)

    def own(self, client: int) -> bool:
        return client % EVERY == 0

    def group(self, client: int) -> int:
        return 0 if self.own(client) else 1 + client % (GROUPS - 1)

    def manager(self, client: int) -> Person:
        return self.staff.managers[self.group(client)][client // 100 % MANAGERS]

    def has_handover(self, client: int) -> bool:
        return client // EVERY % 5 in (0, 1)

    def under_way(self, client: int) -> bool:
        return client // EVERY % 5 == 0

    # ------------------------------------------------------------------ clients

    def _clients(self) -> None:
        lay(Client, map(self._client, self.numbers))
        contacts = (
            (n, turn, {"name": "Ірина Коваль", "responsible": turn == 0})
            for turn in range(2)
            for n in self.numbers
        )
        lay(Contact, (self._of(Contact, *row) for row in contacts))
        site = {"name": "Офіс", "address": "вул. Саксаганського, 1"}
        lay(Site, (self._of(Site, n, 0, site) for n in self.numbers))
        lay(SearchWord, self._words())

    def _client(self, n: int) -> Client:
        name = name_of(n)
        return Client(
            id=self.id(n),
            name=name,
            code=code_of(n),
            code_kind=CodeKind.EDRPOU,
            city=city_of(n),
            address="вул. Саксаганського, 1",
            group=self.staff.groups[self.group(n)],
            manager=self.manager(n),
            sales=self.staff.sales[n % len(self.staff.sales)],
            serving=Serving.SERVED,
            served_by=ServedBy.TAKE_OVER,
            served_since=self.on - timedelta(days=n % 700),
            sort_key=sort_key(name, 420),
            created_at=self.now,
        )

    def _of(self, model: type[M], n: int, turn: int, values: dict[str, Any]) -> M:
        return model(id=self.id(n, turn), client_id=self.id(n), **values)

    def _words(self) -> Iterator[SearchWord]:
        """The client's own word first, then the code, then those of many."""
        for n in self.numbers:
            others = [*fold(kind_of(n)), *fold(city_of(n))]
            words = dict.fromkeys([*fold(own_name(n)), code_of(n), *others])
            for turn, text in enumerate(words):
                yield self._of(SearchWord, n, turn, {"word": text})

    # ------------------------------------------------------------------ contracts

    def _contracts(self) -> None:
        kit = Kit.objects.create(name="Універсал", valid_from=date(2020, 1, 1))
        lay(Contract, map(self._contract, self.numbers))
        lay(
            Subscribed,
            (self._line(kit, n, turn) for turn in range(2) for n in self.numbers),
        )

    def _contract(self, n: int) -> Contract:
        values = {
            "number": f"{n}/25",
            "number_key": f"{n}/25",
            "signed_on": self.on - timedelta(days=n % 700),
            "valid_from": self.on - timedelta(days=n % 700),
            "price_agreement": "1",
            "created_at": self.now,
        }
        return self._of(Contract, n, 0, values)

    def _line(self, kit: Kit, n: int, turn: int) -> Subscribed:
        return Subscribed(
            id=self.id(n, turn),
            contract_id=self.id(n),
            kit=kit,
            variant=next(iter(Variant)),
            seats=3,
            periodicity=next(iter(Periodicity)),
            delivery=next(iter(Delivery)),
            monthly_price=Decimal(1000),
            valid_from=self.on - timedelta(days=n % 700),
        )

    # ------------------------------------------------------------------ money

    def _money(self) -> None:
        rounds = [(n, turn) for turn in range(2) for n in self.numbers]
        lay(Invoice, (self._invoice(n, turn) for n, turn in rounds))
        lay(Payment, map(self._payment, self.numbers))
        lay(Allocation, map(self._allocation, self.numbers))

    def _invoice(self, n: int, turn: int) -> Invoice:
        return Invoice(
            id=self.id(n, turn),
            contract_id=self.id(n),
            number=f"СФ-{n}-{turn}",
            issued_on=self.on - timedelta(days=n % 300),
            total=Decimal(7200),
            vat=Decimal(1200),
        )

    def _payment(self, n: int) -> Payment:
        return Payment(
            id=self.id(n),
            booked_at=self.now - timedelta(days=n % 300),
            amount=Decimal(7200),
            payer_name=name_of(n)[:140],
            payer_code=code_of(n),
            document=f"П-{n}",
            line_key=f"bench-{n}",
            entered_at=self.now,
        )

    def _allocation(self, n: int) -> Allocation:
        return Allocation(
            id=self.id(n),
            payment_id=self.id(n),
            invoice_id=self.id(n),
            amount=Decimal(7200),
            made_at=self.now - timedelta(days=n % 300),
        )

    # ------------------------------------------------------------------ handovers

    def _handovers(self) -> None:
        self.definition = Definition.objects.create(
            version=1,
            valid_from=date(2020, 1, 1),
            items=[rule.as_json() for rule in STANDARD],
        )
        Content.objects.create(
            sha256="0" * 64, size=9, media_type="application/pdf", kept_at=self.now
        )
        handed = [n for n in self.numbers if self.has_handover(n)]
        lay(Handover, map(self._handover, handed))
        lay(Sheet, map(self._sheet, handed))
        lay(Item, (self._item(n, t) for t in range(len(STANDARD)) for n in handed))
        rounds = [(n, turn) for turn in range(2) for n in handed]
        lay(Paper, (self._paper(n, turn) for n, turn in rounds))
        lay(ItemPaper, (self._item_paper(n, turn) for n, turn in rounds))
        lay(FilledForm, (self._form(n, turn) for n, turn in rounds))
        lay(Visa, (self._visa(n, turn) for n, turn in rounds))

    def _handover(self, n: int) -> Handover:
        ended = not self.under_way(n)
        return Handover(
            id=self.id(n),
            number=f"П-{n}",
            client_id=self.id(n),
            contract_id=self.id(n),
            group=self.staff.groups[self.group(n)],
            sales=self.staff.sales[n % len(self.staff.sales)],
            first_invoice_id=self.id(n),
            stage=Stage.IN_SERVICE if ended else Stage.COLLECTING,
            opened_at=self.now - timedelta(days=20),
            ended_at=self.now - timedelta(days=2) if ended else None,
        )

    def _sheet(self, n: int) -> Sheet:
        return Sheet(
            id=self.id(n),
            handover_id=self.id(n),
            definition=self.definition,
            opened_at=self.now - timedelta(days=20),
            closed_at=None if self.under_way(n) else self.now - timedelta(days=3),
        )

    def _item(self, n: int, turn: int) -> Item:
        rule = STANDARD[turn]
        return Item(id=self.id(n, turn), sheet_id=self.id(n), **rule.as_json())

    def _paper(self, n: int, turn: int) -> Paper:
        return Paper(
            id=self.id(n, turn),
            content_id="0" * 64,
            name="Договір.pdf",
            brought_by=self.manager(n),
            brought_at=self.now - timedelta(days=9),
        )

    def _item_paper(self, n: int, turn: int) -> ItemPaper:
        return ItemPaper(
            id=self.id(n, turn),
            item_id=self.id(n, turn),
            paper_id=self.id(n, turn),
            attached_at=self.now - timedelta(days=9),
        )

    def _form(self, n: int, turn: int) -> FilledForm:
        return FilledForm(
            id=self.id(n, turn),
            item_id=self.id(n, 4 + turn),
            version=1,
            values={"kit": "Універсал"},
            digest="0" * 64,
            filled_by=self.manager(n),
            filled_at=self.now - timedelta(days=9),
        )

    def _visa(self, n: int, turn: int) -> Visa:
        return Visa(
            id=self.id(n, turn),
            item_id=self.id(n, turn),
            verdict=Verdict.GIVEN,
            person=self.staff.lawyer,
            role=Role.LAWYER,
            at=self.now - timedelta(days=8),
            holds=[],
        )

    # ------------------------------------------------------------------ terms

    def _obligations(self) -> None:
        lay(Obligation, self._terms())

    def _terms(self) -> Iterator[Obligation]:
        """Three of each handover under way, one of each second client, three met."""
        heads = self.staff.heads
        for n in self.numbers:
            group = self.staff.groups[self.group(n)]
            thing, manager = f"handover.handover:{self.id(n)}", self.manager(n)
            if self.under_way(n):
                head = {"owner_person": heads[self.group(n)], "owner_group": group}
                yield self._open(n, 0, "handover.first_contact", thing, **head)
                role = {"owner_role": Role.GROUP_HEAD, "owner_group": group}
                yield self._open(n, 1, "handover.acceptance", thing, **role)
                item = f"handover.item:{self.id(n)}"
                yield self._open(n, 2, "handover.visa", item, owner_role=Role.LAWYER)
            own = {"owner_person": manager, "owner_group": group}
            about = f"clients.client:{self.id(n)}"
            if n // EVERY % 2:
                yield self._open(n, 3, "service.control_call", about, **own)
            if self.own(n) and n // EVERY % 5 == 2:
                head = {"owner_person": self.staff.head_of_department}
                yield self._open(n, 4, "people.clients_left", about, **head)
            for turn, kind in enumerate(("service.record", "growth.alert", "x.y"), 5):
                yield self._met(n, turn, kind, about, **own)

    def _open(
        self, n: int, turn: int, kind: str, subject: str, **owner: Any
    ) -> Obligation:
        due = self.now + timedelta(hours=(n * 37 + turn * 11) % 480 - 120)
        late = due <= self.now
        return Obligation(
            id=self.id(n, turn),
            kind=kind,
            subject=subject,
            client_id=self.id(n),
            page="card:client",
            page_args=[self.id(n)],
            opened_at=due - timedelta(days=5),
            known_at=due - timedelta(days=5),
            due_at=due,
            soon_at=due - timedelta(hours=8),
            missed_at=due if late else None,
            next_moment=None if late else due,
            **owner,
        )

    def _met(
        self, n: int, turn: int, kind: str, subject: str, **owner: Any
    ) -> Obligation:
        row = self._open(n, turn, kind, subject, **owner)
        row.ended_at = self.now - timedelta(days=(n * 7 + turn) % 300, minutes=1)
        row.ending, row.ended_by_id = Ending.MET, row.owner_person_id
        row.next_moment = None
        return row

    # ------------------------------------------------------------------ the journal

    def _journal(self) -> None:
        last = len(FACTS)
        rounds = [(n, turn) for turn in range(last) for n in self.numbers]
        lay(Fact, (self._fact(n, turn) for n, turn in rounds))
        ids = [self.id(n, turn) for n, turn in rounds]
        lay(Line, (Line(seq=pk, fact_id=pk) for pk in ids))
        told = [self.id(n, 1) for n in self.numbers]
        said = {"salt": "0", "values": {"name": "Ірина Коваль"}}
        lay(PersonalValues, (PersonalValues(fact_id=pk, **said) for pk in told))
        lay(Message, self._messages())
        lay(Seal, (self._seal(n) for n in range(1, 11)))

    def _fact(self, n: int, turn: int) -> Fact:
        kind, details = FACTS[turn]
        at = self.now - timedelta(days=len(FACTS) - turn, seconds=-n)
        return Fact(
            id=self.id(n, turn),
            kind=kind,
            actor=f"person:{self.manager(n).pk}",
            at=at,
            recorded_at=at,
            channel="page",
            subject=f"clients.client:{self.id(n)}",
            client=self.id(n),
            details=details,
            digest="0" * 64,
        )

    def _messages(self) -> Iterator[Message]:
        for n in self.numbers:
            hearers = [self.manager(n), self.staff.heads[self.group(n)]]
            if self.own(n):
                hearers.append(self.staff.head_of_department)
            for turn, person in enumerate(hearers):
                yield Message(
                    id=self.id(n, turn),
                    fact_id=self.id(n, turn),
                    person=person,
                    created_at=self.now - timedelta(days=9),
                    read_at=None if self.under_way(n) else self.now,
                )

    def _seal(self, n: int) -> Seal:
        return Seal(
            number=n,
            first_seq=n,
            last_seq=n,
            previous="0" * 64,
            hash=f"{n:064}",
            sealed_at=self.now,
        )


def lay(model: type[M], rows: Iterable[M]) -> None:
    model._default_manager.bulk_create(  # noqa: SLF001 - any model's
        rows, batch_size=1000
    )


# ---------------------------------------------------------------- names


def own_name(n: int) -> str:
    """A word of the client's own, like few others."""
    second, n2 = SECOND[n % 5], n // 5
    return FIRST[n % len(FIRST)] + second + THIRD[n2 % 12] + FOURTH[n2 // 12 % 5]


def kind_of(n: int) -> str:
    return f"{FORMS[n % len(FORMS)]} {TRADES[n % len(TRADES)]}"


def name_of(n: int) -> str:
    return f"{kind_of(n)} «{own_name(n)}»"


def code_of(n: int) -> str:
    return f"{30_000_000 + n * 7919}"


def city_of(n: int) -> str:
    return CITIES[n // EVERY % len(CITIES)]


# ---------------------------------------------------------------- people


def hired(now: datetime) -> Staff:
    """Twenty groups of a head, five managers and an engineer, and the offices."""
    groups = [
        ServiceGroup(name=f"Група {n:02}", sort_key=f"{n:02}") for n in range(GROUPS)
    ]
    ServiceGroup.objects.bulk_create(groups)
    hire = _Hiring(now)
    heads, managers = [], []
    for group in groups:
        heads.append(hire(Role.GROUP_HEAD, group))
        managers.append([hire(Role.MANAGER, group) for _ in range(MANAGERS)])
        hire(Role.ENGINEER, group)
    offices: Callable[[Role, int], list[Person]] = lambda role, count: [  # noqa: E731
        hire(role) for _ in range(count)
    ]
    for role in (Role.ADMINISTRATOR, Role.SALES_HEAD, Role.ACCOUNTANT):
        hire(role)
    return Staff(
        head_of_department=hire(Role.DEPARTMENT_HEAD),
        heads=heads,
        managers=managers,
        sales=offices(Role.SALES, 8),
        lawyer=offices(Role.LAWYER, 3)[0],
        groups=groups,
    )


class _Hiring:
    def __init__(self, now: datetime) -> None:
        self.now, self.count = now, 0

    def __call__(self, role: Role, group: ServiceGroup | None = None) -> Person:
        self.count += 1
        name = f"p{self.count:03}"
        person = Person.objects.create(
            username=name,
            email=f"{name}@suprovid.example",
            family_name=f"{own_name(self.count * 31)}енко",
            given_name="Олена",
            created_at=self.now,
            sort_key=name,
        )
        RoleGrant.objects.create(
            person=person,
            role=role,
            group=group if role in GROUP_ROLES else None,
            valid_from=self.now.date() - timedelta(days=900),
        )
        return person

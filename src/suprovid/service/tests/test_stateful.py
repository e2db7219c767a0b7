"""Legal and illegal orders of actions against a small model (PROCESS 7.1-7.3, 7.5).

The model knows the law only: who may give which visa, what a visa was given to, what
money lies where. It shares no code with rules. After every step it is compared with
what the product says; an action that the product refuses must have written nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from suprovid.clients.models import Client
from suprovid.handover import actions
from suprovid.handover.models import Handover, Sheet, Visa
from suprovid.handover.rules import CalledOffWhy, ItemCode
from suprovid.journal.models import Fact
from suprovid.lib.decision import Missing, Refused
from suprovid.money.models import Allocation, Payment
from suprovid.obligations.models import Obligation
from suprovid.people.actions import declare_absence, grant_role
from suprovid.people.rules import AbsenceKind, Role
from suprovid.service.models import Installation, TakeOver
from tests.cast import HIRED, MONDAY, acting, hire
from tests.path import Case, new_case

CODES = list(ItemCode)
PAPERS = [
    ItemCode.CONTRACT,
    ItemCode.PRICE_AGREEMENT,
    ItemCode.INVOICE_AND_ACT,
    ItemCode.PRICE_AGREEMENT_COPY,
]
# Sofiia is a lawyer and an accountant, Viktor who brings papers is a lawyer, Taras
# stands in for Olena, Iryna may act for her.
LAW = (ItemCode.CONTRACT, ItemCode.PRICE_AGREEMENT)
LAWYERS, ACCOUNTANTS = {"maryna", "sofiia", "viktor"}, {"halyna", "sofiia"}
HOLDERS = {
    ItemCode.CONTRACT: LAWYERS,
    ItemCode.PRICE_AGREEMENT: LAWYERS,
    ItemCode.PAYMENT: ACCOUNTANTS,
    ItemCode.INVOICE_AND_ACT: {"taras", "olena", "iryna"},
    ItemCode.APPLICATION: {"taras", "olena", "iryna"},
    ItemCode.CARD: {"taras", "olena", "iryna"},
    ItemCode.PRICE_AGREEMENT_COPY: {"taras", "olena", "iryna"},
}
ANYBODY = ("andrii", "sofiia", "viktor", "maryna", "halyna", "olena", "taras", "iryna")
GIVERS = st.sampled_from([*ANYBODY, "serhii"])
codes = st.sampled_from(CODES)
texts = st.sampled_from(["один", "два", "три"])


@dataclass
class Given:
    """What the model remembers of a visa."""

    by: str
    version: Any


@dataclass
class Model:
    """The law, told another way."""

    papers: dict[ItemCode, list[tuple[str, str]]] = field(default_factory=dict)
    forms: dict[ItemCode, tuple[str, str]] = field(default_factory=dict)
    paid: int = 0
    laid: bool = False
    visas: dict[ItemCode, Given] = field(default_factory=dict)
    refused: dict[ItemCode, Any] = field(default_factory=dict)
    confirmed: bool = False
    closed: bool = False
    dead: bool = False
    installed: bool = False
    served: bool = False

    def version(self, code: ItemCode) -> Any:
        if code is ItemCode.PAYMENT:
            return self.paid if self.laid else None
        if code in self.forms:
            return self.forms[code][0]
        brought = self.papers.get(code, [])
        needed = 2 if code is ItemCode.INVOICE_AND_ACT else 1
        return sorted(text for text, _ in brought) if len(brought) >= needed else None

    def authors(self, code: ItemCode) -> set[str]:
        if code in self.forms:
            return {self.forms[code][1]}
        return {who for _, who in self.papers.get(code, [])}

    def in_force(self, code: ItemCode) -> bool:
        given = self.visas.get(code)
        return (
            given is not None
            and self.version(code) is not None
            and given.version == self.version(code)
            and given.by not in self.authors(code)
        )

    def may_give(self, code: ItemCode, who: str) -> bool:
        return (
            self.confirmed
            and not self.closed
            and not self.dead
            and who in HOLDERS[code]
            and self.version(code) is not None
            and not self.in_force(code)
            and self.refused.get(code) != self.version(code)
            and who not in self.authors(code)
            and who not in self.excluded(code)
        )

    def excluded(self, code: ItemCode) -> set[str]:
        """Lawyer's and accountant's visas never come from one person."""
        if code is ItemCode.PAYMENT:
            return {self.visas[c].by for c in LAW if c in self.visas}
        pays = self.visas.get(ItemCode.PAYMENT)
        return {pays.by} if pays and code in LAW else set()


class Handing(RuleBasedStateMachine):
    """One handover, everybody pressing everything."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.case = department()
        self.model = Model()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def who(self, name: str) -> Any:
        return getattr(self.case.cast, name)

    def does(self, work: Callable[[], object]) -> bool:
        """Whether it was done; a refusal has written nothing."""
        before = print_of_the_base()
        try:
            with transaction.atomic():
                work()
        except (Refused, Missing):
            assert print_of_the_base() == before
            return False
        return True

    @initialize(begun=st.integers(min_value=0, max_value=3))
    def begin(self, begun: int) -> None:
        """From a draft, from a confirmed sheet, or from one with all its visas."""
        for _ in range(begun):
            self.walk_on(steps=1)

    # ------------------------------------------------------------ sales

    @rule(code=st.sampled_from(PAPERS), text=texts, who=GIVERS, instead=st.booleans())
    def bring(self, code: ItemCode, text: str, who: str, instead: bool) -> None:
        old = self.case.line(code).papers if instead else ()
        replaces = old[0].id if old else None
        if self.does(lambda: self.case.bring(code, text, self.who(who), replaces)):
            assert who in {"andrii", "viktor"}
            brought = self.model.papers.setdefault(code, [])
            if replaces:
                brought.pop(0)
            brought.append((text, who))
            assert not self.model.closed
            assert not self.model.dead

    @rule(code=st.sampled_from([ItemCode.CARD, ItemCode.APPLICATION]), text=texts)
    def fill(self, code: ItemCode, text: str) -> None:
        field = "wishes" if code is ItemCode.CARD else "note"
        if self.does(lambda: self.case.fill(code, None, **{field: text})):
            self.model.forms[code] = (text, "andrii")

    @rule()
    def send(self) -> None:
        by = self.case.by(self.who("andrii"))
        if self.does(lambda: actions.send(actor=by, handover_id=self.case.id)):
            assert len(self.model.forms) == 2

    @rule()
    def confirm(self) -> None:
        if self.does(self.case.confirm):
            self.model.confirmed = True

    @rule()
    def send_back(self) -> None:
        by = self.case.by(self.who("viktor"))
        self.does(
            lambda: actions.send_back(
                actor=by, handover_id=self.case.id, remarks="виправте"
            )
        )

    @rule(who=GIVERS)
    @precondition(lambda self: self.model.confirmed)
    def call_off(self, who: str) -> None:
        by = self.case.by(self.who(who))
        done = self.does(
            lambda: actions.call_off(
                actor=by, handover_id=self.case.id, why=CalledOffWhy.REFUND
            )
        )
        if done:
            assert who == "viktor"
            assert not self.model.served
            self.model.dead = True

    # ------------------------------------------------------------ money

    @rule()
    def pay(self) -> None:
        if self.does(self.case.pay):
            self.model.paid += 1
            self.model.laid = True

    @rule()
    @precondition(lambda self: self.model.laid)
    def undo_payment(self) -> None:
        self.case.undo_payment()
        self.model.laid = False

    # ------------------------------------------------------------ visas

    @rule(code=codes, who=GIVERS)
    def give(self, code: ItemCode, who: str) -> None:
        lawful = self.model.may_give(code, who)
        done = self.does(lambda: self.case.give(code, self.who(who)))
        assert done == lawful, f"{who} gives {code}: {done}, but by law {lawful}"
        if done:
            self.model.visas[code] = Given(who, self.model.version(code))
            self.model.refused.pop(code, None)

    @rule(code=codes)
    def give_by_its_holder(self, code: ItemCode) -> None:
        self.give(code, sorted(HOLDERS[code])[0])

    @rule(code=codes, text=texts)
    def give_to_what_is_no_longer_there(self, code: ItemCode, text: str) -> None:
        holder = self.who(sorted(HOLDERS[code])[0])
        assert not self.does(lambda: self.case.give(code, holder, seen=[text]))

    @rule(code=codes, who=GIVERS)
    def refuse(self, code: ItemCode, who: str) -> None:
        if self.does(lambda: self.case.refuse(code, self.who(who))):
            assert who in HOLDERS[code]
            self.model.visas.pop(code, None)
            self.model.refused[code] = self.model.version(code)

    @rule(code=codes, who=GIVERS)
    def withdraw(self, code: ItemCode, who: str) -> None:
        if self.does(lambda: self.case.withdraw(code, self.who(who))):
            assert who in HOLDERS[code]
            assert not self.model.closed
            self.model.visas.pop(code, None)
            self.model.refused.pop(code, None)

    # ------------------------------------------------------------ tricks

    @rule(code=st.sampled_from(LAW))
    def the_author_confirms(self, code: ItemCode) -> None:
        self.bring(code, "свій", "viktor", instead=True)
        self.give(code, "viktor")

    @rule(code=st.sampled_from(LAW), first=st.booleans())
    def one_person_confirms_law_and_money(self, code: ItemCode, first: bool) -> None:
        pair = (code, ItemCode.PAYMENT) if first else (ItemCode.PAYMENT, code)
        for one in pair:
            self.withdraw(one, "sofiia")
            self.give(one, "sofiia")

    @rule(code=st.sampled_from(LAW))
    def the_giver_brings_the_same_content_back(self, code: ItemCode) -> None:
        self.bring(code, "один", "andrii", instead=True)
        self.give(code, "viktor")
        self.bring(code, "два", "andrii", instead=True)
        self.bring(code, "один", "viktor", instead=True)

    @rule(code=st.sampled_from(PAPERS), text=texts)
    def a_confirmed_paper_is_replaced(self, code: ItemCode, text: str) -> None:
        self.give_by_its_holder(code)
        self.bring(code, text, "andrii", instead=True)

    @rule(again=st.booleans())
    @precondition(lambda self: self.model.laid)
    def confirmed_money_is_undone(self, again: bool) -> None:
        self.give_by_its_holder(ItemCode.PAYMENT)
        self.undo_payment()
        if again:
            self.pay()

    # ------------------------------------------------------------ the head

    @rule(who=GIVERS)
    def accept(self, who: str) -> None:
        whole = all(self.model.in_force(code) for code in CODES)
        if self.does(lambda: self.case.accept(self.who(who))):
            assert whole
            assert who in {"olena", "taras", "iryna"}
            self.model.closed = True

    @rule()
    def return_and_answer(self) -> None:
        head, sales = self.case.by(self.who("taras")), self.who("andrii")
        done = self.does(
            lambda: actions.return_to_sales(
                actor=head, handover_id=self.case.id, remarks="бракує графіка"
            )
        )
        if done:
            actions.answer_remarks(
                actor=self.case.by(sales), handover_id=self.case.id, text="додали"
            )

    @rule()
    def object(self) -> None:
        by = self.case.by(self.who("maryna"))
        done = self.does(
            lambda: actions.object_to(
                actor=by, handover_id=self.case.id, text="не той підпис"
            )
        )
        if done:
            assert self.model.closed
            self.model.closed, self.model.visas, self.model.refused = False, {}, {}

    @rule()
    @precondition(lambda self: self.model.confirmed)
    def contact(self) -> None:
        self.does(lambda: self.case.contact(by=self.who("taras")))

    @rule()
    @precondition(lambda self: self.model.confirmed)
    def install(self) -> None:
        case = self.case
        steps = (
            lambda: case.contact(by=self.who("taras")),
            case.name_installer,
            case.install,
            case.write_record,
            case.submit_record,
        )
        for step in steps:
            self.does(step)
        if self.does(case.confirm_record):
            self.model.installed = True

    @rule()
    def appoint(self) -> None:
        if self.does(self.case.appoint):
            assert self.model.closed
            assert self.model.installed
            self.model.served = True

    @rule(steps=st.integers(min_value=1, max_value=3))
    def walk_on(self, steps: int) -> None:
        """Lead the handover forward, so that the end is reached too."""
        case = self.case
        if not self.model.confirmed:
            self.fill(ItemCode.CARD, "один")
            self.fill(ItemCode.APPLICATION, "один")
            self.send()
            self.confirm()
            return
        for code in PAPERS:
            while self.model.version(code) is None and not self.over:
                self.bring(code, f"новий {steps} {case.now}", "andrii", instead=False)
        if not self.model.laid:
            self.pay()
        for code in CODES:
            if not self.model.in_force(code):
                self.give_by_its_holder(code)
        if steps == 3:
            self.accept("taras")
            self.appoint()

    @property
    def over(self) -> bool:
        return self.model.dead or self.model.closed

    # ------------------------------------------------------------ what must hold

    @invariant()
    def the_law_holds(self) -> None:
        """One invariant, so that a failing life is told in a few lines."""
        self.a_served_client_was_accepted_and_installed()
        self.visas_in_force_are_lawful()
        self.every_obligation_ends_once_and_none_vanishes()
        self.what_is_owed_follows_from_how_it_stands()
        self.no_payment_is_laid_beyond_its_sum()

    def a_served_client_was_accepted_and_installed(self) -> None:
        client = Client.objects.get(pk=self.case.client.pk)
        if client.serving != "served":
            return
        assert self.model.served
        assert not TakeOver.objects.exists()
        assert Installation.objects.get().confirmed_at
        closed = Sheet.objects.filter(closed_at__isnull=False).latest("round")
        stamps = Visa.objects.filter(item__sheet=closed, standing=True)
        assert {stamp.verdict for stamp in stamps} == {"given"}
        assert stamps.count() == len(CODES)

    def visas_in_force_are_lawful(self) -> None:
        if self.model.closed:
            return
        for line in self.case.standing.lines:
            assert line.in_force == self.model.in_force(line.code), line.code
        if self.model.in_force(ItemCode.PAYMENT):
            payer = self.model.visas[ItemCode.PAYMENT].by
            for code in LAW:
                assert not self.model.in_force(code) or payer != (
                    self.model.visas[code].by
                )

    def every_obligation_ends_once_and_none_vanishes(self) -> None:
        ids = set(Obligation.objects.values_list("pk", flat=True))
        opened = subjects_of("obligations.opened")
        ends = [
            *subjects_of("obligations.met"),
            *subjects_of("obligations.cancelled"),
            *subjects_of("obligations.waived"),
        ]
        assert sorted(opened) == sorted(ids)
        assert len(ends) == len(set(ends))
        ended = Obligation.objects.filter(ended_at__isnull=False)
        assert set(ends) == set(ended.values_list("pk", flat=True))

    def what_is_owed_follows_from_how_it_stands(self) -> None:
        owed = set(
            Obligation.objects.filter(ended_at=None).values_list("kind", flat=True)
        )
        if self.model.dead:
            assert owed == set()
        if not self.model.laid:
            assert not owed & {"handover.first_contact", "handover.installation"}
        whole = all(self.model.in_force(code) for code in CODES)
        accepting = self.model.confirmed and not self.over and whole
        assert ("handover.acceptance" in owed) == accepting

    def no_payment_is_laid_beyond_its_sum(self) -> None:
        for payment in Payment.objects.all():
            rows = Allocation.objects.filter(payment=payment, undone_at=None)
            assert sum(row.amount for row in rows) <= payment.amount


def department() -> Case:
    """Everybody, some of them in more chairs than one."""
    cast = hire(HIRED, with_passwords=False)
    chairs = (
        (cast.sofiia, Role.LAWYER),
        (cast.sofiia, Role.ACCOUNTANT),
        (cast.viktor, Role.LAWYER),
    )
    for person, role in chairs:
        grant_role(actor=acting(cast.yaroslav, MONDAY), person_id=person.pk, role=role)
    case = new_case(cast)
    declare_absence(
        actor=acting(cast.olena, MONDAY),
        person_id=cast.olena.pk,
        kind=AbsenceKind.TRIP,
        first_day=MONDAY.date(),
        last_day=MONDAY.date() + timedelta(days=60),
        deputy_id=cast.taras.pk,
    )
    return case


def print_of_the_base() -> list[Any]:
    """What a refusal must leave as it was."""
    return [
        Fact.objects.count(),
        *Obligation.objects.order_by("pk").values_list("pk", "ending", "due_at"),
        *Visa.objects.order_by("pk").values_list("pk", "standing"),
        *Handover.objects.order_by("pk").values(),
        *Installation.objects.order_by("pk").values(),
        *Sheet.objects.order_by("pk").values(),
    ]


def subjects_of(kind: str) -> list[int]:
    subjects = Fact.objects.filter(kind=kind).values_list("subject", flat=True)
    return [int(subject.rpartition(":")[2]) for subject in subjects]


@pytest.mark.django_db
def test_whatever_is_pressed_in_whatever_order_the_law_holds() -> None:
    """Each example is a whole life: a fifth of the profile's number is many."""
    usual = settings.default.max_examples if settings.default else 50
    run_state_machine_as_test(
        Handing,
        settings=settings(
            max_examples=usual // 5,
            stateful_step_count=30,
            # A life against a database shrinks for longer than it is read.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
        ),
    )

"""Everybody presses everything, in any order; after each press the law must hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from suprovid.clients.models import Client
from suprovid.handover.models import Sheet, Visa
from suprovid.journal.models import Fact
from suprovid.money.models import Allocation, Payment
from suprovid.obligations.models import Message, Obligation
from suprovid.service.models import Installation, TakeOver
from tests.law import law
from tests.law.people import CHAIRS, DEPUTIES, WithPeople
from tests.law.pressing import NAMES, SOMEBODY, Hand, name_of

seeds = st.integers(0, 10**9)
ENDINGS = ("obligations.met", "obligations.cancelled", "obligations.waived")


class Handing(WithPeople):
    """Leads the handover on, and after each step asks what must always hold."""

    @initialize(begun=st.integers(min_value=0, max_value=5))
    def begin(self, begun: int) -> None:
        """From a draft, or further on the way: the ends are far."""
        for step in (
            self.send_and_confirm,
            self.bring_all,
            self.give_all,
            self.accept_it,
        ):
            if begun > 0:
                step()
            begun -= 1
        if begun > 0:
            self.install_and_appoint()

    # ------------------------------------------------------------ any order

    @rule(seed=seeds)
    def step(self, seed: int) -> None:
        """Chance draws what is pressed: Hypothesis alone would repeat itself."""
        chance = Random(f"{seed} {len(self.story)} {self.case.now}")
        kinds = chance.choices(list(KINDS), list(KINDS.values()), k=3)
        try:
            for kind in kinds:
                kind(self, chance)
        except AssertionError as wrong:
            self.tell(wrong)
            raise

    def something_lawful(self, chance: Random) -> None:
        """Whatever may be done now, by one who may."""
        for verb in chance.sample(VERBS, len(VERBS)):
            hand = (True, chance.randrange(10), chance.choice(NAMES))
            if self.lawfully(partial(verb, self, chance, hand)):
                return

    def anything(self, chance: Random) -> None:
        """Whatever it is, by one whose job it would be or by anybody."""
        hand = (half(chance), chance.randrange(10), chance.choice(NAMES))
        chance.choice(VERBS)(self, chance, hand)

    def trick(self, chance: Random) -> None:
        chance.choice(TRICKS)(self, chance)

    def later(self, chance: Random) -> None:
        self.time_passes(chance.randrange(1, 100))
        if half(chance):
            self.the_worker_looks()

    # ------------------------------------------------------------ walking on

    def walk_on(self, chance: Random) -> None:
        """Lead the handover a step forward, so that the end is reached too."""
        if self.world.stage in (law.DRAFT, law.SENT):
            self.send_and_confirm()
        elif not self.world.open_sheet:
            self.install_and_appoint()
        elif any(self.world.version(code) is None for code in law.CODES):
            self.bring_all()
        elif not self.world.whole:
            self.give_all()
        elif half(chance):
            self.accept_it()

    def send_and_confirm(self) -> None:
        for code in law.FORMS:
            self.lawfully(partial(self.fill, code, "один", SOMEBODY))
        self.lawfully(partial(self.send, SOMEBODY))
        self.lawfully(partial(self.decide, SOMEBODY, on=True))

    def bring_all(self) -> None:
        self.lawfully(partial(self.answer, SOMEBODY))
        for code in law.FORMS:
            if code not in self.world.forms:
                self.lawfully(partial(self.fill, code, "один", SOMEBODY))
        for code in law.PAPERS:
            for number in range(2):
                if self.world.version(code) is None or self.world.refused(code):
                    text = f"{number} {self.case.now}"
                    self.lawfully(partial(self.bring, code, text, SOMEBODY, False))
        if self.world.paid() is None:
            self.lawfully(partial(self.pay, SOMEBODY, Decimal(1), 1, True))

    def give_all(self) -> None:
        for code in law.CODES:
            self.lawfully(partial(self.give, code, SOMEBODY))

    def accept_it(self) -> None:
        self.lawfully(partial(self.accept, SOMEBODY))

    def install_and_appoint(self) -> None:
        """As far as it is lawful; the last step is tried in any case."""
        podil = self.world.group == "podil"
        installer, manager = ("pavlo", "taras") if podil else ("yurii", "bohdan")
        for step in (
            partial(self.contact, SOMEBODY),
            partial(self.name_installer, SOMEBODY, installer),
            partial(self.install, SOMEBODY),
            partial(self.write_and_submit, SOMEBODY),
            partial(self.judge_the_record, SOMEBODY, good=True),
        ):
            self.lawfully(step)
        self.appoint(SOMEBODY, manager)

    # ------------------------------------------------------------ what must hold

    @invariant()
    def the_law_holds(self) -> None:
        """PROCESS 7 in one invariant, so that a failing life is told in a few lines."""
        try:
            self.everything_holds()
        except AssertionError as wrong:
            self.tell(wrong)
            raise

    def everything_holds(self) -> None:
        self.a_served_client_was_accepted_and_installed()
        self.visas_in_force_are_lawful()
        self.every_obligation_ends_once_and_none_vanishes()
        self.a_miss_stays()
        self.what_is_owed_follows_from_how_it_stands()
        self.money_is_laid_once()

    def a_served_client_was_accepted_and_installed(self) -> None:
        """7.1"""
        served = Client.objects.get(pk=self.case.client.pk).serving == "served"
        by_handover = self.world.stage == law.SERVED
        assert served == (by_handover or self.world.taken_over)
        assert TakeOver.objects.exists() == self.world.taken_over
        if not by_handover:
            return
        assert Installation.objects.get().confirmed_at
        closed = Sheet.objects.filter(closed_at__isnull=False).latest("round")
        stamps = Visa.objects.filter(item__sheet=closed, standing=True)
        assert {stamp.verdict for stamp in stamps} == {law.GIVEN}
        assert stamps.count() == len(law.CODES)

    def visas_in_force_are_lawful(self) -> None:
        """7.2"""
        world = self.world
        for line in self.case.standing.lines:
            force = world.in_force(line.code.value) or world.closed
            assert line.in_force == force, line.code
        if world.one_person_for_both or not world.in_force(law.PAYMENT):
            return
        payer = world.stamps[law.PAYMENT]
        for code in law.LAW:
            stamp = world.stamps.get(code)
            if stamp and world.in_force(code) and payer.persons & stamp.persons:
                held = Visa.objects.filter(item__code__in=law.LAW, standing=True)
                both = held.filter(allowance__contains="one_person")
                paid = Visa.objects.filter(item__code=law.PAYMENT, standing=True)
                assert both or paid.filter(allowance__contains="one_person")

    def every_obligation_ends_once_and_none_vanishes(self) -> None:
        """7.3"""
        ids = set(Obligation.objects.values_list("pk", flat=True))
        ends = [pk for kind in ENDINGS for pk in subjects_of(kind)]
        assert sorted(subjects_of("obligations.opened")) == sorted(ids)
        assert len(ends) == len(set(ends))
        ended = Obligation.objects.filter(ended_at__isnull=False)
        assert set(ends) == set(ended.values_list("pk", flat=True))

    def a_miss_stays(self) -> None:
        """7.3: whether and when it was missed; and each is told once."""
        rows = Obligation.objects.filter(missed_at__isnull=False)
        now = {row.pk: row.missed_at for row in rows if row.missed_at}
        assert now.items() >= self.missed.items()
        self.missed = now
        told = Message.objects.values_list("fact", "person")
        assert len(told) == len(set(told))

    def what_is_owed_follows_from_how_it_stands(self) -> None:
        self.settle()
        world = self.world
        owed = world.owed()
        rows = list(Obligation.objects.filter(ended_at=None))
        found = {name_of(row) for row in rows}
        assert len(found) == len(rows)
        if not world.caught_up:  # the worker will bring the news of the money
            later = {("handover.visa", law.PAYMENT), ("handover.acceptance", "")}
            later |= {("handover.remarks", law.PAYMENT)}
            assert found ^ owed <= later, found ^ owed
            return
        assert found == owed, f"owed too much or too little: {found ^ owed}"
        self.clocks_run_from_information_and_payment(rows)

    def clocks_run_from_information_and_payment(self, rows: list[Obligation]) -> None:
        opened = {row.kind: row.opened_at for row in rows}
        paid = self.world.noted[0] if self.world.noted else None
        if "handover.installation" in opened:
            assert opened["handover.installation"] == paid
        if "handover.first_contact" in opened:
            both = [at for at in (paid, self.world.confirmed_at) if at]
            assert opened["handover.first_contact"] == max(both)

    def money_is_laid_once(self) -> None:
        """7.5"""
        rows = Allocation.objects.filter(undone_at=None)
        assert dict(rows.values_list("pk", "amount")) == {
            pk: part.amount for pk, part in self.world.parts.items()
        }
        assert all(self.free(pk) >= 0 for pk in self.world.lines)
        assert self.owed_money >= 0
        lines = [line.said for line in self.world.lines.values() if not line.struck]
        assert len(lines) == len(set(lines))
        assert Payment.objects.filter(voided_at=None).count() == len(lines)


def subjects_of(kind: str) -> list[int]:
    subjects = Fact.objects.filter(kind=kind).values_list("subject", flat=True)
    return [int(subject.rpartition(":")[2]) for subject in subjects]


# ---------------------------------------------------------------- all one presses

TEXTS = ["один", "два", "три"]
SHARES = [Decimal(1), Decimal(1) / 2, Decimal(1) / 3]
GROUPS, INSTALLERS = ["podil", "obolon"], ["pavlo", "yurii", "taras", "andrii"]
BANK = ["much", "strike", "again"]
WAIVERS = ["iryna", "iryna", "maryna", "taras"]


def rarely(chance: Random, press: Callable[[], None]) -> None:
    """What ends a life, or may be done at any time."""
    if chance.random() < 0.15:
        press()


VERBS: list[Callable[[Handing, Random, Hand], None]] = [
    lambda m, c, h: m.bring(c.choice(law.PAPERS), c.choice(TEXTS), h, half(c)),
    lambda m, c, h: m.fill(c.choice(law.FORMS), c.choice(TEXTS), h),
    lambda m, c, h: m.send(h),
    lambda m, c, h: m.decide(h, on=c.random() < 0.7),
    lambda m, c, h: rarely(c, lambda: m.call_off(h)),
    lambda m, c, h: m.pay(h, c.choice(SHARES), c.randrange(72), half(c)),
    lambda m, c, h: m.undo_payment(h, c.randrange(9), half(c)),
    lambda m, c, h: m.lay_again(h, c.randrange(9)),
    lambda m, c, h: m.a_line_of_the_bank(h, c.randrange(9), c.choice(BANK)),
    lambda m, c, h: m.give(c.choice(law.CODES), h),
    lambda m, c, h: m.give(c.choice(law.CODES), h),
    lambda m, c, h: m.give_blind(c.choice(law.CODES), c.choice(TEXTS), h),
    lambda m, c, h: m.refuse(c.choice(law.CODES), h),
    lambda m, c, h: m.withdraw(c.choice(law.CODES), h),
    lambda m, c, h: m.accept(h),
    lambda m, c, h: m.return_it(h),
    lambda m, c, h: m.answer(h),
    lambda m, c, h: m.object_to(h, c.choice([None, *law.CODES])),
    lambda m, c, h: rarely(c, lambda: m.change_group(h, c.choice(GROUPS))),
    lambda m, c, h: rarely(c, lambda: m.allow(h, half(c), half(c))),
    lambda m, c, h: m.contact(h),
    lambda m, c, h: m.name_installer(h, c.choice(INSTALLERS)),
    lambda m, c, h: m.install(h),
    lambda m, c, h: m.write_and_submit(h),
    lambda m, c, h: m.judge_the_record(h, half(c)),
    lambda m, c, h: m.appoint(h, c.choice(["taras", "bohdan"])),
    lambda m, c, h: m.control_call(h),
    lambda m, c, h: m.take_over(h),
    lambda m, c, h: rarely(c, lambda: m.goes_away(c.choice(sorted(DEPUTIES)), half(c))),
    lambda m, c, h: rarely(c, lambda: m.comes_back(c.choice(sorted(DEPUTIES)))),
    lambda m, c, h: rarely(c, lambda: m.loses_a_role(c.choice(sorted(CHAIRS)), h)),
    lambda m, c, h: m.gets_a_role_back(c.choice(sorted(CHAIRS))),
    lambda m, c, h: m.take_off_control(c.choice(WAIVERS), c.randrange(99)),
    lambda m, c, h: rarely(c, lambda: m.move_a_term(c.randrange(99), c.randrange(6))),
    lambda m, c, h: m.somebody_looks(h),
]


def half(chance: Random) -> bool:
    return chance.random() < 0.5


def late_and_moved(machine: Handing, chance: Random) -> None:
    machine.time_passes(100)
    if half(chance):
        machine.the_worker_looks()
    machine.move_a_term(chance.randrange(99), chance.randrange(6))


TRICKS: list[Callable[[Handing, Random], None]] = [
    lambda m, c: m.the_author_confirms(c.choice(law.LAW)),
    lambda m, c: m.one_person_confirms_law_and_money(c.choice(law.LAW), half(c)),
    lambda m, c: m.a_deputy_confirms_law_and_money(c.choice(law.LAW), half(c)),
    lambda m, c: m.the_giver_brings_the_same_content_back(c.choice(law.LAW)),
    lambda m, c: m.a_confirmed_paper_is_replaced(c.choice(law.PAPERS), "чотири"),
    lambda m, c: m.confirmed_money_is_undone(half(c), half(c)),
    lambda m, c: m.more_money_comes_than_is_owed(c.choice(SHARES)),
    lambda m, c: m.a_line_comes_twice(),
    lambda m, c: m.a_deputy_who_is_away_presses(c.choice(law.LAW)),
    lambda m, c: m.one_who_lost_the_role_presses(c.choice(law.LAW)),
    lambda m, c: m.everybody_looks(),
    lambda m, c: m.install_and_appoint(),
    lambda m, c: m.given_blind(c.randrange(9)),
    late_and_moved,
]

KINDS: dict[Callable[[Handing, Random], None], int] = {
    Handing.something_lawful: 5,
    Handing.anything: 3,
    Handing.trick: 6,
    Handing.walk_on: 2,
    Handing.later: 1,
}

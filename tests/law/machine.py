"""Everybody presses everything, in any order; after each press the law must hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from suprovid.clients.models import Client
from suprovid.handover.models import Sheet, Visa
from suprovid.journal.models import Fact
from suprovid.money.models import Allocation, Payment
from suprovid.obligations.models import Message, Obligation
from suprovid.service.models import Installation, TakeOver
from tests.law import law
from tests.law.people import WithPeople
from tests.law.pressing import name_of, some

ENDINGS = ("obligations.met", "obligations.cancelled", "obligations.waived")


class Handing(WithPeople):
    """Leads the handover on, and after each step asks what must always hold."""

    @initialize(begun=st.integers(min_value=0, max_value=5))
    def begin(self, begun: int) -> None:
        """From a draft, or further on the way: the ends are far."""
        if begun > 0:
            self.send_and_confirm()
        if begun > 1:
            self.bring_what_is_missing()
        if begun > 2:
            self.give_what_is_missing()
        if begun > 3:
            self.accept("olena")
        if begun > 4:
            self.install_and_appoint()

    @rule()
    def service_comes_before_acceptance(self) -> None:
        if self.world.stage == law.COLLECTING:
            self.install_and_appoint()

    @rule(number=some, days=st.integers(0, 5), looked=st.booleans())
    def a_late_term_is_moved(self, number: int, days: int, looked: bool) -> None:
        self.time_passes(100)
        if looked:
            self.the_worker_looks()
        self.move_a_term(number, days)

    # ------------------------------------------------------------ walking on

    @rule(further=st.booleans())
    def walk_on(self, further: bool) -> None:
        """Lead the handover a step forward, so that the end is reached too."""
        if self.world.stage in (law.DRAFT, law.SENT):
            self.send_and_confirm()
        elif not self.world.open_sheet:
            self.install_and_appoint()
        elif any(self.world.version(code) is None for code in law.CODES):
            self.bring_what_is_missing()
        elif not self.world.whole:
            self.give_what_is_missing()
        elif further:
            self.accept("olena")

    def give_what_is_missing(self) -> None:
        for code in law.CODES:
            if not self.world.in_force(code):
                self.give_by_one_of_its_holders(code, 0)

    def send_and_confirm(self) -> None:
        for code in law.FORMS:
            self.fill(code, "один", "andrii")
        self.send("andrii")
        self.decide("viktor", on=True)

    def bring_what_is_missing(self) -> None:
        self.answer("andrii")
        for code in law.FORMS:
            if code not in self.world.forms:
                self.fill(code, "один", "andrii")
        for code in law.PAPERS:
            for number in range(2):
                if self.world.version(code) is None or self.world.refused(code):
                    self.bring(code, f"{number} {self.case.now}", "andrii", False)
        if self.world.paid() is None:
            self.pay("liudmyla", Decimal(1), 1, heard=True)

    def install_and_appoint(self) -> None:
        installer, manager = (
            ("pavlo", "taras") if self.world.group == "podil" else ("yurii", "bohdan")
        )
        head = "olena" if self.world.group == "podil" else "serhii"
        self.contact(head)
        self.name_installer(head, installer)
        self.install(installer)
        self.write_and_submit(installer)
        self.judge_the_record(head, good=True)
        self.appoint(head, manager)

    # ------------------------------------------------------------ what must hold

    @invariant()
    def the_law_holds(self) -> None:
        """PROCESS 7 in one invariant, so that a failing life is told in a few lines."""
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

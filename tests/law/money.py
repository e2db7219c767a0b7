"""Money comes, in parts and late; it goes again; the bank says its lines once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from suprovid.money import actions as money
from suprovid.money.models import Allocation
from tests.law import law
from tests.law.pressing import Hand, Pressing


class WithMoney(Pressing):
    """Payments, what lies on the invoice, what the handover has heard of it."""

    # ------------------------------------------------------------ money

    def counts_money(self, who: str) -> bool:
        return self.world.seat(who, "accountant") is not None

    @property
    def owed_money(self) -> Decimal:
        laid = sum((part.amount for part in self.world.parts.values()), Decimal(0))
        return self.world.total - laid

    def pay(self, hand: Hand | str, share: Decimal, ago: int, heard: bool) -> None:
        """Money comes in, maybe entered late, maybe in parts."""
        who = self.pick(hand, self.counts_money)
        amount = (self.world.total * share).quantize(Decimal("0.01"))
        at = self.case.now - timedelta(hours=ago)
        line = law.Line((at, amount), amount, at)
        lawful = self.counts_money(who) and self.owed_money > 0
        lawful = lawful and self.is_new(line)
        payment = self.press(
            lawful,
            who,
            money.enter_payment,
            invoice_id=self.case.invoice.pk,
            **said_by_the_bank(line),
        )
        if payment:
            self.world.lines[payment.pk] = line
            self.laid(payment.allocations.get())
            self.hear(heard)

    def is_new(self, line: law.Line) -> bool:
        known = self.world.lines.values()
        return not any(one.said == line.said and not one.struck for one in known)

    def laid(self, row: Allocation) -> None:
        at = self.world.lines[row.payment_id].at
        self.world.parts[row.pk] = law.Part(row.payment_id, row.amount, at)
        self.world.news = True

    def hear(self, heard: bool) -> None:
        """At once, or when the worker next looks."""
        if heard:
            self.case.follow_money()
            self.heard()

    def heard(self) -> None:
        if self.world.stage != law.DEAD:
            self.world.hear_of_money()
            self.pressed = True

    def undo_payment(self, hand: Hand | str, number: int, heard: bool) -> None:
        who = self.pick(hand, self.counts_money)
        if not self.world.parts:
            return
        pk = sorted(self.world.parts)[number % len(self.world.parts)]
        lawful = self.counts_money(who)
        undo = money.undo_allocation
        if self.press(lawful, who, undo, allocation_id=pk, why="помилковий платіж"):
            del self.world.parts[pk]
            self.world.news = True
            self.hear(heard)

    def lay_again(self, hand: Hand | str, number: int) -> None:
        who = self.pick(hand, self.counts_money)
        if not self.world.lines:
            return
        pk = sorted(self.world.lines)[number % len(self.world.lines)]
        free = self.free(pk)
        lawful = self.counts_money(who)
        lawful = lawful and free > 0 and self.owed_money > 0
        row = self.press(
            lawful and not self.world.lines[pk].struck,
            who,
            money.allocate,
            payment_id=pk,
            invoice_id=self.case.invoice.pk,
        )
        if row:
            self.laid(row)

    def free(self, payment: int) -> Decimal:
        parts = (p.amount for p in self.world.parts.values() if p.payment == payment)
        return self.world.lines[payment].amount - sum(parts, Decimal(0))

    def a_line_of_the_bank(self, hand: Hand | str, number: int, trick: str) -> None:
        if not self.world.lines:
            return
        who = self.pick(hand, self.counts_money)
        pk = sorted(self.world.lines)[number % len(self.world.lines)]
        tricks = {
            "much": self.lay_too_much,
            "strike": self.strike_out,
            "again": self.enter_again,
        }
        tricks[trick](who, pk)

    def lay_too_much(self, who: str, pk: int) -> None:
        self.press(
            False,
            who,
            money.allocate,
            payment_id=pk,
            invoice_id=self.case.invoice.pk,
            amount=min(self.free(pk), self.owed_money) + Decimal("0.01"),
        )

    def strike_out(self, who: str, pk: int) -> None:
        line = self.world.lines[pk]
        lawful = self.counts_money(who)
        lawful = lawful and not line.struck and self.free(pk) == line.amount
        if self.press(lawful, who, money.void_payment, payment_id=pk, why="не той"):
            line.struck = True

    def enter_again(self, who: str, pk: int) -> None:
        """The same line of the bank is entered twice only if it was struck out."""
        line = self.world.lines[pk]
        lawful = self.counts_money(who) and self.is_new(line)
        again = self.press(lawful, who, money.enter_payment, **said_by_the_bank(line))
        if again:
            self.world.lines[again.pk] = law.Line(line.said, line.amount, line.at)


def said_by_the_bank(line: law.Line) -> dict[str, Any]:
    return {
        "booked_at": line.at,
        "amount": line.amount,
        "payer_name": "ТОВ «Лісовий дім»",
        "document": "ПД-17",
    }

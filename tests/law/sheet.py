"""Papers, forms and visas, and the tricks that people try with them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from suprovid.handover import actions
from suprovid.handover.models import ItemPaper
from suprovid.handover.rules import CalledOffWhy, ItemCode
from tests.law import law
from tests.law.money import WithMoney
from tests.law.pressing import NAMES, REMARKS, SOMEBODY, Hand
from tests.path import FORMS, pdf


class WithSheet(WithMoney):
    """The bypass sheet and the way of the handover through sales."""

    # ------------------------------------------------------------ sales

    def bring(self, code: str, text: str, hand: Hand | str, instead: bool) -> None:
        who = self.pick(hand, self.world.sales)
        world, old = self.world, self.attached(code) if instead else []
        persons = world.sales(who)
        done = self.on_line(
            persons is not None and world.open_sheet,
            who,
            code,
            actions.attach_paper,
            upload=pdf(text),
            replaces=old[0] if old else None,
        )
        if done:
            brought = world.papers.setdefault(code, [])
            if old:
                brought.pop(0)
            brought.append(law.Paper(text, persons or frozenset()))

    def attached(self, code: str) -> list[int]:
        rows = ItemPaper.objects.filter(item=self.item(code), replaced_at=None)
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def fill(self, code: str, text: str, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.sales)
        world, persons = self.world, self.world.sales(who)
        lawful = persons is not None and world.open_sheet
        if self.on_line(lawful, who, code, actions.fill_form, values=form(code, text)):
            known = world.forms.get(code)
            if known is None or known.text != text:
                world.forms[code] = law.Paper(text, persons or frozenset())

    def send(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.sales)
        world = self.world
        whole = len(world.forms) == len(law.FORMS)
        lawful = world.sales(who) is not None and world.stage == law.DRAFT and whole
        if self.on_handover(lawful, who, actions.send):
            world.stage = law.SENT

    def decide(self, hand: Hand | str, on: bool) -> None:
        """The head of sales confirms, or sends it back."""
        who = self.pick(hand, lambda n: self.world.seat(n, "sales_head"))
        world = self.world
        seat = world.seat(who, "sales_head")
        lawful = seat is not None and world.stage == law.SENT
        act, more = (actions.confirm, {}) if on else (actions.send_back, REMARKS)
        if self.on_handover(lawful, who, act, **more):
            world.stage = law.COLLECTING if on else law.DRAFT
            world.confirmed_at = self.case.now if on else None

    def call_off(self, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.seat(n, "sales_head"))
        world = self.world
        lawful = world.seat(who, "sales_head") is not None and world.alive
        if self.on_handover(lawful, who, actions.call_off, why=CalledOffWhy.REFUND):
            world.stage = law.DEAD

    # ------------------------------------------------------------ visas

    def give(self, code: str, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.may_give(code, n))
        world = self.world
        lawful, persons = world.may_give(code, who), world.confirms(code, who)
        self.need(lawful)
        seen = self.case.line(ItemCode(code)).holds
        if self.on_line(lawful, who, code, actions.give_visa, seen=seen):
            author = bool((persons or frozenset()) & world.authors(code))
            self.stamp(law.GIVEN, code, persons, author_allowed=author)

    def stamp(
        self,
        verdict: str,
        code: str,
        persons: law.Persons | None,
        *,
        author_allowed: bool = False,
    ) -> None:
        version = self.world.version(code)
        self.world.stamps[code] = law.Stamp(
            verdict, persons or frozenset(), version, author_allowed
        )

    def give_blind(self, code: str, text: str, hand: Hand | str) -> None:
        """It is no longer what the person saw."""
        who = self.pick(hand, lambda n: self.world.may_give(code, n))
        self.on_line(False, who, code, actions.give_visa, seen=[text])

    def refuse(self, code: str, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.may_look(code, n))
        self.need(self.world.may_look(code, who))
        line, persons = self.case.line(ItemCode(code)), self.world.confirms(code, who)
        done = self.on_line(
            self.world.may_look(code, who),
            who,
            code,
            actions.refuse_visa,
            requirement=line.requirements[0],
            reason="немає двох програм",
            seen=line.holds,
        )
        if done:
            self.stamp(law.REFUSED, code, persons)

    def withdraw(self, code: str, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.confirms(code, n))
        world, persons = self.world, self.world.confirms(code, who)
        stamp = world.stamps.get(code)
        stands = stamp is not None and stamp.verdict != law.WITHDRAWN
        lawful = world.takes_visas and persons is not None and stands
        withdraw = actions.withdraw_visa
        if self.on_line(lawful, who, code, withdraw, reason="надано помилково"):
            self.stamp(law.WITHDRAWN, code, persons)

    # ------------------------------------------------------------ tricks

    def free_the_line(self, code: str) -> None:
        """So that a visa can be given on it."""
        if self.world.in_force(code) or self.world.refused(code):
            self.lawfully(partial(self.withdraw, code, SOMEBODY))

    def the_author_confirms(self, code: str) -> None:
        self.lawfully(partial(self.bring, code, "три", "viktor", instead=True))
        self.free_the_line(code)
        self.give(code, "viktor")

    def one_person_confirms_law_and_money(self, code: str, first: bool) -> None:
        one, other = (code, law.PAYMENT) if first else (law.PAYMENT, code)
        self.free_the_line(one)
        self.lawfully(partial(self.give, one, "sofiia"))
        self.free_the_line(other)
        self.give(other, "sofiia")

    def the_giver_brings_the_same_content_back(self, code: str) -> None:
        self.free_the_line(code)
        self.lawfully(partial(self.bring, code, "один", "andrii", instead=True))
        self.lawfully(partial(self.give, code, "viktor"))
        self.lawfully(partial(self.bring, code, "два", "andrii", instead=True))
        self.lawfully(partial(self.bring, code, "один", "viktor", instead=True))

    def a_confirmed_paper_is_replaced(self, code: str, text: str) -> None:
        self.lawfully(partial(self.give, code, SOMEBODY))
        self.lawfully(partial(self.bring, code, text, SOMEBODY, instead=True))

    def confirmed_money_is_undone(self, again: bool, heard: bool) -> None:
        self.lawfully(partial(self.give, law.PAYMENT, SOMEBODY))
        self.lawfully(partial(self.undo_payment, SOMEBODY, 0, heard))
        if again:
            self.lawfully(partial(self.pay, SOMEBODY, Decimal(1), 0, heard))

    def more_money_comes_than_is_owed(self, share: Decimal) -> None:
        for _ in range(len(self.world.parts)):
            self.lawfully(partial(self.undo_payment, SOMEBODY, 0, True))
        self.lawfully(partial(self.pay, SOMEBODY, share, 1, True))
        self.lawfully(partial(self.pay, SOMEBODY, Decimal(1), 0, True))
        if self.world.lines:
            who = self.pick(SOMEBODY, self.counts_money)
            self.lay_too_much(who, max(self.world.lines))

    def a_line_comes_twice(self) -> None:
        if self.world.lines:
            who = self.pick(SOMEBODY, self.counts_money)
            self.enter_again(who, max(self.world.lines))

    def given_blind(self, number: int) -> None:
        """By one who may give it, to what is not there."""
        able = [c for c in law.CODES if any(self.world.may_give(c, n) for n in NAMES)]
        if able:
            self.give_blind(able[number % len(able)], "три", SOMEBODY)


def form(code: str, text: str) -> dict[str, str]:
    field = "wishes" if code == law.CARD else "note"
    return FORMS[ItemCode(code)] | {field: text}

"""Papers, forms and visas, and the tricks that people try with them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from suprovid.handover import actions
from suprovid.handover.models import ItemPaper
from suprovid.handover.rules import CalledOffWhy, ItemCode
from tests.law import law
from tests.law.money import WithMoney
from tests.law.pressing import (
    NAMES,
    REMARKS,
    Hand,
    codes,
    hands,
    papers,
    shares,
    some,
    texts,
)
from tests.path import FORMS, pdf


class WithSheet(WithMoney):
    """The bypass sheet and the way of the handover through sales."""

    # ------------------------------------------------------------ sales

    @rule(code=papers, text=texts, hand=hands, instead=st.booleans())
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

    @rule(code=st.sampled_from(law.FORMS), text=texts, hand=hands)
    def fill(self, code: str, text: str, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.sales)
        world, persons = self.world, self.world.sales(who)
        lawful = persons is not None and world.open_sheet
        if self.on_line(lawful, who, code, actions.fill_form, values=form(code, text)):
            known = world.forms.get(code)
            if known is None or known.text != text:
                world.forms[code] = law.Paper(text, persons or frozenset())

    @rule(hand=hands)
    def send(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.sales)
        world = self.world
        whole = len(world.forms) == len(law.FORMS)
        lawful = world.sales(who) is not None and world.stage == law.DRAFT and whole
        if self.on_handover(lawful, who, actions.send):
            world.stage = law.SENT

    @rule(hand=hands, on=st.booleans())
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

    @rule(hand=hands)
    def call_off(self, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.seat(n, "sales_head"))
        world = self.world
        lawful = world.seat(who, "sales_head") is not None and world.alive
        if self.on_handover(lawful, who, actions.call_off, why=CalledOffWhy.REFUND):
            world.stage = law.DEAD

    # ------------------------------------------------------------ visas

    @rule(code=codes, hand=hands)
    def give(self, code: str, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.may_give(code, n))
        world = self.world
        lawful, persons = world.may_give(code, who), world.confirms(code, who)
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

    @rule(code=codes, number=some)
    def give_by_one_of_its_holders(self, code: str, number: int) -> None:
        may = [name for name in NAMES if self.world.may_give(code, name)]
        self.give(code, may[number % len(may)] if may else "maryna")

    @rule(code=codes, text=texts, hand=hands)
    def give_blind(self, code: str, text: str, hand: Hand | str) -> None:
        """It is no longer what the person saw."""
        who = self.pick(hand, lambda n: self.world.may_give(code, n))
        self.on_line(False, who, code, actions.give_visa, seen=[text])

    @rule(code=codes, hand=hands)
    def refuse(self, code: str, hand: Hand | str) -> None:
        who = self.pick(hand, lambda n: self.world.may_look(code, n))
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

    @rule(code=codes, hand=hands)
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

    @rule(code=st.sampled_from(law.LAW))
    def the_author_confirms(self, code: str) -> None:
        self.bring(code, "три", "viktor", instead=True)
        self.give(code, "viktor")

    @rule(code=st.sampled_from(law.LAW), first=st.booleans())
    def one_person_confirms_law_and_money(self, code: str, first: bool) -> None:
        pair = (code, law.PAYMENT) if first else (law.PAYMENT, code)
        for one in pair:
            self.withdraw(one, "sofiia")
            self.give(one, "sofiia")

    @rule(code=st.sampled_from(law.LAW))
    def the_giver_brings_the_same_content_back(self, code: str) -> None:
        self.bring(code, "один", "andrii", instead=True)
        self.give(code, "viktor")
        self.bring(code, "два", "andrii", instead=True)
        self.bring(code, "один", "viktor", instead=True)

    @rule(code=papers, text=texts, number=some)
    def a_confirmed_paper_is_replaced(self, code: str, text: str, number: int) -> None:
        self.give_by_one_of_its_holders(code, number)
        self.bring(code, text, "andrii", instead=True)

    @rule(again=st.booleans(), heard=st.booleans())
    def confirmed_money_is_undone(self, again: bool, heard: bool) -> None:
        self.give_by_one_of_its_holders(law.PAYMENT, 0)
        self.undo_payment("liudmyla", 0, heard)
        if again:
            self.pay("liudmyla", Decimal(1), 0, heard)

    @rule(share=shares)
    def more_money_comes_than_is_owed(self, share: Decimal) -> None:
        self.pay("liudmyla", share, 1, heard=True)
        self.pay("liudmyla", Decimal(1), 0, heard=True)
        if self.world.lines:
            self.lay_too_much("liudmyla", max(self.world.lines))


def form(code: str, text: str) -> dict[str, str]:
    field = "wishes" if code == law.CARD else "note"
    return FORMS[ItemCode(code)] | {field: text}

"""A press: done exactly when it is lawful, and a refusal writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from hypothesis.stateful import RuleBasedStateMachine

from suprovid.handover.models import Handover, Item
from suprovid.lib.decision import Missing, Refused
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.people import actions as people
from suprovid.people.rules import Role
from suprovid.web.say import say
from tests.cast import HIRED, MONDAY, Cast, acting, hire
from tests.law import law
from tests.law.law import World
from tests.path import Case, new_case

NAMES = sorted(law.roles_of_the_cast())

# Whether one whose job it is, which of them; else, or if there is none, this one.
Hand = tuple[bool, int, str]
SOMEBODY: Hand = (True, 0, "yaroslav")


class UnlawfulError(Exception):
    """Not pressed: only what is lawful was asked for."""


REMARKS = {"remarks": "виправте"}


class Pressing(RuleBasedStateMachine):
    """One handover, who presses, and `world`: what the law says of both."""

    department: Case
    """Hired once for all lives; what a life did to it is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.case = replace(
            self.department, handover=Handover.objects.get(pk=self.department.id)
        )
        self.world = World(total=self.case.invoice.total)
        self.missed: dict[int, datetime] = {}
        self.pressed = False
        self.only_lawful, self.did = False, False
        self.story: list[str] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # ------------------------------------------------------------ pressing

    @property
    def cast(self) -> Cast:
        return self.case.cast

    def by(self, who: str) -> Any:
        return self.case.by(getattr(self.cast, who))

    def pick(self, hand: Hand | str, may: Callable[[str], Any]) -> str:
        """One who may, if there is one and the hand says so; a name is a name."""
        if isinstance(hand, str):
            return hand
        rightful, number, anybody = hand
        able = [name for name in NAMES if may(name)] if rightful else []
        return able[number % len(able)] if able else anybody

    def press(
        self, lawful: bool, who: str, act: Callable[..., Any], **more: Any
    ) -> Any:
        """What came of it; None when refused, and then nothing is written.

        Done exactly when it is lawful. No transaction is put around the action: what it
        wrote before it refused would stay and be seen.
        """
        self.need(lawful)
        self.settle()
        done, refusal, writes = attempt(act, actor=self.by(who), **more)
        what = f"{who} and {act.__name__}: lawful {lawful}, {refusal!r}"
        self.story.append(what)
        assert lawful == (refusal is None), what
        if refusal is None:
            self.did = True
            return done or True
        assert not writes, f"refused, and wrote: {writes}"
        if isinstance(refusal, Refused):
            assert_says_why(refusal)
        return None

    def tell(self, wrong: AssertionError) -> None:
        wrong.add_note("\n".join(self.story[-15:]))

    def need(self, lawful: bool) -> None:
        if self.only_lawful and not lawful:
            raise UnlawfulError

    def lawfully(self, press: Callable[[], object]) -> bool:
        """Press it if that is lawful now; whether anything was done."""
        self.only_lawful, self.did = True, False
        try:
            press()
        except UnlawfulError:
            pass
        finally:
            self.only_lawful = False
        return self.did

    def settle(self) -> None:
        """The handover looks at its terms at every press on it, not at the bank's."""
        if self.pressed:
            self.world.settle()
        self.pressed = False

    def on_handover(
        self, lawful: bool, who: str, act: Callable[..., Any], **more: Any
    ) -> Any:
        done = self.press(lawful, who, act, handover_id=self.case.id, **more)
        self.pressed = self.pressed or done is not None
        return done

    def on_line(
        self, lawful: bool, who: str, code: str, act: Callable[..., Any], **more: Any
    ) -> Any:
        return self.on_handover(lawful, who, act, item_id=self.item(code), **more)

    def item(self, code: str) -> int:
        """The line of the newest sheet."""
        items = Item.objects.filter(sheet__handover=self.case.id, code=code)
        return items.latest("sheet__round").pk


def department() -> Case:
    """Everybody, some of them in more chairs than one, and a company with its rules."""
    cast = hire(HIRED, with_passwords=False)
    obligations.found_company(actor=acting(None, HIRED), name="Правовий вимір")
    for name, role in (
        ("sofiia", Role.LAWYER),
        ("sofiia", Role.ACCOUNTANT),
        ("viktor", Role.LAWYER),
    ):
        people.grant_role(
            actor=acting(cast.yaroslav, MONDAY),
            person_id=getattr(cast, name).pk,
            role=role,
        )
    return new_case(cast)


def assert_says_why(refusal: Refused) -> None:
    """A reason in words, with nothing left to fill in."""
    told = say(refusal.reason)
    assert len(told) > 10
    assert "{" not in told


def attempt(
    act: Callable[..., Any], **more: Any
) -> tuple[Any, Refused | Missing | None, list[str]]:
    """What came of it, and what it wrote and did not roll back."""
    kept: list[str] = []
    marks: dict[str, int] = {}

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        verb, _, rest = sql.partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE"):
            kept.append(sql)
        elif verb == "SAVEPOINT":
            marks[rest] = len(kept)
        elif sql.startswith("ROLLBACK TO SAVEPOINT "):
            del kept[marks[sql.rpartition(" ")[2]] :]
        return done

    with connection.execute_wrapper(watch):
        try:
            return act(**more), None, kept
        except (Refused, Missing) as refusal:
            return None, refusal, kept


def name_of(row: Obligation) -> tuple[str, str]:
    """What it is and the line it is about, as the law calls them."""
    return row.kind, str(row.about.get("item_code", ""))

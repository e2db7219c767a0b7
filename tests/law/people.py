"""People leave and come back, lose roles; terms are moved; time passes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from suprovid.config import worker
from suprovid.handover.queries import visible
from suprovid.journal import queries as journal
from suprovid.journal.models import Fact, Fresh, Line, Mark
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Obligation
from suprovid.people import actions as people
from suprovid.people.models import Absence, RoleGrant
from suprovid.people.queries import staff, today
from suprovid.people.rules import AbsenceKind, Role
from tests.cast import acting
from tests.law import law
from tests.law.pressing import NAMES, Hand, name_of
from tests.law.service import WithService

# Who may leave, and to whom; each deputy stands in for one person only.
DEPUTIES = {
    "olena": "taras",
    "maryna": "denys",
    "halyna": "nadiia",
    "viktor": "andrii",
    "andrii": "sofiia",
    "pavlo": "yurii",
    "sofiia": "oksana",
}
CHAIRS = {
    ("maryna", "lawyer"): Role.LAWYER,
    ("sofiia", "lawyer"): Role.LAWYER,
    ("sofiia", "accountant"): Role.ACCOUNTANT,
    ("halyna", "accountant"): Role.ACCOUNTANT,
    ("viktor", "sales_head"): Role.SALES_HEAD,
    ("andrii", "sales"): Role.SALES,
    ("olena", "head:podil"): Role.GROUP_HEAD,
}


class WithPeople(WithService):
    """Who is there, with what right, and what the worker does meanwhile."""

    # ------------------------------------------------------------ people

    def goes_away(self, who: str, alone: bool) -> None:
        deputy = None if alone else DEPUTIES[who]
        first = today(self.case.now)
        done = self.press(
            who not in self.world.away and deputy not in self.world.away,
            who,
            people.declare_absence,
            person_id=getattr(self.cast, who).pk,
            kind=AbsenceKind.TRIP,
            first_day=first,
            last_day=first + timedelta(days=300),
            deputy_id=getattr(self.cast, deputy).pk if deputy else None,
        )
        if done:
            self.world.away[who] = deputy

    def comes_back(self, who: str) -> None:
        if who not in self.world.away:
            return
        rows = Absence.objects.standing().filter(person=getattr(self.cast, who))
        absence = rows.latest("id")
        begun = absence.first_day < today(self.case.now)
        act = people.return_early if begun else people.cancel_absence
        assert self.press(True, who, act, absence_id=absence.pk)
        del self.world.away[who]

    def loses_a_role(self, chair: tuple[str, str], hand: Hand | str) -> None:
        """A visa given in the role stays; from now on none is given in it."""
        who = self.pick(hand, lambda n: n == "yaroslav")
        name, role = chair
        person = getattr(self.cast, name)
        rows = RoleGrant.objects.on(today(self.case.now))
        grant = rows.filter(person=person, role=CHAIRS[chair]).first()
        if grant is None:
            return
        if self.press(who == "yaroslav", who, people.end_role, grant_id=grant.pk):
            self.world.roles[name].discard(role)

    def gets_a_role_back(self, chair: tuple[str, str]) -> None:
        name, role = chair
        if role in self.world.roles[name]:
            return
        group = self.cast.podil.pk if role.startswith("head:") else None
        assert self.press(
            True,
            "yaroslav",
            people.grant_role,
            person_id=getattr(self.cast, name).pk,
            role=CHAIRS[chair],
            group_id=group,
        )
        self.world.roles[name].add(role)

    def somebody_looks(self, hand: Hand | str) -> None:
        """Nobody reads what PROCESS 5 does not give (7.7)."""
        who = self.pick(hand, self.world.sees)
        viewer = staff(today(self.case.now)).viewer(getattr(self.cast, who).pk)
        sees = visible(viewer).filter(pk=self.case.id).exists()
        assert sees == self.world.sees(who), f"{who} sees it: {sees}"

    # ------------------------------------------------------------ tricks

    def a_deputy_confirms_law_and_money(self, code: str, first: bool) -> None:
        """One of the two for an absent one who gave the other: both count (3.3)."""
        one, other = (code, law.PAYMENT) if first else (law.PAYMENT, code)
        self.lawfully(partial(self.comes_back, "sofiia"))
        self.free_the_line(one)
        self.lawfully(partial(self.give, one, "sofiia"))
        self.lawfully(partial(self.goes_away, "sofiia", alone=False))
        self.free_the_line(other)
        self.give(other, "oksana")

    def a_deputy_who_is_away_presses(self, code: str) -> None:
        self.lawfully(partial(self.comes_back, "viktor"))
        self.lawfully(partial(self.comes_back, "andrii"))
        self.lawfully(partial(self.goes_away, "viktor", alone=False))
        self.lawfully(partial(self.goes_away, "andrii", alone=True))
        self.free_the_line(code)
        self.give(code, "andrii")
        self.decide("andrii", on=True)

    def one_who_lost_the_role_presses(self, code: str) -> None:
        self.lawfully(partial(self.loses_a_role, ("maryna", "lawyer"), "yaroslav"))
        self.free_the_line(code)
        self.give(code, "maryna")

    def everybody_looks(self) -> None:
        for name in NAMES:
            self.somebody_looks(name)

    # ------------------------------------------------------------ terms and time

    def take_off_control(self, who: str, number: int) -> None:
        rows = list(Obligation.objects.filter(ended_at=None).order_by("pk"))
        if not rows or (who == "taras" and "olena" in self.world.away):
            return
        row = rows[number % len(rows)]
        waive = obligations.waive
        if self.press(who == "iryna", who, waive, obligation_id=row.pk, why="так"):
            self.world.off_control.add(name_of(row))

    def move_a_term(self, number: int, days: int) -> None:
        rows = list(Obligation.objects.filter(ended_at=None).order_by("pk"))
        if not rows:
            return
        assert self.press(
            True,
            "iryna",
            obligations.move_by_head,
            obligation_id=rows[number % len(rows)].pk,
            on=today(self.case.now) + timedelta(days=days),
            why="просили",
        )

    def time_passes(self, hours: int) -> None:
        self.case.now += timedelta(hours=hours)

    def the_worker_looks(self) -> None:
        """Facts get places, followers walk, terms fire, seals are laid (7.8)."""
        now = self.case.now
        actor = acting(None, now)
        while worker.facts(now) or obligations.tick(actor=actor):
            pass
        worker.seal_all(now)
        self.heard()
        self.no_fact_was_skipped()
        late = Obligation.objects.filter(due_at__lte=now, ended_at=None)
        assert not late.filter(missed_at=None).exists()

    def no_fact_was_skipped(self) -> None:
        facts = Fact.objects.count()
        assert not Fresh.objects.exists()
        assert list(Line.objects.order_by("seq").values_list("seq", flat=True)) == list(
            range(1, facts + 1)
        )
        for name in ("orderer", *worker.FOLLOWERS):
            assert Mark.objects.get(name=name).seq == facts, name
        assert not journal.parked()

"""Acceptance, return, objection; contact, installation, service."""

from __future__ import annotations

from datetime import timedelta

from suprovid.contracts.rules import Delivery
from suprovid.handover import actions
from suprovid.obligations import actions as obligations
from suprovid.people.queries import today
from suprovid.service import actions as service
from suprovid.service.rules import STEPS
from tests.cast import MONDAY
from tests.law import law
from tests.law.pressing import REMARKS, Hand
from tests.law.sheet import WithSheet
from tests.path import signature

RECORD = {
    "kit": "Універсал",
    "version": "2026.4",
    "workplaces": 5,
    "steps_done": [step.value for step in STEPS],
}


class WithService(WithSheet):
    """What the head of the group and the installer do."""

    # ------------------------------------------------------------ the head

    def accept(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        lawful = world.head(who) is not None and world.takes_visas
        lawful = lawful and not world.returned and world.whole
        if self.on_handover(lawful, who, actions.accept):
            world.closed = True
            if world.stage == law.COLLECTING:
                world.stage = law.ACCEPTED

    def return_it(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        lawful = world.head(who) is not None and world.takes_visas
        lawful = lawful and not world.returned
        if self.on_handover(lawful, who, actions.return_to_sales, **REMARKS):
            world.returned = True

    def answer(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.sales)
        world = self.world
        lawful = world.sales(who) is not None and world.open_sheet and world.returned
        if self.on_handover(lawful, who, actions.answer_remarks, text="додали"):
            world.returned = False

    def object_to(self, hand: Hand | str, wrong: str | None) -> None:
        """A new sheet: what was objected to is brought anew, every visa given anew."""
        who = self.pick(hand, self.world.objects)
        world = self.world
        lawful = world.objects(who) is not None and world.closed
        lawful = lawful and world.stage != law.DEAD
        item = self.item(wrong) if wrong else None
        more = {"text": "не той підпис", "item_id": item}
        if self.on_handover(lawful, who, actions.object_to, **more):
            world.closed, world.stamps = False, {}
            world.stage = law.COLLECTING if world.stage == law.ACCEPTED else world.stage
            world.papers.pop(wrong or "", None)
            world.forms.pop(wrong or "", None)
            self.heard()

    def change_group(self, hand: Hand | str, group: str) -> None:
        who = self.pick(hand, lambda n: n == "iryna")
        world = self.world
        seat = world.seat(who, "department_head")
        lawful = seat is not None and world.alive and not world.closed
        number = getattr(self.cast, group).pk
        if self.on_handover(lawful, who, actions.change_group, group_id=number):
            world.group = group

    def allow(self, hand: Hand | str, author: bool, both: bool) -> None:
        """The head of department may allow either for the company (3.3)."""
        who = self.pick(hand, lambda n: n == "iryna")
        done = self.press(
            self.world.seat(who, "department_head") is not None,
            who,
            obligations.set_company,
            name="Правовий вимір",
            code="",
            authors_may_confirm=author,
            one_person_for_lawyer_and_accountant=both,
        )
        if done:
            self.world.authors_may_confirm = author
            self.world.one_person_for_both = both

    # ------------------------------------------------------------ the service

    def contact(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.head)
        world, now = self.world, self.case.now + timedelta(minutes=1)
        lawful = world.head(who) is not None and world.goes_on and not world.contacted
        done = self.on_handover(
            lawful,
            who,
            actions.record_first_contact,
            made_at=now,
            spoke_with="Ніна Салій",
            install_on=today(now),
            place="Київ, вул. Нижній Вал, 17",
            workplaces=5,
            systems="Windows 11",
            network=True,
            delivery=Delivery.VISIT,
        )
        if done:
            world.contacted = True
            world.named_since_contact = bool(world.installer)

    def name_installer(self, hand: Hand | str, installer: str) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        ours = {f"engineer:{world.group}", f"manager:{world.group}"}
        lawful = world.head(who) is not None and world.goes_on
        lawful = lawful and not world.record_confirmed
        number = getattr(self.cast, installer).pk
        done = self.on_handover(
            lawful and bool(ours & world.roles[installer]),
            who,
            service.name_installer,
            installer_id=number,
        )
        if done:
            world.installer, world.named_since_contact = installer, True

    def install(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.installs)
        world = self.world
        lawful = world.installs(who) and world.goes_on and bool(world.installer)
        lawful = lawful and world.contacted and not world.done
        now = self.case.now + timedelta(minutes=1)
        act = service.record_installation_done
        if self.on_handover(lawful, who, act, done_at=now):
            world.done = True

    def write_and_submit(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.installs)
        world = self.world
        lawful = world.installs(who) and world.goes_on and bool(world.installer)
        lawful = lawful and not world.submitted
        self.on_handover(lawful, who, service.save_record, **RECORD)
        signed = {"signed_by": "Ніна Салій", "signature": signature()}
        lawful = lawful and world.done
        if self.on_handover(lawful, who, service.submit_record, **signed):
            world.submitted = True

    def judge_the_record(self, hand: Hand | str, good: bool) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        lawful = world.head(who) is not None and world.goes_on
        lawful = lawful and world.submitted and not world.record_confirmed
        act = service.confirm_record if good else service.send_back_record
        if self.on_handover(lawful, who, act, **({} if good else REMARKS)):
            world.record_confirmed, world.submitted = good, good

    def appoint(self, hand: Hand | str, manager: str) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        lawful = world.head(who) is not None and world.stage == law.ACCEPTED
        lawful = lawful and world.closed and world.record_confirmed
        number = getattr(self.cast, manager).pk
        done = self.on_handover(
            lawful and f"manager:{world.group}" in world.roles[manager],
            who,
            service.appoint_manager,
            manager_id=number,
        )
        if done:
            world.stage = law.SERVED

    def control_call(self, hand: Hand | str) -> None:
        who = self.pick(hand, self.world.head)
        world = self.world
        lawful = world.head(who) is not None and world.stage == law.SERVED
        done = self.on_handover(
            lawful and not world.called,
            who,
            service.record_control_call,
            made_at=self.case.now + timedelta(minutes=1),
            spoke_with="Ніна Салій",
            satisfied=True,
        )
        world.called = world.called or bool(done)

    def take_over(self, hand: Hand | str) -> None:
        """Never past a handover that goes on, nor twice (3.10)."""
        who = self.pick(hand, lambda n: n == "iryna")
        world = self.world
        lawful = world.seat(who, "department_head") is not None
        lawful = lawful and world.stage == law.DEAD and not world.taken_over
        manager, group = self.cast.taras, self.cast.podil
        done = self.press(
            lawful,
            who,
            service.take_over,
            client_id=self.case.client.pk,
            contract_id=self.case.contract.pk,
            manager_id=manager.pk,
            group_id=group.pk,
            since=MONDAY.date(),
        )
        world.taken_over = world.taken_over or bool(done)

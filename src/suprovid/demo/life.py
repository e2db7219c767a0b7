"""Four weeks of a department's life, told only by calling actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from suprovid.demo.case import (
    Case,
    Department,
    Plan,
    Until,
    contact,
    contract_papers,
    copy_paper,
    enter_client,
    fill,
    issue,
    money_papers,
    pay,
    sign_contract,
    submit,
)
from suprovid.demo.clients import Known
from suprovid.demo.clock import Story
from suprovid.demo.papers import paper
from suprovid.handover import actions as handovers
from suprovid.handover.rules import CalledOffWhy, ItemCode, Requirement
from suprovid.service import actions as service


def told(d: Department, plan: Plan, number: str) -> Story:
    """A handover from the first entry to the control call, as far as its plan goes."""
    at, back = d.days.at, plan.back
    yield at(back, "09:20")
    client_id = enter_client(d, plan.client, d.by(plan.sales))
    contract = sign_contract(
        d,
        plan.client,
        d.by(plan.sales),
        client_id,
        number,
        may_agree_later=plan.twist in ("saturday", "paid_late"),
    )
    yield at(back, "09:50")
    invoice = issue(d, plan.client, contract)
    yield at(back, "10:10")
    handover = handovers.open_handover(
        actor=d.by(plan.sales),
        contract_id=contract.pk,
        group_id=d.group(plan.group).pk,
    )
    case = Case(d, plan, contract, invoice, handover)
    yield from _prepared(case)


def _prepared(case: Case) -> Story:
    d, plan, at, back = case.d, case.plan, case.d.days.at, case.plan.back
    yield at(back, "10:40")
    fill(case)
    contract_papers(case)
    if plan.until is Until.DRAFT:
        return
    # Those that still wait for the head of sales were sent in the afternoon.
    yield at(back, "15:25" if plan.until is Until.SENT else "11:15")
    handovers.send(actor=d.by(plan.sales), handover_id=case.handover.pk)
    if plan.until is Until.SENT:
        return
    yield at(back, "14:10")
    if plan.until is Until.SENT_BACK:
        handovers.send_back(
            actor=d.by("viktor"),
            handover_id=case.handover.pk,
            remarks="У карті немає, хто прийматиме рішення. Допишіть це.",
        )
        return
    handovers.confirm(actor=d.by("viktor"), handover_id=case.handover.pk)
    if plan.until is not Until.CONFIRMED:
        yield from _visas(case)


def _visas(case: Case) -> Story:
    d, plan, at, back = case.d, case.plan, case.d.days.at, case.plan.back
    yield at(back - 1, "10:05")
    money_papers(case)
    if plan.twist != "no_copy":
        copy_paper(case)
    if plan.twist == "walked_away":
        yield at(back - 1, "16:00")
        handovers.call_off(
            actor=d.by("viktor"),
            handover_id=case.handover.pk,
            why=CalledOffWhy.WALKED_AWAY,
            note="Клієнт обрав іншого постачальника, аванс не вносив",
        )
        return
    yield at(back - 1, "10:20")
    yield from _lawyer(case)
    yield from _money(case)


def _lawyer(case: Case) -> Story:
    plan, at, back = case.plan, case.d.days.at, case.plan.back
    case.give(plan.lawyer, ItemCode.CONTRACT)
    if plan.twist in ("refused", "answered"):
        case.refuse(
            plan.lawyer,
            ItemCode.PRICE_AGREEMENT,
            Requirement.PRICE_AS_AGREED,
            "У пункті 2.3 ціна інша, ніж у карті передачі. Виправте одне з двох.",
        )
    else:
        case.give(plan.lawyer, ItemCode.PRICE_AGREEMENT)
    if plan.twist == "answered":
        yield at(back - 1, "14:40")
        case.replace(
            ItemCode.PRICE_AGREEMENT,
            paper("ДУ № 1 виправлена", "Додаткова угода № 1", "ціну узгоджено"),
        )
        yield at(back - 1, "15:30")
        case.give(plan.lawyer, ItemCode.PRICE_AGREEMENT)


def _money(case: Case) -> Story:
    d, plan, at, back = case.d, case.plan, case.d.days.at, case.plan.back
    booked = at(back - 1, "09:12")
    entered = at(back - 1, "15:45")
    if plan.twist == "saturday":
        booked = d.days.saturday(back - 1, "11:37")
        entered = at(back - 5, "09:25")
    elif plan.twist == "paid_late":
        entered = at(back - 4, "10:05")
    yield at(back - 1, "15:20")
    case.give(case.head, ItemCode.CARD, ItemCode.APPLICATION)
    if plan.twist == "unpaid":
        return
    yield entered
    pay(d, plan.client, case.invoice, booked)
    yield entered + timedelta(minutes=25)
    case.give("halyna", ItemCode.PAYMENT)
    if plan.until is not Until.VISAS or plan.twist == "fallen":
        case.give(case.head, ItemCode.INVOICE_AND_ACT)
    if plan.twist == "fallen":
        yield entered + timedelta(minutes=55)
        case.replace(
            ItemCode.INVOICE_AND_ACT,
            paper("Рахунок виправлений", "Рахунок", "виправлено реквізити"),
        )
    if plan.until is not Until.VISAS:
        yield from _accepted(case, entered)


def _accepted(case: Case, paid: datetime) -> Story:
    d, plan = case.d, case.plan
    back = _back_of(d, paid)
    yield paid + timedelta(minutes=45)
    case.give(case.head, ItemCode.PRICE_AGREEMENT_COPY)
    if plan.until is Until.ALL_VISAS:
        return
    yield d.days.at(back - 1, "11:10")
    handovers.accept(actor=d.by(case.head), handover_id=case.handover.pk)
    if plan.until is Until.ACCEPTED:
        return
    # The installer is named within four hours: yesterday's call leaves that for today.
    called, told_at = (
        ("16:10", "16:25") if plan.until is Until.CONTACT else ("11:20", "11:35")
    )
    yield d.days.at(back - 1, told_at)
    contact(case, d.days.at(back - 1, called), install=back - 2)
    if plan.until > Until.CONTACT:
        yield from _installed(case, back - 1)


def _back_of(d: Department, moment: datetime) -> int:
    """How many working days before today a moment was."""
    back = 0
    while d.days.at(back, "00:01") > moment:
        back += 1
    return back


def _installed(case: Case, back: int) -> Story:
    d, plan, at = case.d, case.plan, case.d.days.at
    one = case.handover.pk
    installer = d.engineer(plan.group)
    yield at(back, "14:20")
    service.name_installer(
        actor=d.by(case.head),
        handover_id=one,
        installer_id=d.person(installer).pk,
    )
    if plan.until is Until.INSTALLER:
        return
    yield at(back - 1, "12:05")
    service.record_installation_done(
        actor=d.by(installer), handover_id=one, done_at=at(back - 1, "11:50")
    )
    if plan.until is Until.INSTALLED:
        return
    yield at(back - 1, "12:40")
    submit(case, installer)
    if plan.twist == "returned_record":
        yield at(back - 1, "15:10")
        service.send_back_record(
            actor=d.by(case.head),
            handover_id=one,
            remarks="Не зазначено, хто з користувачів пройшов інструктаж.",
        )
        return
    if plan.until is Until.SUBMITTED:
        return
    yield at(back - 2, "10:15")
    service.confirm_record(actor=d.by(case.head), handover_id=one)
    if plan.until is Until.CONFIRMED_RECORD:
        return
    yield at(back - 2, "11:00")
    manager = d.managers(plan.group)[plan.back % 2]
    service.appoint_manager(
        actor=d.by(case.head), handover_id=one, manager_id=d.person(manager).pk
    )
    yield from _afterwards(case, back - 2)


def _afterwards(case: Case, back: int) -> Story:
    d, plan, at = case.d, case.plan, case.d.days.at
    if plan.twist == "objected":
        yield at(back - 2, "09:40")
        handovers.object_to(
            actor=d.by("denys"),
            handover_id=case.handover.pk,
            item_id=case.item(ItemCode.CONTRACT).pk,
            text="У договорі не того підписанта вказано в преамбулі.",
        )
    if plan.until < Until.CALLED:
        return
    yield at(back - 3, "16:20")
    service.record_control_call(
        actor=d.by(case.head),
        handover_id=case.handover.pk,
        made_at=at(back - 3, "16:05"),
        spoke_with=plan.client.responsible,
        satisfied=True,
        note="Усе працює, просять навчання для двох нових бухгалтерів",
    )


# ---------------------------------------------------------------- other stories


def taken_over(
    d: Department, known: Known, number: str, group: str, back: int
) -> Story:
    """A client served long before Suprovid, taken over on record (3.10)."""
    yield d.days.at(back, "09:05")
    by = d.by("iryna")
    client_id = enter_client(d, known, by)
    contract = sign_contract(d, known, by, client_id, number)
    yield d.days.at(back, "11:30")
    manager = d.managers(group)[client_id % 2]
    service.take_over(
        actor=d.by("iryna"),
        client_id=client_id,
        contract_id=contract.pk,
        manager_id=d.person(manager).pk,
        group_id=d.group(group).pk,
        since=d.now.date() - timedelta(days=400 + client_id),
    )

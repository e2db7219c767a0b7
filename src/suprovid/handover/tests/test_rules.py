"""The law of the sheet as tables: who may, when, and what stays in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from suprovid.handover import rules
from suprovid.handover.rules import (
    Allowance,
    Allowed,
    Attached,
    CalledOffWhy,
    Carrier,
    Filled,
    Hand,
    ItemCode,
    ItemRule,
    Laid,
    Line,
    LineState,
    NotYours,
    Opening,
    Ready,
    Requirement,
    Stage,
    Stamp,
    Standing,
    Verdict,
)
from suprovid.lib.decision import Decision, allow, deny
from suprovid.people.rules import Grant, Member, Role, Staff, Viewer

NOW = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
SALES, HEAD, LAWYER, ACCOUNTANT, BOSS, SELLS_ALL, DEPUTY = range(1, 8)
GROUP = 1


def member(id: int, role: Role, group: int | None = None, **more: Any) -> Member:
    return Member(id, f"№ {id}", frozenset({Grant(role, group)}), **more)


EVERYBODY = (
    member(SALES, Role.SALES),
    member(HEAD, Role.GROUP_HEAD, GROUP),
    member(LAWYER, Role.LAWYER),
    member(ACCOUNTANT, Role.ACCOUNTANT),
    member(BOSS, Role.DEPARTMENT_HEAD),
    member(SELLS_ALL, Role.SALES_HEAD),
    member(DEPUTY, Role.MANAGER, GROUP),
)
STAFF = Staff(EVERYBODY)


def hand(person: int, *, away: int = 0, **allowed: bool) -> Hand:
    """The hand of a person; `away`: whom the deputy stands in for today."""
    members = tuple(
        replace(m, away=m.id == away, deputy_id=DEPUTY if m.id == away else None)
        for m in EVERYBODY
    )
    staff = Staff(members)
    return Hand(staff.viewer(person), staff, Allowed(**allowed))


def paper(text: str, by: int = SALES, for_whom: int | None = None) -> Attached:
    return Attached(1, text, by, for_whom, NOW)


def stamp(verdict: Verdict = Verdict.GIVEN, by: int = LAWYER, **more: Any) -> Stamp:
    held = {"holds": ("a",), "role": Role.LAWYER, "for_whom": None, "for_name": ""}
    return Stamp(id=1, verdict=verdict, person_id=by, name="Л", at=NOW, **held | more)


def line(rule: ItemRule = rules.STANDARD[0], **more: Any) -> Line:
    return Line(
        id=rule.number,
        number=rule.number,
        code=rule.code,
        carrier=rule.carrier,
        role=rule.role,
        requirements=rule.requirements,
        needed=rule.needed,
        **more,
    )


CONTRACT = line(papers=(paper("a"),))
MONEY = line(rules.STANDARD[2], laid=(Laid(7, Decimal(5), NOW),), paid=True)
CARD = line(rules.STANDARD[5], form=Filled(1, "f", SALES, None, NOW), stamp=None)


def standing(stage: Stage = Stage.COLLECTING, *lines: Line, **more: Any) -> Standing:
    known: dict[str, Any] = {
        "sales_name": "Андрій Савченко",
        "ready": Ready(price_agreement=True, responsible=True),
        "confirmed_at": NOW,
    }
    return Standing(
        id=1,
        number="П-2026/47",
        stage=stage,
        group_id=GROUP,
        client_id=1,
        sales_id=SALES,
        sheet_id=1,
        round=1,
        sheet_opened_at=NOW,
        lines=lines or (CONTRACT, MONEY, CARD),
        **known | more,
    )


def no(decision: Decision, words: str, *, yours: bool = True) -> None:
    assert not decision
    assert words in str(decision.reason)
    assert isinstance(decision, NotYours) != yours


def test_whose_it_is_stands_apart_from_how_it_stands() -> None:
    """A page that asks is closed to a stranger only, not to one who comes early."""
    nobody = rules.not_yours("Only the {role} does this.", role=Role.LAWYER)
    assert rules.yours(nobody) is nobody
    assert rules.yours(deny("It is too early."))
    assert rules.yours(allow())


# ---------------------------------------------------------------- definition


def test_the_standard_sheet_is_the_one_of_the_process() -> None:
    told = [(r.number, r.carrier, r.role) for r in rules.STANDARD]
    paper, form, money = Carrier.PAPER, Carrier.FORM, Carrier.PAYMENT
    assert told == [
        (1, paper, Role.LAWYER),
        (2, paper, Role.LAWYER),
        (3, money, Role.ACCOUNTANT),
        (4, paper, Role.GROUP_HEAD),
        (5, form, Role.GROUP_HEAD),
        (6, form, Role.GROUP_HEAD),
        (7, paper, Role.GROUP_HEAD),
    ]


def test_a_definition_survives_its_json() -> None:
    back = [ItemRule.from_json(rule.as_json()) for rule in rules.STANDARD]
    assert tuple(back) == rules.STANDARD


def test_every_word_of_the_sheet_is_said() -> None:
    kinds = (Stage, ItemCode, Verdict, Requirement, Allowance, CalledOffWhy)
    members = {member for kind in kinds for member in kind}
    assert members <= set(rules.WORDS)
    assert {c for r in rules.STANDARD for c in r.requirements} == set(Requirement)


@pytest.mark.parametrize(
    ("field", "text", "fits"),
    [
        ("workplaces", "5", True),
        ("workplaces", "0", False),
        ("workplaces", "05", False),
        ("workplaces", "", False),
        ("served_from", "2026-04-20", True),
        ("served_from", "20.04.2026", False),
        ("served_from", "20260420", False),
        ("variant", "network", True),
        ("variant", "cloud", False),
        ("note", "", True),
        ("note", "т" * 4000, True),
        ("kit", "т" * 301, False),
    ],
)
def test_what_fits_a_field_of_a_form(field: str, text: str, fits: bool) -> None:
    blanks = {blank.name: blank for blank in rules.FORMS[ItemCode.APPLICATION]}
    assert bool(rules.fits_blank(blanks[field], text)) is fits


def test_values_are_kept_tidy_so_that_the_digest_means_something() -> None:
    told = rules.tidy({"b": " x\r\ny ", "a": "  "})
    assert told == {"b": "x\ny"}
    assert rules.form_digest({"a": "1", "b": "2"}) == rules.form_digest(
        {"b": "2", "a": "1"}
    )


# ---------------------------------------------------------------- in force


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (line(), LineState.EMPTY),
        (CONTRACT, LineState.WAITING),
        (replace(CONTRACT, stamp=stamp()), LineState.GIVEN),
        (replace(CONTRACT, stamp=stamp(holds=("b",))), LineState.FALLEN),
        (replace(CONTRACT, stamp=stamp(by=SALES)), LineState.FALLEN),
        (replace(CONTRACT, stamp=stamp(for_whom=SALES)), LineState.FALLEN),
        (
            replace(
                CONTRACT,
                stamp=stamp(by=SALES, allowances=frozenset({Allowance.AUTHOR})),
            ),
            LineState.GIVEN,
        ),
        (replace(CONTRACT, stamp=stamp(Verdict.REFUSED)), LineState.REFUSED),
        (
            replace(CONTRACT, stamp=stamp(Verdict.REFUSED, holds=("b",))),
            LineState.WAITING,
        ),
        (replace(CONTRACT, stamp=stamp(Verdict.WITHDRAWN)), LineState.WITHDRAWN),
        (replace(MONEY, paid=False), LineState.EMPTY),
        (MONEY, LineState.WAITING),
        (CARD, LineState.WAITING),
        (line(rules.STANDARD[5]), LineState.EMPTY),
        (
            line(rules.STANDARD[3], papers=(paper("a"),)),
            LineState.EMPTY,
        ),
    ],
)
def test_how_a_line_looks_is_derived(one: Line, state: LineState) -> None:
    assert one.state is state


def test_a_closed_sheet_stays_as_it_was() -> None:
    closed = replace(CONTRACT, papers=(), stamp=stamp(), frozen=True)
    assert closed.in_force


def test_a_form_holds_its_digest_and_a_payment_its_parts() -> None:
    assert CARD.holds == ("f",)
    assert MONEY.holds == ("alloc:7:5",)
    assert line(rules.STANDARD[5]).holds == ()
    assert rules.short(("9f3a07c2aa", "alloc:7:5")) == ("9f3a 07c2", "№ 7: 5")


def test_lines_are_found_by_id_and_by_code() -> None:
    sheet = standing()
    assert sheet.line(1) == CONTRACT
    assert sheet.line(99) is None
    assert sheet.of(ItemCode.CARD) == CARD
    assert (sheet.in_force_count, sheet.all_in_force) == (0, False)


# ---------------------------------------------------------------- seats


@pytest.mark.parametrize(
    ("person", "away", "may"),
    [
        (SALES, 0, True),
        (DEPUTY, SALES, True),
        (DEPUTY, LAWYER, False),
        (SELLS_ALL, 0, True),
        (HEAD, 0, False),
    ],
)
def test_who_does_the_part_of_sales(person: int, away: int, may: bool) -> None:
    assert bool(rules.sales_seat(standing(), hand(person, away=away))) is may


def test_the_system_sits_in_every_chair() -> None:
    system = Hand(Viewer(None, "", system=True), STAFF)
    assert rules.sales_seat(standing(), system)


@pytest.mark.parametrize("person", [LAWYER, ACCOUNTANT, HEAD, BOSS])
def test_who_may_object(person: int) -> None:
    assert rules.may_object(standing(Stage.ACCEPTED, closed_at=NOW), hand(person))


# ---------------------------------------------------------------- the stages

OPENING = Opening(regular=True, own_client=True)


@pytest.mark.parametrize(
    ("opening", "person", "words"),
    [
        (OPENING, HEAD, "opens a handover"),
        (replace(OPENING, own_client=False), SALES, "opened themselves"),
        (replace(OPENING, regular=False), SALES, "one-off"),
        (replace(OPENING, open_number="П-1"), SALES, "П-1"),
        (replace(OPENING, in_service_number="П-1"), SALES, "in service"),
        (replace(OPENING, group_open=False), SALES, "closed"),
    ],
)
def test_what_is_not_opened(opening: Opening, person: int, words: str) -> None:
    assert rules.may_open(OPENING, hand(SALES))
    assert words in str(rules.may_open(opening, hand(person)).reason)


def test_a_called_off_handover_is_over() -> None:
    over = standing(Stage.CALLED_OFF)
    for may, person in (
        (rules.may_confirm, SELLS_ALL),
        (rules.may_call_off, SELLS_ALL),
        (rules.may_change_group, BOSS),
        (rules.may_accept, HEAD),
        (rules.may_object, LAWYER),
        (rules.may_name_invoice, ACCOUNTANT),
        (rules.may_contact, HEAD),
    ):
        stage = replace(over, confirmed_by_name="")
        no(may(stage, hand(person)), "called off")


def test_the_accountant_names_the_first_invoice_too() -> None:
    assert rules.may_name_invoice(standing(), hand(ACCOUNTANT))
    no(rules.may_name_invoice(standing(), hand(HEAD)), "of sales", yours=False)


@pytest.mark.parametrize(
    ("stage", "closed", "words"),
    [
        (Stage.COLLECTING, None, "not accepted yet"),
        (Stage.DRAFT, None, "not accepted yet"),
        (Stage.IN_SERVICE, NOW, "in service already"),
        (Stage.CALLED_OFF, None, "called off"),
    ],
)
def test_what_does_not_enter_service(
    stage: Stage, closed: datetime | None, words: str
) -> None:
    assert rules.may_enter_service(standing(Stage.ACCEPTED, closed_at=NOW))
    no(rules.may_enter_service(standing(stage, closed_at=closed)), words)


# ---------------------------------------------------------------- visas


def test_the_visa_waits_for_another_hand_unless_the_company_allows() -> None:
    mine = replace(CONTRACT, papers=(paper("a", by=LAWYER),))
    sheet = standing(Stage.COLLECTING, mine)
    no(rules.may_give_visa(sheet, mine, hand(LAWYER)), "prepared", yours=False)
    allowed = hand(LAWYER, author=True)
    assert rules.may_give_visa(sheet, mine, allowed)
    assert rules.allowances(sheet, mine, allowed) == (Allowance.AUTHOR,)


def test_law_and_money_come_from_two_unless_the_company_allows() -> None:
    paid = replace(
        MONEY, stamp=stamp(by=LAWYER, role=Role.ACCOUNTANT, holds=MONEY.holds)
    )
    sheet = standing(Stage.COLLECTING, CONTRACT, paid)
    no(rules.may_give_visa(sheet, CONTRACT, hand(LAWYER)), "one person", yours=False)
    allowed = hand(LAWYER, one_person=True)
    assert rules.may_give_visa(sheet, CONTRACT, allowed)
    assert rules.allowances(sheet, CONTRACT, allowed) == (Allowance.ONE_PERSON,)


def test_a_fallen_visa_still_keeps_law_and_money_apart() -> None:
    fallen = replace(MONEY, stamp=stamp(by=LAWYER, role=Role.ACCOUNTANT, holds=("x",)))
    sheet = standing(Stage.COLLECTING, CONTRACT, fallen)
    no(rules.may_give_visa(sheet, CONTRACT, hand(LAWYER)), "one person", yours=False)


def test_others_excluded_by_nothing_but_their_role() -> None:
    sheet = standing()
    assert rules.allowances(sheet, CARD, hand(SALES)) == ()
    no(rules.may_give_visa(sheet, CARD, hand(LAWYER)), "Only the", yours=False)


def test_what_was_seen_is_what_is_there_whatever_its_order() -> None:
    two = line(rules.STANDARD[3], papers=(paper("b"), paper("a")))
    assert rules.seen_is_now(two, ["b", "a"])
    assert not rules.seen_is_now(two, ["a"])


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("day", "limit", "later", "may"),
    [
        (date(2026, 4, 14), None, False, False),
        (date(2026, 4, 15), None, False, True),
        (date(2026, 4, 20), date(2026, 4, 20), False, True),
        (date(2026, 4, 21), date(2026, 4, 20), False, False),
        (date(2026, 4, 21), date(2026, 4, 20), True, True),
        (date(2026, 4, 16), date(2026, 4, 15), False, False),
        (date(2026, 4, 21), date(2026, 4, 14), False, True),
        (date(2026, 4, 14), date(2026, 4, 13), False, False),
    ],
)
def test_what_day_may_be_agreed(
    day: date, limit: date | None, later: bool, may: bool
) -> None:
    decision = rules.may_agree_on(
        day, made_on=date(2026, 4, 15), limit=limit, may_agree_later=later
    )
    assert bool(decision) is may

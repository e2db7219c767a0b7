"""Tables of the decisions, and names."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suprovid.lib.decision import Decision
from suprovid.people import rules
from suprovid.people.rules import Grant, Member, Role, Span, Viewer

TODAY = date(2026, 4, 13)
DAYS = st.dates(TODAY, TODAY + timedelta(days=9))


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def one(role: Role, group: int | None = None, pk: int = 1) -> Viewer:
    return Viewer(pk, "One", frozenset({Grant(role, group)}))


def why(decision: Decision) -> str:
    return str(decision.reason or "")


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(DAYS)
    return Span(first, draw(st.none() | DAYS.filter(lambda last: last >= first)))


@given(one=spans(), other=spans())
def test_spans_meet_when_some_day_lies_in_both(one: Span, other: Span) -> None:
    def days(span: Span) -> set[date]:
        return {
            day(n) for n in range(30) if span.first <= day(n) <= (span.last or date.max)
        }

    assert one.meets(other) == bool(days(one) & days(other))


@pytest.mark.parametrize("role", list(Role))
def test_accounts_are_the_administrators(role: Role) -> None:
    assert rules.may_administer(one(role)).allowed == (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", list(Role))
def test_groups_are_arranged_by_the_administrator_or_the_head(role: Role) -> None:
    able = role in (Role.ADMINISTRATOR, Role.DEPARTMENT_HEAD)

    assert rules.may_arrange_groups(one(role)).allowed == able


def test_nobody_grants_to_himself_nor_to_one_he_stands_in_for() -> None:
    absent = Member(2, "Two", frozenset({Grant(Role.ADMINISTRATOR)}), away=True)
    deputy = Viewer(1, "One", frozenset(), (absent,))

    assert "himself" in why(rules.may_grant(one(Role.ADMINISTRATOR), 1))
    assert "himself" in why(rules.may_grant(deputy, 2))
    assert rules.may_grant(deputy, 3)
    assert "administrator" in why(rules.may_grant(one(Role.LAWYER), 3))


def test_nobody_dismisses_himself() -> None:
    assert "himself" in why(rules.may_dismiss(one(Role.ADMINISTRATOR), 1))
    assert rules.may_dismiss(one(Role.ADMINISTRATOR), 2)
    assert not rules.may_dismiss(one(Role.DEPARTMENT_HEAD), 2)


def test_a_deputy_makes_no_password_link_for_the_absent() -> None:
    absent = Member(2, "Two", frozenset({Grant(Role.ADMINISTRATOR)}), away=True)
    deputy = Viewer(1, "One", frozenset(), (absent,))

    assert "stand in" in why(rules.may_invite(deputy, 2))
    assert rules.may_invite(deputy, 3)
    assert rules.may_invite(one(Role.ADMINISTRATOR), 1)
    assert not rules.may_invite(one(Role.MANAGER, 1), 3)


@pytest.mark.parametrize("role", list(Role))
def test_group_roles_and_only_they_name_a_group(role: Role) -> None:
    in_a_group = role in rules.GROUP_ROLES

    assert rules.role_fits_group(role, 1).allowed == in_a_group
    assert rules.role_fits_group(role, None).allowed != in_a_group


@pytest.mark.parametrize(
    ("span", "held", "reason"),
    [
        (Span(day(0)), [], ""),
        (Span(day(3), day(3)), [Span(day(0), day(2))], ""),
        (Span(day(-1)), [], "from today"),
        (Span(day(2), day(1)), [], "before the first"),
        (Span(day(2)), [Span(day(0), day(2))], "already holds"),
        (Span(day(0), day(5)), [Span(day(5))], "already holds"),
    ],
)
def test_when_a_role_may_begin(span: Span, held: list[Span], reason: str) -> None:
    assert reason in why(rules.may_hold_from(span, today=TODAY, held=held))


@pytest.mark.parametrize(
    ("span", "last", "reason"),
    [
        (Span(day(-9)), day(0), ""),
        (Span(day(-9), day(5)), day(5), ""),
        (Span(day(-9)), day(-1), "at once"),
        (Span(day(3)), day(2), "before the first"),
        (Span(day(-9), day(2)), day(3), "earlier"),
    ],
)
def test_when_a_role_may_end(span: Span, last: date, reason: str) -> None:
    assert reason in why(rules.may_end_on(span, last, today=TODAY))


def test_what_has_ended_does_not_end_again() -> None:
    def over(*, ended: date | None = None, last: date | None = None) -> Decision:
        return rules.is_not_over(ended=ended, last=last, today=TODAY)

    assert over()
    assert over(last=TODAY)
    assert "ended already" in why(over(last=day(-1)))
    assert "ended already" in why(over(ended=TODAY, last=TODAY))


@pytest.mark.parametrize(
    ("viewer", "able"),
    [
        (one(Role.MANAGER, 1, pk=5), True),
        (one(Role.MANAGER, 1), False),
        (one(Role.GROUP_HEAD, 1), True),
        (one(Role.GROUP_HEAD, 2), False),
        (one(Role.DEPARTMENT_HEAD), True),
        (one(Role.SALES_HEAD), False),
        (one(Role.ADMINISTRATOR), False),
    ],
)
def test_who_says_that_a_manager_is_away(viewer: Viewer, *, able: bool) -> None:
    manager = Member(5, "Five", frozenset({Grant(Role.MANAGER, 1)}))

    assert rules.may_speak_of_absence(viewer, manager).allowed == able


def test_the_head_of_sales_speaks_of_sales_only() -> None:
    seller = Member(5, "Five", frozenset({Grant(Role.SALES)}))
    lawyer = Member(6, "Six", frozenset({Grant(Role.LAWYER)}))

    assert rules.may_speak_of_absence(one(Role.SALES_HEAD), seller)
    assert not rules.may_speak_of_absence(one(Role.SALES_HEAD), lawyer)


@pytest.mark.parametrize(
    ("span", "others", "reason"),
    [
        (Span(day(0), day(0)), [], ""),
        (Span(day(-3), day(1)), [], ""),
        (Span(day(1), day(0)), [], "before the first"),
        (Span(day(-3), day(-1)), [], "have passed"),
        (Span(day(0), day(367)), [], "a year"),
        (Span(day(0), day(3)), [Span(day(3), day(4))], "Another absence"),
    ],
)
def test_when_one_may_be_away(span: Span, others: list[Span], reason: str) -> None:
    assert reason in why(rules.may_be_away(span, today=TODAY, others=others))


@pytest.mark.parametrize(
    ("speaker", "absent", "deputy", "away", "reason"),
    [
        (1, 1, 2, [], ""),
        (1, 1, 1, [], "for himself"),
        (1, 2, 1, [], "makes himself"),
        (1, 2, 3, [], ""),
        (1, 1, 2, [Span(day(4), day(9))], "choose another"),
        (1, 1, 2, [Span(day(6), day(9))], ""),
    ],
)
def test_who_may_stand_in(
    speaker: int, absent: int, deputy: int, away: list[Span], reason: str
) -> None:
    decision = rules.may_stand_in(
        one(Role.DEPARTMENT_HEAD, pk=speaker),
        absent_id=absent,
        deputy_id=deputy,
        deputy_away=away,
        span=Span(day(0), day(5)),
    )

    assert reason in why(decision)
    assert decision.allowed == (not reason)


def test_an_absence_is_cancelled_before_it_began_and_ended_after() -> None:
    begun, coming = Span(day(-2), day(2)), Span(day(0), day(2))

    assert "end it early" in why(rules.may_cancel_absence(begun, today=TODAY))
    assert rules.may_cancel_absence(coming, today=TODAY)
    assert "cancel it" in why(rules.may_return(coming, today=TODAY))
    assert rules.may_return(begun, today=TODAY)


def test_an_absence_that_is_gone_changes_no_more() -> None:
    gone, lasting = Span(day(-2), day(-1)), Span(day(-2), day(0))

    assert not rules.absence_lasts(gone, today=TODAY, cancelled=False)
    assert not rules.absence_lasts(lasting, today=TODAY, cancelled=True)
    assert rules.absence_lasts(lasting, today=TODAY, cancelled=False)


def test_a_group_closes_once_and_empty() -> None:
    assert rules.may_close_group(closed=False, people=0)
    assert "closed" in why(rules.may_close_group(closed=True, people=0))
    assert "3" in why(rules.may_close_group(closed=False, people=3))


def test_the_last_administrator_stays() -> None:
    assert rules.an_administrator_stays(others=1)
    assert not rules.an_administrator_stays(others=0)


def test_one_who_left_is_not_employed() -> None:
    assert rules.is_employed(active=True)
    assert not rules.is_employed(active=False)


def test_a_token_is_its_owners_or_the_administrators_to_revoke() -> None:
    assert rules.may_revoke_token(one(Role.SALES), 1)
    assert not rules.may_revoke_token(one(Role.SALES), 2)
    assert rules.may_revoke_token(one(Role.ADMINISTRATOR), 2)


@pytest.mark.parametrize(
    ("days", "able"), [(0, False), (1, True), (366, True), (367, False)]
)
def test_a_token_lasts_a_year_at_most(days: int, *, able: bool) -> None:
    assert rules.token_lasts(days=days).allowed == able


@pytest.mark.parametrize(
    ("name", "able"),
    [
        ("tkachuk", True),
        ("o.tkachuk-2", True),
        ("Tkachuk", False),
        ("2tkachuk", False),
        ("ткачук", False),
        ("t", False),
        ("tkachuk\n", False),
    ],
)
def test_what_a_sign_in_name_may_be(name: str, *, able: bool) -> None:
    assert rules.sign_in_name_is_good(name).allowed == able


ORDERED = (
    *("Гай", "Ґудзь", "Дяк", "Ель", "Євтушенко", "Жук", "Зима", "Исаїв", "Іваненко"),
    *("Їжак", "Йосипенко", "Окань", "О’Коннор", "Юрченко", "Яценко", "Abbott"),
)


@given(st.permutations(ORDERED))
def test_names_sort_as_the_ukrainian_alphabet_does(shuffled: list[str]) -> None:
    assert tuple(sorted(shuffled, key=rules.sort_key)) == ORDERED


@given(st.text())
def test_a_sort_key_is_digits_that_fit_their_column(text: str) -> None:
    assert re.fullmatch(r"(\d\d){0,127}", rules.sort_key(text))


def test_a_stamp_prints_family_name_and_initials() -> None:
    assert rules.paper_name("Коваленко", "Олена", "Петрівна") == "Коваленко\xa0О.\xa0П."
    assert rules.paper_name("Вовк", "Катерина") == "Вовк\xa0К."

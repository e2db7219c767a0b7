"""Accounts, roles and groups: the happy sentence, and refusals that write nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused, Stale
from suprovid.people import actions, queries
from suprovid.people.models import Person, RoleGrant
from suprovid.people.rules import Role
from tests.cast import MONDAY, Cast, acting
from tests.refusals import refuses

TODAY = queries.today(MONDAY)


def facts(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


def enter(cast: Cast, **other: str) -> Person:
    values = {
        "username": "novak",
        "email": "novak@suprovid.example",
        "family_name": "Новак",
        "given_name": "Леся",
    }
    return actions.enter_person(actor=acting(cast.yaroslav, MONDAY), **(values | other))


# ------------------------------------------------------------------- accounts


def test_the_administrator_enters_a_person_who_may_nothing_yet(cast: Cast) -> None:
    person = enter(cast, username=" Novak ", email="Novak@Suprovid.example")

    viewer = queries.viewer(acting(person, MONDAY))
    assert (person.username, person.email) == ("novak", "novak@suprovid.example")
    assert not person.has_usable_password()
    assert not any(viewer.may(role) for role in Role)
    assert facts("people.person.entered") == len(cast.everybody())


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("username", "tkachuk", "has this sign-in name"),
        ("username", "новак", "Latin"),
        ("email", "TKACHUK@suprovid.example", "e-mail"),
        ("email", "novak", "not an e-mail"),
        ("email", "novak@suprovid.example\r\nBcc: x@y.example", "not an e-mail"),
        ("family_name", "  ", "Write the name"),
    ],
)
def test_an_account_with_a_wrong_value_is_refused(
    cast: Cast, field: str, value: str, reason: str
) -> None:
    refuses(lambda: enter(cast, **{field: value}), Invalid, reason)


@pytest.mark.parametrize("key", ["iryna", "olena", "taras", "viktor", "maryna"])
def test_nobody_else_enters_people(cast: Cast, key: str) -> None:
    actor = acting(getattr(cast, key), MONDAY)

    refuses(
        lambda: actions.enter_person(
            actor=actor,
            username="novak",
            email="novak@suprovid.example",
            family_name="Новак",
            given_name="Леся",
        ),
        Forbidden,
        "Only the",
    )


def test_the_first_administrator_is_made_once(cast: Cast) -> None:
    refuses(
        lambda: actions.found_company(
            actor=acting(None, MONDAY),
            username="second",
            email="second@suprovid.example",
            family_name="Друга",
            given_name="Спроба",
        ),
        Refused,
        "set up already",
    )


def test_two_who_mend_one_account_do_not_overwrite_each_other(cast: Cast) -> None:
    def mend(phone: str) -> Person:
        return actions.edit_person(
            actor=acting(cast.yaroslav, MONDAY),
            person_id=cast.taras.pk,
            version=cast.taras.version,
            email=cast.taras.email,
            family_name="Бондар",
            given_name="Тарас",
            patronymic="Олегович",
            phone=phone,
        )

    assert mend("+380 44 000 00 01").phone == "+380 44 000 00 01"
    refuses(lambda: mend("+380 44 000 00 02"), Stale, "has changed")


def test_one_who_is_dismissed_is_out_with_all_rights_and_keys(cast: Cast) -> None:
    token = actions.create_token(
        actor=acting(cast.taras, MONDAY), name="АТС", may_write=False, days=30
    )

    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.taras.pk)

    assert not queries.viewer(acting(cast.taras, MONDAY)).has(Role.MANAGER)
    assert not RoleGrant.objects.on(TODAY).filter(person=cast.taras).exists()
    assert queries.token_viewer(token.secret, MONDAY) is None
    assert facts("people.person.dismissed") == 1


def test_until_the_dismissal_the_role_was_held(cast: Cast) -> None:
    actions.dismiss(actor=acting(cast.yaroslav, MONDAY), person_id=cast.taras.pk)

    yesterday = RoleGrant.objects.on(TODAY - timedelta(days=1))

    assert yesterday.filter(person=cast.taras, role=Role.MANAGER).exists()


def test_nobody_dismisses_himself_or_twice(cast: Cast) -> None:
    by_yaroslav = acting(cast.yaroslav, MONDAY)
    actions.dismiss(actor=by_yaroslav, person_id=cast.taras.pk)

    refuses(
        lambda: actions.dismiss(actor=by_yaroslav, person_id=cast.yaroslav.pk),
        Forbidden,
        "himself",
    )
    refuses(
        lambda: actions.dismiss(actor=by_yaroslav, person_id=cast.taras.pk),
        Refused,
        "no longer works",
    )


def test_the_console_does_not_dismiss_the_last_administrator(cast: Cast) -> None:
    refuses(
        lambda: actions.dismiss(actor=acting(None, MONDAY), person_id=cast.yaroslav.pk),
        Refused,
        "last administrator",
    )


# ---------------------------------------------------------------------- roles


def grant(cast: Cast, person: Person, role: Role, **more: object) -> RoleGrant:
    return actions.grant_role(
        actor=acting(cast.yaroslav, MONDAY),
        person_id=person.pk,
        role=role,
        **more,  # type: ignore[arg-type]  # a table of tests says which
    )


def test_a_role_acts_from_its_first_day_to_its_last(cast: Cast) -> None:
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=4)

    grant(cast, cast.taras, Role.LAWYER, valid_from=first, valid_to=last)

    held = [
        queries.staff(TODAY + timedelta(days=n)).viewer(cast.taras.pk).has(Role.LAWYER)
        for n in range(7)
    ]
    assert held == [False, False, True, True, True, False, False]


def test_a_role_that_ended_yesterday_gives_nothing(cast: Cast) -> None:
    grant(cast, cast.taras, Role.LAWYER, valid_to=TODAY)

    tomorrow = acting(cast.taras, MONDAY + timedelta(days=1))

    assert queries.viewer(acting(cast.taras, MONDAY)).has(Role.LAWYER)
    assert not queries.viewer(tomorrow).has(Role.LAWYER)


def test_midnight_in_kyiv_ends_a_role_not_midnight_in_greenwich(cast: Cast) -> None:
    grant(cast, cast.taras, Role.LAWYER, valid_to=TODAY)
    before = MONDAY.replace(hour=20, minute=59)

    assert queries.viewer(acting(cast.taras, before)).has(Role.LAWYER)
    after = before + timedelta(minutes=1)
    assert not queries.viewer(acting(cast.taras, after)).has(Role.LAWYER)


def test_a_role_ended_at_once_is_gone_at_the_next_request(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.maryna)

    actions.end_role(actor=acting(cast.yaroslav, MONDAY), grant_id=held.pk)

    assert not queries.viewer(acting(cast.maryna, MONDAY)).has(Role.LAWYER)
    assert facts("people.role.ended") == 1


def test_a_role_ended_at_once_may_be_granted_anew_the_same_day(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.maryna)
    actions.end_role(actor=acting(cast.yaroslav, MONDAY), grant_id=held.pk)

    grant(cast, cast.maryna, Role.LAWYER)

    assert queries.viewer(acting(cast.maryna, MONDAY)).has(Role.LAWYER)


def test_a_role_that_has_not_begun_never_begins_once_ended(cast: Cast) -> None:
    coming = grant(cast, cast.taras, Role.LAWYER, valid_from=TODAY + timedelta(days=2))

    actions.end_role(actor=acting(cast.yaroslav, MONDAY), grant_id=coming.pk)

    later = queries.staff(TODAY + timedelta(days=2)).viewer(cast.taras.pk)
    assert not later.has(Role.LAWYER)


def test_a_role_may_end_on_a_later_day(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.maryna)
    friday = TODAY + timedelta(days=4)

    actions.end_role(
        actor=acting(cast.yaroslav, MONDAY), grant_id=held.pk, last_day=friday
    )

    assert queries.staff(friday).viewer(cast.maryna.pk).has(Role.LAWYER)
    saturday = friday + timedelta(days=1)
    assert not queries.staff(saturday).viewer(cast.maryna.pk).has(Role.LAWYER)


@pytest.mark.parametrize(
    ("key", "role", "grouped", "kind", "reason"),
    [
        ("yaroslav", Role.LAWYER, False, Forbidden, "himself"),
        ("maryna", Role.LAWYER, False, Refused, "already holds"),
        ("maryna", Role.MANAGER, False, Invalid, "which group"),
        ("maryna", Role.SALES, True, Invalid, "no group"),
    ],
)
def test_a_grant_that_must_not_be_is_refused(
    cast: Cast, key: str, role: Role, grouped: bool, kind: type[Refused], reason: str
) -> None:
    group_id = cast.podil.pk if grouped else None

    refuses(
        lambda: grant(cast, getattr(cast, key), role, group_id=group_id), kind, reason
    )


def test_a_grant_in_a_group_that_is_not_there_is_missing(cast: Cast) -> None:
    with pytest.raises(Missing):
        grant(cast, cast.taras, Role.MANAGER, group_id=404)


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    own = RoleGrant.objects.get(person=cast.yaroslav)
    by_yaroslav = acting(cast.yaroslav, MONDAY)

    refuses(
        lambda: actions.end_role(actor=by_yaroslav, grant_id=own.pk),
        Refused,
        "last administrator",
    )
    grant(cast, cast.iryna, Role.ADMINISTRATOR)
    actions.end_role(actor=by_yaroslav, grant_id=own.pk)
    assert not queries.viewer(by_yaroslav).has(Role.ADMINISTRATOR)


def test_the_head_of_department_grants_nothing(cast: Cast) -> None:
    refuses(
        lambda: actions.grant_role(
            actor=acting(cast.iryna, MONDAY),
            person_id=cast.taras.pk,
            role=Role.LAWYER,
        ),
        Forbidden,
        "Only the",
    )


# --------------------------------------------------------------------- groups


def test_a_group_is_created_renamed_and_closed(cast: Cast) -> None:
    by_iryna = acting(cast.iryna, MONDAY)

    group = actions.create_group(actor=by_iryna, name="Троєщина")
    actions.rename_group(actor=by_iryna, group_id=group.pk, name="Лівий берег")
    closed = actions.close_group(actor=by_iryna, group_id=group.pk)

    assert (closed.name, closed.closed_on) == ("Лівий берег", TODAY)


def test_a_group_with_people_stays_open(cast: Cast) -> None:
    refuses(
        lambda: actions.close_group(
            actor=acting(cast.iryna, MONDAY), group_id=cast.podil.pk
        ),
        Refused,
        "roles of its people: 4",
    )


def test_nobody_enters_a_closed_group(cast: Cast) -> None:
    by_iryna = acting(cast.iryna, MONDAY)
    group = actions.create_group(actor=by_iryna, name="Троєщина")
    actions.close_group(actor=by_iryna, group_id=group.pk)

    refuses(
        lambda: grant(cast, cast.taras, Role.MANAGER, group_id=group.pk),
        Invalid,
        "closed",
    )


@pytest.mark.parametrize(("name", "reason"), [("Поділ", "this name"), (" ", "Write")])
def test_a_group_needs_a_name_of_its_own(cast: Cast, name: str, reason: str) -> None:
    refuses(
        lambda: actions.create_group(actor=acting(cast.iryna, MONDAY), name=name),
        Invalid,
        reason,
    )


def test_a_group_head_arranges_no_groups(cast: Cast) -> None:
    refuses(
        lambda: actions.create_group(actor=acting(cast.olena, MONDAY), name="Мої"),
        Forbidden,
        "Only the",
    )

"""Contracts and the catalogue, as sales and heads write them (S1, S10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from suprovid.clients.models import Client
from suprovid.clients.rules import ServedBy, Serving
from suprovid.contracts import actions
from suprovid.contracts.models import Bank, Contract, Kit, Line
from suprovid.contracts.queries import (
    about_client,
    catalogue,
    contract_list,
    contract_page,
    contract_row,
    kit_choices,
    writing_for,
)
from suprovid.contracts.rules import (
    CountFrom,
    Delivery,
    OwnTermUnit,
    Periodicity,
    Variant,
)
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused, Stale
from suprovid.people.actions import declare_absence
from suprovid.people.models import Person
from suprovid.people.queries import viewer
from suprovid.people.rules import AbsenceKind, Viewer
from tests.cast import MONDAY, Cast, acting
from tests.path import new_client, new_contract
from tests.refusals import refuses

APRIL, MAY = date(2026, 4, 13), date(2026, 5, 1)


def looking(person: Person) -> Viewer:
    return viewer(acting(person, MONDAY))


@pytest.fixture
def contract(cast: Cast) -> Contract:
    """Of Andrii's client, not served yet."""
    return new_contract(cast, new_client(cast))


@pytest.fixture
def kit(cast: Cast) -> Kit:
    head = acting(cast.iryna, MONDAY)
    banks = [
        actions.add_bank(actor=head, name=name, valid_from=APRIL).pk
        for name in ("Законодавство", "Судова практика")
    ]
    return actions.add_kit(
        actor=head, name="Універсал", bank_ids=banks, valid_from=APRIL
    )


def serve(contract: Contract, cast: Cast) -> None:
    Client.objects.filter(pk=contract.client_id).update(
        serving=Serving.SERVED,
        served_by=ServedBy.TAKE_OVER,
        served_since=APRIL,
        group=cast.podil,
    )


def subscribe(
    contract: Contract, kit: Kit, by: Person, price: str = "4200", **more: Any
) -> Line:
    return actions.add_line(
        actor=acting(by, MONDAY),
        contract_id=contract.pk,
        **{
            "kit_id": kit.pk,
            "variant": Variant.NETWORK,
            "seats": 5,
            "periodicity": Periodicity.WEEKLY,
            "delivery": Delivery.VISIT,
            "monthly_price": Decimal(price),
            "valid_from": APRIL,
            **more,
        },
    )


def fact(kind: str) -> Fact:
    return Fact.objects.get(kind=kind)


# ---------------------------------------------------------------- the catalogue


def test_the_head_of_department_puts_banks_into_kits(cast: Cast, kit: Kit) -> None:
    shown = catalogue(looking(cast.taras))

    assert [(row.name, row.banks) for row in shown.kits] == [
        ("Універсал", ("Законодавство", "Судова практика"))
    ]
    assert [name for _, name in shown.banks] == ["Законодавство", "Судова практика"]
    assert kit_choices() == [(kit.pk, "Універсал")]
    assert not shown.writing
    assert fact("contracts.kit.added").details["banks"] == [
        "Законодавство",
        "Судова практика",
    ]


def test_a_name_stands_in_the_catalogue_once(cast: Cast, kit: Kit) -> None:
    head = acting(cast.iryna, MONDAY)
    refuses(
        lambda: actions.add_bank(actor=head, name=" Законодавство ", valid_from=APRIL),
        Invalid,
        "is in the catalogue already",
    )
    refuses(
        lambda: actions.add_kit(
            actor=head, name="Універсал", bank_ids=[], valid_from=APRIL
        ),
        Invalid,
        "is in the catalogue already",
    )


def test_a_kit_is_made_of_banks_that_are_there(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_kit(
            actor=acting(cast.iryna, MONDAY),
            name="Універсал",
            bank_ids=[999],
            valid_from=APRIL,
        )
    assert refusal.value.field == "bank_ids"


@pytest.mark.parametrize("who", ["olena", "viktor", "andrii", "maryna", "yaroslav"])
def test_nobody_else_changes_the_catalogue(cast: Cast, who: str) -> None:
    actor = acting(cast.everybody()[who], MONDAY)
    refuses(
        lambda: actions.add_bank(actor=actor, name="Банк", valid_from=APRIL),
        Forbidden,
        "changes the catalogue",
    )
    refuses(
        lambda: actions.add_kit(
            actor=actor, name="Комплект", bank_ids=[], valid_from=APRIL
        ),
        Forbidden,
        "changes the catalogue",
    )
    assert not Bank.objects.exists()


# ---------------------------------------------------------------- entering


def test_sales_enter_the_contract_of_their_client(cast: Cast) -> None:
    contract = new_contract(
        cast,
        new_client(cast),
        number=" 15/26 ",
        price_agreement=" ДУ № 1 ",
        price_agreed_on=APRIL,
        own_term_count=10,
        own_term_unit=OwnTermUnit.CALENDAR_DAYS,
        own_term_from=CountFrom.SIGNING,
        may_agree_later=True,
        regular=False,
    )

    row = contract_page(looking(cast.andrii), contract.pk).contract
    assert (row.number, row.price_agreement) == ("15/26", "ДУ № 1")
    assert row.own_term is not None
    assert (row.own_term.count, row.own_term.start) == (10, CountFrom.SIGNING)
    assert (row.may_agree_later, row.regular, row.version) == (True, False, 1)
    made = fact("contracts.contract.made")
    assert made.details == {"number": "15/26", "signed_on": "2026-04-10"}
    assert (made.client, made.for_whom) == (contract.client_id, "")


def test_a_number_names_one_contract(cast: Cast, contract: Contract) -> None:
    client = new_client(cast, sales=cast.sofiia)
    refuses(
        lambda: new_contract(cast, client, sales=cast.sofiia, number=contract.number),
        Invalid,
        f"There is a contract {contract.number} already.",
    )


def test_a_contract_does_not_end_before_it_begins(cast: Cast) -> None:
    client = new_client(cast)
    refuses(
        lambda: new_contract(cast, client, valid_to=date(2026, 4, 12)),
        Refused,
        "stands before the beginning",
    )


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("sofiia", Missing),
        ("olena", Missing),
        ("yaroslav", Missing),
        ("maryna", Forbidden),
        ("halyna", Forbidden),
    ],
)
def test_nobody_else_enters_it(cast: Cast, who: str, kind: type[Exception]) -> None:
    client = new_client(cast)
    with pytest.raises(kind):
        new_contract(cast, client, sales=cast.everybody()[who])
    assert not Contract.objects.exists()


def test_who_stands_in_for_sales_enters_it_for_them(cast: Cast) -> None:
    client = new_client(cast)
    declare_absence(
        actor=acting(cast.andrii, MONDAY),
        person_id=cast.andrii.pk,
        kind=AbsenceKind.VACATION,
        first_day=MONDAY.date(),
        last_day=MONDAY.date(),
        deputy_id=cast.sofiia.pk,
    )
    new_contract(cast, client, sales=cast.sofiia)

    assert fact("contracts.contract.made").for_whom == f"person:{cast.andrii.pk}"


# ---------------------------------------------------------------- changing


def edit(contract: Contract, by: Person, version: int = 1, **changes: Any) -> Contract:
    return actions.edit_contract(
        actor=acting(by, MONDAY), contract_id=contract.pk, version=version, **changes
    )


def test_a_change_tells_what_was_and_what_is(cast: Cast, contract: Contract) -> None:
    changed = edit(contract, cast.andrii, price_agreement="ДУ № 2", valid_to=MAY)

    assert (changed.version, changed.price_agreement) == (2, "ДУ № 2")
    assert fact("contracts.contract.changed").details["changes"] == {
        "price_agreement": ["ДУ № 1", "ДУ № 2"],
        "valid_to": ["None", "2026-05-01"],
    }


def test_who_comes_second_changes_nothing(cast: Cast, contract: Contract) -> None:
    edit(contract, cast.andrii, price_agreement="ДУ № 2")
    refuses(
        lambda: edit(contract, cast.viktor, price_agreement="ДУ № 3"),
        Stale,
        "Somebody has changed this contract",
    )


@pytest.mark.parametrize("field", ["number", "client_id", "regular", "created_at"])
def test_what_a_contract_is_known_by_is_not_changed(
    cast: Cast, contract: Contract, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        edit(contract, cast.andrii, 1, **{field: "7"})
    assert refusal.value.field == field


def test_a_change_does_not_turn_the_days_around(cast: Cast, contract: Contract) -> None:
    refuses(
        lambda: edit(contract, cast.andrii, valid_to=date(2026, 4, 12)),
        Refused,
        "stands before the beginning",
    )


def test_in_service_the_head_of_the_group_changes_it(
    cast: Cast, contract: Contract
) -> None:
    serve(contract, cast)
    refuses(
        lambda: edit(contract, cast.andrii, price_agreement="-"),
        Forbidden,
        "of a served client",
    )
    refuses(
        lambda: edit(contract, cast.taras, price_agreement="-"),
        Forbidden,
        "of a served client",
    )
    with pytest.raises(Missing):
        edit(contract, cast.serhii, price_agreement="-")
    assert edit(contract, cast.olena, price_agreement="ДУ № 2").version == 2


# ---------------------------------------------------------------- lines


def test_a_kit_is_subscribed_and_ended_and_never_gone(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    line = subscribe(contract, kit, cast.andrii)
    ended = actions.end_line(
        actor=acting(cast.andrii, MONDAY), line_id=line.pk, last_day=MAY
    )

    assert ended.valid_to == MAY
    assert fact("contracts.line.added").details["price"] == "4200"
    assert fact("contracts.line.ended").details == {
        "kit": "Універсал",
        "number": contract.number,
        "day": "2026-05-01",
    }
    assert len(contract_row(contract.pk).lines) == 1


def test_the_price_of_a_month_is_that_of_what_runs(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    subscribe(contract, kit, cast.andrii, valid_to=date(2026, 4, 30))
    subscribe(contract, kit, cast.andrii, "5100", valid_from=MAY, seats=7)
    who, client = looking(cast.andrii), contract.client_id

    for day, price, seats in ((APRIL, Decimal(4200), 5), (MAY, Decimal(5100), 7)):
        (of_client,) = about_client(who, client, day)
        (listed,) = contract_list(who, day).rows
        opened = contract_page(who, contract.pk, day).contract
        for row in (of_client, listed, opened):
            assert (row.monthly, row.seats, len(row.lines)) == (price, seats, 2)
    assert contract_row(contract.pk).monthly == 4200


def test_a_line_stands_on_what_is_there(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    by = acting(cast.andrii, MONDAY)
    refuses(
        lambda: subscribe(contract, kit, cast.andrii, valid_to=date(2026, 4, 1)),
        Refused,
        "stands before the beginning",
    )
    kit.pk = 999
    refuses(lambda: subscribe(contract, kit, cast.andrii), Invalid, "no such kit")
    with pytest.raises(Missing):
        actions.end_line(actor=by, line_id=999, last_day=MAY)
    contract.pk = 999
    with pytest.raises(Missing):
        subscribe(contract, kit, cast.andrii)


def test_a_line_does_not_end_before_it_begins(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    line = subscribe(contract, kit, cast.andrii)
    refuses(
        lambda: actions.end_line(
            actor=acting(cast.andrii, MONDAY),
            line_id=line.pk,
            last_day=date(2026, 4, 12),
        ),
        Refused,
        "stands before the beginning",
    )


def test_in_service_sales_neither_subscribe_nor_end(
    cast: Cast, contract: Contract, kit: Kit
) -> None:
    line = subscribe(contract, kit, cast.andrii)
    serve(contract, cast)

    refuses(lambda: subscribe(contract, kit, cast.andrii), Forbidden, "of a served")
    refuses(
        lambda: actions.end_line(
            actor=acting(cast.andrii, MONDAY), line_id=line.pk, last_day=MAY
        ),
        Forbidden,
        "of a served",
    )


# ---------------------------------------------------------------- sight


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("andrii", True),
        ("viktor", True),
        ("iryna", True),
        ("maryna", True),
        ("halyna", True),
        ("sofiia", False),
        ("olena", False),
        ("pavlo", False),
        ("yaroslav", False),
    ],
)
def test_whoever_sees_the_client_sees_its_contracts(
    cast: Cast, contract: Contract, who: str, *, seen: bool
) -> None:
    person = looking(cast.everybody()[who])
    assert bool(contract_list(person, APRIL).rows) == seen
    assert bool(about_client(person, contract.client_id, APRIL)) == seen
    if seen:
        assert contract_page(person, contract.pk).contract.id == contract.pk
        name, writing = writing_for(person, contract.client_id)
        assert name == str(contract.client)
        assert bool(writing) == (who in {"andrii", "viktor", "iryna"})
        return
    for ask in (
        lambda: contract_page(person, contract.pk),
        lambda: writing_for(person, contract.client_id),
    ):
        with pytest.raises(Missing):
            ask()


def test_a_contract_that_is_not_there_is_missing(db: None) -> None:
    with pytest.raises(Missing):
        contract_row(999)

"""Two joined clients are parted again: exactly what went over comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suprovid.clients import actions as clients
from suprovid.clients import queries as client_queries
from suprovid.clients.models import Client, Contact, Site
from suprovid.clients.rules import Serving
from suprovid.contracts.models import Contract
from suprovid.handover import actions as handovers
from suprovid.handover.models import Handover
from suprovid.handover.rules import CalledOffWhy
from suprovid.intake.actions import undo_merge
from suprovid.intake.models import Merge
from suprovid.intake.tests.joining import (
    LATER,
    by_iryna,
    everything,
    join,
    part,
    take_over,
)
from suprovid.journal.models import Fact, PersonalValues
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.money.models import Allocation
from suprovid.obligations.models import Obligation
from suprovid.people import queries as people
from tests.cast import Cast, acting
from tests.path import new_case, new_client, new_contract
from tests.refusals import refuses


def add_site(cast: Cast, client: Client, name: str = "Офіс") -> Site:
    return clients.add_site(
        actor=by_iryna(cast), client_id=client.pk, name=name, address="вул. Лугова, 9"
    )


def test_joined_and_parted_everything_is_as_it_was(cast: Cast) -> None:
    kept, going = new_case(cast).ready(), new_case(cast).collect()
    for client in (kept.client, going.client):
        add_site(cast, client)
    before = everything()
    part(cast, join(cast, kept.client, going.client))
    assert everything() == before


def test_the_old_code_finds_its_own_client_again(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    part(cast, join(cast, kept, gone))
    viewer = people.viewer(by_iryna(cast))
    for client in (kept, gone):
        rows = client_queries.found(viewer, client.code)
        assert [row.id for row in rows] == [client.pk]


def test_what_was_made_meanwhile_stays_with_the_survivor(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    old = new_contract(cast, gone)
    merge = join(cast, kept, gone)
    new = new_contract(cast, kept)
    part(cast, merge)
    assert Contract.objects.get(pk=old.pk).client == gone
    assert Contract.objects.get(pk=new.pk).client == kept


def test_terms_opened_meanwhile_go_with_their_handover(cast: Cast) -> None:
    case, kept = new_case(cast), new_client(cast)
    merge = join(cast, kept, case.client)
    case.collect()
    case.pay()
    opened = set(Obligation.objects.values_list("pk", flat=True))
    part(cast, merge)
    assert set(Obligation.objects.values_list("pk", flat=True)) == opened
    assert not Obligation.objects.filter(client=kept).exists()


def test_money_paid_meanwhile_stays_on_its_invoice(cast: Cast) -> None:
    case, kept = new_case(cast).collect(), new_client(cast)
    merge = join(cast, kept, case.client)
    case.pay()
    part(cast, merge)
    laid = Allocation.objects.get(invoice__contract__client=case.client)
    assert laid.amount == Decimal("6480.00")


def test_values_changed_meanwhile_stay_and_others_come_back(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    Client.objects.filter(pk=kept.pk).update(city="", region="")
    Client.objects.filter(pk=gone.pk).update(city="Луцьк", region="Волинська")
    merge = join(cast, kept, gone)
    kept.refresh_from_db()
    clients.edit_client(
        actor=by_iryna(cast), client_id=kept.pk, version=kept.version, city="Ніжин"
    )
    part(cast, merge)
    kept.refresh_from_db()
    assert (kept.city, kept.region) == ("Ніжин", "")


def test_group_and_manager_come_back_together_or_not_at_all(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, gone)
    merge = join(cast, kept, gone)
    clients.assign(
        actor=by_iryna(cast),
        client_id=kept.pk,
        group_id=cast.podil.pk,
        manager_id=cast.nadiia.pk,
    )
    part(cast, merge)
    kept.refresh_from_db()
    assert kept.serving == Serving.KNOWN
    assert (kept.group, kept.manager) == (cast.podil, cast.nadiia)


def test_the_responsible_person_is_it_again_unless_another_became_it(
    cast: Cast,
) -> None:
    kept, gone = new_client(cast), new_client(cast)
    theirs = Contact.objects.get(client=gone)
    part(cast, join(cast, kept, gone))
    assert Contact.objects.get(client=gone, responsible=True) == theirs
    assert Contact.objects.filter(client=kept, responsible=True).count() == 1


def test_a_site_renamed_meanwhile_keeps_its_new_name(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    add_site(cast, kept)
    site = add_site(cast, gone)
    merge = join(cast, kept, gone)
    site.refresh_from_db()
    clients.change_site(
        actor=by_iryna(cast),
        client_id=kept.pk,
        site_id=site.pk,
        version=site.version,
        name="Архів",
        address="вул. Лугова, 9",
    )
    part(cast, merge)
    site.refresh_from_db()
    assert (site.client, site.name) == (gone, "Архів")


def test_one_joined_before_goes_back_with_whom_it_came(cast: Cast) -> None:
    first, second, third = (new_client(cast) for _ in range(3))
    join(cast, second, first)
    part(cast, join(cast, third, second))
    assert client_queries.whole(second.pk) == [second.pk, first.pk]
    assert client_queries.whole(third.pk) == [third.pk]


def test_the_reason_is_kept_apart_and_both_have_a_fact(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    part(cast, join(cast, kept, gone), why="різні власники")
    facts = Fact.objects.filter(kind__startswith="intake.client.parted")
    assert {fact.client for fact in facts} == {kept.pk, gone.pk}
    said = PersonalValues.objects.filter(fact__in=facts)
    assert [row.values["why"] for row in said] == ["різні власники"] * 2


# ---------------------------------------------------------------- what is refused


def test_a_reason_is_needed(cast: Cast) -> None:
    merge = join(cast, new_client(cast), new_client(cast))
    with pytest.raises(Invalid):
        part(cast, merge, why=" ")


def test_only_the_head_of_department_parts(cast: Cast) -> None:
    merge = join(cast, new_client(cast), new_client(cast))
    refuses(
        lambda: undo_merge(
            actor=acting(cast.olena, LATER), merge_id=merge.pk, why="так"
        ),
        Forbidden,
        "joins clients",
    )


def test_it_is_undone_once(cast: Cast) -> None:
    merge = join(cast, new_client(cast), new_client(cast))
    part(cast, merge)
    refuses(lambda: part(cast, merge), Refused, "undone already")


def test_there_is_no_such_joining(cast: Cast) -> None:
    with pytest.raises(Missing):
        part(cast, Merge(pk=0))


def test_a_later_joining_is_undone_first(cast: Cast) -> None:
    first, second, third, fourth = (new_client(cast) for _ in range(4))
    merge = join(cast, first, second)
    onto = join(cast, first, third)
    refuses(lambda: part(cast, merge), Refused, third.name)
    part(cast, onto)
    join(cast, fourth, first)
    refuses(lambda: part(cast, merge), Refused, "undo that first")


def test_a_handover_that_ended_meanwhile_holds_them_together(cast: Cast) -> None:
    case, kept = new_case(cast).ready(), new_client(cast)
    merge = join(cast, kept, case.client)
    case.accept()
    case.installed()
    case.appoint()
    refuses(lambda: part(cast, merge), Refused, Handover.objects.get().number)


def test_so_does_one_called_off_or_opened(cast: Cast) -> None:
    called, opened = new_case(cast), new_client(cast)
    merge = join(cast, opened, called.client)
    handovers.call_off(
        actor=called.by(cast.viktor),
        handover_id=called.id,
        why=CalledOffWhy.REFUND,
    )
    refuses(lambda: part(cast, merge), Refused, "opened or ended")


def test_and_a_take_over(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    merge = join(cast, kept, gone)
    take_over(cast, kept)
    refuses(lambda: part(cast, merge), Refused, "taken over")

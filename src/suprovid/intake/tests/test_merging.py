"""Two clients become one: everything follows the survivor, the old code finds it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from suprovid.clients import actions as clients
from suprovid.clients import queries as client_queries
from suprovid.clients.models import Client, Contact, Site
from suprovid.clients.rules import ServedBy, Serving
from suprovid.contracts.models import Contract
from suprovid.handover.models import Handover
from suprovid.intake.actions import import_list, merge_clients
from suprovid.intake.models import Merge
from suprovid.intake.queries import opened
from suprovid.intake.rules.merging import Side
from suprovid.intake.tests.joining import (
    LATER,
    by_iryna,
    join,
    part,
    take_over,
)
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused, Stale
from suprovid.obligations.models import Obligation
from suprovid.people import queries as people
from suprovid.people.rules import Viewer
from suprovid.service.models import TakeOver
from tests.cast import MONDAY, Cast, acting
from tests.path import new_case, new_client, new_contract
from tests.refusals import refuses


def viewer(cast: Cast, name: str = "iryna") -> Viewer:
    return people.viewer(acting(getattr(cast, name), LATER))


# ---------------------------------------------------------------- what follows


def test_contracts_handovers_and_terms_follow_the_survivor(cast: Cast) -> None:
    case, kept = new_case(cast).collect(), new_client(cast)
    terms = set(Obligation.objects.filter(client=case.client).values_list("pk"))
    join(cast, kept, case.client)
    assert Contract.objects.get(pk=case.contract.pk).client == kept
    assert Handover.objects.get(pk=case.id).client == kept
    assert set(Obligation.objects.filter(client=kept).values_list("pk")) == terms
    assert terms


def test_who_owes_a_term_and_when_stays_as_it_was(cast: Cast) -> None:
    case, kept = new_case(cast).collect(), new_client(cast)
    told = ("pk", "owner_person", "owner_role", "owner_group", "due_at", "next_moment")
    before = list(Obligation.objects.order_by("pk").values_list(*told))
    join(cast, kept, case.client)
    assert list(Obligation.objects.order_by("pk").values_list(*told)) == before


def test_the_handover_goes_on_to_service_at_the_survivor(cast: Cast) -> None:
    case, kept = new_case(cast).ready(), new_client(cast)
    join(cast, kept, case.client)
    case.accept()
    case.installed()
    case.appoint()
    kept.refresh_from_db()
    assert kept.serving == Serving.SERVED
    assert Client.objects.get(pk=case.client.pk).serving == Serving.HANDOVER


def test_people_follow_and_the_survivor_keeps_its_responsible_one(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    theirs = Contact.objects.get(client=kept)
    join(cast, kept, gone)
    assert Contact.objects.filter(client=kept).count() == 2
    assert Contact.objects.get(client=kept, responsible=True) == theirs


def test_a_survivor_without_a_responsible_person_gets_the_other_ones(
    cast: Cast,
) -> None:
    kept, gone = new_client(cast), new_client(cast)
    own = Contact.objects.get(client=kept)
    clients.contact_left(
        actor=acting(cast.andrii, MONDAY), client_id=kept.pk, contact_id=own.pk
    )
    came = Contact.objects.get(client=gone)
    join(cast, kept, gone)
    assert Contact.objects.get(client=kept, responsible=True) == came


def test_sites_of_one_name_are_told_apart_by_the_old_code(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    for client, place in ((kept, "вул. Лугова, 9"), (gone, "вул. Нижній Вал, 17")):
        clients.add_site(
            actor=acting(cast.andrii, MONDAY),
            client_id=client.pk,
            name="Офіс",
            address=place,
        )
    join(cast, kept, gone)
    names = Site.objects.filter(client=kept).values_list("name", flat=True)
    assert set(names) == {"Офіс", f"Офіс ({gone.code})"}


def test_empty_particulars_are_filled_and_others_are_the_survivors(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    Client.objects.filter(pk=kept.pk).update(city="")
    Client.objects.filter(pk=gone.pk).update(city="Луцьк", address="вул. Інша, 1")
    address = kept.address
    join(cast, kept, gone)
    kept.refresh_from_db()
    assert (kept.city, kept.address) == ("Луцьк", address)


def test_a_person_chooses_field_by_field(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    name, code = gone.name, kept.code
    join(cast, kept, gone, {"name": Side.GONE})
    kept.refresh_from_db()
    assert (kept.name, kept.code) == (name, code)
    row = client_queries.found(viewer(cast), name)
    assert [one.id for one in row] == [kept.pk]


def test_a_code_is_never_chosen(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    with pytest.raises(Invalid):
        join(cast, kept, gone, {"code": Side.GONE})


def test_the_stronger_state_comes_with_its_group_and_manager(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, gone)
    join(cast, kept, gone)
    kept.refresh_from_db()
    assert (kept.serving, kept.served_by) == (Serving.SERVED, ServedBy.TAKE_OVER)
    assert (kept.group, kept.manager) == (cast.podil, cast.taras)
    assert TakeOver.objects.get().client == kept


def test_both_taken_over_are_in_service_since_the_earlier_day(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, kept, date(2021, 9, 1))
    take_over(cast, gone, date(2019, 2, 1))
    join(cast, kept, gone)
    kept.refresh_from_db()
    assert kept.served_since == date(2019, 2, 1)
    assert TakeOver.objects.filter(client=kept).count() == 2


def test_each_of_the_two_has_a_fact_that_names_the_other(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    facts = Fact.objects.filter(kind__startswith="intake.").order_by("pk")
    assert [(fact.client, fact.details["code"]) for fact in facts] == [
        (kept.pk, gone.code),
        (gone.pk, kept.code),
    ]


def test_one_joined_before_goes_along_and_no_chain_is_left(cast: Cast) -> None:
    first, second, third = (new_client(cast) for _ in range(3))
    join(cast, second, first)
    join(cast, third, second)
    assert client_queries.whole(third.pk) == [third.pk, first.pk, second.pk]
    assert client_queries.holders([first.code, second.code, "00000000"]) == {
        first.code: third.pk,
        second.code: third.pk,
    }


# ---------------------------------------------------------------- the old code


def test_the_old_code_and_name_find_the_survivor(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    for text in (gone.code, gone.name.split("«")[1]):
        hits = client_queries.found(viewer(cast), text)
        assert [row.id for row in hits] == [kept.pk]
    asked = client_queries.Filters(text=gone.code)
    rows = client_queries.listed(viewer(cast), asked).rows
    assert [row.id for row in rows] == [kept.pk]


def test_the_old_words_stay_when_the_survivor_is_changed(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    kept.refresh_from_db()
    clients.edit_client(
        actor=by_iryna(cast), client_id=kept.pk, version=kept.version, city="Ніжин"
    )
    rows = client_queries.found(viewer(cast), gone.code)
    assert [row.id for row in rows] == [kept.pk]


def test_looked_up_by_the_old_code_the_survivor_answers(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, kept)
    join(cast, kept, gone)
    found = client_queries.lookup_by_code(viewer(cast, "andrii"), gone.code)
    assert found == client_queries.Lookup(kept.name, served=True)


def test_entering_the_old_code_anew_names_the_survivor(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    refuses(
        lambda: clients.add_client(
            actor=acting(cast.andrii, LATER),
            name="Знову вони",
            code=gone.code,
            confirm_code=True,
        ),
        Invalid,
        kept.name,
    )


def test_a_list_with_the_old_code_adds_nothing(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    data = f"назва;код ЄДРПОУ\n{kept.name};{gone.code}\n".encode()
    import_list(
        actor=by_iryna(cast),
        data=data,
        name="a.csv",
        opened=opened(data),
        confirm_warnings=True,
    )
    assert Client.objects.count() == 2


def test_one_that_was_joined_stands_in_no_list_and_nothing_is_done_to_it(
    cast: Cast,
) -> None:
    kept, gone = new_client(cast), new_client(cast)
    join(cast, kept, gone)
    assert gone.pk not in dict(client_queries.choices(viewer(cast)))
    with pytest.raises(Missing):
        new_contract(cast, gone)
    with pytest.raises(Missing):
        clients.edit_client(
            actor=by_iryna(cast), client_id=gone.pk, version=None, city="Ніжин"
        )


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("person", ["olena", "taras", "andrii", "viktor", "maryna"])
def test_only_the_head_of_department_joins_and_parts(cast: Cast, person: str) -> None:
    kept, gone = new_client(cast), new_client(cast)
    actor = acting(getattr(cast, person), LATER)
    refuses(lambda: join(cast, kept, gone, actor=actor), Forbidden, "joins clients")


def test_a_client_is_not_joined_to_itself(cast: Cast) -> None:
    one = new_client(cast)
    refuses(lambda: join(cast, one, one), Refused, "one and the same")


def test_one_that_is_joined_already_is_not_joined_again(cast: Cast) -> None:
    first, second, third = (new_client(cast) for _ in range(3))
    join(cast, first, second)
    refuses(lambda: join(cast, third, second), Refused, "already")
    refuses(lambda: join(cast, second, third), Refused, "already")


def test_a_person_and_an_organisation_are_two(cast: Cast) -> None:
    kept = new_client(cast)
    person = clients.add_client(
        actor=acting(cast.andrii, MONDAY),
        name="ФОП Ткач І. Ю.",
        code="1234567890",
        confirm_code=True,
    )
    refuses(lambda: join(cast, kept, person), Refused, "not one client")


def test_paused_and_served_are_settled_first(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    take_over(cast, kept)
    take_over(cast, gone)
    Client.objects.filter(pk=gone.pk).update(serving=Serving.PAUSED)
    refuses(lambda: join(cast, kept, gone), Refused, "settle first")


def test_a_change_meanwhile_is_told(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    clients.edit_client(
        actor=by_iryna(cast), client_id=gone.pk, version=gone.version, city="Ніжин"
    )
    refuses(
        lambda: merge_clients(
            actor=by_iryna(cast),
            kept_id=kept.pk,
            gone_id=gone.pk,
            kept_version=kept.version,
            gone_version=gone.version,
        ),
        Stale,
        "meanwhile",
    )


def test_what_is_not_there_is_not_joined(cast: Cast) -> None:
    with pytest.raises(Missing):
        merge_clients(
            actor=by_iryna(cast),
            kept_id=new_client(cast).pk,
            gone_id=0,
            kept_version=1,
            gone_version=1,
        )


def test_the_base_itself_keeps_a_client_from_being_joined_to_itself(
    cast: Cast,
) -> None:
    one = new_client(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.filter(pk=one.pk).update(merged_into=one)


def test_the_name_of_a_person_stays_erasable(cast: Cast) -> None:
    kept, gone = (
        clients.add_client(
            actor=acting(cast.andrii, MONDAY),
            name=name,
            code=code,
            confirm_code=True,
        )
        for name, code in (("ФОП Ткач", "1234567890"), ("ФОП Ткач І.", "1234567891"))
    )
    join(cast, kept, gone)
    for fact in Fact.objects.filter(kind__startswith="intake."):
        assert fact.details == {}
        assert "Ткач" in fact.private.values["name"]


def test_parted_they_may_be_joined_the_other_way_round(cast: Cast) -> None:
    kept, gone = new_client(cast), new_client(cast)
    part(cast, join(cast, kept, gone))
    join(cast, gone, kept)
    assert Merge.objects.filter(undone_at=None).get().gone == kept

"""Clients entered, changed, given to people of the house; and who may."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from suprovid.clients import actions
from suprovid.clients.models import Client, Contact, SearchWord
from suprovid.clients.queries import found, seen, visible
from suprovid.clients.rules import ServedBy, Serving
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Stale
from suprovid.people import queries as people
from suprovid.people.models import Person
from suprovid.people.rules import Viewer
from tests.cast import MONDAY, Cast, acting
from tests.organisations import good_code, odd_code

CODE = good_code(3_300_001)


def entered(by: Person, code: str = CODE, name: str = "ПП «Явір»") -> Client:
    return actions.add_client(actor=acting(by, MONDAY), name=name, code=code)


def served(cast: Cast, code: str = CODE) -> Client:
    """A client of «Поділ», served by Taras, once sold by Andrii."""
    client = entered(cast.andrii, code)
    return actions.enter_service(
        actor=acting(cast.olena, MONDAY),
        client_id=client.pk,
        by=ServedBy.HANDOVER,
        since=date(2026, 4, 13),
        group_id=cast.podil.pk,
        manager_id=cast.taras.pk,
    )


def eyes(person: Person) -> Viewer:
    return people.viewer(acting(person, MONDAY))


def kinds() -> list[str]:
    facts = Fact.objects.filter(kind__startswith="clients.").order_by("id")
    return list(facts.values_list("kind", flat=True))


def test_sales_enter_a_client_and_it_is_theirs(cast: Cast) -> None:
    client = entered(cast.andrii)
    assert (client.sales, client.serving) == (cast.andrii, Serving.KNOWN)
    assert kinds() == ["clients.client.added"]


@pytest.mark.parametrize(
    "who", ["yaroslav", "olena", "taras", "pavlo", "maryna", "halyna"]
)
def test_others_do_not_enter_clients(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden, match="Sales and the head of department"):
        entered(cast.everybody()[who])
    assert not Client.objects.exists()


def test_a_wrong_check_digit_is_taken_when_somebody_confirms_it(cast: Cast) -> None:
    odd = odd_code(3_300_001)
    with pytest.raises(Invalid, match="check digit"):
        entered(cast.andrii, odd)
    actions.add_client(
        actor=acting(cast.andrii, MONDAY), name="КП", code=odd, confirm_code=True
    )
    assert Client.objects.get(code=odd).code_confirmed
    assert kinds() == ["clients.client.added", "clients.code.confirmed"]


def test_a_wrong_length_cannot_be_confirmed(cast: Cast) -> None:
    with pytest.raises(Invalid, match="here digits: 7"):
        actions.add_client(
            actor=acting(cast.andrii, MONDAY),
            name="КП",
            code="1234567",
            confirm_code=True,
        )


def test_a_person_is_named_beside_the_fact_not_in_it(cast: Cast) -> None:
    actions.add_client(
        actor=acting(cast.andrii, MONDAY), name="ФОП Сич Лев", code="1759013776"
    )
    fact = Fact.objects.get(kind="clients.client.added")
    assert fact.details == {}
    assert fact.private.values["name"] == "ФОП Сич Лев"


def test_a_known_code_names_the_head_to_ask_and_nothing_else(cast: Cast) -> None:
    served(cast)
    with pytest.raises(Invalid) as refusal:
        entered(cast.sofiia, name="Ще раз")
    assert refusal.value.field == "code"
    said = str(refusal.value.reason)
    assert (
        said
        == f"A client with this code is there already. Ask {eyes(cast.olena).name}."
    )


def test_whoever_sees_the_known_client_hears_its_name(cast: Cast) -> None:
    client = served(cast)
    with pytest.raises(Invalid) as refusal:
        entered(cast.iryna, name="Ще раз")
    said = str(refusal.value.reason)
    assert said == f"A client with this code is there already: {client}."


def test_who_stands_in_for_the_head_is_named(cast: Cast) -> None:
    entered(cast.iryna)
    with pytest.raises(Invalid, match=eyes(cast.iryna).name):
        entered(cast.sofiia)


# ---------------------------------------------------------------- sight


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("iryna", True),
        ("olena", True),
        ("taras", True),
        ("nadiia", True),
        ("pavlo", False),
        ("serhii", False),
        ("oksana", False),
        ("viktor", True),
        ("andrii", True),
        ("sofiia", False),
        ("maryna", True),
        ("halyna", True),
        ("yaroslav", False),
    ],
)
def test_each_sees_the_clients_of_the_own_work(
    cast: Cast, who: str, *, sees: bool
) -> None:
    client = served(cast)
    viewer = eyes(cast.everybody()[who])
    assert visible(viewer).filter(pk=client.pk).exists() is sees
    assert bool(found(viewer, "явір")) is sees


def test_a_client_of_others_is_not_found(cast: Cast) -> None:
    client = served(cast)
    with pytest.raises(Missing):
        seen(eyes(cast.oksana), client.pk)
    with pytest.raises(Missing):
        actions.edit_client(
            actor=acting(cast.oksana, MONDAY), client_id=client.pk, version=1, city="Х"
        )


# ---------------------------------------------------------------- changing


@pytest.mark.parametrize("who", ["iryna", "olena", "taras"])
def test_the_manager_and_the_heads_change_a_served_client(cast: Cast, who: str) -> None:
    client = served(cast)
    changed = actions.edit_client(
        actor=acting(cast.everybody()[who], MONDAY),
        client_id=client.pk,
        version=client.version,
        city="Полтава",
    )
    assert (changed.city, changed.version) == ("Полтава", client.version + 1)
    assert kinds()[-1] == "clients.client.changed"


@pytest.mark.parametrize("who", ["nadiia", "andrii", "viktor", "maryna", "halyna"])
def test_those_who_only_see_it_do_not_change_it(cast: Cast, who: str) -> None:
    client = served(cast)
    with pytest.raises(Forbidden):
        actions.edit_client(
            actor=acting(cast.everybody()[who], MONDAY),
            client_id=client.pk,
            version=client.version,
            city="Полтава",
        )


def test_what_was_seen_must_still_be_there(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    actions.edit_client(actor=by, client_id=client.pk, version=1, city="Київ")
    with pytest.raises(Stale, match="Somebody changed"):
        actions.edit_client(actor=by, client_id=client.pk, version=1, city="Львів")
    assert Client.objects.get().city == "Київ"


def test_saving_what_is_there_is_no_change(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    actions.edit_client(actor=by, client_id=client.pk, version=1, name=client.name)
    assert kinds() == ["clients.client.added"]
    assert Client.objects.get().version == 1


def test_a_changed_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    client = entered(cast.andrii)
    actions.edit_client(
        actor=acting(cast.andrii, MONDAY),
        client_id=client.pk,
        version=1,
        name="ТОВ «Ґрунт»",
    )
    viewer = eyes(cast.andrii)
    assert [row.id for row in found(viewer, "грун тов")] == [client.pk]
    assert found(viewer, "явір") == []
    assert set(SearchWord.objects.values_list("word", flat=True)) == {
        "тов",
        "грунт",
        CODE,
    }


def test_a_code_is_not_changed_into_another_clients_code(cast: Cast) -> None:
    entered(cast.sofiia)
    client = entered(cast.andrii, good_code(3_300_002))
    with pytest.raises(Invalid, match="there already"):
        actions.edit_client(
            actor=acting(cast.andrii, MONDAY), client_id=client.pk, version=1, code=CODE
        )


# ---------------------------------------------------------------- whose client


def test_the_head_of_the_group_names_a_manager_in_it(cast: Cast) -> None:
    client = served(cast)
    by = acting(cast.olena, MONDAY)
    actions.assign(
        actor=by,
        client_id=client.pk,
        group_id=cast.podil.pk,
        manager_id=cast.nadiia.pk,
    )
    assert Client.objects.get().manager == cast.nadiia
    with pytest.raises(Invalid, match="not a service manager"):
        actions.assign(
            actor=by,
            client_id=client.pk,
            group_id=cast.podil.pk,
            manager_id=cast.oksana.pk,
        )


def test_only_the_head_of_department_changes_the_group(cast: Cast) -> None:
    client = served(cast)
    elsewhere = {
        "client_id": client.pk,
        "group_id": cast.obolon.pk,
        "manager_id": cast.oksana.pk,
    }
    with pytest.raises(Forbidden, match="changes the group"):
        actions.assign(actor=acting(cast.olena, MONDAY), **elsewhere)
    actions.assign(actor=acting(cast.iryna, MONDAY), **elsewhere)
    assert kinds()[-1] == "clients.client.assigned"


def test_a_client_is_given_to_sales_until_it_is_served(cast: Cast) -> None:
    client = entered(cast.iryna)
    by = acting(cast.iryna, MONDAY)
    actions.name_sales(actor=by, client_id=client.pk, sales_id=cast.sofiia.pk)
    assert visible(eyes(cast.sofiia)).get() == client
    with pytest.raises(Invalid, match="not of the sales"):
        actions.name_sales(actor=by, client_id=client.pk, sales_id=cast.taras.pk)


def test_a_called_off_handover_leaves_the_client_known_to_nobody(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    actions.begin_handover(actor=by, client_id=client.pk, group_id=cast.podil.pk)
    assert visible(eyes(cast.olena)).get().serving == Serving.HANDOVER
    actions.end_handover(actor=by, client_id=client.pk)
    assert not visible(eyes(cast.olena)).exists()


def test_a_second_handover_leaves_a_served_client_served(cast: Cast) -> None:
    client = served(cast)
    by = acting(cast.andrii, MONDAY)
    actions.begin_handover(actor=by, client_id=client.pk, group_id=cast.obolon.pk)
    actions.end_handover(actor=by, client_id=client.pk)
    client.refresh_from_db()
    assert (client.serving, client.group) == (Serving.SERVED, cast.podil)


# ---------------------------------------------------------------- people and places


def test_there_is_one_responsible_person(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    for name in ("Климчук Лариса", "Теслюк Остап"):
        actions.add_contact(actor=by, client_id=client.pk, name=name, responsible=True)
    assert Contact.objects.get(responsible=True).name == "Теслюк Остап"
    fact = Fact.objects.filter(kind="clients.contact.added").latest("id")
    assert "Теслюк" not in str(fact.details)
    assert fact.private.values["name"] == "Теслюк Остап"


def test_who_left_is_not_among_the_people_any_more(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    gone = actions.add_contact(
        actor=by, client_id=client.pk, name="Климчук Лариса", responsible=True
    )
    actions.contact_left(actor=by, client_id=client.pk, contact_id=gone.pk)
    with pytest.raises(Missing):
        actions.change_contact(
            actor=by, client_id=client.pk, contact_id=gone.pk, version=1, name="Інша"
        )


def test_a_person_at_the_client_is_corrected_as_it_was_seen(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    row = actions.add_contact(actor=by, client_id=client.pk, name="Климчук Лариса")
    change = partial(
        actions.change_contact, actor=by, client_id=client.pk, contact_id=row.pk
    )
    assert change(version=1, name="Климчук Лариса Петрівна").version == 2
    with pytest.raises(Stale, match="while you were writing"):
        change(version=1, name="Клименко Лариса")
    row.refresh_from_db()
    assert row.name == "Климчук Лариса Петрівна"


def test_a_site_is_corrected_as_it_was_seen(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    row = actions.add_site(actor=by, client_id=client.pk, name="Порт", address="Київ")
    change = partial(
        actions.change_site, actor=by, client_id=client.pk, site_id=row.pk, name="Порт"
    )
    assert change(version=1, address="Одеса").version == 2
    with pytest.raises(Stale, match="while you were writing"):
        change(version=1, address="Львів")


def test_sites_of_a_client_have_different_names(cast: Cast) -> None:
    client = entered(cast.andrii)
    by = acting(cast.andrii, MONDAY)
    add = partial(
        actions.add_site, actor=by, client_id=client.pk, name="Порт", address="Київ"
    )
    add()
    with pytest.raises(Invalid, match="site with this name"):
        add()

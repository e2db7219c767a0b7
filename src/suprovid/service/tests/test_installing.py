"""The installation and its record (S19, S20, PROCESS 3.8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suprovid.clients.rules import Serving
from suprovid.documents.rules import Upload
from suprovid.handover import actions as handover
from suprovid.handover.queries import visible
from suprovid.handover.rules import CalledOffWhy
from suprovid.journal.models import Fact
from suprovid.lib.decision import Forbidden, Invalid, Missing, Refused
from suprovid.obligations.models import Obligation
from suprovid.obligations.rules import Ending
from suprovid.people.actions import declare_absence
from suprovid.people.models import Person
from suprovid.people.queries import staff
from suprovid.people.rules import AbsenceKind
from suprovid.service import actions
from suprovid.service.models import Installation, Photo
from suprovid.service.queries import assigned, work
from suprovid.service.rules import STEPS, Step
from tests.cast import MONDAY, acting
from tests.path import Case, signature
from tests.refusals import refuses


def endings(kind: str) -> list[str]:
    rows = Obligation.objects.filter(kind=kind).order_by("round")
    return [row.ending for row in rows]


@pytest.fixture
def done(case: Case) -> Case:
    """Installed; the record is not written yet."""
    case.pay()
    case.contact()
    case.name_installer()
    case.install()
    return case


def test_the_head_names_the_installer(case: Case) -> None:
    case.contact()
    case.name_installer()
    assert Installation.objects.get().installer == case.cast.pavlo
    assert endings("service.installer") == [Ending.MET]


@pytest.mark.parametrize("person", ["oksana", "andrii", "olena"])
def test_the_installer_is_of_the_group(case: Case, person: str) -> None:
    refuses(
        lambda: case.name_installer(getattr(case.cast, person)),
        Invalid,
        "of the group",
    )


def test_only_the_head_names_the_installer(case: Case) -> None:
    actor = case.by(case.cast.taras)
    refuses(
        lambda: actions.name_installer(
            actor=actor, handover_id=case.id, installer_id=case.cast.taras.pk
        ),
        Forbidden,
        "Only the",
    )


def test_another_installer_takes_over_what_is_owed(done: Case) -> None:
    done.name_installer(done.cast.taras)
    term = Obligation.objects.get(kind="service.record")
    assert term.owner_person == done.cast.taras


def test_an_engineer_sees_what_is_assigned(case: Case) -> None:
    assert seen_by(case, case.cast.pavlo) == []
    case.name_installer()
    assert seen_by(case, case.cast.pavlo) == [case.id]
    viewer = staff(MONDAY.date()).viewer(case.cast.pavlo.pk)
    assert assigned(viewer) == [case.client.pk]


def seen_by(case: Case, person: Person) -> list[int]:
    viewer = staff(MONDAY.date()).viewer(person.pk)
    return list(visible(viewer).values_list("pk", flat=True))


def test_before_the_information_is_in_nobody_is_named(case: Case) -> None:
    case.handover.stage = "draft"
    case.handover.save()
    refuses(case.name_installer, Refused, "information is not in")


# ---------------------------------------------------------------- installing


def test_done_the_record_is_due_by_the_end_of_the_next_working_day(
    done: Case,
) -> None:
    term = Obligation.objects.get(kind="service.record")
    assert term.owner_person == done.cast.pavlo
    assert term.due_at.isoformat() == "2026-04-14T15:00:00+00:00"
    assert endings("handover.installation") == [Ending.MET]


def test_the_first_contact_comes_first(case: Case) -> None:
    case.name_installer()
    refuses(case.install, Refused, "first contact")


def test_the_installer_is_named_first(case: Case) -> None:
    case.contact()
    refuses(lambda: case.install(case.cast.olena), Refused, "names the installer")


@pytest.mark.parametrize("person", ["taras", "nadiia"])
def test_the_installer_says_when_it_was_done(case: Case, person: str) -> None:
    case.contact()
    case.name_installer()
    by = getattr(case.cast, person)
    refuses(lambda: case.install(by), Forbidden, "installs and writes")


def test_the_deputy_of_an_absent_installer_writes_for_the_installer(
    case: Case,
) -> None:
    case.contact()
    case.name_installer()
    away(case.cast.pavlo, case.cast.taras)
    case.install(case.cast.taras)
    fact = Fact.objects.get(kind="service.installation.done")
    assert fact.for_whom == f"person:{case.cast.pavlo.pk}"


def away(absent: Person, deputy: Person) -> None:
    declare_absence(
        actor=acting(absent, MONDAY),
        person_id=absent.pk,
        kind=AbsenceKind.ILLNESS,
        first_day=MONDAY.date(),
        last_day=MONDAY.date() + timedelta(days=7),
        deputy_id=deputy.pk,
    )


def test_nobody_but_the_head_without_an_installer(case: Case) -> None:
    case.contact()
    refuses(lambda: case.install(case.cast.taras), Forbidden, "Only the")


def test_it_is_done_once(done: Case) -> None:
    refuses(done.install, Refused, "was done at")


@pytest.mark.parametrize("days", [-1, 1])
def test_it_was_done_while_the_handover_was_open(case: Case, days: int) -> None:
    case.contact()
    case.name_installer()
    moment = case.now + timedelta(days=days)
    refuses(lambda: case.install(done_at=moment), Invalid, "")


def test_done_before_the_payment_no_installation_is_owed(case: Case) -> None:
    case.contact()
    case.name_installer()
    case.install()
    case.pay()
    assert endings("handover.installation") == []


# ---------------------------------------------------------------- the record


def test_the_record_is_signed_and_submitted(done: Case) -> None:
    done.write_record()
    done.submit_record()
    row = Installation.objects.get()
    assert (row.signed_by, row.round) == ("Ніна Салій", 1)
    assert endings("service.record") == [Ending.MET]
    assert endings("service.confirmation") == [""]


def test_every_step_of_the_standard_is_done_first(done: Case) -> None:
    done.write_record(steps_done=[step.value for step in STEPS[1:]])
    assert work(done.handover).left == (Step.WORKPLACES_CHECKED,)
    refuses(done.submit_record, Refused, "Not done yet")


def test_kit_version_and_workplaces_are_written_first(done: Case) -> None:
    done.write_record(version="")
    refuses(done.submit_record, Refused, "the kit, the version")


def test_the_record_waits_for_the_installation(case: Case) -> None:
    case.name_installer()
    case.write_record()
    refuses(case.submit_record, Refused, "when the installation was done")


def test_who_signed_is_written(done: Case) -> None:
    done.write_record()
    actor = done.by(done.cast.pavlo)
    refuses(
        lambda: actions.submit_record(
            actor=actor, handover_id=done.id, signed_by=" ", signature=signature()
        ),
        Invalid,
        "who signed",
    )


def test_steps_are_those_of_the_standard(done: Case) -> None:
    refuses(lambda: done.write_record(steps_done=["танці"]), Invalid, "no step")


def test_photographs_are_kept_with_the_record(done: Case) -> None:
    done.write_record(photos=[signature(), signature()])
    assert Photo.objects.count() == 2
    many = [signature()] * 9
    with pytest.raises(Invalid, match="photographs"):
        done.write_record(photos=many)


def test_a_program_is_no_photograph(done: Case) -> None:
    with pytest.raises(Invalid):
        done.write_record(photos=[Upload("фото.png", b"MZ\x90")])


def test_a_submitted_record_is_not_rewritten(done: Case) -> None:
    done.write_record()
    done.submit_record()
    refuses(done.write_record, Refused, "was submitted")


def send_back(case: Case, remarks: str = "немає серійного номера") -> None:
    actions.send_back_record(
        actor=case.by(case.cast.olena), handover_id=case.id, remarks=remarks
    )


def test_sent_back_it_is_mended_and_signed_anew(done: Case) -> None:
    done.write_record()
    done.submit_record()
    send_back(done)
    assert endings("service.confirmation") == [Ending.MET]
    assert endings("service.record") == [Ending.MET, ""]
    done.write_record(note="додано серійний номер")
    done.submit_record()
    done.confirm_record()
    assert Installation.objects.get().round == 2


def test_remarks_are_written_when_a_record_is_sent_back(done: Case) -> None:
    done.write_record()
    done.submit_record()
    refuses(lambda: send_back(done, " "), Refused, "Write the remarks")


def test_only_a_submitted_record_is_confirmed(done: Case) -> None:
    refuses(done.confirm_record, Refused, "not submitted")


def test_it_is_confirmed_once_and_by_the_head(done: Case) -> None:
    done.write_record()
    done.submit_record()
    actor = done.by(done.cast.pavlo)
    refuses(
        lambda: actions.confirm_record(actor=actor, handover_id=done.id),
        Forbidden,
        "Only the",
    )
    done.confirm_record()
    refuses(done.confirm_record, Refused, "Already confirmed by Олена Ткачук")


def test_called_off_nothing_is_installed_any_more(done: Case) -> None:
    handover.call_off(
        actor=done.by(done.cast.viktor), handover_id=done.id, why=CalledOffWhy.REFUND
    )
    refuses(done.write_record, Refused, "called off")
    assert not Obligation.objects.filter(ended_at=None).exists()


def test_another_group_does_not_find_it(done: Case) -> None:
    actor = done.by(done.cast.serhii)
    with pytest.raises(Missing):
        actions.confirm_record(actor=actor, handover_id=done.id)


# ---------------------------------------------------------------- into service


def test_appointing_the_manager_puts_the_client_in_service(case: Case) -> None:
    case.ready_after_confirmation()
    case.installed()
    case.accept()
    case.appoint()
    case.client.refresh_from_db()
    assert case.client.serving == Serving.SERVED
    assert Fact.objects.filter(kind="handover.entered_service").count() == 1
    (term,) = Obligation.objects.filter(ended_at=None)
    assert term.kind == "service.control_call"
    assert term.due_at.isoformat() == "2026-04-20T15:00:00+00:00"


def test_without_acceptance_nobody_enters_service(case: Case) -> None:
    case.ready_after_confirmation()
    case.installed()
    refuses(case.appoint, Refused, "not accepted yet")


def test_without_a_confirmed_installation_nobody_enters_service(case: Case) -> None:
    case.ready_after_confirmation()
    case.accept()
    refuses(case.appoint, Refused, "not confirmed yet")


def test_the_manager_is_of_the_group(case: Case) -> None:
    case.ready_after_confirmation()
    case.installed()
    case.accept()
    refuses(lambda: case.appoint(case.cast.oksana), Invalid, "manager of the group")


def call(case: Case, person: str = "olena", days: int = 0, name: str = "Н. С.") -> None:
    actor = case.by(getattr(case.cast, person))
    actions.record_control_call(
        actor=actor,
        handover_id=case.id,
        made_at=actor.now + timedelta(days=days),
        spoke_with=name,
        satisfied=True,
    )


@pytest.fixture
def served(case: Case) -> Case:
    case.ready_after_confirmation()
    case.installed()
    case.accept()
    case.appoint()
    return case


def test_the_control_call_is_made_once(served: Case) -> None:
    call(served)
    assert endings("service.control_call") == [Ending.MET]
    refuses(lambda: call(served), Refused, "was made by Олена Ткачук")


def test_the_head_makes_the_control_call(served: Case) -> None:
    refuses(lambda: call(served, "taras"), Forbidden, "Only the")


@pytest.mark.parametrize("days", [-1, 1])
def test_the_control_call_follows_service(served: Case, days: int) -> None:
    refuses(lambda: call(served, days=days), Invalid, "")


def test_the_control_call_names_the_person(served: Case) -> None:
    refuses(lambda: call(served, name=" "), Invalid, "Fill in")


def test_there_is_no_control_call_before_service(case: Case) -> None:
    refuses(lambda: call(case), Refused, "not in service yet")


def test_in_service_the_installation_is_over(served: Case) -> None:
    refuses(served.name_installer, Refused, "in service already")

"""A handover in each stage, and which doors are open in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from suprovid.contracts.models import Contract
from suprovid.demo.case import Plan, Until
from suprovid.demo.clients import CLIENTS
from suprovid.handover import actions as handovers
from suprovid.handover.models import Handover
from suprovid.money import actions as money
from suprovid.people import actions as people
from suprovid.people.rules import AbsenceKind
from suprovid.service import actions as service
from suprovid.service.rules import STEPS
from tests.cast import acting
from tests.roles.things import GROUP, KNOWN, House, Things, of_handover

STAGES = {
    "draft": Plan(CLIENTS[3], 3, Until.DRAFT),
    "sent": Plan(CLIENTS[4], 3, Until.SENT),
    "confirmed": Plan(CLIENTS[5], 3, Until.CONFIRMED),
    "returned": Plan(CLIENTS[6], 3, Until.CONFIRMED),
    "visas": Plan(CLIENTS[7], 3, Until.VISAS),
    "all visas": Plan(CLIENTS[8], 3, Until.ALL_VISAS),
    "installed": Plan(CLIENTS[9], 4, Until.INSTALLED),
    "submitted": Plan(CLIENTS[10], 4, Until.SUBMITTED),
    "record confirmed": Plan(CLIENTS[11], 6, Until.CONFIRMED_RECORD),
    "in service": Plan(CLIENTS[12], 6, Until.IN_SERVICE),
}
DOORS = {
    "draft": """handover:send handover:fill handover:attach handover:name-invoice
        {one}/send {one}/invoice {item}/form {item}/papers""",
    "sent": "handover:send-back handover:confirm {one}/send-back {one}/confirm",
    "confirmed": """handover:give handover:refuse handover:return handover:call-off
        handover:change-group handover:first-contact {item}/visa {item}/refuse
        {one}/return {one}/call-off {one}/group {one}/first-contact""",
    "returned": "handover:answer {one}/answer",
    "visas": "handover:withdraw {item}/withdraw",
    "all visas": "handover:accept {one}/accept",
    "installed": "service:submit {work}/submit",
    "submitted": """service:confirm service:send-back
        {work}/confirm {work}/send-back""",
    "record confirmed": "service:appoint {work}/manager",
    "in service": "service:call {work}/control-call",
}
OF_ANOTHER = (
    "people:dismiss",
    "people:end-role",
    "people:grant",
    "/api/v1/people/roles/{grant_id}/end",
    "/api/v1/people/{person_id}/dismiss",
    "/api/v1/people/{person_id}/roles",
)
"""Nobody does this to himself."""
PATHS = {
    "{one}": "/api/v1/handovers/{handover_id}",
    "{item}": "/api/v1/handovers/{handover_id}/items/{item_id}",
    "{work}": "/api/v1/installations/{handover_id}",
}


def _spelled(names: str) -> str:
    for short, path in PATHS.items():
        names = names.replace(short, path)
    return names


STAGE_OF = {
    name: stage for stage, names in DOORS.items() for name in _spelled(names).split()
}


def prepared(house: House, now: datetime) -> dict[str, Things]:
    """By the name of a door, what it puts in place of the usual things."""
    cast = house.cast
    found = {
        stage: Handover.objects.get(client__code=plan.client.code)
        for stage, plan in STAGES.items()
    }
    handovers.return_to_sales(
        actor=acting(cast.olena, now),
        handover_id=found["returned"].pk,
        remarks="не вистачає додатка",
    )
    service.save_record(
        actor=acting(cast.pavlo, now),
        handover_id=found["installed"].pk,
        kit="Універсал",
        version="2026.4",
        workplaces=5,
        steps_done=[step.value for step in STEPS],
    )
    of_stage = {stage: of_handover(handover) for stage, handover in found.items()}
    at_door = {name: of_stage[stage] for name, stage in STAGE_OF.items()}
    return at_door | _beside(house)


def _beside(house: House) -> dict[str, Things]:
    """What other doors need: an empty group, money that lies nowhere, one away."""
    cast = house.cast
    now = datetime.now(UTC)
    empty = people.create_group(actor=acting(cast.yaroslav, now), name="Дарниця")
    loose = money.enter_payment(
        actor=acting(cast.halyna, now),
        booked_at=now - timedelta(hours=1),
        amount=Decimal(300),
        payer_name="ТОВ «Платник»",
        document="ПД-1",
    )
    begun = people.declare_absence(
        actor=acting(cast.iryna, now),
        person_id=cast.bohdan.pk,
        kind=AbsenceKind.ILLNESS,
        first_day=now.date() - timedelta(days=2),
        last_day=now.date() + timedelta(days=2),
    )
    another = house.things[GROUP]
    known = Contract.objects.get(client__code=KNOWN.code)
    told: dict[tuple[str, ...], Things] = {
        ("people:close-group", "/api/v1/groups/{group_id}/close"): {
            "group_id": empty.pk
        },
        ("money:void", "/api/v1/payments/{payment_id}/void"): {"payment_id": loose.pk},
        ("people:return", "/api/v1/people/absences/{absence_id}/return"): {
            "absence_id": begun.pk
        },
        ("handover:open", "/api/v1/handovers"): {"contract_id": known.pk},
        OF_ANOTHER: {name: another[name] for name in ("person_id", "grant_id")},
    }
    return {name: things for names, things in told.items() for name in names}

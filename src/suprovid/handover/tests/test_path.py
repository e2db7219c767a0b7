"""A client goes from sales into service, each step by its own person (S16-S21)."""

from __future__ import annotations

from suprovid.clients.rules import ServedBy, Serving
from suprovid.handover.rules import Stage
from suprovid.obligations.models import Obligation
from tests.path import Case


def test_a_client_goes_from_sales_into_service(case: Case) -> None:
    case.ready()
    case.accept()
    case.installed()

    case.appoint()

    case.client.refresh_from_db()
    assert case.standing.stage is Stage.IN_SERVICE
    assert case.client.serving == Serving.SERVED
    assert case.client.served_by == ServedBy.HANDOVER
    assert case.client.manager == case.cast.taras
    assert [row.kind for row in Obligation.objects.filter(ended_at=None)] == [
        "service.control_call"
    ]

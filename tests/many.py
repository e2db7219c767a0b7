"""A department of many clients, made in bulk from one: only to count queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Field, Model

from suprovid.clients.models import Client, Contact, SearchWord
from suprovid.contracts.models import Contract, Line
from suprovid.handover.models import (
    FilledForm,
    Handover,
    Item,
    ItemPaper,
    Sheet,
    Visa,
)
from suprovid.money.models import Allocation, Invoice, Payment
from suprovid.obligations.models import Obligation
from tests.path import Case

M = TypeVar("M", bound=Model)
_serial = count(1)


def multiply(case: Case, times: int) -> None:
    """The case, its client and all that hangs on them, so many times more."""
    many = _Twins([f"{next(_serial):05}" for _ in range(times)])
    client = {"client": case.client.pk}
    many.of(Client.objects.filter(pk=case.client.pk), code=lambda _row, n: f"9{n}")
    many.of(Contact.objects.filter(**client))
    many.of(SearchWord.objects.filter(**client))
    many.of(Contract.objects.filter(**client), number=_numbered)
    many.of(Line.objects.filter(contract=case.contract.pk))
    many.of(Invoice.objects.filter(contract=case.contract.pk), number=_numbered)
    laid = Allocation.objects.filter(invoice__contract=case.contract.pk)
    many.of(
        Payment.objects.filter(pk__in=laid.values("payment")),
        line_key=lambda row, n: f"{row.line_key[:50]}{n}",
    )
    many.of(laid)
    many.of(Handover.objects.filter(pk=case.id), number=lambda _row, n: f"П-{n}")
    many.of(Sheet.objects.filter(handover=case.id))
    many.of(Item.objects.filter(sheet__handover=case.id))
    for model in (ItemPaper, FilledForm, Visa):
        many.of(model._default_manager.filter(item__sheet__handover=case.id))
    terms = Obligation.objects.filter(client=case.client.pk)
    many.of([row for row in terms if many.knows(row.subject)], subject=many.subject)


def _numbered(row: Any, n: str) -> str:
    return f"{row.number}-{n}"


class _Twins:
    """Copies of rows, one for each serial, that point at each other's copies."""

    def __init__(self, serials: list[str]) -> None:
        self.serials = serials
        self.made: dict[tuple[type[Model] | None, Any, str], Any] = {}

    def of(self, rows: Iterable[M], **anew: Callable[[M, str], Any]) -> None:
        kept = [(row, n) for row in rows for n in self.serials]
        twins = [self._twin(row, n, anew) for row, n in kept]
        if twins:
            type(twins[0])._default_manager.bulk_create(twins, batch_size=500)
        for (row, n), twin in zip(kept, twins, strict=True):
            self.made[type(row), row.pk, n] = twin.pk

    def _twin(self, row: M, n: str, anew: dict[str, Callable[[M, str], Any]]) -> M:
        values = {
            field.attname: self._value(field, getattr(row, field.attname), n)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        return type(row)(**values | {name: make(row, n) for name, make in anew.items()})

    def _value(self, field: Field[Any, Any], value: Any, n: str) -> Any:
        if not field.is_relation:
            return value
        return self.made.get((field.related_model, value, n), value)

    def knows(self, subject: str) -> bool:
        return self._key(subject, self.serials[0]) in self.made

    def subject(self, row: Obligation, n: str) -> str:
        label, _colon, _pk = row.subject.partition(":")
        return f"{label}:{self.made[self._key(row.subject, n)]}"

    @staticmethod
    def _key(subject: str, n: str) -> tuple[type[Model], int, str]:
        label, _colon, pk = subject.partition(":")
        return apps.get_model(label), int(pk), n

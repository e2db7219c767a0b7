"""Handovers at a glance, for boards: how each line stands and who holds it up.

Labels, sizes and what forms say are left out (the sheet's own page tells them), so the
queries are few, whatever the number of handovers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet, Value

from suprovid.handover.models import (
    FilledForm,
    Handover,
    Item,
    ItemPaper,
    Sheet,
    Visa,
)
from suprovid.handover.queries.standing import line_of, money_on, stamp_of
from suprovid.handover.rules import Attached, Carrier, Filled, Line, Stage, Standing

GLANCED = ("client", "group", "sales", "first_invoice")
"""What the rows given to `glances` have selected with them."""


def glances(handovers: Iterable[Handover]) -> dict[int, Standing]:
    """By id, each with its newest sheet."""
    rows = {row.pk: row for row in handovers}
    items = _newest_items(rows)
    lines = _lines(rows, [item for some in items.values() for item in some])
    return {
        pk: _glance(rows[pk], some[0].sheet, tuple(lines[item.pk] for item in some))
        for pk, some in items.items()
    }


def _newest_items(rows: Mapping[int, Handover]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    items = Item.objects.filter(sheet__handover__in=list(rows)).select_related("sheet")
    for item in items.order_by("sheet__round", "number"):
        some = found.setdefault(item.sheet.handover_id, [])
        if some and some[0].sheet_id != item.sheet_id:
            some.clear()
        some.append(item)
    return found


def _lines(rows: Mapping[int, Handover], items: list[Item]) -> dict[int, Line]:
    ids = [item.pk for item in items]
    papers, forms = _held(ids)
    visas = Visa.objects.filter(item__in=ids, standing=True)
    stamps = {visa.item_id: stamp_of(visa) for visa in visas}
    money = money_on(rows.values())
    return {
        item.pk: line_of(
            item,
            papers=papers[item.pk],
            form=forms.get(item.pk),
            money=money.get(rows[item.sheet.handover_id].first_invoice_id or 0),
            stamp=stamps.get(item.pk),
            frozen=item.sheet.closed_at is not None,
        )
        for item in items
    }


def _held(ids: list[int]) -> tuple[dict[int, list[Attached]], dict[int, Filled]]:
    """What lies on the lines to be confirmed, papers and forms in one query."""
    papers: defaultdict[int, list[Attached]] = defaultdict(list)
    forms: dict[int, Filled] = {}
    for item_id, what, number, digest, by, for_whom, at in sorted(_rows(ids)):
        if what == Carrier.PAPER:
            papers[item_id].append(Attached(number, digest, by, for_whom, at))
        else:  # the newest version is the last
            forms[item_id] = Filled(number, digest, by, for_whom, at)
    return papers, forms


def _rows(ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    papers = ItemPaper.objects.filter(item__in=ids, replaced_at=None)
    forms = FilledForm.objects.filter(item__in=ids)
    return papers.values_list(
        "item_id",
        Value(Carrier.PAPER.value),
        "pk",
        "paper__content_id",
        "paper__brought_by_id",
        "for_whom_id",
        "attached_at",
    ).union(
        forms.values_list(
            "item_id",
            Value(Carrier.FORM.value),
            F("version"),
            "digest",
            "filled_by_id",
            "for_whom_id",
            "filled_at",
        ),
        all=True,
    )


def _glance(row: Handover, sheet: Sheet, lines: tuple[Line, ...]) -> Standing:
    return Standing(
        id=row.pk,
        number=row.number,
        stage=Stage(row.stage),
        group_id=row.group_id,
        client_id=row.client_id,
        sales_id=row.sales_id,
        sales_name=row.sales.short_name,
        sheet_id=sheet.pk,
        round=sheet.round,
        sheet_opened_at=sheet.opened_at,
        closed_at=sheet.closed_at,
        returned_at=row.returned_at,
        remarks=row.remarks,
        paid_at=row.paid_at,
        lines=lines,
    )

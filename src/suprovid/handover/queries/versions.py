"""What a line held when somebody looked at it, and what it holds now (7.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from suprovid.handover import rules
from suprovid.handover.models import FilledForm, Item, ItemPaper
from suprovid.handover.queries.sheet_lines import form_values
from suprovid.handover.queries.sheet_page import seen
from suprovid.handover.rules import ItemCode
from suprovid.people.rules import Viewer
from suprovid.web import say


@dataclass(frozen=True)
class Version:
    """A paper or a form as somebody saw it, perhaps no longer in force."""

    name: str
    short: str
    at: datetime
    brought_by: str
    in_force: bool
    item_paper_id: int | None = None
    values: tuple[tuple[str, str], ...] = ()


def versions(
    viewer: Viewer, handover_id: int, item_id: int, holds: Iterable[str]
) -> tuple[Version, ...]:
    """What stood behind the hashes that a person saw on a line.

    Raises:
        Missing: not there, or not theirs.
    """
    items = Item.objects.filter(sheet__handover=seen(viewer, handover_id), pk=item_id)
    asked = list(holds)
    papers = ItemPaper.objects.filter(item__in=items, paper__content__in=asked)
    papers = papers.select_related("paper__brought_by").order_by("attached_at")
    filled = FilledForm.objects.filter(item__in=items, digest__in=asked)
    filled = filled.select_related("filled_by", "item").order_by("version")
    newest = FilledForm.objects.filter(item__in=items).order_by("-version").first()
    return (
        *(_of_paper(row) for row in papers),
        *(_of_form(row, in_force=row == newest) for row in filled),
    )


def _of_paper(row: ItemPaper) -> Version:
    return Version(
        name=row.paper.name,
        short=" ".join(rules.short([row.paper.content_id])),
        at=row.attached_at,
        brought_by=say.short_name(row.paper.brought_by.short_name),
        in_force=row.replaced_at is None,
        item_paper_id=row.pk,
    )


def _of_form(row: FilledForm, *, in_force: bool) -> Version:
    code = ItemCode(row.item.code)
    return Version(
        name=f"{say.label(code)}, {row.version}",
        short=" ".join(rules.short([row.digest])),
        at=row.filled_at,
        brought_by=say.short_name(row.filled_by.short_name),
        in_force=in_force,
        values=tuple(form_values(code, row.values)),
    )

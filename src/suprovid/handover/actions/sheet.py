"""Papers and forms of the sheet: attached, replaced, filled in (PROCESS 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from suprovid.documents.actions import keep
from suprovid.documents.rules import Upload
from suprovid.handover.actions.clocks import meet, settle, tell_fallen
from suprovid.handover.actions.shared import Scene, demand, for_whom, scene, tell
from suprovid.handover.models import FilledForm, Item, ItemPaper
from suprovid.handover.rules import (
    FORMS,
    Line,
    fits_blank,
    form_digest,
    may_attach,
    may_fill,
    sales_seat,
    tidy,
)
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Invalid, invalid


@transaction.atomic
def attach_paper(
    *,
    actor: Actor,
    handover_id: int,
    item_id: int,
    upload: Upload,
    replaces: int | None = None,
) -> ItemPaper:
    """Bring a paper of an item, beside those that are there or instead of one.

    Raises:
        Missing, Forbidden, Refused, Invalid: the file cannot be kept.
    """
    at = scene(actor, handover_id)
    before = at.line(item_id)
    demand(may_attach(at.standing, before, at.hand))
    seat = sales_seat(at.standing, at.hand)
    old = _replaced(before, replaces)
    paper = keep(actor=actor, upload=upload, client_id=at.handover.client_id)
    row = ItemPaper.objects.create(
        item_id=item_id,
        paper=paper,
        for_whom_id=for_whom(seat),
        attached_at=actor.now,
    )
    if old is not None:
        old.replaced_at, old.replaced_by = actor.now, row
        old.save(update_fields=["replaced_at", "replaced_by"])
    tell(
        at,
        "handover.paper.replaced" if old else "handover.paper.attached",
        subject=row.item,
        seat=seat,
        details={
            "item_code": before.code.value,
            "sha256": paper.content_id,
            "paper": paper.pk,
        },
    )
    _follow(at, before, for_whom(seat))
    return row


def _replaced(line: Line, item_paper_id: int | None) -> ItemPaper | None:
    """The paper that gives way; one that has given way already is not there."""
    if item_paper_id is None:
        return None
    if item_paper_id not in {paper.id for paper in line.papers}:
        raise invalid(
            "replaces", "This paper has been replaced already: look at the new one."
        )
    return ItemPaper.objects.get(pk=item_paper_id)


@transaction.atomic
def fill_form(
    *, actor: Actor, handover_id: int, item_id: int, values: Mapping[str, str]
) -> FilledForm:
    """Fill in the card or the application; each change is a version of its own.

    Raises:
        Missing, Forbidden, Refused, Invalid: on the field that does not fit.
    """
    at = scene(actor, handover_id)
    before = at.line(item_id)
    demand(may_fill(at.standing, before, at.hand))
    seat = sales_seat(at.standing, at.hand)
    told = _checked(before, values)
    digest = form_digest(told)
    if before.form is not None and before.form.digest == digest:
        return FilledForm.objects.get(item=item_id, version=before.form.version)
    row = FilledForm.objects.create(
        item_id=item_id,
        version=before.form.version + 1 if before.form else 1,
        values=told,
        digest=digest,
        filled_by_id=at.person_id,
        for_whom_id=for_whom(seat),
        filled_at=actor.now,
    )
    tell(
        at,
        "handover.form.filled",
        subject=row.item,
        seat=seat,
        details={
            "item_code": before.code.value,
            "version": row.version,
            "digest": digest,
        },
    )
    _follow(at, before, for_whom(seat))
    return row


def _checked(line: Line, values: Mapping[str, str]) -> dict[str, str]:
    blanks = FORMS[line.code]
    told = tidy(values)
    if strange := set(told) - {blank.name for blank in blanks}:
        raise invalid(min(strange), "The form has no such field.")
    for blank in blanks:
        decision = fits_blank(blank, told.get(blank.name, ""))
        if decision.reason is not None:
            raise Invalid(blank.name, decision.reason)
    return told


def _follow(at: Scene, before: Line, absent: int | None) -> None:
    """What a new version does: ends what sales owed, may make a visa fall."""
    now = at.anew()
    line, item = now.line(before.id), Item(pk=before.id)
    if line.complete:
        meet(now, "handover.item_papers", item, for_whom=absent)
    if before.refused and not line.refused:
        meet(now, "handover.remarks", item, for_whom=absent)
    if before.in_force and not line.in_force:
        tell_fallen(now, line)
    settle(now)

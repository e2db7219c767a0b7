"""The sheet's page, shown and shown again with a form that was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.handover import forms, queries
from suprovid.handover.queries import LinePage, SheetPage, Version
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest
from suprovid.web.parts import Crumb

EITHER = ["GET", "HEAD", "POST"]
Data = Mapping[str, Any]


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Handovers"), reverse("handover:board")), *more]


def address(handover_id: int) -> str:
    return reverse("handover:handover", args=[handover_id])


def _blanks(shown: SheetPage) -> dict[str, Form]:
    """The small forms of the page, empty."""
    return {
        "send_back": forms.Remarks(auto_id="back_%s"),
        "return": forms.Remarks(auto_id="return_%s"),
        "answer": forms.Answer(auto_id="answer_%s"),
        "call_off": forms.CallOff(auto_id="off_%s"),
        "object": forms.Objection(auto_id="object_%s", items=shown.items),
        "group": forms.GroupAndContract(auto_id="group_%s", groups=shown.groups),
        "invoice": forms.FirstInvoice(auto_id="invoice_%s", invoices=shown.invoices),
    }


def _line_blanks(line: LinePage) -> dict[str, Form]:
    number = line.line.id
    return {
        "papers": forms.PaperUpload(auto_id=f"papers_{number}_%s"),
        "withdraw": forms.WithdrawVisa(auto_id=f"withdraw_{number}_%s"),
        "refuse": forms.RefuseVisa(
            auto_id=f"refuse_{number}_%s", requirements=line.line.requirements
        ),
    }


def _changed(
    request: PersonRequest, shown: SheetPage, item_id: int, form: Form | None
) -> dict[str, tuple[Version, ...]] | None:
    """What was seen beside what is there now, when a visa came too late."""
    if form is None or not isinstance(form, forms.GiveVisa):
        return None
    line = shown.standing.line(item_id)
    held = form.data.getlist("seen") if isinstance(form.data, QueryDict) else []
    if line is None or sorted(held) == sorted(line.holds):
        return None
    now = queries.versions(request.viewer, shown.id, item_id, line.holds)
    return {
        "was": queries.versions(request.viewer, shown.id, item_id, held),
        "now": tuple(version for version in now if version.in_force),
    }


def _urgent(shown: SheetPage) -> dict[str, Any]:
    """The one button of the page that is pressed first: it alone is the primary."""
    name, item_id = _pressed_first(shown) if shown.is_newest else ("", 0)
    return {"urgent": name, "urgent_item": item_id, "accepts": name == "accept"}


def _pressed_first(shown: SheetPage) -> tuple[str, int]:
    may = shown.may
    if may.send.allowed or may.confirm.allowed or may.answer.allowed:
        return "", 0  # primary where they stand
    for row in shown.lines:
        if row.give.allowed:
            return "visa", row.line.id
    for row in shown.lines:
        if row.attach.allowed and row.by_paper and not row.line.papers:
            return "papers", row.line.id
    if may.accept.allowed:
        return "accept", 0
    if may.contact.allowed and not shown.contact:
        return "contact", 0
    return ("installation", 0) if shown.stage == "accepted" else ("", 0)


def show(
    request: PersonRequest,
    handover_id: int,
    *,
    failed: str = "",
    item_id: int = 0,
    form: Form | None = None,
    number: int | None = None,
) -> HttpResponse:
    """The page, with a form that was refused open at its place."""
    now = request.actor.now
    shown = queries.sheet_page(
        request.viewer, handover_id, now, number=number, members=request.staff
    )
    blanks = _blanks(shown)
    rows = [(line, _line_blanks(line)) for line in shown.lines]
    if form is not None and item_id:
        for line, of_line in rows:
            if line.line.id == item_id:
                of_line[failed] = form
    elif form is not None:
        blanks[failed] = form
    changed = _changed(request, shown, item_id, form)
    data = {
        "page": shown,
        "rows": rows,
        "changed": changed,
        "forms": blanks,
        "failed": failed,
        "failed_item": item_id,
        "failed_form": form,
        "crumbs": crumbs(Crumb(shown.number)),
        "timeline": queries.timeline(request.viewer, handover_id),
        "now": now,
        **_urgent(shown),
    }
    return render(request, "handover/handover.html", data)


def press(
    request: PersonRequest,
    handover_id: int,
    name: str,
    form: Form | None,
    work: Callable[[Data], object],
    *,
    item_id: int = 0,
    said: str = "",
) -> HttpResponseBase:
    """One verb of the page: done once, then the page again."""
    return perform(
        request,
        f"handover.{name}",
        form,
        work=work,
        done=lambda _done: address(handover_id),
        again=lambda form: show(
            request, handover_id, failed=name, item_id=item_id, form=form
        ),
        said=said,
    )

"""Pages of installations, and of taking clients over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.service import actions, forms, queries
from suprovid.service.actions import TakeOverRow
from suprovid.service.queries import InstallationPage, TakeOverPage
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb
from suprovid.web.sending import send

Data = Mapping[str, Any]


def _address(handover_id: int) -> str:
    return reverse("service:installation", args=[handover_id])


def _blanks(shown: InstallationPage, now: datetime) -> dict[str, Form]:
    """The forms of the page, filled with what is known."""
    work = shown.work
    lines = shown.contract.lines
    record = {
        "kit": work.kit or (lines[0].kit if lines else ""),
        "version": work.version,
        "workplaces": work.workplaces or sum(line.seats for line in lines) or None,
        "steps_done": [step.value for step in work.steps_done],
        "note": shown.note,
    }
    spoke = {"spoke_with": shown.contact.spoke_with} if shown.contact else {}
    signer = {"signed_by": shown.contact.spoke_with} if shown.contact else {}
    return {
        "installer": forms.Who(
            auto_id="installer_%s",
            people=shown.installers,
            title=_("Installer"),
            initial={"person_id": work.installer_id},
        ),
        "done": forms.Done(auto_id="done_%s", initial={"done_at": now}),
        "record": forms.Record(auto_id="record_%s", initial=record),
        "signed": forms.Signed(auto_id="signed_%s", initial=signer),
        "send_back": forms.Remarks(auto_id="back_%s"),
        "manager": forms.Who(
            auto_id="manager_%s", people=shown.managers, title=_("Service manager")
        ),
        "call": forms.Call(auto_id="call_%s", initial=spoke | {"made_at": now}),
    }


def _show(
    request: PersonRequest,
    handover_id: int,
    *,
    failed: str = "",
    form: Form | None = None,
) -> HttpResponse:
    now = request.actor.now
    shown = queries.installation_page(
        request.viewer, handover_id, now, members=request.staff
    )
    blanks = _blanks(shown, now)
    if form is not None:
        blanks[failed] = form
    sheet = reverse("handover:handover", args=[handover_id])
    data = {
        "page": shown,
        "forms": blanks,
        "failed": failed,
        "failed_form": form,
        "crumbs": [
            Crumb(_("Handovers"), reverse("handover:board")),
            Crumb(shown.number, sheet),
        ],
        "now": now,
    }
    return render(request, "service/installation.html", data)


def _press(
    request: PersonRequest,
    handover_id: int,
    name: str,
    form: Form | None,
    work: Callable[[Data], object],
    said: str = "",
) -> HttpResponseBase:
    return perform(
        request,
        f"service.{name}",
        form,
        work=work,
        done=lambda _done: _address(handover_id),
        again=lambda form: _show(request, handover_id, failed=name, form=form),
        said=said,
    )


@page
@require_GET
def installation(request: PersonRequest, handover_id: int) -> HttpResponse:
    return _show(request, handover_id)


@page
@require_POST
def name_installer(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    shown = queries.installation_page(request.viewer, handover_id, request.actor.now)
    return _press(
        request,
        handover_id,
        "installer",
        forms.Who(
            request.POST,
            auto_id="installer_%s",
            people=shown.installers,
            title=_("Installer"),
        ),
        lambda data: actions.name_installer(
            actor=request.actor,
            handover_id=handover_id,
            installer_id=data["person_id"],
        ),
        said=_("Installer named."),
    )


@page
@require_POST
def record_done(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return _press(
        request,
        handover_id,
        "done",
        forms.Done(request.POST, auto_id="done_%s"),
        lambda data: actions.record_installation_done(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Installation recorded as done."),
    )


@page
@require_POST
def save(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    form = forms.Record(request.POST, request.FILES, auto_id="record_%s")
    return _press(
        request,
        handover_id,
        "record",
        form,
        lambda data: actions.save_record(
            actor=request.actor,
            handover_id=handover_id,
            **{**data, "photos": form.uploads},
        ),
        said=_("Record saved."),
    )


@page
@require_POST
def submit(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    form = forms.Signed(request.POST, request.FILES, auto_id="signed_%s")
    return _press(
        request,
        handover_id,
        "signed",
        form,
        lambda data: actions.submit_record(
            actor=request.actor,
            handover_id=handover_id,
            signed_by=data["signed_by"],
            signature=form.upload,
        ),
        said=_("Record submitted."),
    )


@page
@require_POST
def send_back(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return _press(
        request,
        handover_id,
        "send_back",
        forms.Remarks(request.POST, auto_id="back_%s"),
        lambda data: actions.send_back_record(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Record returned with remarks."),
    )


@page
@require_POST
def confirm(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return _press(
        request,
        handover_id,
        "confirm",
        None,
        lambda _data: actions.confirm_record(
            actor=request.actor, handover_id=handover_id
        ),
        said=_("Installation confirmed."),
    )


@page
@require_POST
def appoint(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    shown = queries.installation_page(request.viewer, handover_id, request.actor.now)
    return _press(
        request,
        handover_id,
        "manager",
        forms.Who(
            request.POST,
            auto_id="manager_%s",
            people=shown.managers,
            title=_("Service manager"),
        ),
        lambda data: actions.appoint_manager(
            actor=request.actor, handover_id=handover_id, manager_id=data["person_id"]
        ),
        said=_("The client is in service."),
    )


@page
@require_POST
def call(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return _press(
        request,
        handover_id,
        "call",
        forms.Call(request.POST, auto_id="call_%s"),
        lambda data: actions.record_control_call(
            actor=request.actor, handover_id=handover_id, **data
        ),
        said=_("Control call recorded."),
    )


@page
@require_GET
def signature(request: PersonRequest, handover_id: int) -> HttpResponseBase:
    return send(queries.signature(request.viewer, handover_id), in_page=True)


@page
@require_GET
def photo(request: PersonRequest, handover_id: int, photo_id: int) -> HttpResponseBase:
    return send(queries.photo(request.viewer, handover_id, photo_id), in_page=True)


# ---------------------------------------------------------------- take-over


def _form(shown: TakeOverPage, data: Any = None) -> forms.TakeOver:
    told = [(c.contract_id, f"{c.client}, № {c.contract}") for c in shown.candidates]
    return forms.TakeOver(data, contracts=told, managers=shown.managers)


def _rows(shown: TakeOverPage, data: Data) -> list[TakeOverRow]:
    chosen, (manager, group) = set(data["contracts"]), data["manager"]
    return [
        TakeOverRow(
            client_id=candidate.client_id,
            contract_id=candidate.contract_id,
            manager_id=manager,
            group_id=group,
            since=data["since"],
        )
        for candidate in shown.candidates
        if candidate.contract_id in chosen
    ]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: PersonRequest) -> HttpResponseBase:
    shown = queries.take_over_page(request.viewer, request.actor.now)

    def show(form: Form | None) -> HttpResponse:
        data = {
            "page": shown,
            "form": form or _form(shown),
            "crumbs": [Crumb(_("Clients"), reverse("clients:list"))],
        }
        return asking(request, "service/take_over.html", data, shown.may)

    if request.method != "POST":
        return show(None)
    return perform(
        request,
        "service.take_over",
        _form(shown, request.POST),
        work=lambda data: actions.take_over_many(
            actor=request.actor, rows=_rows(shown, data)
        ),
        done=lambda _taken: reverse("clients:list"),
        again=show,
        said=_("Clients taken over."),
    )

"""Pages of invoices and payments."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from suprovid.contracts.queries import contract_page
from suprovid.money import actions, forms, queries
from suprovid.money.rules import may_handle_money
from suprovid.people.queries import today
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb

EITHER = ["GET", "HEAD", "POST"]


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Money"), reverse("money:list")), *more]


def _invoice_at(invoice_id: int) -> str:
    return reverse("money:invoice", args=[invoice_id])


def _payment_at(payment_id: int) -> str:
    return reverse("money:payment", args=[payment_id])


@page
@require_GET
def money(request: PersonRequest) -> HttpResponse:
    form = forms.WhatMoney(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = queries.money_page(
        request.viewer, show=asked.get("show", ""), number=asked.get("page") or 1
    )
    return render(request, "money/list.html", {"page": shown})


@page
@require_http_methods(EITHER)
def new_invoice(request: PersonRequest, contract_id: int) -> HttpResponseBase:
    def show(form: Form | None) -> HttpResponse:
        shown = contract_page(request.viewer, contract_id)
        handling = may_handle_money(request.viewer)
        data = {"form": form, "page": shown, "handling": handling, "crumbs": crumbs()}
        return asking(request, "money/new_invoice.html", data, handling)

    if request.method != "POST":
        return show(forms.NewInvoice(initial={"issued_on": today(request.actor.now)}))
    return perform(
        request,
        "money.issue_invoice",
        forms.NewInvoice(request.POST),
        work=lambda data: actions.issue_invoice(
            actor=request.actor, contract_id=contract_id, **data
        ),
        done=lambda issued: _invoice_at(issued.pk),
        again=show,
        said=_("Invoice issued."),
    )


def _show_invoice(
    request: PersonRequest, invoice_id: int, why: Form | None = None
) -> HttpResponse:
    shown = queries.invoice_page(request.viewer, invoice_id)
    data = {"page": shown, "why_form": why, "form": None, "crumbs": crumbs()}
    return render(request, "money/invoice.html", data)


@page
@require_GET
def invoice(request: PersonRequest, invoice_id: int) -> HttpResponse:
    return _show_invoice(request, invoice_id)


@page
@require_POST
def cancel_invoice(request: PersonRequest, invoice_id: int) -> HttpResponseBase:
    queries.invoice_page(request.viewer, invoice_id)
    return perform(
        request,
        "money.cancel_invoice",
        forms.Why(request.POST),
        work=lambda data: actions.cancel_invoice(
            actor=request.actor, invoice_id=invoice_id, **data
        ),
        done=lambda cancelled: _invoice_at(cancelled.pk),
        again=lambda form: _show_invoice(request, invoice_id, form),
        said=_("Invoice cancelled."),
    )


def _payment_form(
    request: PersonRequest, form: Form | None, invoice_id: int | None
) -> HttpResponse:
    handling = may_handle_money(request.viewer)
    shown = invoice_id and queries.invoice_page(request.viewer, invoice_id).invoice
    data = {"form": form, "invoice": shown, "handling": handling, "crumbs": crumbs()}
    return asking(request, "money/new_payment.html", data, handling)


def _enter(request: PersonRequest, invoice_id: int | None) -> HttpResponseBase:
    return perform(
        request,
        "money.enter_payment",
        forms.NewPayment(request.POST),
        work=lambda data: actions.enter_payment(
            actor=request.actor, invoice_id=invoice_id, **data
        ),
        done=lambda entered: _payment_at(entered.pk),
        again=lambda form: _payment_form(request, form, invoice_id),
        said=_("Payment entered."),
    )


@page
@require_http_methods(EITHER)
def new_payment(request: PersonRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _enter(request, None)
    return _payment_form(request, forms.NewPayment(), None)


@page
@require_http_methods(EITHER)
def pay_invoice(request: PersonRequest, invoice_id: int) -> HttpResponseBase:
    if request.method == "POST":
        return _enter(request, invoice_id)
    owed = queries.invoice_page(request.viewer, invoice_id).invoice
    start = {"amount": owed.owed, "payer_name": owed.client}
    return _payment_form(request, forms.NewPayment(initial=start), invoice_id)


def _show_payment(
    request: PersonRequest,
    payment_id: int,
    *,
    lay: Form | None = None,
    why: Form | None = None,
) -> HttpResponse:
    shown = queries.payment_page(request.viewer, payment_id)
    data = {
        "page": shown,
        "lay_form": lay or forms.Allocate(invoices=list(shown.invoices)),
        "why_form": why,
        "crumbs": crumbs(),
    }
    return render(request, "money/payment.html", data)


@page
@require_GET
def payment(request: PersonRequest, payment_id: int) -> HttpResponse:
    return _show_payment(request, payment_id)


@page
@require_POST
def allocate(request: PersonRequest, payment_id: int) -> HttpResponseBase:
    shown = queries.payment_page(request.viewer, payment_id)
    return perform(
        request,
        "money.allocate",
        forms.Allocate(request.POST, invoices=list(shown.invoices)),
        work=lambda data: actions.allocate(
            actor=request.actor, payment_id=payment_id, **data
        ),
        done=lambda _laid: _payment_at(payment_id),
        again=lambda form: _show_payment(request, payment_id, lay=form),
        said=_("Laid on the invoice."),
    )


@page
@require_POST
def void(request: PersonRequest, payment_id: int) -> HttpResponseBase:
    return perform(
        request,
        "money.void_payment",
        forms.Why(request.POST),
        work=lambda data: actions.void_payment(
            actor=request.actor, payment_id=payment_id, **data
        ),
        done=lambda _voided: _payment_at(payment_id),
        again=lambda form: _show_payment(request, payment_id, why=form),
        said=_("Payment struck out."),
    )


@page
@require_POST
def undo(request: PersonRequest, allocation_id: int) -> HttpResponseBase:
    payment_id = queries.payment_of(request.viewer, allocation_id)
    return perform(
        request,
        "money.undo_allocation",
        forms.Why(request.POST),
        work=lambda data: actions.undo_allocation(
            actor=request.actor, allocation_id=allocation_id, **data
        ),
        done=lambda undone: _payment_at(undone.payment_id),
        again=lambda form: _show_payment(request, payment_id, why=form),
        said=_("Taken off the invoice."),
    )

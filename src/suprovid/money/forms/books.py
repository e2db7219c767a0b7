"""Shapes of what is typed about invoices, payments, accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from suprovid.money.rules import LARGEST
from suprovid.web.inputs import DayField, MomentField, MoneyField

LEAST = Decimal("0.01")


class NewInvoice(forms.Form):
    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        required=False,
        help_text=_("Leave empty to take the next one."),
    )
    issued_on = DayField(label=_("Issued on"))
    total = MoneyField(label=_("Sum with VAT"), min_value=LEAST, max_value=LARGEST)
    vat = MoneyField(
        label=_("VAT within it"),
        required=False,
        min_value=0,
        help_text=_("Leave empty for 20 %."),
    )
    note = forms.CharField(label=_("For what"), max_length=200, required=False)


class NewPayment(forms.Form):
    booked_at = MomentField(
        label=_("Booked by the bank"),
        help_text=_("The bank's own time; a day off is fine. The terms run from it."),
        widget=forms.DateTimeInput,
    )
    amount = MoneyField(label=_("Sum"), min_value=LEAST, max_value=LARGEST)
    document = forms.CharField(label=_("Number of the payment order"), max_length=35)
    payer_name = forms.CharField(label=_("Payer"), max_length=140)
    payer_code = forms.CharField(label=_("Payer's code"), max_length=12, required=False)
    payer_iban = forms.CharField(label=_("Payer's IBAN"), max_length=42, required=False)
    purpose = forms.CharField(
        label=_("Purpose of payment"),
        max_length=420,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Allocate(forms.Form):
    invoice_id = forms.TypedChoiceField(label=_("Invoice"), coerce=int)
    amount = MoneyField(label=_("Sum"), min_value=LEAST, required=False)

    def __init__(
        self, *args: Any, invoices: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice_id"].choices = invoices  # type: ignore[attr-defined]


class Why(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300)


class NewAccount(forms.Form):
    iban = forms.CharField(label="IBAN", max_length=42)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("What we call this account."),
    )


class ChangeAccount(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    posts_sure = forms.BooleanField(
        label=_("Lay lines that leave no doubt at once"),
        required=False,
        help_text=_("The invoice is named, the payer is its client, the sum is owed."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class WhatMoney(forms.Form):
    """Filters of the money page."""

    show = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("unpaid", ""), ("free", ""), ("payments", "")],
    )
    page = forms.IntegerField(min_value=1, max_value=100000, required=False)

"""Shapes of what is typed about contracts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from suprovid.contracts.rules import (
    WORDS,
    CountFrom,
    Delivery,
    OwnTermUnit,
    Periodicity,
    Variant,
)
from suprovid.web.inputs import DayField, MoneyField


def choices(members: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(member.value, _(WORDS[member])) for member in members]


class ContractTerms(forms.Form):
    signed_on = DayField(label=_("Signed on"))
    valid_from = DayField(label=pgettext_lazy("a contract", "In force from"))
    valid_to = DayField(label=_("In force until"), required=False)
    price_agreement = forms.CharField(
        label=_("Additional agreement on price"),
        max_length=60,
        required=False,
        help_text=_("Its number, such as № 1."),
    )
    price_agreed_on = DayField(label=_("Agreed on"), required=False)
    own_term_count = forms.IntegerField(
        label=_("Own term of installation"),
        required=False,
        min_value=0,
        max_value=366,
        help_text=_("Leave empty: 3 working days from the payment."),
    )
    own_term_unit = forms.TypedChoiceField(
        label=_("Counted in"),
        required=False,
        choices=[("", "—"), *choices(OwnTermUnit)],
        coerce=OwnTermUnit,
        empty_value=None,
    )
    own_term_from = forms.TypedChoiceField(
        label=_("Running"),
        required=False,
        choices=[("", "—"), *choices(CountFrom)],
        coerce=CountFrom,
        empty_value=None,
    )
    may_agree_later = forms.BooleanField(
        label=_("The contract allows a later agreed date of installation"),
        required=False,
    )


class NewContract(ContractTerms):
    number = forms.CharField(label=_("Number"), max_length=40)
    regular = forms.BooleanField(
        label=_("Regular client"),
        required=False,
        initial=True,
        help_text=_("One-off clients need no handover."),
    )
    field_order = ["number", "signed_on", "valid_from", "valid_to"]


class EditContract(ContractTerms):
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewLine(forms.Form):
    kit_id = forms.TypedChoiceField(label=_("Kit"), coerce=int)
    variant = forms.TypedChoiceField(
        label=_("Version"), choices=choices(Variant), coerce=Variant
    )
    seats = forms.IntegerField(label=_("Workplaces"), min_value=1, max_value=10000)
    periodicity = forms.TypedChoiceField(
        label=_("Updates"),
        choices=choices(Periodicity),
        coerce=Periodicity,
        initial=Periodicity.WEEKLY,
    )
    delivery = forms.TypedChoiceField(
        label=_("Delivery of updates"), choices=choices(Delivery), coerce=Delivery
    )
    monthly_price = MoneyField(label=_("Price a month without VAT"), min_value=0)
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, kits: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kit_id"].choices = kits  # type: ignore[attr-defined]


class EndLine(forms.Form):
    last_day = DayField(label=_("Last day"))


class NewBank(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    valid_from = DayField(label=_("From"))


class NewKit(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    bank_ids = forms.TypedMultipleChoiceField(
        label=_("Information banks"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = DayField(label=_("From"))

    def __init__(self, *args: Any, banks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank_ids"].choices = banks  # type: ignore[attr-defined]


class WhatList(forms.Form):
    """Filters of the list of contracts."""

    text = forms.CharField(label=_("Number or client"), max_length=100, required=False)
    page = forms.IntegerField(min_value=1, max_value=100000, required=False)

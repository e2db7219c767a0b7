"""Shapes of what is typed on the pages of a handover."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from suprovid.contracts.rules import WORDS as CONTRACT_WORDS
from suprovid.contracts.rules import Delivery
from suprovid.documents.rules import Upload
from suprovid.handover.rules import (
    FORMS,
    WORDS,
    Blank,
    BlankKind,
    CalledOffWhy,
    ItemCode,
    Requirement,
)
from suprovid.web.inputs import DayField, MomentField
from suprovid.web.say import label


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Hashes(forms.Field):
    """The hashes a person saw, as many as there were."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return [str(one)[:120] for one in value or []][:100]


class GroupAndContract(forms.Form):
    """Whose handover is opened and to which group it is proposed."""

    group_id = forms.TypedChoiceField(label=_("Service group"), coerce=int)

    def __init__(
        self, *args: Any, groups: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group_id"].choices = list(groups)  # type: ignore[attr-defined]


class FirstInvoice(forms.Form):
    invoice_id = forms.TypedChoiceField(label=_("First invoice"), coerce=int)

    def __init__(
        self, *args: Any, invoices: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice_id"].choices = list(invoices)  # type: ignore[attr-defined]


class Remarks(forms.Form):
    remarks = forms.CharField(label=_("Remarks"), max_length=4000, widget=lines(3))


class Answer(forms.Form):
    text = forms.CharField(label=_("Answer"), max_length=4000, widget=lines(3))


class CallOff(forms.Form):
    why = forms.TypedChoiceField(
        label=_("Why"),
        choices=[(why.value, _(WORDS[why])) for why in CalledOffWhy],
        coerce=CalledOffWhy,
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=lines(2)
    )


class Objection(forms.Form):
    text = forms.CharField(
        label=_("What proved wrong"), max_length=4000, widget=lines(3)
    )
    item_id = forms.TypedChoiceField(
        label=_("In which line"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, items: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("the whole sheet")), *items]
        self.fields["item_id"].choices = choices  # type: ignore[attr-defined]


class PaperUpload(forms.Form):
    """One file and, when it takes the place of another, which."""

    file = forms.FileField(label=_("File"))
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def upload(self) -> Upload:
        sent = self.cleaned_data["file"]
        return Upload(name=sent.name, data=sent.read())


class GiveVisa(forms.Form):
    seen = Hashes(required=False)


class RefuseVisa(GiveVisa):
    requirement = forms.TypedChoiceField(
        label=_("Requirement that is not met"), coerce=Requirement
    )
    reason = forms.CharField(
        label=_("What is wrong and what to mend"), max_length=2000, widget=lines(2)
    )

    def __init__(
        self, *args: Any, requirements: Iterable[Requirement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(code.value, label(code)) for code in requirements]
        self.fields["requirement"].choices = known  # type: ignore[attr-defined]


class WithdrawVisa(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=2000)


class FirstContact(forms.Form):
    made_at = MomentField(label=_("When you spoke"), widget=forms.DateTimeInput)
    spoke_with = forms.CharField(label=_("With whom"), max_length=200)
    install_on = DayField(label=_("Day of installation"))
    install_time = forms.CharField(
        label=_("Hours"),
        max_length=20,
        required=False,
        help_text=_("For example 10:00–12:00."),
    )
    place = forms.CharField(label=_("Place"), max_length=300)
    workplaces = forms.IntegerField(label=_("Workplaces"), min_value=1, max_value=9999)
    systems = forms.CharField(
        label=_("Operating systems"),
        max_length=200,
        help_text=_("For example Windows 11, Debian 12."),
    )
    network = forms.TypedChoiceField(
        label=_("How it will be installed"),
        choices=[("yes", _("in the network")), ("no", _("on each workplace"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    delivery = forms.TypedChoiceField(
        label=_("Delivery of updates"),
        choices=[(way.value, _(CONTRACT_WORDS[way])) for way in Delivery],
        coerce=Delivery,
    )
    taught = forms.CharField(
        label=_("Who will be taught"), max_length=300, required=False
    )
    visit_days = forms.CharField(
        label=_("Days of visits"), max_length=60, required=False
    )
    visit_hours = forms.CharField(
        label=_("Hours of visits"), max_length=60, required=False
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=lines(3)
    )


# ---------------------------------------------------------------- forms of the sheet


def field_of(blank: Blank) -> forms.Field:
    """A field of the card or of the application as its rule describes it."""
    told: dict[str, Any] = {"label": _(blank.label), "required": blank.required}
    match blank.kind:
        case BlankKind.CHOICE:
            options = [(option.value, label(option)) for option in blank.options]
            return forms.ChoiceField(choices=options, **told)
        case BlankKind.NUMBER:
            return forms.IntegerField(min_value=1, max_value=9999, **told)
        case BlankKind.DAY:
            return DayField(**told)
        case BlankKind.LONG:
            return forms.CharField(max_length=4000, widget=lines(3), **told)
    return forms.CharField(max_length=300, **told)


class SheetForm(forms.Form):
    """The card or the application, built from its rule."""

    def __init__(self, *args: Any, code: ItemCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for blank in FORMS[code]:
            self.fields[blank.name] = field_of(blank)

    @staticmethod
    def texts(data: Mapping[str, Any]) -> dict[str, str]:
        """Values as the form is kept: texts, days in ISO, nothing for nothing."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value)
            for name, value in data.items()
            if value not in (None, "")
        }


class WhatBoard(forms.Form):
    """Filters of the board."""

    group = forms.IntegerField(required=False)
    holder = forms.CharField(max_length=200, required=False)
    show = forms.ChoiceField(
        required=False,
        choices=[
            ("", ""),
            ("table", ""),
            ("late", ""),
            ("ended", ""),
            ("returned", ""),
        ],
    )

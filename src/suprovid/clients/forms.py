"""Shapes of what is typed about clients."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from suprovid.clients.rules import (
    WORDS,
    Serving,
    check_code,
)
from suprovid.web.say import say

PLAIN = {"class": "form-select"}


def text(label: Any, room: int, **how: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=room, **how)


class WhatList(forms.Form):
    """What of the list is asked for, out of the address."""

    text = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    serving = forms.ChoiceField(
        label=_("State"),
        required=False,
        widget=forms.Select(attrs=PLAIN),
        choices=[("", _("any state")), *((s.value, _(WORDS[s])) for s in Serving)],
    )
    group = forms.ChoiceField(
        label=_("Group"), required=False, widget=forms.Select(attrs=PLAIN)
    )
    manager = forms.ChoiceField(
        label=_("Manager"), required=False, widget=forms.Select(attrs=PLAIN)
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        widget=forms.Select(attrs=PLAIN),
        required=False,
        choices=[
            ("name", _("by name")),
            ("since", _("by the day of service")),
            ("new", _("new first")),
        ],
    )

    def offer(
        self, groups: Iterable[tuple[int, str]], managers: Iterable[tuple[int, str]]
    ) -> None:
        """Fill the choices once the list is known: only what it has."""
        anybody = ("", _("any manager"))
        for name, rows in (
            ("group", [("", _("any group")), *groups]),
            ("manager", [anybody, *managers]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for types
            field.choices = rows


class NewClient(forms.Form):
    name = text(_("Client’s name"), 400, help_text=_("As the papers have it."))
    short_name = text(
        _("Short name"), 200, required=False, help_text=_("ТОВ «Явір»: for lists.")
    )
    code = text(_("Code"), 40, help_text=_("8 digits (ЄДРПОУ) or 10 digits (РНОКПП)."))
    passport = forms.BooleanField(
        label=_("This is a passport: the person refused the number"), required=False
    )
    confirm_code = forms.BooleanField(
        label=_("I compared the code with the papers: it is right"), required=False
    )
    legal_form = text(_("Legal form"), 120, required=False)
    region = text(_("Region"), 80, required=False)
    city = text(_("City"), 80, required=False)
    postcode = text(_("Postcode"), 10, required=False)
    address = text(_("Address"), 300, required=False)

    #: There is something to confirm about the code: the box is shown.
    odd = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code = data.get("code")
        if not code or code == self.initial.get("code"):
            return data
        check = check_code(code, passport=data["passport"])
        self.odd = check.warning is not None
        if check.error or (check.warning and not data["confirm_code"]):
            self.add_error("code", say(check.error or check.warning))
        return data


class EditClient(NewClient):
    version = forms.IntegerField(widget=forms.HiddenInput)


class Assign(forms.Form):
    """Group and manager; both lists come from who may assign what."""

    group_id = forms.TypedChoiceField(
        label=_("Group"), coerce=int, required=False, empty_value=None
    )
    manager_id = forms.TypedChoiceField(
        label=_("Service manager"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, seats: Iterable[Any] = (), **how: Any) -> None:
        super().__init__(*args, **how)
        seats = list(seats)
        none: list[tuple[Any, Any]] = [("", "—")]
        self._offer("group_id", none + [(s.group_id, s.group) for s in seats])
        self._offer("manager_id", none + [(s.group, s.managers) for s in seats])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for types
        field.choices = choices


class NameSales(forms.Form):
    sales_id = forms.TypedChoiceField(
        label=_("Sales manager"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, *args: Any, sellers: Iterable[tuple[int, str]] = (), **how: Any
    ) -> None:
        super().__init__(*args, **how)
        field = self.fields["sales_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for types
        field.choices = [("", "—"), *sellers]


class ContactForm(forms.Form):
    name = text(_("Family name, given name, patronymic"), 200)
    position = text(_("Position"), 120, required=False)
    phone = text(
        _("Contact phone"),
        40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    responsible = forms.BooleanField(
        label=_("Responsible person of the client"), required=False
    )
    decides = forms.BooleanField(label=_("Makes the decisions"), required=False)


class EditContact(ContactForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class SiteForm(forms.Form):
    name = text(_("Name of the site"), 120, help_text=_("“Office”, “Port”."))
    address = text(_("Address"), 300)


class EditSite(SiteForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class Lookup(forms.Form):
    code = text(_("Full code"), 40)

"""Shapes of what is said about statements of the bank and their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from suprovid.lib.decision import Refused
from suprovid.lib.statements import Statement
from suprovid.money.queries import invoices_by_number
from suprovid.money.rules import (
    LARGEST_FILE,
    WORDS,
    Aside,
    Group,
    Part,
    read_statements,
)
from suprovid.people.rules import Viewer
from suprovid.web.inputs import MoneyField
from suprovid.web.say import say

LEAST = Decimal("0.01")
LARGEST_ID = 2**31 - 1
ROWS = 4
"""On how many invoices a sum is split at once."""
MOST_TICKED = 500
NOT_CHOSEN = _("What was chosen cannot be read. Open the page again.")
_ID = re.compile(r"[0-9]{1,9}")
_PART = re.compile(r"([0-9]{1,9})=([0-9]{1,12}\.[0-9]{2})")


@dataclass(frozen=True)
class Read:
    """A file as it was sent, and the statements in it."""

    name: str
    data: bytes
    parsed: tuple[Statement, ...]


class BringStatement(forms.Form):
    file = forms.FileField(
        label=_("Statement of the bank"),
        max_length=255,
        help_text=_(
            "camt.053 as the bank gives it: XML, or a zip of them. "
            "Lines that are here already are not taken twice."
        ),
    )

    def clean_file(self) -> Read:
        """The file is read here, in a child process, before anything is written."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        data = file.read(LARGEST_FILE + 1)
        try:
            return Read(file.name or "", data, read_statements(data))
        except Refused as refused:
            raise forms.ValidationError(say(refused.reason)) from refused


class WhatLines(forms.Form):
    """What of a statement is shown, out of the address."""

    show = forms.ChoiceField(required=False, choices=[(g.value, "") for g in Group])
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)
    line = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    done = forms.CharField(max_length=5000, required=False)
    again = forms.BooleanField(required=False)
    find = forms.CharField(max_length=100, required=False)

    def clean_done(self) -> tuple[int, ...]:
        """Lines just laid or set aside, to be undone at once."""
        return ids_of(self.cleaned_data["done"])


def ids_of(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(",") if _ID.fullmatch(one))


class GoesOn(forms.Form):
    """After it the page shows another line."""

    next = forms.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput
    )


def parts_of(text: str) -> tuple[Part, ...]:
    """`302=7020.00,318=7020.00` as ids of invoices and sums.

    Raises:
        ValidationError: it is not of that form.
    """
    pieces = [_PART.fullmatch(one) for one in text.split(",")] if text else []
    found = tuple((int(one[1]), Decimal(one[2])) for one in pieces if one)
    if len(found) < len(pieces):
        raise forms.ValidationError(NOT_CHOSEN)
    return found


class LayLine(GoesOn):
    """One of the proposals; nothing: the line stays unallocated."""

    choice = forms.CharField(required=False, max_length=2000)

    def clean_choice(self) -> tuple[Part, ...]:
        return parts_of(self.cleaned_data["choice"])


class LayTicked(forms.Form):
    """Lines with what the page proposed for each when they were ticked."""

    def clean(self) -> dict[str, Any]:
        sent = self.data.getlist("tick") if hasattr(self.data, "getlist") else []
        if not sent:
            raise forms.ValidationError(_("Tick at least one line."))
        if len(sent) > MOST_TICKED:
            raise forms.ValidationError(NOT_CHOSEN)
        return {"chosen": [_ticked(one) for one in sent]}


def _ticked(text: str) -> tuple[int, tuple[Part, ...]]:
    line, _colon, parts = text.partition(":")
    if not _ID.fullmatch(line) or not parts:
        raise forms.ValidationError(NOT_CHOSEN)
    return int(line), parts_of(parts)


class SplitLine(GoesOn):
    """Up to four invoices by their numbers, each with its sum."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for row in range(1, ROWS + 1):
            self.fields[f"number-{row}"] = forms.CharField(
                label=_("Invoice"),
                max_length=40,
                required=False,
                widget=forms.TextInput(attrs={"list": "invoices-to-lay"}),
            )
            self.fields[f"amount-{row}"] = MoneyField(
                label=_("Sum"), min_value=LEAST, required=False
            )

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for row in range(1, ROWS + 1):
            yield self[f"number-{row}"], self[f"amount-{row}"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        rows = {
            row: (data.get(f"number-{row}", "").lstrip("№ "), data.get(f"amount-{row}"))
            for row in range(1, ROWS + 1)
        }
        told = {row: pair for row, pair in rows.items() if any(pair)}
        if not told and not self.errors:
            raise forms.ValidationError(_("Write an invoice and a sum."))
        ids = invoices_by_number(self.viewer, [number for number, _a in told.values()])
        parts = [
            (ids.get(number), amount)
            for row, (number, amount) in told.items()
            if self._is_whole(row, number, amount, ids)
        ]
        return {"next": data.get("next"), "parts": parts}

    def _is_whole(
        self, row: int, number: str, amount: Decimal | None, ids: dict[str, int]
    ) -> bool:
        if f"number-{row}" in self.errors or f"amount-{row}" in self.errors:
            return False
        if number not in ids:
            told = _("No open invoice has this number.")
            self.add_error(f"number-{row}", told)
        elif amount is None:
            self.add_error(f"amount-{row}", _("Write the sum for this invoice."))
        return number in ids and amount is not None


class SetAside(GoesOn):
    aside = forms.ChoiceField(
        label=_("What money it is"),
        choices=[(one.value, _(WORDS[one])) for one in Aside],
    )

    def clean_aside(self) -> Aside:
        return Aside(self.cleaned_data["aside"])


class TakeBack(forms.Form):
    """Nothing is said: the address says all."""


class UnlayLines(forms.Form):
    """One line, and those laid together with it a moment ago."""

    why = forms.CharField(label=_("Why"), max_length=300)
    more = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, line_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line_id = line_id

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        ids = {self.line_id, *ids_of(data.get("more", ""))}
        return {"why": data.get("why", ""), "line_ids": sorted(ids)}

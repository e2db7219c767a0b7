"""Shapes of what is said about a list that is brought in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from suprovid.intake.queries import opened
from suprovid.intake.rules import FIELD_WORDS, ROOM, Field, Outcome
from suprovid.lib.decision import Refused
from suprovid.lib.sheets import Sheet, limits
from suprovid.web.say import say

PLAIN = {"class": "form-select"}
FILE_TOO_LARGE = _("The file is larger than 10 MB: split the list.")
SHOWN = (*(outcome.value for outcome in Outcome), "mended", "ticked")


@dataclass(frozen=True)
class Brought:
    """A file as it was sent, and what stands in it."""

    name: str
    data: bytes
    opened: Sheet


class BringList(forms.Form):
    file = forms.FileField(
        label=_("List of clients"),
        max_length=255,
        help_text=_(
            "XLSX, or CSV with any separator. The heading may stand anywhere in the "
            "first twenty rows; nothing is brought in before you have looked."
        ),
    )

    def clean_file(self) -> Brought:
        """The file is opened here, in a child process, before anything is written."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > limits.FILE:
            raise forms.ValidationError(FILE_TOO_LARGE)
        data = file.read()
        return Brought(file.name or "", data, _opened(data))


def _opened(data: bytes, sheet: str = "") -> Sheet:
    try:
        return opened(data, sheet)
    except Refused as refused:
        raise forms.ValidationError(say(refused.reason)) from refused


class OtherSheet(forms.Form):
    """Another sheet of the workbook that waits; its bytes are given by the view."""

    sheet = forms.CharField(max_length=255)

    def __init__(self, *args: Any, data: bytes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bytes = data

    def clean_sheet(self) -> Sheet:
        return _opened(self.bytes, self.cleaned_data["sheet"])


class WhatRows(forms.Form):
    """Which rows of a list are shown, out of the address."""

    show = forms.ChoiceField(required=False, choices=[(one, one) for one in SHOWN])
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)


class MatchColumns(forms.Form):
    """One choice for each column of the sheet: what it means, or nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    save_as = forms.CharField(
        label=_("Keep this matching as"),
        max_length=80,
        required=False,
        help_text=_("Next month’s list is matched by this name, wherever columns are."),
    )

    def __init__(
        self, *args: Any, columns: Iterable[tuple[int, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = []
        choices = [("", "—"), *((one.value, _(FIELD_WORDS[one])) for one in Field)]
        for place, heading, taken in columns:
            self.places.append(place)
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or f"{place + 1}",
                required=False,
                choices=choices,
                initial=taken,
                widget=forms.Select(attrs=PLAIN),
            )

    def clean(self) -> dict[str, Any]:
        """By fields, as the action wants it; one field of one column only."""
        data = self.cleaned_data
        columns: dict[Field, int | None] = dict.fromkeys(Field)
        for place in self.places:
            name = data.get(f"column-{place}")
            if not name:
                continue
            if columns[Field(name)] is not None:
                told = _("Two columns are taken for the same.")
                raise forms.ValidationError(told)
            columns[Field(name)] = place
        return {
            "version": data.get("version"),
            "save_as": data.get("save_as", ""),
            "columns": columns,
        }


class UseMatching(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=80)


class AnswerRow(forms.Form):
    """Values typed in place of cells of one row; only fields of the list count."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in Field:
            self.fields[field.value] = forms.CharField(
                max_length=ROOM[field], required=False, label=_(FIELD_WORDS[field])
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        sent = (field.value for field in Field if field.value in self.data)
        return {
            "version": data.get("version"),
            "answers": {name: data.get(name, "") for name in sent},
        }


class TickRows(forms.Form):
    """The rows of a page and which of them are ticked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        shown, ticked = self._numbers("shown"), set(self._numbers("tick"))
        return {**self.cleaned_data, "ticks": {row: row in ticked for row in shown}}

    def _numbers(self, name: str) -> list[int]:
        sent = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        return [int(text) for text in sent if text.isdecimal() and len(text) < 9]


class Why(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300)

"""Shapes of what is typed about an installation and a take-over."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from suprovid.documents.rules import Upload
from suprovid.service.rules import STEPS
from suprovid.web.inputs import DayField, MomentField
from suprovid.web.say import label

PNG = "data:image/png;base64,"
LARGEST = 2_000_000
Choices = Iterable[tuple[int, str]]


class Who(forms.Form):
    """One person of the group."""

    person_id = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, people: Choices, title: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person_id"]
        field.label = title
        field.choices = list(people)  # type: ignore[attr-defined] # a choice field


class Done(forms.Form):
    done_at = MomentField(label=_("When it was installed"), widget=forms.DateTimeInput)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/png,image/jpeg,image/webp"})


class Photographs(forms.FileField):
    """Several photographs at once."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(Photographs, self).clean(file, initial) for file in files if file]


class Record(forms.Form):
    """Saved as it grows; what the submission needs is not called optional."""

    needed_later = ("kit", "version", "workplaces", "steps_done")

    kit = forms.CharField(label=_("Kit"), max_length=200, required=False)
    version = forms.CharField(
        label=_("Version of the system"), max_length=40, required=False
    )
    workplaces = forms.IntegerField(
        label=_("Workplaces"), min_value=1, max_value=9999, required=False
    )
    steps_done = forms.MultipleChoiceField(
        label=_("Done by the standard"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = Photographs(label=_("Photographs"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(step.value, label(step)) for step in STEPS]
        self.fields["steps_done"].choices = known  # type: ignore[attr-defined] # a choice field

    @property
    def uploads(self) -> list[Upload]:
        return [Upload(one.name, one.read()) for one in self.cleaned_data["photos"]]


class Signed(forms.Form):
    """A signature on the glass, or a scan of the paper."""

    signed_by = forms.CharField(label=_("Who signs for the client"), max_length=200)
    signature = forms.CharField(
        label=_("Signature of the client"), required=False, max_length=LARGEST
    )
    scan = forms.FileField(label=_("Or a scan of the signed record"), required=False)

    def clean_signature(self) -> bytes:
        """The PNG behind the data URL of the glass; nothing when it is not signed."""
        drawn = str(self.cleaned_data["signature"])
        if not drawn:
            return b""
        try:
            if drawn.startswith(PNG):
                return base64.b64decode(drawn.removeprefix(PNG), validate=True)
        except (binascii.Error, ValueError):
            pass
        said = _("The signature did not come through: sign once more.")
        raise ValidationError(said)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or data.get("signature") or data.get("scan"):
            return data
        said = _("The client signs on the glass, or a scan is attached.")
        raise ValidationError({"signature": said})

    @property
    def upload(self) -> Upload:
        if scan := self.cleaned_data.get("scan"):
            return Upload(scan.name, scan.read())
        return Upload(f"{gettext('signature')}.png", self.cleaned_data["signature"])


class Remarks(forms.Form):
    remarks = forms.CharField(
        label=_("Remarks"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Call(forms.Form):
    made_at = MomentField(label=_("When you called"), widget=forms.DateTimeInput)
    spoke_with = forms.CharField(label=_("With whom"), max_length=200)
    satisfied = forms.TypedChoiceField(
        label=_("Is the client satisfied"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeOver(forms.Form):
    """Which contracts, to whom, served since when."""

    contracts = forms.TypedMultipleChoiceField(
        label=_("Clients"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    manager = forms.ChoiceField(label=_("Service manager"))
    since = DayField(label=_("Served since"))

    def __init__(
        self,
        *args: Any,
        contracts: Choices,
        managers: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        told = {"contracts": contracts, "manager": managers}
        for name, choices in told.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined] # choice fields

    def clean_manager(self) -> tuple[int, int]:
        """Who serves, and in which group."""
        person, _dash, group = str(self.cleaned_data["manager"]).partition("-")
        return int(person), int(group)

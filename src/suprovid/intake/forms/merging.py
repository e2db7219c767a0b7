"""Which particulars the survivor has, and why two joined clients are parted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from suprovid.intake.rules.merging import Side

LABELS = {
    "name": _("Client’s name"),
    "short_name": _("Short name"),
    "legal_form": _("Legal form"),
    "postcode": _("Postcode"),
    "region": _("Region"),
    "city": _("City"),
    "address": _("Address"),
}
TAKE = "take_"
NOTHING = "—"
VERSIONS = ("kept_version", "gone_version")


class Pair(Protocol):
    """A particular of both clients."""

    @property
    def name(self) -> str: ...
    @property
    def kept(self) -> str: ...
    @property
    def gone(self) -> str: ...
    @property
    def proposed(self) -> Side: ...


class FindTwin(forms.Form):
    text = forms.CharField(label=_("Name or code"), max_length=100, required=False)


class Choosing(forms.Form):
    """One choice for each particular that differs; both values are shown."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pairs: Iterable[Pair] = (), **how: Any) -> None:
        super().__init__(*args, **how)
        for pair in pairs:
            self.fields[TAKE + pair.name] = forms.TypedChoiceField(
                label=LABELS[pair.name],
                required=False,
                coerce=Side,
                empty_value=pair.proposed,
                initial=pair.proposed.value,
                widget=forms.RadioSelect,
                choices=[
                    (Side.KEPT.value, pair.kept or NOTHING),
                    (Side.GONE.value, pair.gone or NOTHING),
                ],
            )

    @property
    def needed_later(self) -> list[str]:
        """Something is always chosen: no choice is called optional."""
        return [name for name in self.fields if name.startswith(TAKE)]

    def seen_again(self) -> Choosing:
        """Shown after a refusal with what is there now, to be pressed again."""
        newer = self.data.copy()  # type: ignore[attr-defined]
        for name in self.initial:
            newer[name] = str(self.initial[name])
        self.data = newer
        return self

    @property
    def chosen(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(TAKE)]

    def clean(self) -> dict[str, Any]:
        """Versions, and the choices by the names of particulars."""
        data = super().clean() or {}
        choices = {
            name.removeprefix(TAKE): side
            for name, side in data.items()
            if name.startswith(TAKE)
        }
        versions: dict[str, Any] = {
            name: version for name, version in data.items() if name in VERSIONS
        }
        return {**versions, "choices": choices}


class Undo(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

"""How a form's field is drawn: label, control, help and error, tied together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import DateTimeBaseInput

# What browsers offer their own pickers for, with the text they expect.
PICKERS: tuple[tuple[type[DateTimeBaseInput], str, str], ...] = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def shape_of(widget: forms.Widget) -> str:
    """Which template draws it. A radio is a Select too, so order matters."""
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


def _look(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.CheckboxInput, *CHOICES)):
        return "form-check-input"
    if isinstance(widget, forms.FileInput):
        return ""
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _with_picker(widget: forms.Widget) -> None:
    for kind, input_type, text in PICKERS:
        if isinstance(widget, kind):
            widget.input_type = input_type
            widget.format = text
            return


def _attributes(field: BoundField, described: list[str]) -> dict[str, Any]:
    widget = field.field.widget
    own = str(widget.attrs.get("class", ""))
    attrs: dict[str, Any] = {"class": f"{_look(widget)} {own}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, CHOICES):  # their inputs are drawn one by one
        widget.attrs["class"] = attrs["class"]
    said = {name: value for name, value in attrs.items() if value}
    if str(widget.attrs.get("placeholder", "")) == str(field.label):
        said["placeholder"] = False  # the label stands above it already
    return said


def _is_optional(field: BoundField) -> bool:
    """What a later step will ask for is not called optional (`needed_later`)."""
    later = getattr(field.form, "needed_later", ())
    return not field.field.required and field.name not in later


def drawn(field: BoundField, *, wide: bool = False) -> dict[str, Any]:
    """Everything the template of one field needs."""
    widget = field.field.widget
    _with_picker(widget)
    ids = {"help": f"{field.auto_id}_help", "error": f"{field.auto_id}_error"}
    described = [
        ids[part]
        for part, shown in (("help", field.help_text), ("error", field.errors))
        if shown
    ]
    return {
        "field": field,
        "shape": shape_of(widget),
        "control": field.as_widget(attrs=_attributes(field, described)),
        "parts": list(field) if isinstance(widget, CHOICES) else [],
        "help_id": ids["help"],
        "error_id": ids["error"],
        "described": " ".join(described),
        "wide": wide or isinstance(widget, forms.Textarea),
        "optional": _is_optional(field),
        "multiple": bool(getattr(widget, "allow_multiple_selected", False)),
    }

"""Fields of forms that take what people really type (PEERS: honest with bad input)."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

BLANKS = re.compile(r"[\s\u00a0\u202f]+")
CURRENCY = re.compile(r"(грн|uah|₴)\.?$", re.IGNORECASE)
DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]
MOMENTS = [f"{day}{gap}%H:%M" for day in DAYS for gap in ("T", " ")]


def plain_sum(text: str) -> str:
    """«1 250,50 грн» as 1250.50; what is no sum stays what it was."""
    bare = CURRENCY.sub("", BLANKS.sub("", text))
    if "," in bare and "." in bare:
        thousands, cut = (",", ".") if bare.rfind(".") > bare.rfind(",") else (".", ",")
        return bare.replace(thousands, "").replace(cut, ".")
    return bare.replace(",", ".")


class MoneyField(forms.DecimalField):
    """Hryvnias with kopecks, typed with comma or point, with or without blanks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write a sum such as 7 200,00.")

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_sum(value) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A day of the calendar: 16.04.2026 or 2026-04-16."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAYS)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write a date such as 16.04.2026.")


class MomentField(forms.DateTimeField):
    """A moment on the Kyiv clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", MOMENTS)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _(
            "Write a date and a time such as 16.04.2026 14:30."
        )

"""A form sent too late: both versions of what another person changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import QueryDict

from suprovid.web import say


def differences(form: Form, theirs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, mine, what is there now; nothing while the version is the one seen.

    The form then carries the newer version: pressed again, it saves what is in it.
    """
    if not form.is_bound or form.data.get("version") == str(theirs["version"]):
        return []
    newer = QueryDict(mutable=True)
    newer.update(form.data)
    newer["version"] = str(theirs["version"])
    form.data = newer
    mine = form.cleaned_data
    return [
        (str(field.label), _told(mine[name]), _told(theirs[name]))
        for name, field in form.fields.items()
        if name != "version"
        and name in mine
        and name in theirs
        and mine[name] != theirs[name]
    ]


def _told(value: object) -> str:
    return "" if value is None else say.value_in_words(value)

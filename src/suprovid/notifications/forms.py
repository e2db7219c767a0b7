"""Which notifications are shown."""

from __future__ import annotations

from django import forms


class Shown(forms.Form):
    unread = forms.BooleanField(required=False)
    after = forms.CharField(required=False, max_length=200)

"""Filters of the desk's pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = [
    ("", _("everything")),
    ("handover", _("handovers")),
    ("handover.visa", _("visas")),
    ("service", _("installation and service")),
    ("money", _("money")),
    ("contracts", _("contracts")),
    ("clients", _("clients")),
    ("obligations", _("terms")),
    ("people", _("people")),
]


class WhatFacts(forms.Form):
    kind = forms.ChoiceField(label=_("What about"), choices=KINDS, required=False)
    before = forms.IntegerField(required=False, min_value=1)

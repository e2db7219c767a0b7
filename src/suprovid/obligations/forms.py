"""What people type about terms, calendar and company, as values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from suprovid.lib.worktime import Hours, Mode, Week
from suprovid.obligations.rules import (
    CalendarChange,
    KindTerm,
    TermUnit,
    ThingChanged,
)
from suprovid.people.rules import Role
from suprovid.web.inputs import DayField
from suprovid.web.say import label

Pairs = Sequence[tuple[Any, str]]
WHY_LENGTH = 300


class Clock(forms.TimeInput):
    """Hours and minutes; the working day knows no seconds."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ListFilter(forms.Form):
    """The filters of the list; what is left empty does not filter."""

    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("open", _("open")),
            ("late", _("overdue now")),
            ("soon", _("soon due")),
            ("missed", _("ever overdue")),
            ("ended", _("ended")),
            ("done", _("done by me today")),
            ("all", _("all")),
        ],
    )
    mine = forms.BooleanField(label=_("Waiting for me"), required=False)
    text = forms.CharField(
        label=_("Client"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    owner = forms.TypedChoiceField(
        label=_("Owner"), required=False, coerce=int, empty_value=None
    )
    group = forms.TypedChoiceField(
        label=_("Group"), required=False, coerce=int, empty_value=None
    )
    since = DayField(label=_("Due from"), required=False)
    until = DayField(label=_("Due until"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("due", _("by term")),
            ("client", _("by client")),
            ("newest", _("newest first")),
        ],
    )

    def __init__(
        self, data: Any, *, kinds: Pairs, owners: Pairs, groups: Pairs
    ) -> None:
        super().__init__(data)
        anything = [("", _("any"))]
        for name, pairs in (("kind", kinds), ("owner", owners), ("group", groups)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*anything, *pairs]


class Reasoned(forms.Form):
    """What a head decides about another's term always has its why."""

    why = forms.CharField(
        label=_("Why"),
        max_length=WHY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveTerm(Reasoned):
    on = DayField(
        label=_("New day"), help_text=_("Due at the end of working hours of that day.")
    )
    field_order = ["on", "why"]


class Waive(Reasoned):
    pass


class HandOver(Reasoned):
    person_id = forms.TypedChoiceField(label=_("New owner"), coerce=int)
    field_order = ["person_id", "why"]

    def __init__(self, data: Any = None, *, takers: Pairs = ()) -> None:
        super().__init__(data)
        field = self.fields["person_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("choose")), *takers]


# ---------------------------------------------------------------- settings


class ChangeTerm(forms.Form):
    """The term of one kind from a day on."""

    valid_from = DayField(label=_("In force from"))
    count = forms.IntegerField(label=_("How many"), min_value=0, max_value=400)
    unit = forms.ChoiceField(label=_("Of what"))
    warn_percent = forms.IntegerField(
        label=_("Warn when this share has run, %"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Leave empty to give no warning."),
    )
    escalate = forms.MultipleChoiceField(
        label=_("A miss goes to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, term: KindTerm | None = None, on: date | None = None
    ) -> None:
        super().__init__(data, initial=_term_values(term, on) if term else None)
        heads = (
            Role.GROUP_HEAD,
            Role.SALES_HEAD,
            Role.DEPARTMENT_HEAD,
            Role.ACCOUNTANT,
        )
        self._offer("unit", [(unit.value, label(unit)) for unit in TermUnit])
        self._offer("escalate", [(role.value, label(role)) for role in heads])

    def _offer(self, name: str, pairs: Pairs) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(pairs)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        percent = data.pop("warn_percent", None)
        data["warn_share"] = Decimal(percent) / 100 if percent else None
        if "unit" in data:
            data["unit"] = TermUnit(data["unit"])
        data["escalate"] = tuple(Role(role) for role in data.get("escalate", ()))
        return data


def _term_values(term: KindTerm, on: date | None) -> dict[str, Any]:
    return {
        "valid_from": on,
        "count": term.count,
        "unit": term.unit.value,
        "warn_percent": int(term.warn_share * 100) if term.warn_share else None,
        "escalate": [role.value for role in term.escalate],
    }


class CalendarForm(forms.Form):
    """One change of the calendar; `cleaned_data["change"]` is it."""

    thing: ThingChanged
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or {})
        if self.errors:
            return data
        try:
            change = self.change(data)
        except ValueError:
            raise forms.ValidationError(
                _("Give hours in order of time, and a lunch both its ends.")
            ) from None
        return {"change": change, "seen": data.get("seen") or None}

    def change(self, data: dict[str, Any]) -> CalendarChange:
        raise NotImplementedError


class WithHours(CalendarForm):
    start = forms.TimeField(label=_("Begins"), required=False, widget=Clock)
    end = forms.TimeField(label=_("Ends"), required=False, widget=Clock)
    lunch_start = forms.TimeField(label=_("Lunch from"), required=False, widget=Clock)
    lunch_end = forms.TimeField(label=_("Lunch until"), required=False, widget=Clock)

    def hours(self, data: dict[str, Any]) -> Hours:
        if not data["start"] or not data["end"]:
            raise ValueError
        return Hours(data["start"], data["end"], data["lunch_start"], data["lunch_end"])


class ChangeDay(WithHours):
    """One day unlike its week: off, extra or shortened."""

    thing = ThingChanged.DAY
    day = DayField(label=_("Day"))
    off = forms.BooleanField(
        label=_("A day off"),
        required=False,
        help_text=_("Otherwise give the hours that are worked."),
    )
    note = forms.CharField(
        label=_("What it is"),
        max_length=120,
        help_text=_("People read it in “why this date”."),
    )
    field_order = ["day", "note", "off", "start", "end", "lunch_start", "lunch_end"]

    def change(self, data: dict[str, Any]) -> CalendarChange:
        hours = None if data["off"] else self.hours(data)
        return CalendarChange(self.thing, data["day"], data["note"], hours=hours)


class UsualDay(CalendarForm):
    """Take an exception back: the day is as its week and holidays say."""

    thing = ThingChanged.USUAL_DAY
    day = DayField(label=_("Day"))

    def change(self, data: dict[str, Any]) -> CalendarChange:
        return CalendarChange(self.thing, data["day"])


class ChangeWeek(WithHours):
    """The hours of the week from a day on."""

    thing = ThingChanged.WEEK
    day = DayField(label=_("In force from"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days worked"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=[0, 1, 2, 3, 4],
    )
    field_order = ["day", "weekdays", "start", "end", "lunch_start", "lunch_end"]

    def change(self, data: dict[str, Any]) -> CalendarChange:
        hours = self.hours(data)
        worked = set(data["weekdays"])
        week = tuple(hours if n in worked else None for n in range(7))
        Week(data["day"], week)
        return CalendarChange(self.thing, data["day"], week=week)


class ChangeRegime(CalendarForm):
    """From when to when holidays are worked, or are not."""

    thing = ThingChanged.REGIME
    note = forms.CharField(label=_("Name of the regime"), max_length=120)
    day = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty if unknown.")
    )
    holidays_work = forms.BooleanField(
        label=_("Public holidays are working days"),
        required=False,
        help_text=_("As under martial law: nothing is transferred either."),
    )

    def clean_last_day(self) -> date | None:
        first: date | None = self.cleaned_data.get("day")
        last: date | None = self.cleaned_data.get("last_day")
        if first and last and last < first:
            raise forms.ValidationError(_("The last day comes before the first."))
        return last

    def change(self, data: dict[str, Any]) -> CalendarChange:
        return CalendarChange(
            self.thing,
            data["day"],
            data["note"],
            last_day=data["last_day"],
            holidays_work=data["holidays_work"],
        )


class ChangeMode(CalendarForm):
    """How a term of working days ends: the company's choice (PROCESS 2)."""

    thing = ThingChanged.MODE
    day = DayField(label=_("Decided on"))
    mode = forms.ChoiceField(
        label=_("A term of working days ends"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mode"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(mode.value, label(mode)) for mode in Mode]

    def change(self, data: dict[str, Any]) -> CalendarChange:
        return CalendarChange(self.thing, data["day"], mode=Mode(data["mode"]))


CHANGES: dict[str, type[CalendarForm]] = {
    form.thing.value: form
    for form in (ChangeDay, ChangeWeek, ChangeRegime, ChangeMode, UsualDay)
}


class CompanyForm(forms.Form):
    name = forms.CharField(label=_("Name of the company"), max_length=200)
    code = forms.CharField(label=_("EDRPOU code"), max_length=12, required=False)
    authors_may_confirm = forms.BooleanField(
        label=_("Who prepared a paper may also confirm it"),
        required=False,
        help_text=_("Every sheet prints this allowance."),
    )
    one_person_for_lawyer_and_accountant = forms.BooleanField(
        label=_("One person may give the visas of lawyer and accountant"),
        required=False,
        help_text=_("Every sheet prints this allowance."),
    )


class PauseLetters(forms.Form):
    paused = forms.BooleanField(required=False)

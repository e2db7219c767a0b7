"""What people type, turned into values; the actions decide."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from suprovid.people import queries
from suprovid.people.rules import WORDS, AbsenceKind, Role
from suprovid.web import say
from suprovid.web.inputs import DayField

LANGUAGES = (("uk", "Українська"), ("en", "English"))
TOKEN_DAYS = ((30, _("a month")), (90, _("three months")), (365, _("a year")))
NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


def _one_of(kind: type[Role] | type[AbsenceKind]) -> list[tuple[str, str]]:
    return [("", "—"), *((m.value, say.label(m)) for m in kind if m in WORDS)]


class EnumField(forms.TypedChoiceField):
    """A choice among the members of an enum, told in its words."""

    def __init__(self, kind: type[Role] | type[AbsenceKind], **kwargs: Any) -> None:
        super().__init__(choices=lambda: _one_of(kind), coerce=kind, **kwargs)


class IdField(forms.TypedChoiceField):
    """A choice among rows; the choices come from a query of the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, rows: list[tuple[int, str]], nobody: str) -> None:
        self.choices = [("", nobody), *rows]


class _PersonData(forms.Form):
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class EnterPerson(_PersonData):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Small Latin letters and digits; it does not change later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=LANGUAGES
    )


class EditPerson(_PersonData):
    version = forms.IntegerField(widget=forms.HiddenInput)


class GrantRole(forms.Form):
    role = EnumField(Role, label=_("Role"))
    group_id = IdField(
        label=_("Group"),
        required=False,
        help_text=_("For service managers, engineers and heads of groups."),
    )
    valid_from = DayField(
        label=_("From"),
        required=False,
        widget=forms.DateInput,
        help_text=_("From today if nothing is said."),
    )
    valid_to = DayField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Until it is ended if nothing is said."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = cast(IdField, self.fields["group_id"])
        group.offer(queries.open_groups(), gettext("no group"))


class EndRole(forms.Form):
    last_day = DayField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput,
        help_text=_("At once if nothing is said."),
    )


class NameDeputy(forms.Form):
    deputy_id = IdField(label=_("Deputy"), required=False)

    def __init__(self, *args: Any, person_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputy = cast(IdField, self.fields["deputy_id"])
        deputy.offer(queries.deputies_for(person_id), gettext("nobody"))


class DeclareAbsence(NameDeputy):
    kind = EnumField(AbsenceKind, label=_("Why"))
    first_day = DayField(label=_("First day"), widget=forms.DateInput)
    last_day = DayField(label=_("Last day"), widget=forms.DateInput)
    field_order = ("kind", "first_day", "last_day", "deputy_id")


class NameGroup(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=80)


class CreateToken(forms.Form):
    name = forms.CharField(label=_("What is it for"), max_length=80)
    days = forms.TypedChoiceField(
        label=_("Lasts"), choices=TOKEN_DAYS, coerce=int, initial=90
    )
    may_write = forms.BooleanField(label=_("May change things"), required=False)


class ChooseLanguage(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class ChoosePassword(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        max_length=256,
        strip=False,
        widget=NEW_PASSWORD,
        help_text=_("At least 12 signs; three or four words in a row will do."),
    )
    again = forms.CharField(
        label=_("Once more"), max_length=256, strip=False, widget=NEW_PASSWORD
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data.get("again", ""))
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two passwords differ."))
        return again

"""The one page that asks for something: a title, a form, why it may not be."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.lib.decision import Decision
from suprovid.web.http import PersonRequest
from suprovid.web.http import asking as page_of
from suprovid.web.parts import Crumb


def asking(
    request: PersonRequest,
    *,
    title: str,
    button: str,
    may: Decision,
    trail: tuple[Crumb, ...] = (),
    note: str = "",
) -> Callable[[Form | None], HttpResponse]:
    """Shows the form, with what was typed and why it was refused."""

    def show(form: Form | None) -> HttpResponse:
        context = {
            "title": title,
            "button": button,
            "may": may,
            "form": form,
            "crumbs": (Crumb(_("People"), reverse("people:list")), *trail),
            "note": note,
        }
        return page_of(request, "people/asking.html", context, may)

    return show


def crumb_of(person_id: int, name: str) -> Crumb:
    return Crumb(name, reverse("people:person", args=[person_id]))

"""`{% load suprovid %}`: the parts every page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.forms import Form
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from suprovid.lib.decision import Decision
from suprovid.web import say as words
from suprovid.web.fields import drawn
from suprovid.web.filters import FILTERS
from suprovid.web.parts import (
    Act,
    Box,
    Crumb,
    Figure,
    LinkAct,
    Page,
    StampView,
    Tab,
    TermView,
    TimelineRow,
    WhyStep,
)

register = template.Library()
PARTS = "web/parts"

for _name, _filter in FILTERS.items():
    register.filter(_name, _filter)


def now_of(context: Context) -> datetime:
    """The view's clock if it gave one; a page is a door, so else it reads its own."""
    given = context.get("now")
    return given if isinstance(given, datetime) else timezone.now()  # noqa: TID251


# ------------------------------------------------------------------ terms


@register.inclusion_tag(f"{PARTS}/term.html", takes_context=True)
def term(context: Context, view: TermView, form: str = "") -> dict[str, Any]:
    """The time left, the bar, the moment.

    form: "" alone; "grouped" under a heading that says "late"; "card" on a board;
    "clock" large, with its name and owner.
    """
    return {
        "view": view,
        "form": form,
        "name": view.name or view.label,
        "head": _term_head(view, form),
        "under": _term_moment(view, now_of(context)),
        "width": max(0, min(100, view.percent)),
        "id": f"why-{uuid4().hex[:8]}",
    }


def _term_head(view: TermView, form: str) -> str:
    if view.state == "none":
        return ""
    if view.state == "met":
        return (
            pgettext("a term", "done late")
            if view.met_late
            else pgettext("a term", "done")
        )
    left = words.left(
        view.minutes_left, view.day_minutes, parts=3 if form == "clock" else 2
    )
    if view.state == "late":
        return _how_late(view, form, left)
    if form == "clock" or (view.state == "soon" and form != "card"):
        return gettext("{left} left").format(left=left)
    return left


def _how_late(view: TermView, form: str, left: str) -> str:
    """By how much; in the night after it no working minute has passed yet."""
    grouped = form == "grouped"
    if not view.minutes_left:
        return (
            pgettext("a term", "has run out")
            if grouped
            else pgettext("a term", "overdue")
        )
    said = gettext("by {left}") if grouped else gettext("overdue by {left}")
    return said.format(left=left)


def _term_moment(view: TermView, now: datetime) -> str:
    if view.note:
        return view.note
    if view.state == "met":
        if view.ended_at is None:
            return ""
        at = words.when(view.ended_at, now, bare=True)
        return at if view.met_late else f"{at} · {pgettext('a term', 'in time')}"
    if view.due is None:
        return pgettext("a thing to do", "no term")
    until = words.when(view.due, now, until=True)
    return (
        gettext("was due {moment}").format(moment=until)
        if view.state == "late"
        else until
    )


@register.inclusion_tag(f"{PARTS}/whysteps.html")
def whysteps(
    steps: Iterable[WhyStep], title: str = "", law: str = ""
) -> dict[str, Any]:
    """Why this date: the calendar's steps, then the rule."""
    return {"steps": list(steps), "title": title, "law": law}


# ------------------------------------------------------------------ the sheet


@register.inclusion_tag(f"{PARTS}/stamp.html")
def stamp(view: StampView) -> dict[str, Any]:
    look = {"given": "", "refused": "no"} | dict.fromkeys(
        ("answered", "fallen", "withdrawn"), "fell"
    )
    return {
        "view": view,
        "look": look.get(view.verdict, "none"),
        "verdict": view.title or _verdict(view.verdict),
        "at": words.stamp_date(view.at) if view.at else "",
    }


def _verdict(verdict: str) -> str:
    return {
        "given": gettext("Visa given"),
        "refused": gettext("Visa refused"),
        "answered": gettext("Visa refused"),
        "fallen": gettext("Visa given"),
        "withdrawn": gettext("Visa withdrawn"),
    }.get(verdict, gettext("Waiting for the visa"))


@register.inclusion_tag(f"{PARTS}/seven.html")
def seven(boxes: Iterable[Box], text: str = "") -> dict[str, Any]:
    """The sheet at a glance; `text` stands beside it."""
    shown = list(boxes)
    return {"boxes": shown, "text": text, "spoken": _spoken(shown)}


def _spoken(boxes: list[Box]) -> str:
    """The same for those who listen: lines by state, in the sheet's order."""
    states = {
        "given": gettext("given: {lines}"),
        "refused": gettext("refused: {lines}"),
        "fallen": gettext("no longer in force: {lines}"),
        "empty": gettext("waiting: {lines}"),
    }
    told = []
    for state, said in states.items():
        lines = [str(i) for i, box in enumerate(boxes, 1) if box.state == state]
        if lines:
            told.append(said.format(lines=", ".join(lines)))
    return gettext("Visas by line. {states}").format(states="; ".join(told))


# ------------------------------------------------------------------ acts and refusals


@register.inclusion_tag(f"{PARTS}/act.html", takes_context=True)
def act(
    context: Context, act: Act | LinkAct | None, *, why: bool = True
) -> dict[str, Any]:
    """A button; grey with its reason when the decision says no. Nothing for None."""
    return {
        "act": act,
        "is_link": isinstance(act, LinkAct),
        "look": _look(act),
        "allowed": act is not None and act.decision.allowed,
        "reason": words.say(act.decision.reason) if act else "",
        "why": why,
        "id": f"no-{uuid4().hex[:8]}",
        "csrf_token": context.get("csrf_token", ""),
    }


def _look(act: Act | LinkAct | None) -> str:
    if act is None:
        return ""
    looks = (
        ("btn-primary", act.primary),
        ("btn-ink", act.ink),
        ("btn-quiet", act.quiet),
    )
    return next((name for name, wanted in looks if wanted), "")


@register.inclusion_tag(f"{PARTS}/grey.html")
def grey(label: str, decision: Decision) -> dict[str, Any]:
    """A button that may not be pressed now, why, and who can (INTERFACE 5)."""
    return {
        "label": label,
        "reason": words.say(decision.reason),
        "id": f"no-{uuid4().hex[:8]}",
    }


@register.inclusion_tag(f"{PARTS}/why.html")
def why(decision: Decision, id: str = "") -> dict[str, Any]:
    return {"reason": words.say(decision.reason), "id": id}


@register.simple_tag
def once() -> str:
    """The hidden key that makes a form do its work once (DESIGN 4, Doing once)."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid4())


# ------------------------------------------------------------------ forms


@register.inclusion_tag(f"{PARTS}/errors.html")
def errors(form: Form | None, *, title: str = "") -> dict[str, Any]:
    """What is wrong with a form, each line a link to its field."""
    title = title or gettext("Not saved yet")
    if form is None or not form.is_bound:
        return {"whole": [], "each": [], "title": title}
    each = [
        (form[name], list(said))
        for name, said in form.errors.items()
        if name in form.fields
    ]
    return {"whole": list(form.non_field_errors()), "each": each, "title": title}


@register.inclusion_tag(f"{PARTS}/field.html")
def field(field: BoundField, *, wide: bool = False) -> dict[str, Any]:
    return drawn(field, wide=wide)


@register.inclusion_tag(f"{PARTS}/signature.html")
def signature(field: BoundField) -> dict[str, Any]:
    """A pad to sign on; the picture goes into the hidden field as a PNG data URL."""
    return {"field": field}


# ------------------------------------------------------------------ small things


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """An icon of the sprite (assets/icons.txt); with a label it speaks for itself."""
    where = f"{static('icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="ti" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            where,
        )
    return format_html(
        '<svg class="ti" aria-hidden="true"><use href="{}"></use></svg>', where
    )


@register.simple_tag
def figure(value: Any, url: str = "") -> str:
    """A count or a sum that opens its rows."""
    if isinstance(value, Figure):
        value, url = value.value, value.url
    said = words.value_in_words(value)
    if not url:
        return format_html('<span class="tn">{}</span>', said)
    return format_html('<a class="fig" href="{}">{}</a>', url, said)


@register.simple_tag(takes_context=True)
def moment(
    context: Context,
    at: datetime | date,
    *,
    until: bool = False,
    bare: bool = False,
) -> str:
    """A moment as people say it, exact for machines."""
    said = words.when(at, now_of(context), until=until, bare=bare)
    exact = words.local(at) if isinstance(at, datetime) else at
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), said)


@register.inclusion_tag(f"{PARTS}/crumbs.html")
def crumbs(trail: Iterable[Crumb]) -> dict[str, Any]:
    return {"trail": list(trail)}


@register.inclusion_tag(f"{PARTS}/tabs.html")
def tabs(items: Iterable[Tab], label: str = "") -> dict[str, Any]:
    return {"items": list(items), "label": label or gettext("Sections")}


@register.inclusion_tag(f"{PARTS}/timeline.html", takes_context=True)
def timeline(
    context: Context, rows: Iterable[TimelineRow], limit: int | None = None
) -> dict[str, Any]:
    """What happened, the newest first; beyond the limit it waits to be opened."""
    now = now_of(context)
    told = [(row, _told_by(row, now)) for row in rows]
    return {"rows": told[:limit], "earlier": told[limit:] if limit else []}


def _told_by(row: TimelineRow, now: datetime) -> str:
    told = (words.when(row.at, now, bare=True), row.who, row.channel)
    return " · ".join(part for part in told if part)


@register.inclusion_tag(f"{PARTS}/pager.html", takes_context=True)
def pager(context: Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Earlier and later rows, the filters kept."""
    request = context.get("request")
    asked = request.GET.copy() if request is not None else None

    def address(number: int) -> str:
        if asked is None:
            return f"?{name}={number}"
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "page": page,
        "previous": address(page.number - 1) if page.has_previous else "",
        "next": address(page.number + 1) if page.has_next else "",
    }


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme of the reader's cookie, so that the first paint is already right."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request is not None else ""
    return chosen if chosen in ("light", "dark") else "auto"

"""The parts of pages: what they show, and that everyone can use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from suprovid.lib.decision import deny
from suprovid.web import parts

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 4, 16, 15, 20, tzinfo=KYIV)
ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for path in (ROOT / "src" / "suprovid").rglob("*.html")
    if "templates" in path.parts
]


@pytest.fixture(autouse=True)
def ukrainian() -> Iterator[None]:
    with translation.override("uk"):
        yield


def drawn(source: str, **context: Any) -> str:
    html = Template("{% load suprovid %}" + source).render(
        Context({"now": NOW, "csrf_token": "t", **context})
    )
    return html.replace("\u00a0", " ")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def term(state: parts.TermState, left: int, day: int, **more: Any) -> parts.TermView:
    due = datetime(2026, 4, day, 18, tzinfo=KYIV)
    return parts.TermView("Встановлення", state, left, 480, 81, due, **more)


def test_a_term_says_what_its_bar_shows() -> None:
    html = drawn("{% term v %}", v=term("soon", 160, 16))
    assert words(html) == "лишилося 2 год 40 хв сьогодні до 18:00"
    assert '<rect width="81"' in html
    assert 'aria-hidden="true"' in html


def test_under_its_heading_a_late_term_does_not_repeat_the_word() -> None:
    late = term("late", -320, 15)
    assert words(drawn("{% term v %}", v=late)).startswith("прострочено на 5 год 20 хв")
    grouped = drawn('{% term v form="grouped" %}', v=late)
    assert words(grouped) == "на 5 год 20 хв було вчора до 18:00"


def test_on_a_board_a_late_term_says_so_in_words() -> None:
    html = drawn('{% term v form="card" %}', v=term("late", -320, 15))
    assert words(html) == "Встановлення прострочено на 5 год 20 хв"


def test_in_the_night_after_it_a_term_is_late_by_no_working_time() -> None:
    missed = term("late", 0, 16)
    assert (
        words(drawn("{% term v %}", v=missed)) == "прострочено було сьогодні до 18:00"
    )
    grouped = drawn('{% term v form="grouped" %}', v=missed)
    assert words(grouped) == "строк минув було сьогодні до 18:00"
    card = drawn('{% term v form="card" %}', v=missed)
    assert words(card) == "Встановлення прострочено"


def test_a_board_and_a_clock_call_a_term_by_its_noun() -> None:
    view = replace(
        term("calm", 480, 17), label="Встановити систему", name="Встановлення"
    )
    for form in ("card", "clock"):
        assert "Встановлення" in words(drawn(f'{{% term v form="{form}" %}}', v=view))


def test_in_a_row_the_moment_itself_is_asked_why() -> None:
    html = drawn("{% term v %}", v=term("calm", 480, 17, why_url="/why/"))
    asked = re.search(r'<a class="why is-moment"[^>]*>(.*?)</a>', html)
    assert asked is not None
    assert words(asked[1]) == "завтра до 18:00 : чому ця дата"


def test_a_term_met_late_is_not_called_met_in_time() -> None:
    ended = datetime(2026, 4, 15, 19, 10, tzinfo=KYIV)
    in_time = drawn("{% term v %}", v=term("met", 0, 16, ended_at=ended))
    late = drawn("{% term v %}", v=term("met", 0, 15, ended_at=ended, met_late=True))
    assert words(in_time) == "виконано вчора, 19:10 · вчасно"
    assert words(late) == "виконано із запізненням вчора, 19:10"


def test_why_this_date_opens_without_scripts_too() -> None:
    html = drawn("{% term v %}", v=term("calm", 1120, 20, why_url="/why/"))
    box = re.search(r'data-expand="([\w-]+)"', html)
    assert box is not None
    assert f'id="{box[1]}"' in html
    assert 'href="/why/"' in html


def test_a_stamp_tells_who_for_whom_and_on_what() -> None:
    view = parts.StampView(
        "given",
        "Юрій Савчин",
        "юрист",
        "Н. Рубан",
        datetime(2026, 4, 15, 11, 42, tzinfo=KYIV),
        "файл 9f3a 07c2",
        "9f3a07c2",
    )
    said = words(drawn("{% stamp v %}", v=view))
    assert said.startswith("Візу надано Юрій Савчин , юрист за Н. Рубан (заміщення)")
    assert "15.04.2026, 11:42 · файл 9f3a 07c2" in said


def test_a_refused_stamp_quotes_the_reason_and_is_not_red() -> None:
    view = parts.StampView("refused", "Юрій Савчин", reason="Ціна інша")
    html = drawn("{% stamp v %}", v=view)
    assert 'class="stamp no"' in html
    assert "«Ціна інша»" in words(html)


def test_the_boxes_are_read_aloud_by_their_lines() -> None:
    boxes = parts.boxes([("given", ""), ("refused", ""), ("given", ""), ("empty", "")])
    html = drawn("{% seven b %}", b=boxes)
    assert "Візи за рядками. надано: 1, 3; відмовлено: 2; чекають: 4" in html


def test_a_refused_act_stays_focusable_and_says_why() -> None:
    act = parts.Act("Надати візу", "/give/", deny("today"))
    html = drawn("{% act a %}", a=act)
    described = re.search(r'aria-describedby="([\w-]+)"', html)
    assert described is not None
    assert f'id="{described[1]}"' in html
    assert 'aria-disabled="true"' in html
    assert " disabled" not in html
    assert "<form" not in html
    assert words(html) == "Надати візу сьогодні"


def test_an_allowed_act_is_a_form_that_is_sent_once() -> None:
    act = parts.Act("Надати", "/give/", fields=(("seen", "a b"),), primary=True)
    html = drawn("{% act a %}{% act a %}", a=act)
    keys = re.findall(r'name="_once" value="([\w-]{36})"', html)
    assert len(set(keys)) == 2
    assert '<input type="hidden" name="seen" value="a b">' in html
    assert 'name="csrfmiddlewaretoken" value="t"' in html
    assert 'class="btn btn-primary"' in html


def test_an_act_that_leads_somewhere_is_a_link_and_no_act_is_nothing() -> None:
    link = parts.LinkAct("Надрукувати", "/print/", icon="printer")
    assert '<a class="btn ' in drawn("{% act a %}", a=link)
    assert drawn("{% act a %}", a=None).strip() == ""


def test_what_people_typed_is_escaped_in_every_part() -> None:
    evil = "<b onclick=x>"
    html = drawn(
        "{% act a %}{% stamp s %}{% timeline t %}{% figure evil '/x' %}",
        a=parts.Act(evil, "/x", fields=((evil, evil),), confirm=evil),
        s=parts.StampView("refused", evil, evil, evil, reason=evil, notes=(evil,)),
        t=[parts.TimelineRow(NOW, evil, evil, evil)],
        evil=evil,
    )
    assert "<b onclick" not in html


class Visit(forms.Form):
    name = forms.CharField(label="Назва", help_text="Як у договорі")
    day = forms.DateField(label="Дата", initial=date(2026, 4, 20))
    how = forms.ChoiceField(
        label="Як", widget=forms.RadioSelect, choices=[("net", "мережею")]
    )
    paper = forms.FileField(label="Документ", required=False)


def test_a_field_ties_its_help_and_its_error_to_the_control() -> None:
    html = drawn("{% field f.name %}", f=Visit({}))
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert '<label for="id_name">' in html


def test_a_date_is_picked_and_a_choice_is_a_group_with_a_name() -> None:
    day = drawn("{% field f.day %}", f=Visit())
    assert 'type="date"' in day
    assert 'value="2026-04-20"' in day
    how = drawn("{% field f.how %}", f=Visit())
    assert "<fieldset" in how
    assert 'class="form-check-input"' in how


def test_errors_stand_at_the_top_and_lead_to_their_fields() -> None:
    html = drawn("{% errors f %}", f=Visit({}))
    assert 'role="alert"' in html
    assert '<a class="lk" href="#id_name">Назва</a>: Заповніть це поле.' in html
    assert drawn("{% errors f %}", f=Visit()).strip() == ""
    assert drawn("{% errors f %}", f=None).strip() == ""


def test_the_pager_keeps_the_filters() -> None:
    request = RequestFactory().get("/?group=2&page=2")
    html = drawn("{% pager p %}", p=parts.Page(2, has_next=True), request=request)
    assert 'href="?group=2&amp;page=1"' in html
    assert 'href="?group=2&amp;page=3"' in html


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><x', "auto")]
)
def test_the_theme_of_the_cookie_is_there_at_the_first_paint(
    cookie: str, theme: str
) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert drawn("{% theme %}", request=request) == theme


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    known = set((ROOT / "assets" / "icons.txt").read_text().split())
    named = {
        name
        for path in SOURCES
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named
    assert named <= known


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    inside = re.compile(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|javascript:")
    carrying = [str(p) for p in SOURCES if inside.search(p.read_text())]
    assert carrying == []


def test_a_grey_button_is_tied_to_its_reason() -> None:
    html = drawn("{% grey 'Прийняти' no %}", no=deny("Write the reason."))
    described = re.search(r'aria-describedby="([\w-]+)"', html)
    assert described is not None
    assert f'id="{described[1]}"' in html
    assert 'aria-disabled="true"' in html


def test_a_long_story_waits_to_be_opened() -> None:
    rows = [parts.TimelineRow(NOW, f"подія {n}") for n in range(5)]
    html = drawn("{% timeline rows limit=3 %}", rows=rows)
    shown, _more, earlier = html.partition("<details")
    assert shown.count("<li") == 3
    assert "Ще 2 раніші події" in words(earlier)

"""The frame of pages, and the pages that have none: sign-in and errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from suprovid.lib.decision import deny
from suprovid.web import parts

ERRORS = [400, 403, 404, 405, 409, 422, 429, 500, 503]


@pytest.fixture(autouse=True)
def ukrainian() -> Iterator[None]:
    with translation.override("uk"):
        yield


FRAME: dict[str, Any] = {
    "menu": [
        parts.MenuItem("Мій день", "/", "checklist", 10, current=True),
        parts.MenuItem("Клієнти", "/clients/", "building"),
    ],
    "me": parts.Me("person:1", "Олена Гаврилюк", "керівник групи", "/people/me/"),
    "bell": parts.Figure(3, "/notifications/"),
    "search_url": "/search/",
    "demo": True,
    "alarm": "Служба строків мовчить",
}


def test_the_frame_tells_where_you_are_who_you_are_and_what_is_wrong() -> None:
    html = render_to_string("web/base.html", FRAME)
    assert '<a href="/" aria-current="page">' in html
    assert "Олена Гаврилюк" in html
    assert 'aria-label="Сповіщення: 3"' in html
    assert "Служба строків мовчить" in html
    assert "Демонстрація" in html
    assert html.index('class="skip"') < html.index("<nav")


def test_the_frame_of_a_quiet_day_has_no_lines_above_it() -> None:
    html = render_to_string("web/base.html", {**FRAME, "demo": False, "alarm": ""})
    assert 'class="ribbon' not in html


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("number", ERRORS)
def test_an_error_page_needs_nobody_and_nothing(number: int, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"web/errors/{number}.html", {"why": None})
    assert f'lang="{language}"' in html
    assert f">{number}</p>" in html
    assert 'href="/"' in html


def test_a_forbidden_page_says_the_reason_it_was_given() -> None:
    html = render_to_string("web/errors/403.html", {"why": deny("today")})
    assert "сьогодні" in html


def test_not_found_and_not_yours_are_one_page() -> None:
    html = render_to_string("web/errors/404.html", {})
    assert re.search(r"Не.знайдено або не.ваше", html)
    assert "керівник" in html

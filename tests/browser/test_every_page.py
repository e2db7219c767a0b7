"""Every page of the URL map in a real browser: readable by all, in both languages.

axe-core finds nothing, nothing is wider than a phone, no word mixes two alphabets, and
an English page has no Ukrainian words of ours.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page as Browser
from pytest_django.live_server_helper import LiveServer

from tests.fixtures.browser import OpenAs
from tests.roles.routes import Page, pages
from tests.roles.things import OWN, House, house

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
    const found = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return found.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
}"""
MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яІіЇїЄєҐґ])[A-Za-zА-Яа-яІіЇїЄєҐґ]+\b")
NOT_HTML = frozenset({"handover:print", "handover:paper"})
WHO = ("iryna", "olena", "yaroslav", "andrii", "halyna")
"""Between them they see every page: heads, sales, an accountant, an administrator."""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def department(transactional_db: None) -> House:
    return house(datetime.now(UTC))


def addresses(department: House) -> list[str]:
    """Pages that one may look at, with something of one's own in the address."""
    things = department.things[OWN]
    return [
        page.address(things)
        for page in pages()
        if page.name not in NOT_HTML and _can_be_built(page, things)
    ]


def _can_be_built(page: Page, things: dict[str, object]) -> bool:
    return set(page.args) <= set(things)


def opened(browser: Browser, address: str) -> bool:
    """Whether this person is shown an HTML page here."""
    answer = browser.request.get(address, max_redirects=0)
    html = answer.headers.get("content-type", "").startswith("text/html")
    if answer.status != 200 or not html:
        return False
    browser.goto(address)
    return True


def faults(browser: Browser) -> list[str]:
    browser.evaluate(AXE.read_text())
    found = list(browser.evaluate(RUN))
    if browser.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        found.append("wider than the screen")
    return found


@pytest.mark.parametrize(
    ("language", "theme", "phone"),
    [("uk", "light", False), ("en", "dark", True)],
    ids=["ukrainian, light, desk", "english, dark, phone"],
)
@pytest.mark.parametrize("who", WHO)
def test_nobody_is_shut_out_of_a_page(
    who: str,
    language: str,
    theme: str,
    phone: bool,
    department: House,
    open_as: OpenAs,
    live_server: LiveServer,
) -> None:
    person = getattr(department.cast, who)
    person.language = language
    person.save(update_fields=["language"])
    browser = open_as(person, phone=phone, language=language)
    browser.context.add_cookies(
        [{"name": "theme", "value": theme, "url": live_server.url}]
    )

    found = {
        address: wrong
        for address in addresses(department)
        if opened(browser, address)
        if (wrong := [*faults(browser), *_wrong_words(browser, language)])
    }

    assert found == {}


def _wrong_words(browser: Browser, language: str) -> list[str]:
    text = browser.inner_text("body")
    mixed = [f"mixed alphabets: {word}" for word in MIXED.findall(text)]
    if language == "uk":
        return mixed
    headings = browser.locator("h1, h2, th, button, label, legend").all_inner_texts()
    return mixed + [
        f"not in English: {words}"
        for words in headings
        if re.search("[а-яіїєґ]", words) and not _is_data(words)
    ]


def _is_data(words: str) -> bool:
    """Names of clients, people and papers stay as they are."""
    return any(
        sign in words for sign in ("«", "ТОВ", "П-20", "ПрАТ", "Поділ", "Оболонь")
    )

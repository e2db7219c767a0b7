"""How to look at a page: by ear, on a phone, in two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.sync_api import Page as Browser
from playwright.sync_api import ViewportSize

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1440, "height": 900},
    "phone": {"width": 360, "height": 740},
}
RUN = """async (rules) => {
    for (const more of document.querySelectorAll("main details")) more.open = true;
    const told = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}};
    if (rules) told.runOnly = {type: "rule", values: rules};
    const found = await axe.run(document, told);
    return found.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
}"""
WIDE = """() => {
    const room = document.documentElement.clientWidth + 1;
    if (document.documentElement.scrollWidth <= room) return "";
    const wide = [...document.body.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > room);
    return wide.length ? wide.at(-1).outerHTML.slice(0, 160) : "?";
}"""
PRIMARIES = """() => [...document.querySelectorAll("main .btn-primary")]
    .filter(button => button.offsetParent !== null)
    .map(button => button.textContent.trim())"""
SAID = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = new Set();
    while (walk.nextNode()) {
        const above = walk.currentNode.parentElement;
        const owner = above.closest("[lang], kbd, script, template");
        if (owner && owner !== document.documentElement) continue;
        said.add(walk.currentNode.textContent.replace(/\\s+/g, " ").trim());
    }
    for (const name of ["title", "aria-label", "placeholder", "alt"])
        for (const one of document.querySelectorAll(`[${name}]`))
            said.add(one.getAttribute(name).replace(/\\s+/g, " ").trim());
    return [...said].filter(Boolean);
}"""
OF_THE_EYE = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
]
"""What another size or theme may break; the rest was asked already."""
MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яІіЇїЄєҐґ])[A-Za-zА-Яа-яІіЇїЄєҐґ]+\b")
NAMES = {"English", "Українська"}
"""A language is called by its own name in every language."""


@dataclass(frozen=True)
class Look:
    """What a page is opened with; the other size and theme are tried on it there."""

    language: str
    theme: str
    size: str

    @property
    def other_theme(self) -> str:
        return "dark" if self.theme == "light" else "light"

    @property
    def other_size(self) -> str:
        return "phone" if self.size == "desk" else "desk"


def faults(browser: Browser, look: Look) -> list[str]:
    """What is wrong with the page that stands open, in both sizes and themes."""
    primaries = browser.evaluate(PRIMARIES)
    browser.evaluate(AXE.read_text())
    found = _faults_of_size(browser, look.size)
    if len(primaries) > 1:
        found.append(f"more than one button is the first to press: {primaries}")
    browser.set_viewport_size(SIZES[look.other_size])
    _paint(browser, look.other_theme)
    found += _faults_of_size(browser, look.other_size, OF_THE_EYE)
    _paint(browser, look.theme)
    browser.set_viewport_size(SIZES[look.size])
    return [*dict.fromkeys(found), *wrong_words(browser, look.language)]


def _faults_of_size(
    browser: Browser, size: str, rules: list[str] | None = None
) -> list[str]:
    found = [str(fault) for fault in browser.evaluate(RUN, rules)]
    if wide := browser.evaluate(WIDE):
        found.append(f"wider than the {size}: {wide}")
    return found


def _paint(browser: Browser, theme: str) -> None:
    browser.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)


def wrong_words(browser: Browser, language: str) -> list[str]:
    """Words of two alphabets, and words of ours in the other language."""
    said = browser.evaluate(SAID)
    mixed = {word for text in said for word in MIXED.findall(text)}
    strange = set(said) & words_of_the_other(language) - NAMES
    return [
        *(f"mixed alphabets: {word}" for word in sorted(mixed)),
        *(f"not translated: {text}" for text in sorted(strange)),
    ]


@cache
def words_of_the_other(language: str) -> frozenset[str]:
    """All our whole messages as they sound in the language that is not asked for."""
    pairs = {
        (str(message.id), str(message.string))
        for path in ROOT.glob("src/suprovid/*/locale/uk/LC_MESSAGES/django.po")
        for message in read_po(BytesIO(path.read_bytes()))
        if message.id and not message.pluralizable
    }
    english, ukrainian = ({pair[i] for pair in pairs} for i in (0, 1))
    strange = ukrainian - english if language == "en" else english - ukrainian
    return frozenset(strange)

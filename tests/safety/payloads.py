"""Texts that would do harm in a page, and how to see that they did none."""

from __future__ import annotations

from html.parser import HTMLParser

MARK = "mk7ga"
HARM = (
    f'{MARK}"><img src=x onerror=alert(1)><script>{MARK}()</script>'
    "{{7*7}}{% now %}%s${7*7}'`"
)


class Elements(HTMLParser):
    """Elements of a page that nobody of ours has written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.gained: list[str] = []
        self.text: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._script = tag == "script"
        if tag == "img" and told.get("src") == "x":
            self.gained.append("img")
        self.gained += [f"{tag} {name}" for name in told if name.startswith("on")]
        self.gained += [
            f"{tag} {name}"
            for name, value in attrs
            if (value or "").strip().lower().startswith("javascript:")
        ]

    def handle_data(self, data: str) -> None:
        if self._script and MARK in data:
            self.gained.append(f"script {data}")
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def harm_done(page: str) -> list[str]:
    """What the payload has become besides text; nothing, when the page is safe."""
    seen = Elements()
    seen.feed(page)
    found = seen.gained
    if f'{MARK}"><img' in page:
        found = [*found, "printed as it is"]
    text = "".join(seen.text)
    if "</script>49" in text:
        found = [*found, "computed"]
    return found

"""Papers of the demo: small true PDF files, and a signature on the glass."""

from __future__ import annotations

import io
import json
from functools import cache

from PIL import Image, ImageDraw

from suprovid.documents.rules import Upload

SHEET = b"""
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a5", margin: 16mm)
#set text(10pt, lang: "uk")
#align(center, text(13pt, weight: "bold", data.title))
#v(6mm)
#for line in data.lines [#line #parbreak()]
#v(1fr)
#text(8pt, fill: luma(110))[#data.foot]
"""
FOOT = "Документ демонстраційної бази. Організації та особи вигадані."


@cache
def pdf(title: str, *lines: str) -> bytes:
    """One page with a title; the same text is the same file."""
    import typst  # slow to load, and only the demo draws here

    data = json.dumps(
        {"title": title, "lines": lines, "foot": FOOT}, ensure_ascii=False
    )
    return bytes(
        typst.compile(SHEET, sys_inputs={"data": data}, ignore_system_fonts=True)
    )


def paper(name: str, title: str, *lines: str) -> Upload:
    return Upload(f"{name}.pdf", pdf(title, *lines))


def signature(seed: int) -> Upload:
    """A stroke as a finger leaves it on the glass."""
    picture = Image.new("RGB", (420, 140), "white")
    points = [(20 + step * 19, 70 + (step * seed * 37 % 71) - 35) for step in range(21)]
    ImageDraw.Draw(picture).line(points, fill="#20296b", width=4, joint="curve")
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return Upload("підпис.png", drawn.getvalue())

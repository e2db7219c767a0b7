"""Workbooks: XLSX and XLSM. What the workbook says of itself, and the sheet chosen."""

from __future__ import annotations

import posixpath
from itertools import chain

from suprovid.lib.sheets import limits, values
from suprovid.lib.sheets.archive import Archive
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.grid import Book, Grid
from suprovid.lib.sheets.listing import Listed, choose
from suprovid.lib.sheets.shape import Reading
from suprovid.lib.sheets.texts import Texts
from suprovid.lib.sheets.xml import Attributes, Reader, known

_RELATION_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_OTHERS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "content.xml": "an OpenDocument file",
    "index/document.iwa": "a document of Numbers or Pages",
}


def read(data: bytes, wanted: str) -> Reading:
    """The sheet of that name, or the first that has something in it.

    Raises:
        NotASheet: no workbook, or one that is not to be read.
    """
    archive = Archive(data)
    main = _main_part(archive)
    sheets, since_1904 = _sheets(archive, main)
    book = _book(archive, main, since_1904=since_1904)
    names = tuple(sheet.name for sheet in sheets)
    for sheet in choose(sheets, wanted):
        grid = Grid(sheet.place, book)
        rows = grid.rows(archive.pieces(sheet.place))
        for first in rows:
            whole = chain([first], rows)
            return Reading("xlsx", whole, sheet.name, names, merges=grid.merges)
    raise NotASheet(Cause.EMPTY)


def _main_part(archive: Archive) -> str:
    if "xl/workbook.xml" in archive:
        return "xl/workbook.xml"
    for part, format_ in _OTHERS.items():
        if part in archive:
            raise NotASheet(Cause.IS_OTHER, {"format": format_})
    for kind, target in _relations(archive, "").values():
        if kind == "officedocument" and target in archive:
            return target
    raise NotASheet(Cause.IS_OTHER, {"format": "a ZIP archive"})


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """By their ids: the last word of the kind, and the part they lead to."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def begins(_: str, attributes: Attributes) -> None:
        target = attributes.get("Target", "").replace("\\", "/")
        if attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, target))
            kind = attributes.get("Type", "").rsplit("/", 1)[-1].casefold()
            found[attributes.get("Id", "")] = (kind, path.lstrip("/"))

    reader = Reader(place, known("Relationship"), begins)
    if place in archive:
        reader.read_whole(archive.pieces(place))
    return found


def _sheets(archive: Archive, main: str) -> tuple[list[Listed], bool]:
    """Sheets in the order of the workbook, and whether its days begin in 1904."""
    relations = _relations(archive, main)
    sheets: list[Listed] = []
    since_1904 = False

    def begins(element: str, attributes: Attributes) -> None:
        nonlocal since_1904
        if element == "workbookPr":
            since_1904 = attributes.get("date1904", "") in {"1", "true", "on"}
            return
        kind, place = next(
            (relations[attributes[i]] for i in _RELATION_IDS
             if attributes.get(i) in relations), ("", ""),
        )  # fmt: skip
        if kind == "worksheet" and place in archive:
            name = attributes.get("name", "")[: limits.NAME]
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(Listed(name, place, hidden))

    reader = Reader(main, known("workbookPr", "sheet"), begins)
    reader.read_whole(archive.pieces(main))
    if not sheets:
        raise NotASheet(Cause.BROKEN)
    return sheets, since_1904


def _book(archive: Archive, main: str, *, since_1904: bool) -> Book:
    texts, styles = Texts(), [""]
    parts = dict(_relations(archive, main).values())
    if (place := parts.get("sharedstrings", "")) in archive:
        texts = _shared(archive, place)
    if (place := parts.get("styles", "")) in archive:
        styles = _styles(archive, place)
    return Book(texts, styles, since_1904=since_1904)


def _shared(archive: Archive, place: str) -> Texts:
    texts = Texts()
    pieces: list[str] = []
    size = 0
    listening = spoken = False

    def begins(element: str, _: Attributes) -> None:
        nonlocal listening, spoken
        spoken = spoken or element == "rPh"
        listening = element == "t" and not spoken

    def ends(element: str) -> None:
        nonlocal listening, spoken, size
        listening = False
        if element == "rPh":
            spoken = False
        elif element == "si":
            texts.add(values.unescaped("".join(pieces)))
            pieces.clear()
            size = 0

    def told(text: str) -> None:
        nonlocal size
        if listening:
            size += len(text)
            if size > limits.RAW_TEXT:
                raise NotASheet(Cause.BOMB)
            pieces.append(text)

    reader = Reader(place, known("si", "t", "rPh"), begins, ends, told)
    reader.read_whole(archive.pieces(place))
    return texts


def _styles(archive: Archive, place: str) -> list[str]:
    """What a number means, by the number of the cell's style."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def begins(element: str, attributes: Attributes) -> None:
        nonlocal inside
        if element == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif element == "cellXfs":
            inside = True
        elif inside and len(styles) < limits.STYLES:
            number = attributes.get("numFmtId", "0")
            styles.append(_style(number, codes.get(number, "")))

    def ends(element: str) -> None:
        nonlocal inside
        if element == "cellXfs":
            inside = False

    names = known("numFmt", "cellXfs", "xf")
    Reader(place, names, begins, ends).read_whole(archive.pieces(place))
    return styles


def _style(number: str, code: str) -> str:
    digits = number.isdecimal() and len(number) < 9
    return values.style(int(number) if digits else 0, code[: limits.NAME])

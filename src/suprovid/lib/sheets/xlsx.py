"""Workbooks: XLSX and XLSM. Looked through by `scan`, then read by calamine."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from xml.parsers import expat

from suprovid.lib.sheets import engine, limits
from suprovid.lib.sheets.archive import Archive
from suprovid.lib.sheets.causes import Cause, NotASheet
from suprovid.lib.sheets.engine import Errors, Listed
from suprovid.lib.sheets.scan import Extent, scan
from suprovid.lib.sheets.shape import Reading

_BOOK = "xl/workbook.xml"
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
    _refuse_others(archive)
    extents = {
        part: scan(part, archive.pieces(part))
        for part in archive.names()
        if part.startswith(("xl/", "_rels/", "[")) and part.endswith((".xml", ".rels"))
    }
    return engine.read("xlsx", data, _sheets(archive), wanted, _look(extents))


def _look(extents: dict[str, Extent]) -> Callable[[Listed], Errors]:
    def look(sheet: Listed) -> Errors:
        extent = extents.get(sheet.place.casefold())
        if extent is None:
            raise NotASheet(Cause.BROKEN)
        extent.check()
        return extent.errors

    return look


def _refuse_others(archive: Archive) -> None:
    if _BOOK in archive:
        return
    for part, format_ in _OTHERS.items():
        if part in archive:
            raise NotASheet(Cause.IS_OTHER, {"format": format_})
    raise NotASheet(Cause.IS_OTHER, {"format": "a ZIP archive"})


def _sheets(archive: Archive) -> list[Listed]:
    """Sheets with cells, in the order of the workbook."""
    places: dict[str, str] = {}
    sheets: list[Listed] = []

    def relation(element: str, told: dict[str, str]) -> None:
        if element == "Relationship" and told.get("Type", "").endswith("/worksheet"):
            path = posixpath.join("/xl", told.get("Target", "").replace("\\", "/"))
            places[told.get("Id", "")] = posixpath.normpath(path).lstrip("/")

    def sheet(element: str, told: dict[str, str]) -> None:
        if element != "sheet":
            return
        ids = (value for name, value in told.items() if name.endswith(":id"))
        if place := places.get(next(ids, "")):
            name = told.get("name", "")[: limits.NAME]
            shown = told.get("state", "visible") == "visible"
            sheets.append(Listed(name, place, hidden=not shown))

    _elements(archive, "xl/_rels/workbook.xml.rels", relation)
    _elements(archive, _BOOK, sheet)
    if not sheets:
        raise NotASheet(Cause.BROKEN)
    return sheets


def _elements(
    archive: Archive, part: str, take: Callable[[str, dict[str, str]], None]
) -> None:
    """Elements by their own names; the part has been scanned."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, told: take(name.split(":")[-1], told)
    for piece in archive.pieces(part) if part in archive else ():
        parser.Parse(piece, False)  # noqa: FBT003 - it takes no names

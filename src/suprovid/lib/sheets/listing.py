"""Which of a workbook's sheets is read."""

from __future__ import annotations

from typing import NamedTuple

from suprovid.lib.sheets.causes import Cause, NotASheet


class Listed(NamedTuple):
    """A sheet as its workbook lists it."""

    name: str
    place: str
    hidden: bool


def choose(sheets: list[Listed], wanted: str) -> list[Listed]:
    """The sheet of that name; without a name all, those that are shown first.

    Raises:
        NotASheet: there is no sheet of that name.
    """
    if not wanted:
        return sorted(sheets, key=lambda sheet: sheet.hidden)
    for same in (str, lambda name: " ".join(name.casefold().split())):
        for sheet in sheets:
            if same(sheet.name) == same(wanted):
                return [sheet]
    names = [sheet.name for sheet in sheets]
    raise NotASheet(Cause.NO_SHEET, {"name": wanted, "names": names})

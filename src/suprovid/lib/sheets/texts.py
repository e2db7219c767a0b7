"""Texts that many cells share, packed: as Python's own strings they would not fit."""

from __future__ import annotations

from array import array

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import Cause, NotASheet


class Texts:
    def __init__(self) -> None:
        self._letters = bytearray()
        self._ends = array("L", [0])

    def add(self, text: str) -> None:
        self._letters += text.encode()
        self._ends.append(len(self._letters))
        if len(self._ends) > limits.CELLS or len(self._letters) > limits.SHARED:
            megabytes = limits.SHARED // limits.MEGABYTE
            raise NotASheet(Cause.TOO_MUCH, {"megabytes": megabytes})

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise NotASheet(Cause.BROKEN)
        return self._letters[self._ends[number] : self._ends[number + 1]].decode()

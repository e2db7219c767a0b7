"""XML of a workbook, read piece by piece by expat, which is never let loose.

What is checked is what is read, by the same parser: a DOCTYPE in any encoding, depth,
the number of elements, the size of a tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import Cause, NotASheet

Attributes = dict[str, str]
_SPACES = (
    "",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
    "http://schemas.openxmlformats.org/package/2006/relationships ",
)


def known(*names: str) -> dict[str, str]:
    """Elements of a workbook by their full names; those of other spaces are not."""
    return {space + name: name for space in _SPACES for name in names}


class Reader:
    """Calls `begins(element, attributes)`, `ends(element)`, `told(text)`.

    Only elements that are `known` are told of.
    """

    def __init__(
        self,
        part: str,
        names: dict[str, str],
        begins: Callable[[str, Attributes], None],
        ends: Callable[[str], None] | None = None,
        told: Callable[[str], None] | None = None,
    ) -> None:
        self._part = part
        depth = elements = 0

        def begin(element: str, attributes: Attributes) -> None:
            nonlocal depth, elements
            depth += 1
            elements += 1
            if depth > limits.DEPTH:
                figures: dict[str, str | int | list[str]] = {"depth": limits.DEPTH}
                raise NotASheet(Cause.TOO_DEEP, {"part": part, **figures})
            if elements > limits.ELEMENTS:
                raise NotASheet(Cause.BOMB)
            if name := names.get(element):
                begins(name, attributes)

        def end(element: str) -> None:
            nonlocal depth
            depth -= 1
            if ends and (name := names.get(element)):
                ends(name)

        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = begin
        self._parser.EndElementHandler = end
        self._parser.CharacterDataHandler = told
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise NotASheet(Cause.DOCTYPE, {"part": self._part})

    def read(self, pieces: Iterable[bytes]) -> Iterator[None]:
        """Stops after each piece, for the caller to take what was found."""
        taken = 0
        try:
            for piece in pieces:
                self._parser.Parse(piece, False)  # noqa: FBT003 - it takes no names
                taken += len(piece)
                if taken - self._parser.CurrentByteIndex > limits.TOKEN:
                    raise NotASheet(Cause.BOMB)
                yield
            self._parser.Parse(b"", True)  # noqa: FBT003
        # A strange encoding is a ValueError or a LookupError.
        except (expat.ExpatError, ValueError, LookupError) as damage:
            raise NotASheet(Cause.BROKEN) from damage
        yield

    def read_whole(self, pieces: Iterable[bytes]) -> None:
        for _ in self.read(pieces):
            pass

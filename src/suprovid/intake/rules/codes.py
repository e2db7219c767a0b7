"""The code of a client as a spreadsheet leaves it: without its zeros, with blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from suprovid.clients.rules.codes import (
    CHECK_DIGIT,
    LETTERS,
    CodeCheck,
    CodeKind,
    check_code,
)
from suprovid.intake.rules.fields import Cell
from suprovid.intake.rules.told import Asked, Told, error, shown, warning
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

ZEROS = Reason(word("The zeros that the spreadsheet lost in front are put back."))
ONLY_DIGITS = Reason(word("The code is left without blanks, signs and words."))
ZEROS_AND_ODD = Reason(
    word(
        "Zeros were put back in front and the check digit does not fit: compare the"
        " code with the papers."
    )
)
LONGEST = 60
_LETTERS_FOR_DIGITS = str.maketrans("OIL" + "ОЗІ", "011" + "031")
_SHORTENED, _SHORT = re.compile("[0-9]{5,7}"), re.compile("[0-9]{5,9}")
_POINT = re.compile(r"([0-9]{5,12})[.,]0{1,2}")
_WORDS = re.compile(
    r"(?:код|єдрпоу|рнокпп|іпн|за|code|edrpou|no|[\s.:/])+(?=[0-9])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is kept; `odd` when somebody confirms it first."""

    code: str
    kind: CodeKind
    odd: bool


def read_code(cell: Cell) -> Told[Code]:
    """The code of a cell, its lost zeros put back where the check digit agrees."""
    text = shown(cell)[:LONGEST]
    bare = _bare(text)
    check, padded = _checked(bare)
    if check.error == LETTERS and (digits := _typed_as_letters(bare)):
        check, padded = check_code(digits), False
    asked: tuple[Asked, ...] = ()
    if check.error:
        asked = (error(check.error),)
    elif check.warning:
        lost = padded and check.warning == CHECK_DIGIT
        asked = (warning(ZEROS_AND_ODD if lost else check.warning),)
    why = [ZEROS] if padded else []
    if not padded and check.code != text and not check.error:
        why = [ONLY_DIGITS]
    code = Code(check.code, check.kind, check.warning is not None)
    return Told(code, check.code, tuple(why), asked)


def _bare(text: str) -> str:
    """Without the words beside it and the ".0" that tables of numbers leave."""
    bare = text.replace("№", "").strip().strip("'’`\"")
    if found := _POINT.fullmatch(bare):
        return found[1]
    return _WORDS.sub("", bare, count=1) if _WORDS.match(bare) else bare


def _checked(bare: str) -> tuple[CodeCheck, bool]:
    if _SHORTENED.fullmatch(bare):
        return check_code(f"{bare:0>8}"), True
    check = check_code(bare)
    if not check.error or not _SHORT.fullmatch(check.code):
        return check, False
    if len(check.code) == 9:
        person = check_code(f"0{check.code}")
        return (check, False) if person.warning else (person, True)
    return check_code(f"{check.code:0>8}"), True


def _typed_as_letters(bare: str) -> str:
    """A code with O for 0 or З for 3, when its check digit agrees."""
    digits = bare.upper().translate(_LETTERS_FOR_DIGITS)
    check = check_code(digits)
    return "" if check.error or check.warning else digits


def looks_like_code(cell: Cell) -> bool:
    """A good code, with its zeros or without."""
    text = shown(cell)
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return False
    told = read_code(cell)
    return not told.asked

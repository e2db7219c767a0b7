"""Codes of organisations and persons, checked by python-stdnum (DOMAIN B1)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.ua import edrpou, rntrc

from suprovid.lib.decision import Reason
from suprovid.lib.words import word


class CodeKind(StrEnum):
    EDRPOU = "edrpou"
    RNTRC = "rntrc"
    PASSPORT = "passport"
    OTHER = "other"


#: Codes that name a living person: they and the names beside them are personal data.
PERSONAL = frozenset({CodeKind.RNTRC, CodeKind.PASSPORT})


@dataclass(frozen=True)
class CodeCheck:
    """What a code is, how it is kept, and what is odd or wrong about it."""

    kind: CodeKind
    code: str
    warning: Reason | None = None
    error: Reason | None = None


EMPTY = Reason(word("Write the code: 8 digits (ЄДРПОУ) or 10 digits (РНОКПП)."))
LETTERS = Reason(word("A code has digits only: 8 (ЄДРПОУ) or 10 (РНОКПП)."))
LENGTH = word(
    "The code has 8 digits (ЄДРПОУ) or 10 digits (РНОКПП); here digits: {digits}."
)
CHECK_DIGIT = Reason(
    word("The check digit does not fit: compare the code with the papers.")
)
PASSPORT = Reason(
    word("A passport stands in place of the number: make sure the person refused it.")
)
TAX_OFFICE = Reason(
    word("A number given by the tax office: compare it with the papers.")
)
TOO_LONG = 40
_LATIN = str.maketrans("ABCEHIKMOPTX", "АВСЕНІКМОРТХ")
_OLD_PASSPORT = re.compile(r"[А-ЯҐЄІЇ]{2}[0-9]{6}")
_SEPARATORS = re.compile(r"[\s\-‐-―'’]+")


def check_code(text: str, *, passport: bool = False) -> CodeCheck:
    """Tell what a code is and whether it can be taken.

    A wrong check digit is a warning one may confirm: old codes and branches have
    them. A wrong length or a letter is an error. A nine-digit passport is taken only
    when said to be one; the tax office's own numbers begin with 77 or 88.

    >>> check_code("3285 5961").code
    '32855961'
    >>> check_code("32855968").warning is CHECK_DIGIT
    True
    """
    code = _normal(text)
    if not code:
        return CodeCheck(CodeKind.OTHER, "", error=EMPTY)
    if _OLD_PASSPORT.fullmatch(code) or (passport and re.fullmatch("[0-9]{9}", code)):
        return CodeCheck(CodeKind.PASSPORT, code, warning=PASSPORT)
    if not re.fullmatch("[0-9]+", code):
        return CodeCheck(CodeKind.OTHER, code[:TOO_LONG], error=LETTERS)
    return _number(code)


def _number(code: str) -> CodeCheck:
    if len(code) == 8:
        return CodeCheck(CodeKind.EDRPOU, code, warning=_odd(edrpou, code))
    if len(code) == 10:
        return CodeCheck(CodeKind.RNTRC, code, warning=_odd(rntrc, code))
    if len(code) == 9 and code[:2] in {"77", "88"}:
        return CodeCheck(CodeKind.OTHER, code, warning=TAX_OFFICE)
    wrong = Reason(LENGTH, (("digits", str(len(code))),))
    return CodeCheck(CodeKind.OTHER, code[:TOO_LONG], error=wrong)


def _odd(number: object, code: str) -> Reason | None:
    try:
        number.validate(code)  # type: ignore[attr-defined]
    except ValidationError:
        return CHECK_DIGIT
    return None


def _normal(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    seen = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Cc"})
    return _SEPARATORS.sub("", seen).translate(_LATIN)

"""The faults of a bank's file in words: the library knows causes only."""

from __future__ import annotations

from suprovid.lib.bounded import Cause as Stop
from suprovid.lib.statements import Cause
from suprovid.lib.words import word

IN_A_ZIP = word("{file}: {fault}")
STOPPED = {
    Stop.TIME: word("The file takes too long to read: ask for a shorter period."),
    Stop.MEMORY: word("The file takes too much memory to read: it is not taken."),
    Stop.BROKEN: word("The file broke its reader: it is not taken."),
}
FAULTS: dict[Cause, str] = {
    Cause.EMPTY: word("The file is empty."),
    Cause.TOO_LARGE: word(
        "The file is larger than {limit} MB: ask the bank for a shorter period."
    ),
    Cause.OTHER_FORMAT: word(
        "This is {format}, not a camt.053 statement: ask the bank for the "
        "statement as camt.053 (XML)."
    ),
    Cause.NOT_XML: word("This is not XML, so it is not a camt.053 statement."),
    Cause.ENCODING: word("The letters of the file cannot be read as {encoding}."),
    Cause.DOCTYPE: word(
        "The file declares a DOCTYPE; a statement of a bank has none, so it"
        " is not read."
    ),
    Cause.BROKEN_XML: word("The XML is broken at row {row}, column {column}."),
    Cause.TRUNCATED: word(
        "The file ends in the middle: download it from the bank again."
    ),
    Cause.TOO_DEEP: word(
        "The XML is nested deeper than {limit} levels; no statement is."
    ),
    Cause.LONG_TEXT: word("The field {field} is longer than {limit} characters."),
    Cause.TOO_MANY_PARTS: word(
        "An entry has more than {limit} parts; no bank writes so many."
    ),
    Cause.WRONG_ROOT: word(
        "The file begins with {root}: it is XML, but not a camt.053 statement."
    ),
    Cause.OTHER_MESSAGE: word(
        "This is a message {message}, not a camt.053 statement: ask the "
        "bank for camt.053 from 001.02 up."
    ),
    Cause.NO_STATEMENT: word("The message holds no statement."),
    Cause.TOO_MANY_LINES: word(
        "The file has more than {limit} lines: ask the bank for a shorter period."
    ),
    Cause.NO_ACCOUNT: word(
        "The statement {statement} does not say whose account it is."
    ),
    Cause.NO_CURRENCY: word("The statement of {account} does not say its currency."),
    Cause.BAD_PERIOD: word(
        "The period of the statement of {account} cannot be read: “{told}”."
    ),
    Cause.BAD_BALANCE: word(
        "The balance {balance} of {account} cannot be read: “{told}”."
    ),
    Cause.BALANCE_CURRENCY: word(
        "The balance {balance} is in {told}, but the account {account} is "
        "in {currency}."
    ),
    Cause.WRONG_SUM: word(
        "The account {account}: opening balance and lines make {expected}, "
        "but the bank’s closing balance is {told}."
    ),
    Cause.BAD_SUM: word("Line {line} of {account}: “{told}” is not a sum."),
    Cause.NEGATIVE_SUM: word(
        "Line {line} of {account}: the sum {told} is below zero; the side "
        "is told by debit and credit."
    ),
    Cause.SUM_TOO_LARGE: word(
        "Line {line} of {account}: the sum {told} is too large to be true."
    ),
    Cause.FRACTION: word(
        "Line {line} of {account}: the sum {told} has a part of a kopeck."
    ),
    Cause.LINE_CURRENCY: word(
        "Line {line} is in {told}, but the account {account} is in {currency}."
    ),
    Cause.NO_SIGN: word(
        "Line {line} of {account} is neither debit nor credit: “{told}”."
    ),
    Cause.BAD_STATUS: word("Line {line} of {account} has an unknown status: “{told}”."),
    Cause.BAD_DATE: word("Line {line} of {account}: “{told}” is not a date."),
    Cause.OUT_OF_PERIOD: word(
        "Line {line} of {account} is of {told}, outside the period of the "
        "statement ({begins} – {ends})."
    ),
    Cause.ZIP_BROKEN: word("The zip is broken: download it from the bank again."),
    Cause.ZIP_WITHOUT_XML: word("The zip holds no XML file."),
    Cause.ZIP_ENTRIES: word("The zip holds too many files: at most {limit} are read."),
    Cause.ZIP_TOO_LARGE: word("The zip unpacks to more than {limit} MB."),
    Cause.ZIP_RATIO: word(
        "The file {name} in the zip is packed more than {limit} times: no statement is."
    ),
    Cause.ZIP_NESTED: word("The zip holds another archive, {name}: unpack it first."),
    Cause.ZIP_NAME: word("The zip holds a file with a name that is not safe: {name}."),
    Cause.ZIP_LINK: word("The zip holds a link instead of a file: {name}."),
    Cause.ZIP_ENCRYPTED: word("The zip is closed with a password: unpack it first."),
    Cause.ZIP_OVERLAP: word("The files in the zip overlap; no bank packs so."),
    Cause.ZIP_METHOD: word("The file {name} in the zip is packed in an unknown way."),
}

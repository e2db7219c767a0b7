"""Why a file is not taken as a statement: each way has its own name and sentence."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """What is wrong with a file. `MESSAGES` tells it in a sentence."""

    # The file as a whole.
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_FORMAT = "other_format"
    NOT_XML = "not_xml"
    ENCODING = "encoding"
    # Its XML.
    DOCTYPE = "doctype"
    BROKEN_XML = "broken_xml"
    TRUNCATED = "truncated"
    TOO_DEEP = "too_deep"
    LONG_TEXT = "long_text"
    TOO_MANY_PARTS = "too_many_parts"
    WRONG_ROOT = "wrong_root"
    OTHER_MESSAGE = "other_message"
    NO_STATEMENT = "no_statement"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_STATEMENTS = "too_many_statements"
    # One statement.
    NO_ACCOUNT = "no_account"
    NO_CURRENCY = "no_currency"
    BAD_PERIOD = "bad_period"
    BAD_BALANCE = "bad_balance"
    BALANCE_CURRENCY = "balance_currency"
    WRONG_SUM = "wrong_sum"
    # One line.
    BAD_SUM = "bad_sum"
    NEGATIVE_SUM = "negative_sum"
    SUM_TOO_LARGE = "sum_too_large"
    FRACTION = "fraction"
    LINE_CURRENCY = "line_currency"
    NO_SIGN = "no_sign"
    BAD_STATUS = "bad_status"
    BAD_DATE = "bad_date"
    OUT_OF_PERIOD = "out_of_period"
    # A zip.
    ZIP_BROKEN = "zip_broken"
    ZIP_WITHOUT_XML = "zip_without_xml"
    ZIP_ENTRIES = "zip_entries"
    ZIP_TOO_LARGE = "zip_too_large"
    ZIP_RATIO = "zip_ratio"
    ZIP_NESTED = "zip_nested"
    ZIP_NAME = "zip_name"
    ZIP_LINK = "zip_link"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_OVERLAP = "zip_overlap"
    ZIP_METHOD = "zip_method"


MESSAGES: dict[Cause, str] = {
    Cause.EMPTY: "The file is empty.",
    Cause.TOO_LARGE: "The file is larger than {limit} MB: ask the bank for a shorter "
    "period.",
    Cause.OTHER_FORMAT: "This is {format}, not a camt.053 statement: ask the bank for "
    "the statement as camt.053 (XML).",
    Cause.NOT_XML: "This is not XML, so it is not a camt.053 statement.",
    Cause.ENCODING: "The letters of the file cannot be read as {encoding}.",
    Cause.DOCTYPE: "The file declares a DOCTYPE; a statement of a bank has none, so it "
    "is not read.",
    Cause.BROKEN_XML: "The XML is broken at row {row}, column {column}.",
    Cause.TRUNCATED: "The file ends in the middle: download it from the bank again.",
    Cause.TOO_DEEP: "The XML is nested deeper than {limit} levels; no statement is.",
    Cause.LONG_TEXT: "The field {field} is longer than {limit} characters.",
    Cause.TOO_MANY_PARTS: "An entry has more than {limit} parts; no bank "
    "writes so many.",
    Cause.WRONG_ROOT: "The file begins with {root}: it is XML, but not a camt.053 "
    "statement.",
    Cause.OTHER_MESSAGE: "This is a message {message}, not a camt.053 statement: ask "
    "the bank for camt.053 from 001.02 up.",
    Cause.NO_STATEMENT: "The message holds no statement.",
    Cause.TOO_MANY_LINES: "The file has more than {limit} lines: ask the bank for a "
    "shorter period.",
    Cause.TOO_MANY_STATEMENTS: "The message holds more than {limit} statements: ask "
    "the bank for a shorter period.",
    Cause.NO_ACCOUNT: "The statement {statement} does not say whose account it is.",
    Cause.NO_CURRENCY: "The statement of {account} does not say its currency.",
    Cause.BAD_PERIOD: "The period of the statement of {account} cannot be read: "
    "“{told}”.",
    Cause.BAD_BALANCE: "The balance {balance} of {account} cannot be read: “{told}”.",
    Cause.BALANCE_CURRENCY: "The balance {balance} is in {told}, but the account "
    "{account} is in {currency}.",
    Cause.WRONG_SUM: "The account {account}: opening balance and lines make "
    "{expected}, but the bank's closing balance is {told}.",
    Cause.BAD_SUM: "Line {line} of {account}: “{told}” is not a sum.",
    Cause.NEGATIVE_SUM: "Line {line} of {account}: the sum {told} is below zero; the "
    "side is told by debit and credit.",
    Cause.SUM_TOO_LARGE: "Line {line} of {account}: the sum {told} is too large to be "
    "true.",
    Cause.FRACTION: "Line {line} of {account}: the sum {told} has a part of a kopeck.",
    Cause.LINE_CURRENCY: "Line {line} is in {told}, but the account {account} is in "
    "{currency}.",
    Cause.NO_SIGN: "Line {line} of {account} is neither debit nor credit: “{told}”.",
    Cause.BAD_STATUS: "Line {line} of {account} has an unknown status: “{told}”.",
    Cause.BAD_DATE: "Line {line} of {account}: “{told}” is not a date.",
    Cause.OUT_OF_PERIOD: "Line {line} of {account} is of {told}, outside the period of "
    "the statement ({begins} – {ends}).",
    Cause.ZIP_BROKEN: "The zip is broken: download it from the bank again.",
    Cause.ZIP_WITHOUT_XML: "The zip holds no XML file.",
    Cause.ZIP_ENTRIES: "The zip holds too many files: at most {limit} are read.",
    Cause.ZIP_TOO_LARGE: "The zip unpacks to more than {limit} MB.",
    Cause.ZIP_RATIO: "The file {name} in the zip is packed more than {limit} times: no "
    "statement is.",
    Cause.ZIP_NESTED: "The zip holds another archive, {name}: unpack it first.",
    Cause.ZIP_NAME: "The zip holds a file with a name that is not safe: {name}.",
    Cause.ZIP_LINK: "The zip holds a link instead of a file: {name}.",
    Cause.ZIP_ENCRYPTED: "The zip is closed with a password: unpack it first.",
    Cause.ZIP_OVERLAP: "The files in the zip overlap; no bank packs so.",
    Cause.ZIP_METHOD: "The file {name} in the zip is packed in an unknown way.",
}


class NotAStatement(Exception):
    """The file is not taken. `params` fill the sentence; `file` is there in a zip."""

    def __init__(self, cause: Cause, params: dict[str, str] | None = None) -> None:
        super().__init__(cause, params or {})
        self.cause = cause
        self.params = params or {}

    def __str__(self) -> str:
        return MESSAGES[self.cause].format_map(self.params)

    def within(self, **more: str) -> NotAStatement:
        """The same, told more closely; what is told already stays."""
        return NotAStatement(self.cause, more | self.params)

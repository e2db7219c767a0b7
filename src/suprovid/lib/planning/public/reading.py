"""Reads a problem of the public format; a fault is told with the number of its line.

A fault of the file (cut short, not text, no vehicles) is `Unreadable`. A fault of one
client (coordinates that are no number, a window that closes before it opens) refuses
that client alone: the others can still be planned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

LARGEST = 40_000_000
"""Most places in the engine's largest two tables, n x (n + routes): 2 GB in all."""
MOST_DAYS = 366
WITH_ONE_DEPOT = {"0", "1", "4", "5"}
PERIODIC_AND_MISLABELLED = "2"
"""One public file calls itself multi-depot, and is periodic in every line after it."""


class Unreadable(ValueError):
    """The file is no problem that can be planned; the words say why, and in which line.

    `line` counts from 1.
    """

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line}: {why}")
        self.line = line


@dataclass(frozen=True)
class Depot:
    x: float
    y: float
    opens: float = 0.0
    closes: float = math.inf


@dataclass(frozen=True)
class Client:
    """Days are counted from 1; service starts from `early` to `late`, in minutes."""

    number: int
    x: float
    y: float
    service: float
    demand: float
    patterns: tuple[tuple[int, ...], ...]
    early: float = 0.0
    late: float = math.inf
    line: int = 0


@dataclass(frozen=True)
class Refused:
    """A client that cannot be planned, whatever the plan."""

    number: int
    line: int
    why: str

    def __str__(self) -> str:
        return f"Line {self.line}: client {self.number} {self.why}"


@dataclass(frozen=True)
class Instance:
    """`longest` and `capacity` hold one value a day; a vehicle is there every day."""

    vehicles: int
    longest: tuple[float, ...]
    capacity: tuple[float, ...]
    depot: Depot
    clients: tuple[Client, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def days(self) -> int:
        return len(self.longest)


class _Line(NamedTuple):
    number: int
    words: list[str]


class _Head(NamedTuple):
    line: int
    kind: str
    vehicles: int
    clients: int
    days: int


class _ClientFault(Exception):
    """What is wrong with one client; the file goes on."""


def read(data: bytes) -> Instance:
    """The problem of a file.

    Raises:
        Unreadable: the file cannot be planned at all.
    """
    lines = _lines(data)
    head = _head(_next(lines, 0, "it is empty"))
    limits = list(_limits(lines, head))
    home = _next(lines, limits[-1].line, "the depot is missing")
    depot = _depot(home, head)
    clients, refused = _clients(lines, head, after=home.number)
    return Instance(
        vehicles=head.vehicles,
        longest=tuple(limit.longest for limit in limits),
        capacity=tuple(limit.capacity for limit in limits),
        depot=depot,
        clients=clients,
        refused=refused,
    )


def _lines(data: bytes) -> Iterator[_Line]:
    """The lines that hold something; what is no text is told before any number is."""
    for number, line in enumerate(data.splitlines(), start=1):
        if not re.fullmatch(rb"[\t\x0b\x0c\x1a -~]*", line):
            raise Unreadable(number, "this is not text, so no problem can be read.")
        words = line.replace(b"\x1a", b"").decode("ascii").split()
        if words:
            yield _Line(number, words)


def _next(lines: Iterator[_Line], after: int, missing: str) -> _Line:
    line = next(lines, None)
    if line is None:
        raise Unreadable(after + 1, f"the file ends here: {missing}.")
    return line


def _head(line: _Line) -> _Head:
    kind, *counts = line.words
    if kind == "8" or len(counts) == 4:
        raise Unreadable(
            line.number, "several depots: only problems with one depot are planned."
        )
    if kind not in {*WITH_ONE_DEPOT, PERIODIC_AND_MISLABELLED} or len(counts) != 3:
        raise Unreadable(
            line.number,
            "expected `type vehicles clients days` of a problem with one depot, such as"
            f" `1 2 48 4`; found {_quoted(line.words)}.",
        )
    vehicles, clients, days = (_count(line, word) for word in counts)
    head = _Head(line.number, kind, vehicles, clients, days)
    _check_size(head)
    return head


def _check_size(head: _Head) -> None:
    if not head.vehicles:
        raise Unreadable(head.line, "there are 0 vehicles, so nobody can be visited.")
    if not 1 <= head.days <= MOST_DAYS:
        raise Unreadable(
            head.line, f"{head.days} days: from 1 to {MOST_DAYS} can be planned."
        )
    routes = min(head.vehicles, head.clients) * head.days
    if head.clients * (head.clients + routes) > LARGEST:
        raise Unreadable(
            head.line,
            f"{head.clients} clients and {routes} routes are more than fit in memory;"
            " split the problem.",
        )


class _Limit(NamedTuple):
    line: int
    longest: float
    capacity: float


def _limits(lines: Iterator[_Line], head: _Head) -> Iterator[_Limit]:
    after = head.line
    for day in range(1, head.days + 1):
        line = _next(lines, after, f"the limits of day {day} are missing")
        after = line.number
        if len(line.words) != 2:
            raise Unreadable(
                after,
                f"expected the longest duration and the capacity of day {day};"
                f" found {_quoted(line.words)}.",
            )
        longest, capacity = (_amount(line, word) for word in line.words)
        yield _Limit(after, longest or math.inf, capacity)


def _depot(line: _Line, head: _Head) -> Depot:
    words = line.words
    if words[0] != "0" and head.kind == PERIODIC_AND_MISLABELLED:
        raise Unreadable(
            head.line, "several depots: only problems with one depot are planned."
        )
    if words[0] != "0" or len(words) not in (7, 9):
        raise Unreadable(
            line.number, f"expected the depot, as client 0; found {_quoted(words)}."
        )
    x, y, *window = (_number(line, word) for word in (*words[1:3], *words[7:]))
    if window and window[0] > window[1]:
        raise Unreadable(line.number, "the depot closes before it opens.")
    return Depot(x, y, *window)


def _clients(
    lines: Iterator[_Line], head: _Head, after: int
) -> tuple[tuple[Client, ...], tuple[Refused, ...]]:
    clients, refused, numbers = [], [], {0}
    for line in lines:
        after = line.number
        if len(numbers) > head.clients:
            raise Unreadable(
                after, f"more rows than the {head.clients} clients that are declared."
            )
        number = _own_number(line, numbers)
        _check_length(line)
        try:
            client = _client(line, number, head.days)
        except _ClientFault as fault:
            refused.append(Refused(number, line.number, str(fault)))
            continue
        if client.patterns:
            clients.append(client)
    if len(numbers) <= head.clients:
        found = len(numbers) - 1
        raise Unreadable(
            after + 1,
            f"the file ends here, after {found} of the {head.clients} clients"
            f" that line {head.line} declares.",
        )
    return tuple(clients), tuple(refused)


def _own_number(line: _Line, taken: set[int]) -> int:
    number = _count(line, line.words[0])
    if number in taken:
        raise Unreadable(line.number, f"number {number} is taken by an earlier row.")
    taken.add(number)
    return number


def _check_length(line: _Line) -> None:
    """A row holds 7 numbers, as many patterns as its 7th says, and maybe a window."""
    found = len(line.words)
    if found >= 7:
        patterns = _count(line, line.words[6])
        if found in (7 + patterns, 9 + patterns):
            return
    raise Unreadable(
        line.number,
        f"a row `i x y d q f a patterns [e l]` was expected; its {found} numbers are"
        " too few or too many.",
    )


def _client(line: _Line, number: int, days: int) -> Client:
    """Frequency 0 is a client of no patterns: it is not to be visited."""
    words = line.words
    frequency, count = _count(line, words[5]), _count(line, words[6])
    x, y, service, demand = (_finite(line, word) for word in words[1:5])
    if service < 0 or demand < 0:
        raise _ClientFault("has a service time or a demand below 0.")
    client = Client(number, x, y, service, demand, (), line=line.number)
    if not frequency:
        return client
    codes = [_count(line, word) for word in words[7 : 7 + count]]
    patterns = tuple(_pattern(code, days, frequency) for code in codes)
    if not patterns:
        raise _ClientFault("may be visited on no pattern of days.")
    window = [_finite(line, word) for word in words[7 + count :]]
    return _within(replace(client, patterns=patterns), window)


def _within(client: Client, window: list[float]) -> Client:
    if not window:
        return client
    early, late = window
    if early > late:
        raise _ClientFault(
            f"has a window that closes ({late:g}) before it opens ({early:g})."
        )
    return replace(client, early=early, late=late)


def _pattern(code: int, days: int, frequency: int) -> tuple[int, ...]:
    """The days of a bit string in decimal, counted from the left: 10 = 1010 = 1, 3."""
    if code >= 2**days:
        raise _ClientFault(f"has pattern {code}, which needs more than {days} days.")
    pattern = tuple(day for day in range(1, days + 1) if code >> (days - day) & 1)
    if len(pattern) != frequency:
        raise _ClientFault(
            f"is visited {frequency} times, but its pattern {code} has"
            f" {len(pattern)} days."
        )
    return pattern


_WHOLE = re.compile(r"\+?\d{1,12}(\.0*)?")
_REAL = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf(inity)?)", re.IGNORECASE)
_BEYOND = 1e12


def _count(line: _Line, word: str) -> int:
    if not _WHOLE.fullmatch(word):
        raise Unreadable(
            line.number, f"{word[:20]!r} stands where a whole number was expected."
        )
    return int(word.split(".")[0])


def _finite(line: _Line, word: str) -> float:
    """A number of a client; not-a-number is that client's fault, not the file's."""
    if _NOT_FINITE.fullmatch(word):
        raise _ClientFault(f"has {word!r} where a number was expected.")
    return _number(line, word)


def _number(line: _Line, word: str) -> float:
    if not _REAL.fullmatch(word) or abs(float(word)) > _BEYOND:
        raise Unreadable(
            line.number, f"{word[:20]!r} stands where a number was expected."
        )
    return float(word)


def _amount(line: _Line, word: str) -> float:
    amount = _number(line, word)
    if amount < 0:
        raise Unreadable(line.number, f"a limit of {word} is below 0.")
    return amount


def _quoted(words: list[str]) -> str:
    return repr(" ".join(words)[:40])

"""Which line of a statement is which: told twice, it is one; a double stays (B6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from suprovid.journal.rules import canonical, moment, sha256
from suprovid.lib.statements import Line, Statement
from suprovid.money.rules.folding import folded
from suprovid.money.rules.statements import day_of
from suprovid.money.rules.sums import kopecks


@dataclass(frozen=True)
class Identity:
    """What tells a line from others of its account.

    `by_reference` is there when the bank's own reference can be trusted; `said` is the
    same for lines that say the same.
    """

    by_reference: str
    said: str


def identity(iban: str, line: Line) -> Identity:
    day, amount = day_of(line.booked_at).isoformat(), str(kopecks(line.amount))
    reference = line.reference.strip() if line.firm else ""
    told = [
        moment(line.booked_at),
        amount,
        line.party_iban,
        folded(line.document),
        folded(line.purpose),
    ]
    by_reference = canonical(["reference/1", iban, reference, day, amount])
    return Identity(
        by_reference=sha256(by_reference) if reference else "",
        said=sha256(canonical(["line/1", iban, *told])),
    )


def key_of(said: str, ordinal: int) -> str:
    """Of a line without a reference: which one of those that say the same."""
    return sha256(canonical(["ordinal/1", said, ordinal]))


@dataclass(frozen=True)
class Kept:
    """A line that is here already; without a reference it has an ordinal."""

    id: int
    key: str
    said: str
    ordinal: int


@dataclass(frozen=True)
class Placed:
    """Where a line of a statement belongs: to a line kept, or a new one.

    A kept line that had no reference takes the key of the one that the bank tells now.
    """

    kept: Kept | None
    key: str
    said: str
    ordinal: int


def place(told: Sequence[Identity], kept: Iterable[Kept]) -> list[Placed]:
    """Which lines of a statement are here, and under what keys the others come.

    Of lines that say the same the base ends with as many as the most of any statement,
    and with each reference once: the order of statements makes no difference, equal
    lines of one statement all stay, an overlapping one adds none.
    """
    return _Placing(told, kept).done()


class _Placing:
    def __init__(self, told: Sequence[Identity], kept: Iterable[Kept]) -> None:
        self.told = told
        self.found: dict[int, Placed] = {}
        self.free = {one.key: one for one in kept}

    def done(self) -> list[Placed]:
        self._by_reference()
        left: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.told):
            if number not in self.found:
                left[one.said].append(number)
        alike: dict[str, list[Kept]] = defaultdict(list)
        for kept in self.free.values():
            alike[kept.said].append(kept)
        for said, numbers in left.items():
            self._by_words(said, numbers, alike[said])
        return [self.found[number] for number in range(len(self.told))]

    def _by_reference(self) -> None:
        for number, one in enumerate(self.told):
            kept = self.free.pop(one.by_reference, None) if one.by_reference else None
            if kept is not None:
                self.found[number] = Placed(kept, kept.key, kept.said, kept.ordinal)

    def _by_words(self, said: str, numbers: list[int], alike: list[Kept]) -> None:
        bare = sorted((k for k in alike if k.ordinal), key=lambda k: k.ordinal)
        others = sorted((k for k in alike if not k.ordinal), key=lambda k: k.key)
        firm = [number for number in numbers if self.told[number].by_reference]
        for number in firm:
            spare = bare.pop() if bare else None
            self.found[number] = Placed(spare, self.told[number].by_reference, said, 0)
        count, ready = len(bare), [*bare, *others]
        for number in (number for number in numbers if number not in self.found):
            if ready:
                kept = ready.pop(0)
                self.found[number] = Placed(kept, kept.key, said, kept.ordinal)
            else:
                count += 1
                self.found[number] = Placed(None, key_of(said, count), said, count)


def fingerprint(statement: Statement, said: Iterable[str]) -> str:
    """The same for the same statement, whatever file it came in."""
    told = [statement.begins, statement.ends, statement.opening, statement.closing]
    words = ["" if one is None else str(one) for one in told]
    return sha256(canonical(["statement/1", *words, sorted(said)]))


def payment_key(iban: str, line_key: str) -> str:
    return sha256(canonical(["statement line/1", iban, line_key]))

"""On which invoices a line of the bank may be laid, and why (DOMAIN B6, PROCESS 7.5).

Of a line the rules know what the statement says and the open invoices; every candidate
has its reasons, for and against. Only a line that leaves no doubt is sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from suprovid.lib.decision import Reason
from suprovid.lib.words import word
from suprovid.money.rules.naming import About, Named, Numbers, Purpose

MOST_CANDIDATES = 5
MOST_COMBINED = 12
"""Of how many of a client's oldest debts twos and threes are tried."""
MOST_PAYING = 5
"""An account from which more clients have paid is a bank's counter: nobody's own."""

Part = tuple[int, Decimal]


class Sureness(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice on which money is still owed."""

    id: int
    number: str
    issued_on: date
    total: Decimal
    owed: Decimal
    contract: str
    client_id: int
    client: str
    client_code: str


@dataclass(frozen=True)
class MoneyIn:
    """What matching needs of a line."""

    amount: Decimal
    purpose: str
    codes: tuple[str, ...] = ()
    """Of the payer, and of the one who really pays."""
    party_iban: str = ""


@dataclass(frozen=True)
class Sign:
    """A reason for a candidate, or against it."""

    good: bool
    reason: Reason


@dataclass(frozen=True)
class Candidate:
    """Where the money may lie: invoices with their parts, and the signs."""

    client_id: int
    client: str
    parts: tuple[Part, ...]
    signs: tuple[Sign, ...]
    weight: int
    sure: bool = False

    @property
    def laid(self) -> Decimal:
        return sum((amount for _invoice, amount in self.parts), Decimal(0))


@dataclass(frozen=True)
class Match:
    """All that was found for a line; marks are places of the purpose."""

    candidates: tuple[Candidate, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def sureness(self) -> Sureness:
        if not self.candidates:
            return Sureness.NONE
        return Sureness.SURE if self.candidates[0].sure else Sureness.LIKELY


SURE_BY_CODE = word(
    "the invoice is named, the payer’s code is the client’s, the sum is what is owed"
)
SURE_BY_IBAN = word(
    "the invoice is named, the client has paid from this account, "
    "the sum is what is owed"
)


class Books:
    """Open invoices, ready to be asked line by line; what is laid is owed no more."""

    def __init__(
        self,
        invoices: Iterable[OpenInvoice],
        *,
        clients: Mapping[str, tuple[int, str]],
        ibans: Mapping[str, frozenset[int]],
    ) -> None:
        """Ask `clients` by code for id and name, `ibans` for who paid from them."""
        self.invoices = {one.id: one for one in invoices}
        self.owed = {one.id: one.owed for one in self.invoices.values()}
        self.clients, self.ibans = clients, ibans
        self.of_client: dict[int, list[OpenInvoice]] = defaultdict(list)
        self.of_sum: dict[Decimal, list[OpenInvoice]] = defaultdict(list)
        for one in sorted(self.invoices.values(), key=lambda i: (i.issued_on, i.id)):
            self.of_client[one.client_id].append(one)
            self.of_sum[one.owed].append(one)
        numbered = [(one.number, one) for one in self.invoices.values()]
        agreed = {(one.contract, one.client_id) for one in self.invoices.values()}
        self.numbers = Numbers(numbered, About.INVOICE)
        self.contracts = Numbers(sorted((n, (n, c)) for n, c in agreed), About.CONTRACT)

    def lay(self, parts: Iterable[Part]) -> None:
        for invoice_id, amount in parts:
            self.owed[invoice_id] -= amount

    def still_owed(self, invoices: Iterable[OpenInvoice]) -> list[OpenInvoice]:
        return [one for one in invoices if self.owed[one.id] > 0]


def match(line: MoneyIn, books: Books) -> Match:
    """Candidates for a line, the best first.

    Sure is one named invoice whose client the payer is and whose owed sum it is; a
    number of one client with the code of another never is.
    """
    return _Look(line, books).match()


def why_sure(line: MoneyIn, books: Books, candidate: Candidate) -> str:
    """The fact's words for laying by rule."""
    payers = [books.clients[code] for code in line.codes if code in books.clients]
    by_code = any(client_id == candidate.client_id for client_id, _name in payers)
    return SURE_BY_CODE if by_code else SURE_BY_IBAN


class _Look:
    """One line looked at from all sides."""

    def __init__(self, line: MoneyIn, books: Books) -> None:
        self.line, self.books = line, books
        purpose = Purpose(line.purpose)
        whole = list(books.numbers.whole_in(purpose))
        self.contracts = list(books.contracts.whole_in(purpose))
        covered = [(n.start, n.end) for n in whole]
        covered += [(n.start, n.end) for n in self.contracts]
        tails = [
            named
            for named in books.numbers.tails_in(purpose)
            if not any(a <= named.start and named.end <= b for a, b in covered)
        ]
        self.whole = self._owed(whole)
        self.tails = self._owed(tails)
        known = (books.clients[code] for code in line.codes if code in books.clients)
        self.payers = dict(known)
        paid = books.ibans.get(line.party_iban, frozenset())
        self.paid_before = paid if len(paid) <= MOST_PAYING else frozenset()

    def _owed(
        self, named: Iterable[Named[OpenInvoice]]
    ) -> dict[int, Named[OpenInvoice]]:
        return {one.paper.id: one for one in named if self.books.owed[one.paper.id] > 0}

    def match(self) -> Match:
        found: dict[tuple[Part, ...], Candidate] = {}
        for invoices, kind in self._groups():
            made = self._candidate(invoices, kind)
            if made.sure:
                return Match((made,), self._marks([made]))
            known = found.get(made.parts)
            if known is None or known.weight < made.weight:
                found[made.parts] = made
        best = sorted(found.values(), key=lambda one: (-one.weight, one.parts))
        return Match(tuple(best[:MOST_CANDIDATES]), self._marks(best))

    def _marks(self, candidates: list[Candidate]) -> tuple[tuple[int, int], ...]:
        clients = {one.client_id for one in candidates}
        proposed = {pk for one in candidates for pk, _amount in one.parts}
        named = [*self.whole.values(), *self.tails.values()]
        places = {(n.start, n.end) for n in named if n.paper.id in proposed}
        places |= {(n.start, n.end) for n in self.contracts if n.paper[1] in clients}
        return tuple(sorted(places))

    # ------------------------------------------------------------- who and what

    def _agrees(self, client_id: int) -> bool:
        """The code says so, or it is nobody's and the account has paid for them."""
        if self.payers:
            return client_id in self.payers
        return client_id in self.paid_before

    def _clients(self) -> list[int]:
        """Whose the money may be, not by the invoices named."""
        agreed = [named.paper[1] for named in self.contracts]
        return list(dict.fromkeys([*self.payers, *sorted(self.paid_before), *agreed]))

    def _groups(self) -> Iterator[tuple[list[OpenInvoice], str]]:
        """Invoices that may be meant together, and how they were found."""
        yield from self._named_together(self.whole)
        announced = {pk: n for pk, n in self.tails.items() if n.announced}
        yield from self._named_together({**self.whole, **announced})
        for pk, named in self.tails.items():
            if named.announced or self._agrees(named.paper.client_id):
                yield [self.books.invoices[pk]], "named"
        for client_id in self._clients():
            yield from self._debts(client_id)
        if not self._clients() and not self.whole:
            same = self.books.still_owed(self.books.of_sum.get(self.line.amount, ()))
            if len(same) == 1 and self.books.owed[same[0].id] == self.line.amount:
                yield same, "alone"

    def _named_together(
        self, named: Mapping[int, Named[OpenInvoice]]
    ) -> Iterator[tuple[list[OpenInvoice], str]]:
        of_client: dict[int, list[Named[OpenInvoice]]] = defaultdict(list)
        for one in named.values():
            of_client[one.paper.client_id].append(one)
        for ones in of_client.values():
            ordered = sorted(ones, key=lambda one: (one.start, one.paper.id))
            yield [one.paper for one in ordered], "named"

    def _debts(self, client_id: int) -> Iterator[tuple[list[OpenInvoice], str]]:
        owing = self.books.still_owed(self.books.of_client.get(client_id, ()))
        oldest, amount, owed = owing[:MOST_COMBINED], self.line.amount, self.books.owed
        yield from (([one], "sum") for one in owing if owed[one.id] == amount)
        sums = [int(owed[one.id] * 100) for one in oldest]
        wanted = int(amount * 100)
        for count in (2, 3):
            for places in combinations(range(len(oldest)), count):
                if sum([sums[place] for place in places]) == wanted:
                    yield [oldest[place] for place in places], "sum"
        if owing:
            yield self._until_spent(owing), "oldest"

    def _until_spent(self, owing: list[OpenInvoice]) -> list[OpenInvoice]:
        taken, left = [], self.line.amount
        for one in owing:
            if left <= 0:
                break
            taken.append(one)
            left -= self.books.owed[one.id]
        return taken

    # ------------------------------------------------------------- one candidate

    def _candidate(self, invoices: list[OpenInvoice], kind: str) -> Candidate:
        parts = self._parts(invoices)
        client_id = invoices[0].client_id
        weighed = list(self._signs(invoices, client_id, kind))
        return Candidate(
            client_id=client_id,
            client=invoices[0].client,
            parts=parts,
            signs=tuple(sign for _weight, sign in weighed),
            weight=sum(weight for weight, _sign in weighed),
            sure=self._is_sure(invoices, client_id),
        )

    def _parts(self, invoices: list[OpenInvoice]) -> tuple[Part, ...]:
        parts, left = [], self.line.amount
        for one in invoices:
            part = min(left, self.books.owed[one.id])
            if part > 0:
                parts.append((one.id, part))
                left -= part
        return tuple(parts)

    def _is_sure(self, invoices: list[OpenInvoice], client_id: int) -> bool:
        others = [n for n in self.tails.values() if n.announced]
        foreign = [n for n in self.contracts if n.paper[1] != client_id]
        return (
            [one.id for one in invoices] == list(self.whole)
            and len(self.whole) == 1
            and not others
            and not foreign
            and self._agrees(client_id)
            and self.books.owed[invoices[0].id] == self.line.amount
        )

    def _signs(
        self, invoices: list[OpenInvoice], client_id: int, kind: str
    ) -> Iterator[tuple[int, Sign]]:
        yield from self._of_numbers(invoices, client_id)
        yield from self._of_payer(client_id)
        yield from self._of_sum(invoices)
        if kind == "oldest":
            yield 0, _good(word("The client’s oldest debts first"))
        if kind == "alone":
            yield 5, _good(word("No other invoice is owed the same sum"))

    def _of_numbers(
        self, invoices: list[OpenInvoice], client_id: int
    ) -> Iterator[tuple[int, Sign]]:
        named = word("Invoice {number} is named in the purpose")
        alike = word("Figures of invoice {number} stand in the purpose")
        agreed = word("Contract {number} is named in the purpose")
        ids = {one.id for one in invoices}
        for one in invoices:
            if one.id in self.whole:
                yield 100, _good(named, number=one.number)
            elif one.id in self.tails:
                weight = 40 if self.tails[one.id].announced else 15
                yield weight, _good(alike, number=one.number)
        for found in {n.paper: n for n in self.contracts}:
            if found[1] == client_id:
                yield 20, _good(agreed, number=found[0])
            else:
                text = word("Contract {number} of another client is named")
                yield -30, _bad(text, number=found[0])
        for left in self.whole.values():
            if left.paper.id not in ids:
                text = word("Invoice {number} is named as well")
                yield -30, _bad(text, number=left.paper.number)

    def _of_payer(self, client_id: int) -> Iterator[tuple[int, Sign]]:
        if client_id in self.payers:
            yield 50, _good(word("The payer’s code is the client’s"))
        elif self.payers:
            text = word("The payer’s code is that of another client, {client}")
            yield -60, _bad(text, client=next(iter(self.payers.values())))
        elif any(self.line.codes):
            yield -10, _bad(word("The payer’s code is not the client’s"))
        if client_id in self.paid_before:
            yield 30, _good(word("The client has paid from this account before"))

    def _of_sum(self, invoices: list[OpenInvoice]) -> Iterator[tuple[int, Sign]]:
        owed = sum((self.books.owed[one.id] for one in invoices), Decimal(0))
        left = owed - self.line.amount
        if left > 0:
            yield (
                -5,
                _bad(word("The sum is less than what is owed by {left}"), left=left),
            )
        elif left < 0:
            text = word("The sum is more than what is owed by {left}")
            yield -10, _bad(text, left=-left)
        elif len(invoices) > 1:
            yield 25, _good(word("The sum is what is owed on these invoices together"))
        else:
            yield 30, _good(word("The sum is what is owed"))


def _good(msgid: str, **params: object) -> Sign:
    return Sign(good=True, reason=Reason(msgid, tuple(params.items())))


def _bad(msgid: str, **params: object) -> Sign:
    return Sign(good=False, reason=Reason(msgid, tuple(params.items())))

"""Is the journal whole? `suprovid verify` reads all of it once (PROCESS 6).

Every digest is computed anew from what the fact says, every seal from those digests,
and the marks tell how much there was: so what was altered, removed, inserted or cut
off at the end shows, each by the place where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from suprovid.journal.models import Fact, Fresh, Line, Mark, PersonalValues, Seal
from suprovid.journal.rules import (
    ERASED_KIND,
    GENESIS,
    ORDERER,
    SEALER,
    fact_digest,
    personal_digest,
    seal_hash,
)
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

CHUNK = 2000
SHORTEST = 12

UNSEEN = (
    word(
        "Facts not sealed yet may have been altered together with their digest, or"
        " added and removed together with the marks."
    ),
    word("What nobody recorded is not here to be missed."),
    word("What erased personal values said cannot be checked any more."),
)
UNSEEN_WITHOUT_OUTSIDE = word(
    "A chain computed anew as a whole, or cut off together with its marks: give the "
    "hash of a seal that was mailed, and it will be found out."
)


@dataclass(frozen=True)
class Break:
    """One thing that is not as it was: what, where, and the evidence."""

    what: str
    where: str
    why: Reason

    def as_dict(self) -> dict[str, str]:
        """For machines: always in the words of the source."""
        return {"what": self.what, "where": self.where, "text": str(self.why)}


@dataclass
class Report:
    facts: int = 0
    places: int = 0
    sealed: int = 0
    unsealed: int = 0
    unplaced: int = 0
    erased: int = 0
    seals: int = 0
    newest_seal: str = ""
    broken: list[Break] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.broken

    def note(self, what: str, where: str, why: str, **params: object) -> None:
        self.broken.append(Break(what, where, Reason(why, tuple(params.items()))))

    def as_dict(self) -> dict[str, Any]:
        told = asdict(self) | {"broken": [found.as_dict() for found in self.broken]}
        return {"whole": self.whole, **told}


def verify(outside_seal: str = "") -> Report:
    """Read everything and tell what is broken, and what no reading can see.

    Call it inside one transaction of repeatable reads (the door does), so that facts
    written meanwhile do not look torn.

    Args:
        outside_seal: the hash of a seal (12 letters are enough) that was kept outside,
            for example in the mail to the heads.
    """
    report = Report(unseen=list(UNSEEN))
    digests = _walk_lines(report)
    _check_seals(report, digests)
    _check_strays(report)
    _check_erasures(report)
    _check_outside(report, outside_seal.strip().lower())
    return report


# ---------------------------------------------------------------- facts and places


def _walk_lines(report: Report) -> dict[int, str]:
    """Digests computed anew, by place; gaps, altered facts and a cut end are told."""
    digests: dict[int, str] = {}
    expected = 1
    for seq, fact_id, fact in _lines():
        for missing in range(expected, seq):
            report.note("removed", f"place {missing}", word("This place is empty."))
        expected = seq + 1
        report.places += 1
        if fact is None:
            report.note(
                "removed", f"place {seq}", word("Fact {fact} is gone."), fact=fact_id
            )
            continue
        digests[seq] = _checked(report, fact, seq)
    _check_end(report, expected - 1)
    report.facts = Fact.objects.count()
    report.unplaced = Fresh.objects.count()
    return digests


def _lines() -> Iterator[tuple[int, int, Fact | None]]:
    """Places in order with their facts; a place without its fact is told too."""
    places = Line.objects.order_by("seq").values_list("seq", "fact_id")
    for batch in _batches(places.iterator(chunk_size=CHUNK)):
        ids = [fact_id for _, fact_id in batch]
        facts = Fact.objects.select_related("private").in_bulk(ids)
        for seq, fact_id in batch:
            yield seq, fact_id, facts.get(fact_id)


def _batches(rows: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    yield batch


def _checked(report: Report, fact: Fact, seq: int) -> str:
    """What the fact says today, as a digest; told when it is not the one it has."""
    where = f"place {seq}, fact {fact.pk}"
    digest = fact_digest(
        kind=fact.kind,
        actor=fact.actor,
        for_whom=fact.for_whom,
        at=fact.at,
        recorded_at=fact.recorded_at,
        channel=fact.channel,
        subject=fact.subject,
        client=fact.client,
        details=fact.details,
        personal=fact.personal,
    )
    if digest != fact.digest:
        report.note("altered", where, word("It does not say what its digest says."))
    private = getattr(fact, "private", None)
    if private is not None and fact.personal != personal_digest(
        salt=private.salt, values=private.values
    ):
        report.note(
            "altered", where, word("Its personal values are not those recorded.")
        )
    return digest


def _check_end(report: Report, last: int) -> None:
    told = _mark(ORDERER)
    if told > last:
        text = word("Places were given up to {told}, the last one found is {last}.")
        report.note("truncated", f"place {last + 1}", text, told=told, last=last)
    if last > told:
        text = word("The orderer gave places up to {told} only.")
        report.note("inserted", f"place {told + 1}", text, told=told)


def _mark(name: str) -> int:
    return Mark.objects.filter(name=name).values_list("seq", flat=True).first() or 0


def _check_strays(report: Report) -> None:
    """A fact that is neither placed nor waiting came in past `record`."""
    placed = Line.objects.values("fact_id")
    waiting = Fresh.objects.values("fact_id")
    strays = Fact.objects.exclude(pk__in=placed).exclude(pk__in=waiting)
    for fact_id in strays.values_list("pk", flat=True)[:CHUNK]:
        report.note(
            "inserted", f"fact {fact_id}", word("It never waited for its place.")
        )


# ---------------------------------------------------------------- seals


def _check_seals(report: Report, digests: dict[int, str]) -> None:
    previous, sealed, expected = GENESIS, 0, 1
    top = max(digests, default=0)
    for seal in Seal.objects.order_by("number").iterator(chunk_size=CHUNK):
        where = f"seal {seal.number}"
        if (seal.number, seal.first_seq, seal.previous) != (
            expected,
            sealed + 1,
            previous,
        ):
            text = word("It does not follow the seal before it.")
            report.note("altered", where, text)
        # An altered seal may claim any number of places: no more than there are.
        span = range(seal.first_seq, min(seal.last_seq, top) + 1)
        lines = [(seq, digests.get(seq, "")) for seq in span]
        if seal.hash != seal_hash(previous=seal.previous, lines=lines):
            text = word("Places {first}–{last} are not what it sealed.")
            first, last = seal.first_seq, seal.last_seq
            report.note("altered", where, text, first=first, last=last)
        previous, sealed, expected = seal.hash, seal.last_seq, seal.number + 1
        report.seals += 1
        report.newest_seal = seal.hash
    report.sealed = sum(seq <= sealed for seq in digests)
    report.unsealed = len(digests) - report.sealed
    if (mark := _mark(SEALER)) != sealed:
        text = word("It was sealed up to place {mark}, the last seal ends at {last}.")
        report.note("truncated", f"seal {expected}", text, mark=mark, last=sealed)


def _check_outside(report: Report, outside: str) -> None:
    if not outside:
        report.unseen.append(UNSEEN_WITHOUT_OUTSIDE)
        return
    known = (
        len(outside) >= SHORTEST
        and Seal.objects.filter(hash__startswith=outside).exists()
    )
    if not known:
        text = word("The chain has no such seal: it was computed anew or cut off.")
        report.note("recomputed", f"seal {outside[:SHORTEST]}", text)


# ---------------------------------------------------------------- erased values


def _check_erasures(report: Report) -> None:
    """Personal values go only by a fact that says so."""
    said = Fact.objects.filter(kind=ERASED_KIND).values_list("details", flat=True)
    told = {fact_id for details in said for fact_id in _erased_by(details)}
    gone = set(
        Fact.objects.exclude(personal="")
        .exclude(pk__in=PersonalValues.objects.values("fact_id"))
        .values_list("pk", flat=True)
    )
    report.erased = len(gone)
    for fact_id in sorted(gone - told):
        text = word("Its personal values are gone, and no fact says who erased them.")
        report.note("removed", f"fact {fact_id}", text)


def _erased_by(details: Any) -> list[int]:
    """The facts it names; an altered one may say anything, or nothing."""
    named = details.get("facts") if isinstance(details, dict) else None
    return [one for one in named or () if isinstance(one, int)]

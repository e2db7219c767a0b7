"""What a fact is: its words, its canonical form, its digest (PROCESS 6)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from suprovid.lib.words import word

GENESIS = "0" * 64
PLAIN_NUMBER = re.compile(r"-?\d+\.\d+")
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
ERASED_KIND = "journal.personal.erased"

# A batch is sealed when it is full or when its oldest fact has waited so long.
SEAL_COUNT = 500
SEAL_AGE = timedelta(minutes=10)

# The walkers that the journal itself has.
ORDERER, SEALER = "orderer", "sealer"

# How often a follower is handed a fact that it cannot digest before it is parked.
TRIES = 5

FACTS = {
    "journal.fact.parked": word("Step “{follower}” could not take fact {fact}"),
    "journal.fact.settled": word("Step “{follower}” took fact {fact} after all"),
    ERASED_KIND: word("Personal data erased, records: {number}"),
}


class Channel(StrEnum):
    """The door a change came in by."""

    PAGE = "page"
    API = "api"
    CONSOLE = "console"
    WORKER = "worker"


WORDS = {
    Channel.PAGE: word("page"),
    Channel.API: word("API"),
    Channel.CONSOLE: word("console"),
    Channel.WORKER: word("the system"),
}


def pause_after(tries: int) -> int:
    """Seconds before the next try: 2, 4, 8, 16."""
    return int(2**tries)


@dataclass(frozen=True)
class Actor:
    """Who acts, through which door, and when it is known (`recorded_at`, UTC)."""

    person_id: int | None
    channel: Channel
    now: datetime

    @property
    def name(self) -> str:
        """How the journal calls the actor: person:7, console or worker."""
        return f"person:{self.person_id}" if self.person_id else self.channel.value


def person_of(actor: str) -> int | None:
    """The person behind `Actor.name`; none behind the console and the worker."""
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "person" else None


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no blanks, UTF-8 as it is.

    The digests of forms and facts stand on it, so it can never change.
    """
    return _CANONICAL.encode(value)


def plain(value: Any) -> Any:
    """The value as both databases give it back: its digest must be found again.

    Keys become texts and tuples lists, as in JSON. A float may have no exponent: jsonb
    keeps numbers, not their spelling.

    Raises:
        ValueError, TypeError: for what one of the two would refuse or spell otherwise.
    """
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case str():
            return _text(value)
        case float():
            return _number(value)
        case Mapping():
            return {_text(_key(name)): plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            raise TypeError(f"A fact keeps plain values; give {value!r} as a text.")


def _key(name: object) -> str:
    if isinstance(name, str | int) and not isinstance(name, bool):
        return str(name)
    raise TypeError(f"{name!r} is no name of a value.")


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("PostgreSQL keeps no text with a zero in it.")
    return str(value)


def _number(value: float) -> float:
    if not PLAIN_NUMBER.fullmatch(repr(value)) or repr(value) == "-0.0":
        raise ValueError(f"Two bases spell {value!r} in two ways: give it as a text.")
    return value


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1024)
def moment(at: datetime) -> str:
    """UTC with microseconds: the same text from both databases."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def personal_digest(*, salt: str, values: Mapping[str, Any]) -> str:
    """Binds a fact to personal values that may later be erased."""
    return sha256(salt + canonical(values)) if values else ""


def fact_digest(
    *,
    kind: str,
    actor: str,
    for_whom: str,
    at: datetime,
    recorded_at: datetime,
    channel: str,
    subject: str,
    client: int | None,
    details: Mapping[str, Any],
    personal: str,
) -> str:
    """SHA-256 of everything a fact says; personal values enter by their digest."""
    return sha256(
        canonical(
            [
                "fact/1",
                kind,
                actor,
                for_whom,
                moment(at),
                moment(recorded_at),
                channel,
                subject,
                client,
                details,
                personal,
            ]
        )
    )


def seal_hash(*, previous: str, lines: Iterable[tuple[int, str]]) -> str:
    """Chain a batch of (seq, fact digest) to the seal before it."""
    return sha256(canonical(["seal/1", previous, [list(line) for line in lines]]))

"""What the engine calls of the kernel: compiled once, at install, and kept on disk.

Numba compiles a kept function anew when its own file changes; the digest of the whole
folder, closed in, makes it notice the rest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from . import anneal, bound, offer
from .compiled import kept


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _doors(digest: str) -> tuple[Any, ...]:
    @kept
    def construct(problem, state, manner):  # type: ignore[no-untyped-def]
        _ = digest
        anneal_construct(problem_of(problem), state_of(state), manner)

    @kept
    def load(problem, state, stops, size, chosen):  # type: ignore[no-untyped-def]
        _ = digest
        anneal_load(problem_of(problem), state_of(state), stops, size, chosen)

    @kept
    def search(problem, state, manner, iterations, hot, cold):  # type: ignore[no-untyped-def]
        _ = digest
        held, tried = problem_of(problem), state_of(state)
        anneal_anneal(held, tried, manner, iterations, hot, cold)

    @kept
    def offers(problem, state, client, day, places, prices):  # type: ignore[no-untyped-def]
        _ = digest
        held, tried = problem_of(problem), state_of(state)
        return offer_offers(held, tried, client, day, places, prices)

    return construct, load, search, offers


hold, problem_of, state_of = bound.hold, bound.problem_of, bound.state_of
anneal_construct, anneal_load, anneal_anneal = (
    anneal.construct, anneal.load, anneal.anneal,
)  # fmt: skip
offer_offers = offer.offers
construct, load, search, offers = _doors(_digest())

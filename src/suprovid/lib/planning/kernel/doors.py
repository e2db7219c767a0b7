"""What the engine calls of the kernel: compiled once, at install, and kept on disk.

Numba compiles a kept function anew when its own file changes; the digest of the whole
folder, closed in, makes it notice the rest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numba

from . import anneal, bound, offer


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _kept(function: Any) -> Any:
    return numba.njit(cache=True, nogil=True)(function)


def _doors(digest: str) -> tuple[Any, ...]:
    @_kept
    def hold_problem(parts):  # type: ignore[no-untyped-def]
        _ = digest
        return bound_problem(parts)

    @_kept
    def hold_state(parts):  # type: ignore[no-untyped-def]
        _ = digest
        return bound_state(parts)

    @_kept
    def construct(problem, state, manner):  # type: ignore[no-untyped-def]
        _ = digest
        anneal_construct(problem, state, manner)

    @_kept
    def load(problem, state, stops, size, chosen):  # type: ignore[no-untyped-def]
        _ = digest
        anneal_load(problem, state, stops, size, chosen)

    @_kept
    def search(problem, state, manner, iterations, hot, cold):  # type: ignore[no-untyped-def]
        _ = digest
        anneal_anneal(problem, state, manner, iterations, hot, cold)

    @_kept
    def offers(problem, state, client, day, places, prices):  # type: ignore[no-untyped-def]
        _ = digest
        return offer_offers(problem, state, client, day, places, prices)

    return hold_problem, hold_state, construct, load, search, offers


bound_problem, bound_state = bound.hold_problem, bound.hold_state
anneal_construct, anneal_load, anneal_anneal = (
    anneal.construct, anneal.load, anneal.anneal,
)  # fmt: skip
offer_offers = offer.offers
hold_problem, hold_state, construct, load, search, offers = _doors(_digest())

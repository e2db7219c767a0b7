"""What comes in from files: clients with contracts, the statements of a bank.

Not filled in yet: each part tells its figures as the others do.
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.bench.figures import Figure


def clients(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    """1,000 and 10,000 clients with contracts through the real path.

    Bounds: 25 times a raw bulk insert of the same rows (`clients_beside_raw_rows`);
    told beside the same number of single API creates (`clients_beside_single_ones`).
    """
    for count in (10, 100) if quick else (1_000, 10_000):
        yield from clients_beside_raw_rows(count)
        yield from clients_beside_single_ones(count)


def clients_beside_raw_rows(count: int) -> Iterator[Figure]:
    """The import of so many rows (large), a raw bulk insert of them (small): ≤ 25."""
    yield from ()


def clients_beside_single_ones(count: int) -> Iterator[Figure]:
    """The import of so many rows (large) against API creates of as many (small)."""
    yield from ()


def statements(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every part is called
    """A statement of 10,000 lines read, checked and matched, against one of 1,000.

    Bounds: 10 s by itself (`of="large"`), 12 times the smaller one.
    """
    yield from ()

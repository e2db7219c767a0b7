"""The bar under the sums of a statement: of what its money in consists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from suprovid.money.queries import StatementPage
from suprovid.money.rules import Group

WIDTH = 100


@dataclass(frozen=True)
class Share:
    """A piece of the bar, in hundredths of it."""

    group: Group
    start: str
    width: str
    percent: int


def shares(shown: StatementPage) -> tuple[Share, ...]:
    return tuple(_pieces(shown))


def _pieces(shown: StatementPage) -> Iterator[Share]:
    total = shown.head.sum_in
    start = Decimal(0)
    for group in sorted(shown.groups, key=lambda one: FROM_LEFT.index(one.group)):
        if group.sum > 0 and total > 0:
            part = group.sum * WIDTH / total
            yield Share(group.group, f"{start:.2f}", f"{part:.2f}", round(part))
            start += part


FROM_LEFT = (
    *(Group.LAID, Group.SURE, Group.CHECK),
    *(Group.UNMATCHED, Group.ASIDE, Group.OUT),
)

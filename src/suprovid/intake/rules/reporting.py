"""What stays of a list that was decided upon: the rows left out, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from suprovid.intake.rules.cells import Rows, rows_to_json
from suprovid.intake.rules.fields import ParsedSheet, Problem
from suprovid.intake.rules.lists import Outcome
from suprovid.intake.rules.planning import Plan
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

NOT_TICKED = Reason(word("It was not ticked."))


def digest_of(plans: Iterable[Plan]) -> str:
    """What a person saw before saying yes: other plans have another digest."""
    told = [
        [
            one.row.row,
            one.outcome,
            one.client_id,
            one.contract_id,
            [[change.field, change.was, change.now] for change in one.changes],
        ]
        for one in plans
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def left_out(
    sheet: ParsedSheet, plans: Iterable[Plan], taken: Iterable[Plan]
) -> dict[int, tuple[Problem | Reason, ...]]:
    """Rows that did not go in, and what is wrong; those that say nothing new are in."""
    gone_in = {one.row.row for one in taken}
    left: dict[int, tuple[Problem | Reason, ...]] = {}
    for problem in sheet.problems:
        left[problem.row] = (*left.get(problem.row, ()), problem)
    for one in plans:
        left.pop(one.row.row, None)
        if one.row.row not in gone_in and one.outcome is not Outcome.SAME:
            left[one.row.row] = one.problems or (NOT_TICKED,)
    return left


def report_of(
    rows: Rows,
    heading_rows: Sequence[int],
    left: Mapping[int, Sequence[Problem | Reason]],
) -> dict[str, Any]:
    """As JSON: the heading and the rows left out, to be given out as a sheet again."""
    heading = [row for row in rows if row[0] in set(heading_rows)]
    kept = [row for row in rows if row[0] in left]
    return {
        "heading": rows_to_json(heading),
        "left": rows_to_json(kept),
        "why": {str(row): [_told(one) for one in why] for row, why in left.items()},
    }


def _told(one: Problem | Reason) -> list[Any]:
    if isinstance(one, Problem):
        return [one.field.value, *_reason(one.reason)]
    return ["", *_reason(one)]


def _reason(reason: Reason) -> list[Any]:
    return [reason.msgid, [[name, str(value)] for name, value in reason.params]]

"""What becomes of a list brought in, and who may bring one (PROCESS 5)."""

from __future__ import annotations

from enum import StrEnum

from suprovid.lib.decision import Decision, allow, deny
from suprovid.lib.words import word


class ListState(StrEnum):
    WAITING = "waiting"
    BROUGHT = "brought"
    DROPPED = "dropped"
    UNDONE = "undone"


class Did(StrEnum):
    """What a row of a list did."""

    NEW = "new"
    CONTRACT = "contract"
    CHANGED = "changed"


class Outcome(StrEnum):
    """What a row would do, or why it would not."""

    NEW = "new"
    CONTRACT = "contract"
    CHANGED = "changed"
    SAME = "same"
    QUESTION = "question"
    WRONG = "wrong"


WORDS = {
    ListState.WAITING: word("waits for a decision"),
    ListState.BROUGHT: word("brought in"),
    ListState.DROPPED: word("put away"),
    ListState.UNDONE: word("undone"),
    Outcome.NEW: word("new client"),
    Outcome.CONTRACT: word("new contract"),
    Outcome.CHANGED: word("will change"),
    Outcome.SAME: word("nothing new"),
    Outcome.QUESTION: word("to decide"),
    Outcome.WRONG: word("cannot be taken"),
}
# Apart: a member equal to another's value would take its place in one table.
MORE_WORDS = {
    Did.NEW: word("new client"),
    Did.CONTRACT: word("new contract"),
    Did.CHANGED: word("changed"),
}
FACTS = {
    "intake.list.brought": word(
        "List “{list}” brought in: new {created}, changed {changed}"
    ),
    "intake.list.undone": word("List “{list}” undone: {why}"),
    "intake.matching.saved": word("Matching of columns saved: {name}"),
}


def may_tick(outcome: Outcome) -> Decision:
    """Whether a row can go in at all, by a person's yes."""
    if outcome is Outcome.WRONG:
        return deny("Write the missing value first.")
    if outcome is Outcome.SAME:
        return deny("There is nothing new in this row.")
    return allow()


def ticked_unless_told(outcome: Outcome) -> bool:
    """What asks for nothing is proposed; what asks waits for a person."""
    return outcome in {Outcome.NEW, Outcome.CONTRACT, Outcome.CHANGED}


def may_undo(*, state: ListState, why: str) -> Decision:
    if state is not ListState.BROUGHT:
        return deny("This list is not brought in, so there is nothing to undo.")
    if not why.strip():
        return deny("Say why it is undone.")
    return allow()

"""Everything that came in from files: who brought what, when, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from suprovid.clients.rules import may_import
from suprovid.intake.queries.brought import ListRow, lists
from suprovid.lib.decision import Decision
from suprovid.people.rules import Viewer


@dataclass(frozen=True)
class ImportsPage:
    """Lists are the head of department's, statements the accountant's."""

    lists: tuple[ListRow, ...]
    lists_may: Decision

    @property
    def any_may(self) -> Decision:
        return self.lists_may


def imports_page(viewer: Viewer) -> ImportsPage:
    """What this person may know of that came in."""
    may = may_import(viewer)
    return ImportsPage(lists=lists(viewer) if may else (), lists_may=may)

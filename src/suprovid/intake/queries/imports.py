"""Everything that came in from files: who brought what, when, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from suprovid.clients.rules import may_import
from suprovid.intake.queries.brought import ListRow, lists
from suprovid.lib.decision import Decision
from suprovid.money.queries import FileRow, statement_files
from suprovid.money.rules import may_handle_money, may_see_statements
from suprovid.people.rules import Viewer


@dataclass(frozen=True)
class ImportsPage:
    """Lists are the head of department's, statements the accountant's."""

    lists: tuple[ListRow, ...]
    lists_may: Decision
    files: tuple[FileRow, ...]
    files_may: Decision
    handling: Decision
    """Whether this person may take a file of the bank back."""

    @property
    def any_may(self) -> Decision:
        return self.files_may if self.files_may else self.lists_may


def imports_page(viewer: Viewer) -> ImportsPage:
    """What this person may know of that came in."""
    may, files_may = may_import(viewer), may_see_statements(viewer)
    return ImportsPage(
        lists=lists(viewer) if may else (),
        lists_may=may,
        files=statement_files(viewer) if files_may else (),
        files_may=files_may,
        handling=may_handle_money(viewer),
    )

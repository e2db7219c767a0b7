"""What pages and other rooms ask about handovers."""

from suprovid.handover.queries.board import (
    Board,
    CardRow,
    LaneRow,
    board,
    mine,
)
from suprovid.handover.queries.lines import (
    FormLine,
    form_line,
    install_limit,
    opening,
    paper,
    requirements,
    timeline,
)
from suprovid.handover.queries.sheet_lines import LinePage
from suprovid.handover.queries.sheet_page import (
    ObjectionRow,
    SheetPage,
    Verbs,
    seen,
    sheet_page,
)
from suprovid.handover.queries.sight import things_of, visible
from suprovid.handover.queries.standing import (
    hand,
    installation_limit,
    own_term,
    standing,
    standings,
)
from suprovid.handover.queries.versions import Version, versions

__all__ = [
    "Board",
    "CardRow",
    "FormLine",
    "LaneRow",
    "LinePage",
    "ObjectionRow",
    "SheetPage",
    "Verbs",
    "Version",
    "board",
    "form_line",
    "hand",
    "install_limit",
    "installation_limit",
    "mine",
    "opening",
    "own_term",
    "paper",
    "requirements",
    "seen",
    "sheet_page",
    "standing",
    "standings",
    "things_of",
    "timeline",
    "versions",
    "visible",
]

"""What pages and other rooms ask about handovers."""

from suprovid.handover.queries.board import (
    Board,
    CardRow,
    LaneRow,
    about_client,
    board,
    mine,
)
from suprovid.handover.queries.lines import (
    FormLine,
    form_line,
    install_limit,
    opening,
    paper,
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
from suprovid.handover.queries.sight import visible
from suprovid.handover.queries.standing import (
    hand,
    installation_limit,
    own_term,
    standing,
    standings,
)

__all__ = [
    "Board",
    "CardRow",
    "FormLine",
    "LaneRow",
    "LinePage",
    "ObjectionRow",
    "SheetPage",
    "Verbs",
    "about_client",
    "board",
    "form_line",
    "hand",
    "install_limit",
    "installation_limit",
    "mine",
    "opening",
    "own_term",
    "paper",
    "seen",
    "sheet_page",
    "standing",
    "standings",
    "timeline",
    "visible",
]

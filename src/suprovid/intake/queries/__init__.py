"""What comes in, as its viewers see it."""

from __future__ import annotations

from suprovid.intake.queries.brought import BroughtPage as BroughtPage
from suprovid.intake.queries.brought import LeftRows as LeftRows
from suprovid.intake.queries.brought import ListRow as ListRow
from suprovid.intake.queries.brought import brought_list as brought_list
from suprovid.intake.queries.brought import kept_file as kept_file
from suprovid.intake.queries.brought import left_rows as left_rows
from suprovid.intake.queries.brought import lists as lists
from suprovid.intake.queries.imports import ImportsPage as ImportsPage
from suprovid.intake.queries.imports import imports_page as imports_page
from suprovid.intake.queries.sheets import opened as opened
from suprovid.intake.queries.waiting import ListPage as ListPage
from suprovid.intake.queries.waiting import waiting_list as waiting_list

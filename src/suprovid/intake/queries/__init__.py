"""What comes in, as its viewers see it."""

from __future__ import annotations

from suprovid.intake.queries.imports import ImportsPage as ImportsPage
from suprovid.intake.queries.imports import imports_page as imports_page
from suprovid.intake.queries.lists import BroughtPage as BroughtPage
from suprovid.intake.queries.lists import LeftRows as LeftRows
from suprovid.intake.queries.lists import ListPage as ListPage
from suprovid.intake.queries.lists import ListRow as ListRow
from suprovid.intake.queries.lists import brought_list as brought_list
from suprovid.intake.queries.lists import kept_file as kept_file
from suprovid.intake.queries.lists import left_rows as left_rows
from suprovid.intake.queries.lists import lists as lists
from suprovid.intake.queries.lists import waiting_list as waiting_list
from suprovid.intake.queries.sheets import opened as opened

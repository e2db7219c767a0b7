"""What is done with files that come in, and with clients that are one."""

from __future__ import annotations

from suprovid.intake.actions.importing import ListReport as ListReport
from suprovid.intake.actions.importing import import_list as import_list
from suprovid.intake.actions.merging import merge_clients as merge_clients
from suprovid.intake.actions.merging import undo_merge as undo_merge
from suprovid.intake.actions.undoing import undo_list as undo_list
from suprovid.intake.actions.waiting import answer_row as answer_row
from suprovid.intake.actions.waiting import begin_list as begin_list
from suprovid.intake.actions.waiting import bring_list_in as bring_list_in
from suprovid.intake.actions.waiting import drop_list as drop_list
from suprovid.intake.actions.waiting import match_columns as match_columns
from suprovid.intake.actions.waiting import tick_rows as tick_rows
from suprovid.intake.actions.waiting import use_matching as use_matching

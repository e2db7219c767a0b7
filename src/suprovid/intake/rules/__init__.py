"""What comes in from the files people have: lists, their matching, their mends."""

from __future__ import annotations

from suprovid.intake.rules.cells import Rows as Rows
from suprovid.intake.rules.cells import matching_of_json as matching_of_json
from suprovid.intake.rules.cells import matching_to_json as matching_to_json
from suprovid.intake.rules.cells import rows_of_json as rows_of_json
from suprovid.intake.rules.cells import rows_to_json as rows_to_json
from suprovid.intake.rules.columns import Matching as Matching
from suprovid.intake.rules.columns import apply_saved as apply_saved
from suprovid.intake.rules.columns import find as find
from suprovid.intake.rules.columns import rematch as rematch
from suprovid.intake.rules.columns import saved as saved
from suprovid.intake.rules.fields import FIELD_WORDS as FIELD_WORDS
from suprovid.intake.rules.fields import ROOM as ROOM
from suprovid.intake.rules.fields import Cell as Cell
from suprovid.intake.rules.fields import Field as Field
from suprovid.intake.rules.fields import Kind as Kind
from suprovid.intake.rules.fields import Mend as Mend
from suprovid.intake.rules.fields import NotAList as NotAList
from suprovid.intake.rules.fields import ParsedSheet as ParsedSheet
from suprovid.intake.rules.fields import Problem as Problem
from suprovid.intake.rules.fields import SheetRow as SheetRow
from suprovid.intake.rules.files import cannot_be_opened as cannot_be_opened
from suprovid.intake.rules.files import too_much as too_much
from suprovid.intake.rules.likeness import likeness as likeness
from suprovid.intake.rules.lists import FACTS as OF_LISTS
from suprovid.intake.rules.lists import MORE_WORDS as MORE_WORDS
from suprovid.intake.rules.lists import WORDS as WORDS
from suprovid.intake.rules.lists import Did as Did
from suprovid.intake.rules.lists import ListState as ListState
from suprovid.intake.rules.lists import Outcome as Outcome
from suprovid.intake.rules.lists import may_tick as may_tick
from suprovid.intake.rules.lists import may_undo as may_undo
from suprovid.intake.rules.lists import ticked_unless_told as ticked_unless_told
from suprovid.intake.rules.merging import FACTS as OF_MERGING
from suprovid.intake.rules.planning import OF_CLIENT as OF_CLIENT
from suprovid.intake.rules.planning import OF_CONTRACT as OF_CONTRACT
from suprovid.intake.rules.planning import Here as Here
from suprovid.intake.rules.planning import Known as Known
from suprovid.intake.rules.planning import Plan as Plan
from suprovid.intake.rules.planning import plan as plan
from suprovid.intake.rules.planning import said as said
from suprovid.intake.rules.reading import read_rows as read_rows
from suprovid.intake.rules.reporting import digest_of as digest_of
from suprovid.intake.rules.reporting import left_out as left_out
from suprovid.intake.rules.reporting import report_of as report_of

FACTS = {**OF_LISTS, **OF_MERGING}

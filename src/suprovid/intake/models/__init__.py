"""What came in from files, and clients joined to one."""

from __future__ import annotations

from suprovid.intake.models.imports import BroughtRow as BroughtRow
from suprovid.intake.models.imports import ListImport as ListImport
from suprovid.intake.models.imports import SavedMatching as SavedMatching
from suprovid.intake.models.merging import Merge as Merge

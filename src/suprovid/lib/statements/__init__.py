"""Statements of banks in one shape. Pure: no Django, no other library of ours."""

from suprovid.lib.statements.lines import Line, Statement

__all__ = ["Line", "Statement"]

"""Sheets of workbooks and of text, read into rows of cells. Pure."""

"""What comes in from the files people have: lists, their matching, their mends."""

from __future__ import annotations

WORDS: dict[str, str] = {}
FACTS: dict[str, str] = {}

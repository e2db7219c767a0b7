"""What may be kept as a paper: an allow-list by content (SECURITY D2.10-11)."""

from __future__ import annotations

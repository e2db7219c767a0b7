"""Installation by the service standard, entry into service (S19-S21)."""

from __future__ import annotations

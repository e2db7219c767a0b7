"""Money: invoices, payments, what may be allocated to what (S3, S9)."""

from __future__ import annotations

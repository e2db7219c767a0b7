"""What comes in, for programs."""

from __future__ import annotations

from ninja import Router

from suprovid.intake.api import lists

router = Router()
router.add_router("", lists.router)

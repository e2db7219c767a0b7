"""What comes in, for programs."""

from __future__ import annotations

from ninja import Router

from suprovid.intake.api import lists, merging

router = Router()
router.add_router("", lists.router)
router.add_router("", merging.router)

"""What pages and other rooms ask about installations and service."""

from suprovid.service.queries.pages import (
    Candidate,
    InstallationPage,
    TakeOverPage,
    installation_page,
    photo,
    signature,
    take_over_page,
)
from suprovid.service.queries.standing import assigned, work, works

__all__ = [
    "Candidate",
    "InstallationPage",
    "TakeOverPage",
    "assigned",
    "installation_page",
    "photo",
    "signature",
    "take_over_page",
    "work",
    "works",
]

"""Gathers what every app calls its things: enums, facts, kinds of obligations."""

from __future__ import annotations

from types import ModuleType

from suprovid.card import rules as card
from suprovid.clients import rules as clients
from suprovid.contracts import rules as contracts
from suprovid.documents import rules as documents
from suprovid.handover import rules as handover
from suprovid.intake import rules as intake
from suprovid.journal import rules as journal
from suprovid.money import rules as money
from suprovid.obligations import rules as obligations
from suprovid.people import rules as people
from suprovid.service import rules as service
from suprovid.web import say

APPS: tuple[ModuleType, ...] = (
    journal,
    people,
    clients,
    obligations,
    documents,
    contracts,
    money,
    handover,
    service,
    intake,
    card,
)


def gather() -> None:
    """Once, at the start: `web` shows words whose owners it may not know."""
    for app in APPS:
        say.register(getattr(app, "WORDS", {}))
        say.register(getattr(app, "MORE_WORDS", {}))
        say.FACTS.update(getattr(app, "FACTS", {}))
        say.KINDS.update(getattr(app, "OBLIGATIONS", {}))
        say.KIND_NAMES.update(getattr(app, "TERM_NAMES", {}))
        say.KIND_VERBS.update(getattr(app, "TERM_VERBS", {}))

"""An answer to "may I?" that can say why not, in any language.

A rule returns a Decision; the action raises its reason, the page greys the button
and shows it, the API answers it. A reason is a message id with parameters and is put
into words only at the door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A message id (English sentence with {placeholders}) and its parameters."""

    msgid: str
    params: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return self.msgid.format(**dict(self.params))


@dataclass(frozen=True)
class Decision:
    allowed: bool
    reason: Reason | None = None

    def __bool__(self) -> bool:
        return self.allowed


def allow() -> Decision:
    return Decision(allowed=True)


def deny(msgid: str, **params: object) -> Decision:
    return Decision(allowed=False, reason=Reason(msgid, tuple(params.items())))


class Refused(Exception):
    """A rule said no: nothing was written. API 409."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Forbidden(Refused):
    """It is not this person's to do. API 403."""


class Stale(Refused):
    """What the person saw is no longer what is there. API 412."""


class Invalid(Refused):
    """A value that cannot be taken, and the field it stands in. API 422."""

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(reason)
        self.field = field


class Missing(LookupError):
    """Not found, or not theirs: one answer for both. API 404."""


def require(decision: Decision, refusal: type[Refused] = Refused) -> None:
    """Raise the decision's reason unless it allows.

    Raises:
        Refused: or the given kind of it, with the reason.
    """
    if decision.reason is not None and not decision.allowed:
        raise refusal(decision.reason)


def invalid(field: str, msgid: str, **params: object) -> Invalid:
    """The refusal of one field's value."""
    return Invalid(field, Reason(msgid, tuple(params.items())))

"""Our own accounts as their viewers see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from suprovid.lib.decision import Decision, Missing
from suprovid.money.models import Account
from suprovid.money.rules import account as iban_of
from suprovid.money.rules import (
    may_close,
    may_handle_money,
    may_open_again,
    may_see_statements,
)
from suprovid.people.rules import Viewer


@dataclass(frozen=True)
class AccountRow:
    id: int
    iban: str
    name: str
    posts_sure: bool
    added_at: datetime
    closed_at: datetime | None
    version: int
    closing: Decision
    opening: Decision


@dataclass(frozen=True)
class AccountsPage:
    accounts: tuple[AccountRow, ...]
    seeing: Decision
    handling: Decision


def visible_accounts(viewer: Viewer) -> QuerySet[Account]:
    """All of them, or none: accounts are the accountant's and the head's."""
    rows = Account.objects.all()
    return rows if may_see_statements(viewer) else rows.none()


def accounts_page(viewer: Viewer) -> AccountsPage:
    """Our accounts, the open ones first."""
    rows = visible_accounts(viewer).order_by("closed_at", "pk")
    ordered = sorted(rows, key=lambda one: (one.closed_at is not None, one.pk))
    handling = may_handle_money(viewer)
    return AccountsPage(
        accounts=tuple(_row(one, handling) for one in ordered),
        seeing=may_see_statements(viewer),
        handling=handling,
    )


def account_row(viewer: Viewer, account_id: int) -> AccountRow:
    """One of our accounts.

    Raises:
        Missing: not there, or not theirs to see.
    """
    account = visible_accounts(viewer).filter(pk=account_id).first()
    if account is None:
        raise Missing(f"There is no account {account_id}.")
    return _row(account, may_handle_money(viewer))


def known_account(typed: str) -> str:
    """The account as it is kept, if it is among ours already."""
    kept = iban_of(typed)
    found = Account.objects.filter(iban=kept).first() if kept else None
    return found.iban if found else ""


def _row(one: Account, handling: Decision) -> AccountRow:
    closed = one.closed_at is not None
    return AccountRow(
        id=one.pk,
        iban=one.iban,
        name=one.name,
        posts_sure=one.posts_sure,
        added_at=one.added_at,
        closed_at=one.closed_at,
        version=one.version,
        closing=may_close(closed=closed) if handling else handling,
        opening=may_open_again(closed=closed) if handling else handling,
    )

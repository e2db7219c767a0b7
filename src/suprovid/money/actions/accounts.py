"""Our own accounts."""

from __future__ import annotations

from django.db import transaction

from suprovid.journal.actions import record
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Missing, Reason, Stale, invalid, require
from suprovid.lib.words import word
from suprovid.money.actions.shared import handling
from suprovid.money.models import Account
from suprovid.money.rules import account as iban_of
from suprovid.money.rules import may_close, may_open_again
from suprovid.people.queries import viewer as rights_of

CHANGED = word("Somebody changed this account meanwhile. Look again.")


@transaction.atomic
def add_account(*, actor: Actor, iban: str, name: str = "") -> Account:
    """Name an account as ours; its statements are taken from now on.

    Raises:
        Forbidden; Invalid: on `iban`, mistyped or known already.
    """
    for_whom = handling(rights_of(actor))
    kept = iban_of(iban)
    if not kept:
        raise invalid("iban", "This IBAN is mistyped.")
    account, new = Account.objects.get_or_create(
        iban=kept,
        defaults={
            "name": name.strip(),
            "added_by": actor.name,
            "added_at": actor.now,
        },
    )
    if not new:
        raise invalid("iban", "The account {iban} is among ours already.", iban=kept)
    _tell(actor, for_whom, account, "money.account.added")
    return account


@transaction.atomic
def change_account(
    *, actor: Actor, account_id: int, name: str, posts_sure: bool, version: int
) -> Account:
    """Name it otherwise, or decide whether sure lines are laid at once.

    Raises:
        Forbidden, Missing, Stale.
    """
    for_whom = handling(rights_of(actor))
    account = _locked(account_id)
    if account.version != version:
        raise Stale(Reason(CHANGED))
    account.name, account.posts_sure = name.strip(), posts_sure
    account.version += 1
    account.save(update_fields=["name", "posts_sure", "version"])
    _tell(actor, for_whom, account, "money.account.changed")
    return account


@transaction.atomic
def close_account(*, actor: Actor, account_id: int) -> Account:
    """Take no more of its statements; what it brought stays.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    account = _locked(account_id)
    require(may_close(closed=account.closed_at is not None))
    account.closed_at = actor.now
    account.save(update_fields=["closed_at"])
    _tell(actor, for_whom, account, "money.account.closed")
    return account


@transaction.atomic
def open_account(*, actor: Actor, account_id: int) -> Account:
    """Take its statements again.

    Raises:
        Forbidden, Missing, Refused.
    """
    for_whom = handling(rights_of(actor))
    account = _locked(account_id)
    require(may_open_again(closed=account.closed_at is not None))
    account.closed_at = None
    account.save(update_fields=["closed_at"])
    _tell(actor, for_whom, account, "money.account.opened")
    return account


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise Missing(f"There is no account {account_id}.")
    return account


def _tell(actor: Actor, for_whom: int | None, account: Account, kind: str) -> None:
    details = {"iban": account.iban, "posts_sure": account.posts_sure}
    record(kind=kind, actor=actor, for_whom=for_whom, subject=account, details=details)

"""Our own accounts: what may be done with them."""

from __future__ import annotations

from suprovid.lib.decision import Decision, allow, deny


def may_close(*, closed: bool) -> Decision:
    return deny("This account is closed already.") if closed else allow()


def may_open_again(*, closed: bool) -> Decision:
    return allow() if closed else deny("This account is open.")

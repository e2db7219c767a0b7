"""What may be done with accounts, roles, groups, absences and keys."""

from suprovid.people.actions.absences import (
    cancel_absence,
    declare_absence,
    name_deputy,
    return_early,
)
from suprovid.people.actions.accounts import (
    dismiss,
    edit_person,
    enter_person,
    found_company,
    set_language,
)
from suprovid.people.actions.groups import close_group, create_group, rename_group
from suprovid.people.actions.keys import (
    Handed,
    accept_invitation,
    create_token,
    invite,
    note_token_use,
    revoke_token,
)
from suprovid.people.actions.roles import end_role, grant_role

__all__ = [
    "Handed",
    "accept_invitation",
    "cancel_absence",
    "close_group",
    "create_group",
    "create_token",
    "declare_absence",
    "dismiss",
    "edit_person",
    "end_role",
    "enter_person",
    "found_company",
    "grant_role",
    "invite",
    "name_deputy",
    "note_token_use",
    "rename_group",
    "return_early",
    "revoke_token",
    "set_language",
]

"""Pages of the staff."""

from suprovid.people.views.absences import (
    absence,
    cancel_absence,
    deputy,
    return_early,
)
from suprovid.people.views.accounts import (
    dismiss,
    edit,
    end_role,
    grant,
    invite,
    new,
    people,
    person,
)
from suprovid.people.views.groups import close_group, groups, new_group, rename_group
from suprovid.people.views.own import (
    create_token,
    invitation,
    me,
    revoke_token,
    set_language,
)

__all__ = [
    "absence",
    "cancel_absence",
    "close_group",
    "create_token",
    "deputy",
    "dismiss",
    "edit",
    "end_role",
    "grant",
    "groups",
    "invitation",
    "invite",
    "me",
    "new",
    "new_group",
    "people",
    "person",
    "rename_group",
    "return_early",
    "revoke_token",
    "set_language",
]

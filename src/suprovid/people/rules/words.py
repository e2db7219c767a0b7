"""The words of this app for people: enums and the sentences of its facts."""

from __future__ import annotations

from enum import StrEnum

from suprovid.lib.words import word
from suprovid.people.rules.standing import AbsenceKind, Role

WORDS: dict[StrEnum, str] = {
    Role.MANAGER: word("service manager"),
    Role.ENGINEER: word("service engineer"),
    Role.GROUP_HEAD: word("head of service group"),
    Role.DEPARTMENT_HEAD: word("head of department"),
    Role.SALES: word("sales manager"),
    Role.SALES_HEAD: word("head of sales"),
    Role.LAWYER: word("lawyer"),
    Role.ACCOUNTANT: word("accountant"),
    Role.ADMINISTRATOR: word("administrator"),
    AbsenceKind.VACATION: word("vacation"),
    AbsenceKind.ILLNESS: word("illness"),
    AbsenceKind.TRIP: word("business trip"),
    AbsenceKind.OTHER: word("absence"),
}

FACTS: dict[str, str] = {
    "people.company.founded": word("Suprovid was set up: {name}"),
    "people.person.entered": word("Person entered: {name}"),
    "people.person.edited": word("Person’s data changed: {name}"),
    "people.person.dismissed": word("Person dismissed: {name}"),
    "people.role.granted": word("Role granted: {role}, {name}"),
    "people.role.ended": word("Role ended: {role}, {name}"),
    "people.group.created": word("Group created: {name}"),
    "people.group.renamed": word("Group renamed: {name}"),
    "people.group.closed": word("Group closed: {name}"),
    "people.absence.declared": word("Absence declared: {name}"),
    "people.absence.cancelled": word("Absence cancelled: {name}"),
    "people.absence.ended": word("Absence ended early: {name}"),
    "people.absence.deputised": word("Deputy named: {deputy_name} for {name}"),
    "people.language.set": word("Language chosen: {language}"),
    "people.token.created": word("Token created: {name}"),
    "people.token.revoked": word("Token revoked: {name}"),
    "people.invitation.made": word("Invitation made: {name}"),
    "people.invitation.accepted": word("Password set by invitation: {name}"),
}

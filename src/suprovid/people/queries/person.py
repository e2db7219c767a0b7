"""The page of one person, and one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.journal.rules import sha256
from suprovid.lib.decision import Decision, Missing
from suprovid.people import rules
from suprovid.people.models import Absence, Invitation, Person, RoleGrant, Token
from suprovid.people.queries.standing import staff, today
from suprovid.people.rules import AbsenceKind, Grant, Member, Role, Span, Viewer
from suprovid.web.parts import Act, LinkAct

When = Literal["now", "coming", "over"]


@dataclass(frozen=True)
class GrantRow:
    id: int
    role: Role
    group: str
    first: date
    last: date | None
    when: When
    ended_at: datetime | None = None
    end: LinkAct | None = None


@dataclass(frozen=True)
class AbsenceRow:
    """`kind` is None for those whose business it is not."""

    id: int
    kind: AbsenceKind | None
    first: date
    last: date
    when: When
    deputy: str = ""
    deputy_url: str = ""
    cancel: Act | None = None
    back: Act | None = None
    change: LinkAct | None = None


@dataclass(frozen=True)
class PersonPage:
    id: int
    name: str
    short_name: str
    username: str
    email: str
    phone: str
    since: datetime
    active: bool
    me: bool
    grants: tuple[GrantRow, ...]
    absences: tuple[AbsenceRow, ...]
    stands_for: tuple[str, ...]
    edit: LinkAct | None
    grant: LinkAct | None
    away: LinkAct | None
    invite: Act | None
    dismiss: Act | None

    @property
    def now_away(self) -> AbsenceRow | None:
        return next((row for row in self.absences if row.when == "now"), None)

    @property
    def roles(self) -> tuple[GrantRow, ...]:
        return tuple(row for row in self.grants if row.when == "now")


def person_page(viewer: Viewer, person_id: int, now: datetime) -> PersonPage:
    return _page(viewer, _person(person_id), now)


def _page(viewer: Viewer, person: Person, now: datetime) -> PersonPage:
    on = today(now)
    administers = rules.may_administer(viewer)
    speaks = _speaks(viewer, person, on)
    active = person.is_active
    return PersonPage(
        id=person.pk,
        name=person.full_name,
        short_name=person.short_name,
        username=person.username,
        email=person.email,
        phone=person.phone,
        since=person.created_at,
        active=active,
        me=viewer.id == person.pk,
        grants=tuple(_grants(person, on, may_end=bool(administers) and active)),
        absences=tuple(_absences(person, on, may=bool(speaks) and active)),
        stands_for=tuple(m.name for m in _seen(viewer, person, on).stands_for),
        edit=_link(_("Edit"), "edit", person, administers, "pencil"),
        grant=_link(
            _("Grant a role"),
            "grant",
            person,
            rules.may_grant(viewer, person.pk),
            "plus",
        ),
        away=_link(_("Declare an absence"), "absence", person, speaks, "calendar-off"),
        invite=_invite(viewer, person),
        dismiss=_dismiss(viewer, person),
    )


def _seen(viewer: Viewer, person: Person, on: date) -> Viewer:
    """The person's chairs; one's own are known already."""
    return viewer if viewer.id == person.pk else staff(on).viewer(person.pk)


def _person(person_id: int) -> Person:
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Missing
    return person


def _link(
    label: str, name: str, person: Person, decision: Decision, icon: str
) -> LinkAct | None:
    if not person.is_active:
        return None
    url = reverse(f"people:{name}", args=[person.pk])
    return LinkAct(label, url, decision, icon=icon)


def _invite(viewer: Viewer, person: Person) -> Act | None:
    """Shown to those who may; for all others it is not worth a grey button."""
    may = rules.may_invite(viewer, person.pk)
    if not (may and person.is_active):
        return None
    url = reverse("people:invite", args=[person.pk])
    return Act(_("Make an invitation link"), url, may, icon="link")


def _dismiss(viewer: Viewer, person: Person) -> Act | None:
    if not (rules.may_administer(viewer) and person.is_active):
        return None
    return Act(
        _("Dismiss"),
        reverse("people:dismiss", args=[person.pk]),
        rules.may_dismiss(viewer, person.pk),
        icon="user-off",
        confirm=_(
            "Dismiss {name}? Roles, sign-in and tokens end at once;"
            " what was done stays."
        ).format(name=person.short_name),
    )


def _speaks(viewer: Viewer, person: Person, on: date) -> Decision:
    rows = RoleGrant.objects.on(on).filter(person=person)
    grants = frozenset(Grant(Role(row.role), row.group_id) for row in rows)
    return rules.may_speak_of_absence(viewer, Member(person.pk, "", grants))


def _grants(person: Person, on: date, *, may_end: bool) -> list[GrantRow]:
    rows = RoleGrant.objects.filter(person=person).select_related("group")
    found = [_grant_row(row, on, may_end=may_end) for row in rows]
    rank = {"now": 0, "coming": 1, "over": 2}
    return sorted(found, key=lambda r: (rank[r.when], -r.first.toordinal()))


def _grant_row(row: RoleGrant, on: date, *, may_end: bool) -> GrantRow:
    when = _when(row.valid_from, row.valid_to, on, ended=row.ended_at is not None)
    url = reverse("people:end-role", args=[row.pk])
    return GrantRow(
        id=row.pk,
        role=Role(row.role),
        group=row.group.name if row.group else "",
        first=row.valid_from,
        last=row.valid_to,
        when=when,
        ended_at=row.ended_at,
        end=LinkAct(_("End"), url) if may_end and when != "over" else None,
    )


def _when(first: date, last: date | None, on: date, *, ended: bool = False) -> When:
    if ended or (last is not None and last < on):
        return "over"
    return "coming" if first > on else "now"


def _absences(person: Person, on: date, *, may: bool) -> list[AbsenceRow]:
    rows = Absence.objects.standing().filter(person=person).select_related("deputy")
    return [_absence_row(row, on, may=may) for row in rows.order_by("-first_day")]


def _absence_row(row: Absence, on: date, *, may: bool) -> AbsenceRow:
    span = Span(row.first_day, row.last_day)
    when = _when(row.first_day, row.last_day, on)
    args = [row.pk]
    open_to_change = may and when != "over"
    cancels = rules.may_cancel_absence(span, today=on)
    deputy = row.deputy
    return AbsenceRow(
        id=row.pk,
        kind=AbsenceKind(row.kind) if may else None,
        first=row.first_day,
        last=row.last_day,
        when=when,
        deputy=deputy.full_name if deputy else "",
        deputy_url=reverse("people:person", args=[deputy.pk]) if deputy else "",
        cancel=Act(_("Cancel"), reverse("people:cancel-absence", args=args))
        if open_to_change and cancels
        else None,
        back=Act(_("End early"), reverse("people:return", args=args))
        if open_to_change and not cancels
        else None,
        change=LinkAct(_("Change the deputy"), reverse("people:deputy", args=args))
        if open_to_change
        else None,
    )


# ------------------------------------------------------------ what forms start from


@dataclass(frozen=True)
class Data:
    """An account's data as the form of an administrator shows them."""

    person_id: int
    name: str
    version: int
    email: str
    family_name: str
    given_name: str
    patronymic: str
    phone: str


def data_of(viewer: Viewer, person_id: int) -> Data:
    person = _person(person_id)
    return Data(
        person_id=person.pk,
        name=person.short_name,
        version=person.version,
        email=person.email,
        family_name=person.family_name,
        given_name=person.given_name,
        patronymic=person.patronymic,
        phone=person.phone,
    )


def deputies_for(person_id: int) -> list[tuple[int, str]]:
    """Everybody else who works here."""
    others = Person.objects.filter(is_active=True).exclude(pk=person_id)
    return [(p.pk, p.full_name) for p in others.order_by("sort_key")]


def may_speak_of(viewer: Viewer, person_id: int, now: datetime) -> Decision:
    return _speaks(viewer, _person(person_id), today(now))


def absence_of(absence_id: int) -> tuple[int, int | None]:
    """Whose absence it is, and who stands in."""
    row = Absence.objects.standing().filter(pk=absence_id).first()
    if row is None:
        raise Missing
    return row.person_id, row.deputy_id


@dataclass(frozen=True)
class EndingRole:
    person_id: int
    name: str
    role: Role
    group: str


def ending_role(grant_id: int) -> EndingRole:
    row = RoleGrant.objects.filter(pk=grant_id).select_related("person", "group")
    grant = row.first()
    if grant is None:
        raise Missing
    group = grant.group.name if grant.group else ""
    person = grant.person
    return EndingRole(person.pk, person.short_name, Role(grant.role), group)


@dataclass(frozen=True)
class Invited:
    name: str
    username: str


def invited(secret: str, now: datetime) -> Invited | None:
    """Whom the link greets, while it is good."""
    row = (
        Invitation.objects.filter(digest=sha256(secret), used_at=None)
        .filter(expires_at__gt=now, person__is_active=True)
        .select_related("person")
        .first()
    )
    return Invited(row.person.short_name, row.person.username) if row else None


# -------------------------------------------------------------------- my page


@dataclass(frozen=True)
class TokenRow:
    id: int
    name: str
    may_write: bool
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    revoke: Act


@dataclass(frozen=True)
class MyPage:
    person: PersonPage
    language: str
    tokens: tuple[TokenRow, ...]


def my_page(viewer: Viewer, now: datetime) -> MyPage:
    """What one may see of oneself only: keys that still open, the language."""
    me = _person(viewer.id or 0)
    tokens = Token.objects.filter(person=me, revoked_at=None, expires_at__gt=now)
    return MyPage(
        person=_page(viewer, me, now),
        language=me.language,
        tokens=tuple(_token_row(token) for token in tokens.order_by("-created_at")),
    )


def _token_row(token: Token) -> TokenRow:
    return TokenRow(
        id=token.pk,
        name=token.name,
        may_write=token.may_write,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_on=token.last_used_on,
        revoke=Act(
            _("Revoke"),
            reverse("people:revoke-token", args=[token.pk]),
            confirm=_("Revoke the token “{name}”? It stops working at once.").format(
                name=token.name
            ),
        ),
    )

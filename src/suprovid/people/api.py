"""The staff for programs: who works here, roles, absences, own tokens."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from suprovid.people import actions, queries
from suprovid.people.rules import AbsenceKind, Role
from suprovid.web.api import ApiRequest, doing_once, etag, if_match

router = Router(tags=["people"])


class PersonBrief(Schema):
    id: int
    name: str
    roles: list[Role]
    email: str
    phone: str
    away_until: date | None = None
    deputy_id: int | None = None


class SectionOut(Schema):
    title: str
    people: list[PersonBrief]


class GrantOut(Schema):
    id: int
    role: Role
    group: str
    first: date
    last: date | None
    when: str


class AbsenceOut(Schema):
    id: int
    kind: AbsenceKind | None
    first: date
    last: date
    when: str
    deputy: str


class PersonOut(Schema):
    id: int
    name: str
    username: str
    email: str
    phone: str
    active: bool
    grants: list[GrantOut]
    absences: list[AbsenceOut]
    stands_for: list[str]


class Made(Schema):
    id: int


class Told(Schema):
    """`secret` is told this once; only its hash is kept."""

    id: int
    secret: str


class DataIn(Schema):
    email: str = Field(min_length=3, max_length=254)
    family_name: str = Field(min_length=1, max_length=80)
    given_name: str = Field(min_length=1, max_length=80)
    patronymic: str = Field("", max_length=80)
    phone: str = Field("", max_length=32)


class PersonIn(DataIn):
    username: str = Field(min_length=2, max_length=60)
    language: str = Field("uk", pattern="^(uk|en)$")


class GrantIn(Schema):
    role: Role
    group_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class EndRoleIn(Schema):
    last_day: date | None = None


class AbsenceIn(Schema):
    kind: AbsenceKind
    first_day: date
    last_day: date
    deputy_id: int | None = None


class DeputyIn(Schema):
    deputy_id: int | None = None


class GroupIn(Schema):
    name: str = Field(min_length=1, max_length=80)


class GroupOut(Schema):
    id: int
    name: str
    heads: list[str]
    count: int
    closed_on: date | None


class TokenIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    days: int = Field(90, ge=1, le=366)
    may_write: bool = False


class TokenOut(Schema):
    id: int
    name: str
    may_write: bool
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None


class LanguageIn(Schema):
    language: str = Field(pattern="^(uk|en)$")


# --------------------------------------------------------------------- people


@router.get("/people", response=list[SectionOut], operation_id="people")
def people(request: ApiRequest) -> list[SectionOut]:
    shown = queries.people_page(request.viewer, queries.today(request.actor.now))
    return [
        SectionOut(title=section.title, people=[_brief(row) for row in section.rows])
        for section in shown.sections
    ]


def _brief(row: queries.PersonRow) -> PersonBrief:
    return PersonBrief(
        id=row.id,
        name=row.name,
        roles=list(row.roles),
        email=row.email,
        phone=row.phone,
        away_until=row.away.last_day if row.away else None,
        deputy_id=row.away.deputy_id if row.away else None,
    )


@router.post("/people", response={201: Made}, operation_id="enter_person")
@doing_once("people.enter")
def enter(request: ApiRequest, body: PersonIn) -> Status[object]:
    return Status(201, actions.enter_person(actor=request.actor, **body.dict()))


@router.get("/people/{person_id}", response=PersonOut, operation_id="person")
def person(
    request: ApiRequest, person_id: int, response: HttpResponse
) -> queries.PersonPage:
    etag(response, queries.data_of(request.viewer, person_id).version)
    return queries.person_page(request.viewer, person_id, request.actor.now)


@router.put("/people/{person_id}", response=Made, operation_id="edit_person")
@doing_once("people.edit")
def edit(request: ApiRequest, person_id: int, body: DataIn) -> object:
    version = if_match(request)
    return actions.edit_person(
        actor=request.actor, person_id=person_id, version=version, **body.dict()
    )


@router.post("/people/{person_id}/invite", response={201: Told}, operation_id="invite")
def invite(request: ApiRequest, person_id: int) -> Status[object]:
    """Not kept for repeats: the secret would be. A repeat closes the link before."""
    return Status(201, actions.invite(actor=request.actor, person_id=person_id))


@router.post(
    "/people/{person_id}/dismiss", response=Made, operation_id="dismiss_person"
)
@doing_once("people.dismiss")
def dismiss(request: ApiRequest, person_id: int) -> object:
    return actions.dismiss(actor=request.actor, person_id=person_id)


# ---------------------------------------------------------------------- roles


@router.post(
    "/people/{person_id}/roles", response={201: Made}, operation_id="grant_role"
)
@doing_once("people.grant")
def grant(request: ApiRequest, person_id: int, body: GrantIn) -> Status[object]:
    return Status(
        201, actions.grant_role(actor=request.actor, person_id=person_id, **body.dict())
    )


@router.post("/people/roles/{grant_id}/end", response=Made, operation_id="end_role")
@doing_once("people.end-role")
def end_role(request: ApiRequest, grant_id: int, body: EndRoleIn) -> object:
    return actions.end_role(
        actor=request.actor, grant_id=grant_id, last_day=body.last_day
    )


# ------------------------------------------------------------------- absences


@router.post(
    "/people/{person_id}/absences",
    response={201: Made},
    operation_id="declare_absence",
)
@doing_once("people.declare-absence")
def declare(request: ApiRequest, person_id: int, body: AbsenceIn) -> Status[object]:
    return Status(
        201,
        actions.declare_absence(
            actor=request.actor, person_id=person_id, **body.dict()
        ),
    )


@router.post(
    "/people/absences/{absence_id}/deputy", response=Made, operation_id="name_deputy"
)
@doing_once("people.name-deputy")
def deputy(request: ApiRequest, absence_id: int, body: DeputyIn) -> object:
    return actions.name_deputy(
        actor=request.actor, absence_id=absence_id, deputy_id=body.deputy_id
    )


@router.post(
    "/people/absences/{absence_id}/cancel", response=Made, operation_id="cancel_absence"
)
@doing_once("people.cancel-absence")
def cancel(request: ApiRequest, absence_id: int) -> object:
    return actions.cancel_absence(actor=request.actor, absence_id=absence_id)


@router.post(
    "/people/absences/{absence_id}/return", response=Made, operation_id="return_early"
)
@doing_once("people.return")
def return_early(request: ApiRequest, absence_id: int) -> object:
    return actions.return_early(actor=request.actor, absence_id=absence_id)


# --------------------------------------------------------------------- groups


@router.get("/groups", response=list[GroupOut], operation_id="groups")
def groups(request: ApiRequest) -> list[queries.GroupRow]:
    on = queries.today(request.actor.now)
    return list(queries.groups_page(request.viewer, on).rows)


@router.post("/groups", response={201: Made}, operation_id="create_group")
@doing_once("people.create-group")
def create_group(request: ApiRequest, body: GroupIn) -> Status[object]:
    return Status(201, actions.create_group(actor=request.actor, name=body.name))


@router.post("/groups/{group_id}/rename", response=Made, operation_id="rename_group")
@doing_once("people.rename-group")
def rename_group(request: ApiRequest, group_id: int, body: GroupIn) -> object:
    return actions.rename_group(actor=request.actor, group_id=group_id, name=body.name)


@router.post("/groups/{group_id}/close", response=Made, operation_id="close_group")
@doing_once("people.close-group")
def close_group(request: ApiRequest, group_id: int) -> object:
    return actions.close_group(actor=request.actor, group_id=group_id)


# ----------------------------------------------------------------- own things


@router.get("/me", response=PersonOut, operation_id="me")
def me(request: ApiRequest) -> queries.PersonPage:
    return queries.my_page(request.viewer, request.actor.now).person


@router.put("/me/language", response=Made, operation_id="set_language")
@doing_once("people.language")
def set_language(request: ApiRequest, body: LanguageIn) -> object:
    return actions.set_language(actor=request.actor, language=body.language)


@router.get("/me/tokens", response=list[TokenOut], operation_id="tokens")
def tokens(request: ApiRequest) -> list[queries.TokenRow]:
    return list(queries.my_page(request.viewer, request.actor.now).tokens)


@router.post("/me/tokens", response={201: Told}, operation_id="create_token")
def create_token(request: ApiRequest, body: TokenIn) -> Status[object]:
    """Not kept for repeats: the secret would be."""
    return Status(201, actions.create_token(actor=request.actor, **body.dict()))


@router.post("/me/tokens/{token_id}/revoke", response=Made, operation_id="revoke_token")
@doing_once("people.revoke-token")
def revoke_token(request: ApiRequest, token_id: int) -> object:
    return actions.revoke_token(actor=request.actor, token_id=token_id)

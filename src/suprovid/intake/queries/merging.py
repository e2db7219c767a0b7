"""Two clients side by side before they become one, and what was joined to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from suprovid.clients.models import Client, Contact, SearchWord, Site
from suprovid.clients.queries import (
    ClientRow,
    Particulars,
    particulars,
    standing_alone,
    survivor,
    visible,
    whole,
    with_words,
)
from suprovid.clients.queries.sight import client_row
from suprovid.clients.rules import CodeKind, Serving, check_code, fold
from suprovid.contracts.models import Contract
from suprovid.handover.models import Handover
from suprovid.handover.rules import ENDED, Stage
from suprovid.intake.models import Merge
from suprovid.intake.rules import likeness
from suprovid.intake.rules.merging import (
    FIELDS,
    Side,
    Standing,
    Twin,
    Undoing,
    can_be_merged,
    can_be_undone,
    may_merge,
    proposed,
    standing_after,
)
from suprovid.lib.decision import Decision, Forbidden, Missing, require
from suprovid.obligations.models import Obligation
from suprovid.people.rules import Viewer
from suprovid.service.models import TakeOver

LIKE_ENOUGH = 60
"""Percents of likeness from which one is proposed as a twin."""
TWINS, FOUND = 5, 20
BEGINNING = 4
WORDS = 4
CANDIDATES = 200


# ---------------------------------------------------------------- finding the other


@dataclass(frozen=True)
class TwinRow:
    """A client that may be the same one; `percent` tells how alike the names are."""

    client: ClientRow
    percent: int


@dataclass(frozen=True)
class FindingPage:
    client: Particulars
    text: str
    found: tuple[TwinRow, ...]
    twins: tuple[TwinRow, ...]


def finding_page(viewer: Viewer, client_id: int, text: str = "") -> FindingPage:
    """With whom a client may be joined: the likely ones, and those asked for.

    Raises:
        Forbidden: not the head of department.
        Missing: the client is not there.
    """
    require(may_merge(viewer), Forbidden)
    client = particulars(viewer, client_id)
    return FindingPage(
        client=client,
        text=text,
        found=_found(viewer, client, text),
        twins=() if text else _likely(client),
    )


def _found(viewer: Viewer, client: Particulars, text: str) -> tuple[TwinRow, ...]:
    if not fold(text):
        return ()
    rows = with_words(visible(viewer), text).exclude(pk=client.id)
    return _by_likeness(client, rows.order_by("sort_key", "pk")[:FOUND])


def _by_likeness(client: Particulars, rows: QuerySet[Client]) -> tuple[TwinRow, ...]:
    """By the names that are most alike, the short ones or those of the papers."""
    own = {client.title, client.name}
    twins = (
        TwinRow(
            client_row(row), max(likeness(one, other) for one in own for other in names)
        )
        for row in rows.select_related("group", "manager")
        for names in [{str(row), row.name}]
    )
    return tuple(sorted(twins, key=lambda twin: -twin.percent))


def _likely(client: Particulars) -> tuple[TwinRow, ...]:
    """Those whose words begin as the longest words of the name do, most alike first."""
    words = sorted(fold(f"{client.title} {client.name}"), key=len, reverse=True)
    begun = {word[:BEGINNING] for word in words[:WORDS] if len(word) >= BEGINNING}
    if not begun:
        return ()
    sharing = _sharing(client.id, sorted(begun))
    twins = _by_likeness(client, standing_alone().filter(pk__in=sharing))
    return tuple(twin for twin in twins if twin.percent >= LIKE_ENOUGH)[:TWINS]


def _sharing(client_id: int, begun: list[str]) -> list[int]:
    words = SearchWord.objects.none()
    for start in begun:
        words |= SearchWord.objects.filter(word__startswith=start)
    counted = words.exclude(client=client_id).values("client").annotate(n=Count("pk"))
    best = counted.order_by("-n", "client")[:CANDIDATES]
    return [row["client"] for row in best]


# ---------------------------------------------------------------- both side by side


@dataclass(frozen=True)
class FieldPair:
    """A particular of both; only different ones are chosen between."""

    name: str
    kept: str
    gone: str
    proposed: Side

    @property
    def differs(self) -> bool:
        return self.kept != self.gone


@dataclass(frozen=True)
class Moving:
    """How many of the one that goes will follow the survivor."""

    contracts: int
    handovers: int
    terms: int
    contacts: int
    sites: int
    joined: int


@dataclass(frozen=True)
class PairPage:
    kept: Particulars
    gone: Particulars
    fields: tuple[FieldPair, ...]
    moving: Moving
    after: Serving
    merge: Decision
    both_codes_are_right: bool
    """Two numbers that both hold: perhaps they are two organisations after all."""

    @property
    def differing(self) -> list[FieldPair]:
        return [pair for pair in self.fields if pair.differs]

    @property
    def alike(self) -> list[FieldPair]:
        return [pair for pair in self.fields if not pair.differs and pair.kept]


def pair_page(viewer: Viewer, kept_id: int, gone_id: int) -> PairPage:
    """Both clients and what would come of joining the second to the first.

    Raises:
        Forbidden: not the head of department.
        Missing: one of them is not there, or is joined to another.
    """
    require(may_merge(viewer), Forbidden)
    kept, gone = particulars(viewer, kept_id), particulars(viewer, gone_id)
    one, other = _twin_of(kept), _twin_of(gone)
    return PairPage(
        kept=kept,
        gone=gone,
        fields=tuple(_pair(name, kept, gone) for name in FIELDS),
        moving=_moving(gone_id),
        after=standing_after(one.standing, other.standing).serving,
        merge=can_be_merged(one, other),
        both_codes_are_right=all(map(_is_right, (kept, gone))),
    )


def joined_already(viewer: Viewer, *client_ids: int) -> int:
    """The survivor of the first of these clients that was joined to another.

    Raises:
        Missing: none of them was.
    """
    found = (survivor(viewer, client_id) for client_id in client_ids)
    for client_id in found:
        if client_id is not None:
            return client_id
    raise Missing


def _pair(name: str, kept: Particulars, gone: Particulars) -> FieldPair:
    mine, theirs = getattr(kept, name), getattr(gone, name)
    return FieldPair(name, mine, theirs, proposed(mine, theirs))


def _is_right(client: Particulars) -> bool:
    check = check_code(client.code)
    return check.error is None and check.warning is None


def _twin_of(client: Particulars) -> Twin:
    standing = Standing(
        serving=client.serving,
        served_by=client.served_by or "",
        served_since=client.since,
        group_id=client.group_id,
        manager_id=client.manager_id,
        sales_id=client.sales_id,
    )
    return Twin(client.id, client.code_kind, joined=False, standing=standing)


def _moving(client_id: int) -> Moving:
    contacts = Contact.objects.filter(client=client_id, left_at=None)
    terms = Obligation.objects.filter(client=client_id, ended_at=None)
    return Moving(
        contracts=Contract.objects.filter(client=client_id).count(),
        handovers=Handover.objects.filter(client=client_id).count(),
        terms=terms.count(),
        contacts=contacts.count(),
        sites=Site.objects.filter(client=client_id).count(),
        joined=len(whole(client_id)) - 1,
    )


# ---------------------------------------------------------------- what was joined


@dataclass(frozen=True)
class MergeRow:
    """One client joined to another, and whether it can be taken back."""

    id: int
    kept_id: int
    kept: str
    gone: str
    code: str
    at: datetime
    who: str
    undo: Decision


def joined_to(client_id: int) -> tuple[MergeRow, ...]:
    """What was joined to a client and stands; the caller has checked the right."""
    rows = _whole().filter(kept=client_id, undone_at=None).order_by("-pk")
    return tuple(_row(row, can_be_undone(Undoing())) for row in rows)


def merge_page(viewer: Viewer, merge_id: int) -> MergeRow:
    """One joining, to be undone.

    Raises:
        Forbidden: not the head of department.
        Missing: not there.
    """
    require(may_merge(viewer), Forbidden)
    row = _whole().filter(pk=merge_id).first()
    if row is None:
        raise Missing
    return _row(row, can_be_undone(undoing(row)))


def _whole() -> QuerySet[Merge]:
    return Merge.objects.select_related("kept", "gone", "made_by")


def _row(row: Merge, undo: Decision) -> MergeRow:
    return MergeRow(
        id=row.pk,
        kept_id=row.kept_id,
        kept=str(row.kept),
        gone=str(row.gone),
        code=row.gone.code,
        at=row.made_at,
        who=row.made_by.short_name if row.made_by else "",
        undo=undo,
    )


# ---------------------------------------------------------------- how things stand


def twin(client: Client) -> Twin:
    """A locked client as the rule asks about it."""
    standing = Standing(
        serving=Serving(client.serving),
        served_by=client.served_by,
        served_since=client.served_since,
        group_id=client.group_id,
        manager_id=client.manager_id,
        sales_id=client.sales_id,
    )
    joined = client.merged_into_id is not None
    return Twin(client.pk, CodeKind(client.code_kind), joined, standing)


def stages(client_ids: Iterable[int]) -> dict[str, str]:
    """By handover: "" while it is open, else how it ended."""
    rows = Handover.objects.filter(client__in=list(client_ids)).order_by("pk")
    return {
        str(pk): stage if Stage(stage) in ENDED else ""
        for pk, stage in rows.values_list("pk", "stage")
    }


def take_overs(client_ids: Iterable[int]) -> list[int]:
    rows = TakeOver.objects.filter(client__in=list(client_ids)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def undoing(merge: Merge) -> Undoing:
    """How a joining stands now, against what it left behind."""
    now = stages([merge.kept_id])
    then = merge.standing["stages"]
    other = [pk for pk in {**then, **now} if then.get(pk) != now.get(pk)]
    return Undoing(
        undone=merge.undone_at is not None,
        later=_later(merge),
        changed=_number(other),
        taken_over=take_overs([merge.kept_id]) != merge.standing["take_overs"],
    )


def _later(merge: Merge) -> str:
    """The next one joined to the survivor, or the survivor itself joined on."""
    rows = Merge.objects.filter(undone_at=None, pk__gt=merge.pk)
    onto = rows.filter(kept=merge.kept_id).select_related("gone").last()
    if onto is not None:
        return str(onto.gone)
    on = rows.filter(gone=merge.kept_id).select_related("gone").first()
    return str(on.gone) if on is not None else ""


def _number(handover_ids: list[str]) -> str:
    rows = Handover.objects.filter(pk__in=map(int, handover_ids)).order_by("pk")
    return rows.values_list("number", flat=True).first() or ""

"""The board of handovers: where each stands, what runs, who holds it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from suprovid.handover import rules
from suprovid.handover.models import Handover
from suprovid.handover.queries.glance import GLANCED, glances
from suprovid.handover.queries.sheet_lines import boxes, holders
from suprovid.handover.queries.sight import visible
from suprovid.handover.queries.standing import hand as hand_of
from suprovid.handover.rules import Hand, Lane, Stage, Standing
from suprovid.journal.actions import subject_of
from suprovid.obligations.queries import term_views
from suprovid.people.queries import open_groups, staff, today
from suprovid.people.rules import Role, Viewer
from suprovid.web import say
from suprovid.web.parts import Box, TermView

SHOWN = 200
TERMS_OF = {
    "draft": ("handover.confirmation",),
    "visas": ("handover.remarks", "handover.first_contact", "handover.installation"),
    "acceptance": (
        "handover.acceptance",
        "handover.first_contact",
        "handover.installation",
    ),
    "installation": (
        "service.installer",
        "handover.first_contact",
        "handover.installation",
        "service.record",
    ),
    "confirmation": ("service.confirmation",),
    "ended": ("service.control_call",),
}


OPEN_LANES = tuple(lane for lane in Lane if lane is not Lane.ENDED)


@dataclass(frozen=True)
class CardRow:
    """A handover on the board."""

    id: int
    number: str
    client: str
    sales: str
    group: str
    lane: Lane
    stage: Stage
    boxes: tuple[Box, ...]
    given: int
    terms: tuple[TermView, ...]
    holders: tuple[tuple[str, tuple[int, ...]], ...]
    remarks: str
    late: bool
    soon: bool
    paid: bool


@dataclass(frozen=True)
class LaneRow:
    lane: Lane
    cards: tuple[CardRow, ...]


@dataclass(frozen=True)
class Board:
    lanes: tuple[LaneRow, ...]
    cards: tuple[CardRow, ...]
    groups: tuple[tuple[int, str], ...]
    group: int | None
    holders: tuple[str, ...]
    holder: str
    show: str
    returned: int
    late: int
    soon: int
    total: int
    capped: bool


def board(
    viewer: Viewer,
    now: datetime,
    *,
    group: int | None = None,
    show: str = "",
    holder: str = "",
) -> Board:
    """What this viewer has on the way; `show`: table, late, returned or ended.

    `holder`: only those that this person (or role) holds up.
    """
    rows = visible(viewer).filter(**{"group_id": group} if group else {})
    chosen = _chosen(rows, show)
    cards = _cards(chosen, viewer, now)
    who = sorted({name for card in cards for name, _lines in card.holders})
    if holder in who:
        cards = [card for card in cards if holder in dict(card.holders)]
    shown = [card for card in cards if card.late] if show == "late" else cards
    return Board(
        lanes=tuple(_lane(lane, shown) for lane in OPEN_LANES),
        cards=tuple(shown),
        groups=tuple(open_groups()),
        group=group,
        holders=tuple(who),
        holder=holder if holder in who else "",
        show=show,
        returned=sum(1 for card in cards if card.remarks),
        late=sum(1 for card in cards if card.late),
        soon=sum(1 for card in cards if card.soon),
        total=len(cards),
        capped=len(cards) >= SHOWN,
    )


def _chosen(rows: QuerySet[Handover], show: str) -> QuerySet[Handover]:
    """The oldest under way first, so that a full board drops the least urgent."""
    if show == "ended":
        return rows.filter(stage__in=rules.ENDED).order_by("-pk")
    under_way = rows.exclude(stage__in=rules.ENDED).order_by("pk")
    returned = under_way.filter(returned_at__isnull=False)
    return returned if show == "returned" else under_way


def _lane(lane: Lane, cards: Iterable[CardRow]) -> LaneRow:
    return LaneRow(lane, tuple(card for card in cards if card.lane is lane))


def mine(viewer: Viewer, now: datetime, *, limit: int = 6) -> tuple[CardRow, ...]:
    """The handovers under way that this viewer sees, oldest first, for my day."""
    rows = visible(viewer).filter(
        stage__in=[Stage.SENT, Stage.COLLECTING, Stage.ACCEPTED]
    )
    if viewer.has(Role.SALES):
        rows = rows | visible(viewer).filter(Q(stage=Stage.DRAFT), sales__in=viewer.ids)
    return tuple(_cards(rows.order_by("pk"), viewer, now)[:limit])


def _cards(rows: QuerySet[Handover], viewer: Viewer, now: datetime) -> list[CardRow]:
    handovers = list(rows.select_related(*GLANCED)[:SHOWN])
    hand = hand_of(viewer, staff(today(now)))
    stood = glances(handovers)
    terms = term_views([subject_of(handover) for handover in handovers], now)
    cards = [_card(one, stood[one.pk], hand, terms) for one in handovers]
    return sorted(cards, key=_urgency)


def _urgency(card: CardRow) -> tuple[bool, bool, str]:
    return (not card.late, not card.soon, card.number)


def lane_of(standing: Standing) -> Lane:
    """The column in which a handover stands; derived, never stored."""
    if standing.stage in rules.ENDED:
        return Lane.ENDED
    if standing.stage in (Stage.DRAFT, Stage.SENT):
        return Lane.DRAFT
    if standing.closed_at is None:
        return Lane.ACCEPTANCE if standing.all_in_force else Lane.VISAS
    return Lane.INSTALLATION


def _card(
    handover: Handover,
    standing: Standing,
    hand: Hand,
    terms: dict[tuple[str, str], TermView],
) -> CardRow:
    subject = subject_of(handover)
    lane = lane_of(standing)
    if lane is Lane.INSTALLATION and _running(terms, "service.confirmation", subject):
        lane = Lane.CONFIRMATION
    found = [terms.get((kind, subject)) for kind in TERMS_OF[lane]]
    shown = tuple(
        view
        for view in found
        if view is not None and not view.note and view.ended_at is None
    )
    return CardRow(
        id=handover.pk,
        number=handover.number,
        client=str(handover.client),
        sales=say.short_name(handover.sales.short_name),
        group=handover.group.name,
        lane=lane,
        stage=Stage(handover.stage),
        boxes=boxes(standing),
        given=standing.in_force_count,
        terms=shown,
        holders=tuple(holders(standing, hand)) if lane is Lane.VISAS else (),
        remarks=standing.remarks if standing.returned_at else "",
        late=any(view.state == "late" for view in shown),
        soon=any(view.state == "soon" for view in shown),
        paid=standing.paid_at is not None,
    )


def _running(
    terms: dict[tuple[str, str], TermView], kind: str, subject: str
) -> TermView | None:
    view = terms.get((kind, subject))
    return view if view is not None and view.ended_at is None else None

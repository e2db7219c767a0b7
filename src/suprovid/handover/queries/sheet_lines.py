"""The seven lines of a sheet as pages show them: stamps, boxes, who holds them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from suprovid.handover import rules
from suprovid.handover.models import Item
from suprovid.handover.rules import (
    Carrier,
    Hand,
    ItemCode,
    Line,
    LineState,
    Stamp,
    Standing,
)
from suprovid.lib.decision import Decision
from suprovid.people.rules import Role
from suprovid.web import say
from suprovid.web.parts import Box, BoxState, StampView, TermView, Verdict

VERDICTS: dict[LineState, Verdict] = {
    LineState.GIVEN: "given",
    LineState.REFUSED: "refused",
    LineState.FALLEN: "fallen",
    LineState.WITHDRAWN: "withdrawn",
    # A stamp on a line that waits is a refusal that sales have answered.
    LineState.WAITING: "answered",
    LineState.EMPTY: "answered",
}
BOXES: dict[LineState, BoxState] = {
    LineState.GIVEN: "given",
    LineState.REFUSED: "refused",
    LineState.FALLEN: "fallen",
    LineState.WITHDRAWN: "fallen",
    LineState.WAITING: "empty",
    LineState.EMPTY: "empty",
}


@dataclass(frozen=True)
class LinePage:
    """One of the seven lines, and what this viewer may do with it."""

    line: Line
    state: LineState
    stamp: StampView | None
    was: tuple[str, ...]
    now: tuple[str, ...]
    term: TermView | None
    holder: str
    attach: Decision
    fill: Decision
    give: Decision
    refuse: Decision
    withdraw: Decision

    @property
    def by_paper(self) -> bool:
        return self.line.carrier is Carrier.PAPER

    @property
    def by_form(self) -> bool:
        return self.line.carrier is Carrier.FORM

    @property
    def values(self) -> list[tuple[str, str]]:
        """What a form says, label by label."""
        if self.line.form is None:
            return []
        return form_values(self.line.code, self.line.form.values)


def form_values(code: ItemCode, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """Labels and what was written, in the order of the form."""
    return [
        (gettext(blank.label), _in_words(blank, said[blank.name]))
        for blank in rules.FORMS[code]
        if blank.name in said
    ]


def _in_words(blank: rules.Blank, text: str) -> str:
    """A choice by its word; everything else as it was typed."""
    known = {option.value: option for option in blank.options}
    return say.label(known[text]) if text in known else text


def item_subjects(standing: Standing) -> list[str]:
    return [f"{Item._meta.label_lower}:{line.id}" for line in standing.lines]


def boxes(standing: Standing) -> tuple[Box, ...]:
    """The sheet at a glance: its lines in their order."""
    return tuple(
        Box(BOXES[line.state], f"{say.label(line.code)}: {say.label(line.state)}")
        for line in standing.lines
    )


def line_page(
    standing: Standing,
    line: Line,
    hand: Hand,
    terms: dict[tuple[str, str], TermView],
    newest: bool,  # noqa: FBT001 - an inner step of one page
) -> LinePage:
    subject = f"{Item._meta.label_lower}:{line.id}"
    return LinePage(
        line=line,
        state=line.state,
        stamp=stamp_view(line),
        was=_told(line.stamp.holds) if line.stamp else (),
        now=_told(line.holds),
        term=_open_term(subject, terms) if newest else None,
        holder=holder(standing, line, hand),
        attach=rules.may_attach(standing, line, hand),
        fill=rules.may_fill(standing, line, hand),
        give=rules.may_give_visa(standing, line, hand),
        refuse=rules.may_refuse_visa(standing, line, hand),
        withdraw=rules.may_withdraw_visa(standing, line, hand),
    )


def _open_term(subject: str, terms: dict[tuple[str, str], TermView]) -> TermView | None:
    kinds = ("handover.remarks", "handover.visa", "handover.item_papers")
    found = (terms.get((kind, subject)) for kind in kinds)
    running = (v for v in found if v is not None and v.ended_at is None and not v.note)
    return next(running, None)


def stamp_view(line: Line) -> StampView | None:
    """The act on a line as the stamp that paper would bear."""
    if line.stamp is None:
        return None
    stamp = line.stamp
    return StampView(
        verdict=VERDICTS[line.state],
        person=stamp.name,
        role=say.label(stamp.role),
        for_whom=stamp.for_name,
        at=stamp.at,
        short_hash=" · ".join(_told(stamp.holds)),
        full_hash=" ".join(stamp.holds),
        reason=_reason(stamp),
        notes=tuple(_notes(line.state, stamp)),
    )


def _told(holds: Iterable[str]) -> tuple[str, ...]:
    """What a visa holds, in short: hashes by their beginning, money by its sum."""
    return tuple(_one_told(held) for held in holds)


def _one_told(held: str) -> str:
    entry, amount = rules.money_held(held)
    return f"№ {entry}: {say.money(amount)}" if entry else rules.short([held])[0]


def _notes(state: LineState, stamp: Stamp) -> Iterable[str]:
    yield from (say.label(allowance) for allowance in sorted(stamp.allowances))
    if VERDICTS[state] == "answered":
        yield gettext("Answered since: the visa is asked for anew.")


def _reason(stamp: Stamp) -> str:
    if stamp.requirement is None:
        return stamp.reason
    return f"{say.label(stamp.requirement)}. {stamp.reason}"


def holder(standing: Standing, line: Line, hand: Hand) -> str:
    """Who holds this line up: sales for papers, the role's people for a visa."""
    if line.in_force:
        return ""
    if line.carrier is Carrier.PAYMENT and not line.complete:
        return say.label(Role.ACCOUNTANT)
    if line.refused or not line.complete:
        return say.short_name(standing.sales_name)
    return _answering(line.role, standing.group_id, hand)


def _answering(role: Role, group_id: int, hand: Hand) -> str:
    group = group_id if role is Role.GROUP_HEAD else None
    names = [say.short_name(m.name) for m in hand.staff.answering(role, group)]
    return ", ".join(names) or say.label(role)


def holders(standing: Standing, hand: Hand) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Who holds up which lines, for boards: (who, numbers of lines)."""
    found: dict[str, list[int]] = {}
    for line in standing.missing:
        found.setdefault(holder(standing, line, hand), []).append(line.number)
    return [(who, tuple(numbers)) for who, numbers in found.items()]

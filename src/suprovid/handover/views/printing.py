"""The sheet on paper: data goes in as strings, so nothing in it is markup."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suprovid.handover import rules
from suprovid.handover.queries import LinePage, SheetPage
from suprovid.handover.rules import Carrier
from suprovid.web import say

TEMPLATE = (
    Path(__file__).resolve().parent.parent / "templates" / "handover" / "sheet.typ"
)


def sheet_pdf(shown: SheetPage, *, company: str, printed_at: datetime) -> bytes:
    """The bypass sheet as the paper form: visas, deputies, allowances, hashes (S17)."""
    import typst  # 0.1 s: only prints need it

    data = json.dumps(_data(shown, company, printed_at), ensure_ascii=False)
    return bytes(
        typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            sys_inputs={"data": data},
            ignore_system_fonts=True,
        )
    )


def _data(shown: SheetPage, company: str, printed_at: datetime) -> dict[str, Any]:
    standing = shown.standing
    number = shown.number if standing.round == 1 else f"{shown.number}/{standing.round}"
    return {
        "title": _("BYPASS SHEET"),
        "lang": get_language() or "uk",
        "company": company,
        "route": f"{_('Sales department')} → {shown.group}",
        "number": f"№ {number}",
        "opened": f"{_('opened')} {say.stamp_date(shown.opened_at)}",
        "head": _head(shown),
        "columns": ["№", _("What the visa confirms"), _("Papers"), _("Visa")],
        "lines": [_line(row) for row in shown.lines],
        "closing": _closing(shown),
        "hashes_title": _("Full hashes"),
        "hashes": [hashed for row in shown.lines for hashed in _hashes(row)],
        "foot": _("Printed {at} from Suprovid. Hashes are SHA-256.").format(
            at=say.stamp_date(printed_at)
        ),
    }


def _head(shown: SheetPage) -> list[list[str]]:
    contract = shown.contract
    kits = "; ".join(
        f"«{line.kit}», {say.label(line.variant)}" for line in contract.lines
    )
    return [
        [_("Client"), shown.client],
        [_("Contract"), f"№ {contract.number}, {say.day(contract.signed_on)}"],
        [_("Kit"), kits or "—"],
        [_("A month without VAT"), say.money(contract.monthly)],
        [_("Client’s responsible person"), shown.responsible or "—"],
        [_("Handed over by"), shown.sales],
        [_("Confirmed by"), shown.confirmed_by or "—"],
    ]


def _line(row: LinePage) -> dict[str, Any]:
    return {
        "number": str(row.line.number),
        "what": capfirst(say.label(row.line.code)),
        "by": say.label(row.line.role),
        "papers": _papers(row),
        "stamp": _stamp(row),
    }


def _papers(row: LinePage) -> list[list[str]]:
    line = row.line
    if line.carrier is Carrier.PAPER:
        return [[paper.name, *rules.short([paper.sha256])] for paper in line.papers]
    if line.form is not None:
        name = f"{capfirst(say.label(line.code))}, {_('version')} {line.form.version}"
        return [[name, *rules.short([line.form.digest])]]
    return [[say.money(part.amount), say.stamp_date(part.at)] for part in line.laid]


def _hashes(row: LinePage) -> list[list[str]]:
    """The whole hash of each paper: with it anybody can tell the file at hand."""
    line = row.line
    if line.form is not None:
        return [[str(line.number), capfirst(say.label(line.code)), line.form.digest]]
    return [[str(line.number), paper.name, paper.sha256] for paper in line.papers]


def _stamp(row: LinePage) -> dict[str, Any] | None:
    stamp = row.stamp
    if stamp is None or stamp.at is None:
        return None
    titles = {
        "given": _("VISA GIVEN"),
        "refused": _("VISA REFUSED"),
        "answered": _("VISA REFUSED"),
        "fallen": _("NO LONGER IN FORCE"),
        "withdrawn": _("VISA WITHDRAWN"),
    }
    for_whom = _("for {name} (deputy)").format(name=stamp.for_whom)
    return {
        "verdict": stamp.verdict,
        "title": titles.get(stamp.verdict, ""),
        "who": f"{stamp.person}, {stamp.role}",
        "for_whom": for_whom if stamp.for_whom else "",
        "at": say.stamp_date(stamp.at),
        "hash": stamp.short_hash,
        "reason": stamp.reason,
        "notes": list(stamp.notes),
    }


def _closing(shown: SheetPage) -> str:
    standing = shown.standing
    if standing.closed_at is None:
        return _("The sheet is open: {given} of {all} visas in force.").format(
            given=shown.given, all=len(shown.lines)
        )
    return _("Accepted by {who}, {when}. The sheet is closed.").format(
        who=standing.accepted_by_name, when=say.stamp_date(standing.closed_at)
    )

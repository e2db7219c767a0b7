"""Clients brought in by a list (PROCESS 5: the head of department's)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction

from suprovid.clients.actions.shared import BATCH, index_new, told
from suprovid.clients.models import BroughtList, Client, ClientImport
from suprovid.clients.queries import brought, known_codes, parsed_again
from suprovid.clients.rules import (
    ListRow,
    ParsedList,
    Problem,
    may_import,
    read_list,
)
from suprovid.journal.actions import Happening, record, record_many
from suprovid.journal.rules import Actor
from suprovid.lib.decision import (
    Forbidden,
    Missing,
    Reason,
    Refused,
    Stale,
    require,
)
from suprovid.people import queries as people
from suprovid.people.models import Person
from suprovid.people.rules import sort_key

ATTEMPTS = 3


@dataclass(frozen=True)
class ImportReport:
    """What a list is, and what came (or, in a dry run, would come) of it.

    `good` rows can be taken as they stand; `created` and `known` are of those taken.
    """

    file_name: str
    sha256: str
    rows: int
    good: int
    problems: tuple[Problem, ...]
    created: int
    known: int
    dry_run: bool
    new: tuple[ListRow, ...] = ()
    import_id: int | None = None

    @property
    def warnings(self) -> int:
        return sum(problem.kind == "warning" for problem in self.problems)

    @property
    def errors(self) -> int:
        return len({p.row for p in self.problems if p.kind == "error"})


def import_clients(
    *,
    actor: Actor,
    data: bytes,
    name: str,
    confirm_warnings: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Bring a file in: read it first, then write in one short transaction.

    Args:
        confirm_warnings: take rows with unusual codes too; recorded for each.
        dry_run: tell what would come of it and write nothing.

    Raises:
        Forbidden: not the head of department.
        NotAList: the file cannot be read as a list.
    """
    require(may_import(people.viewer(actor)), Forbidden)
    return bring_in(
        actor=actor,
        parsed=read_list(data, name),
        confirm_warnings=confirm_warnings,
        dry_run=dry_run,
    )


@transaction.atomic
def bring_in(
    *,
    actor: Actor,
    parsed: ParsedList,
    confirm_warnings: bool = False,
    dry_run: bool = False,
) -> ImportReport:
    """Enter the rows of a list that are not known yet; again, it adds nothing.

    Raises:
        Forbidden: not the head of department.
    """
    require(may_import(people.viewer(actor)), Forbidden)
    taken = [row for row in parsed.rows if confirm_warnings or not row.odd]
    known = known_codes([row.code for row in taken])
    new = tuple(row for row in taken if row.code not in known)
    entry = None
    if new and not dry_run:
        new, entry = _enter(actor, parsed, new, among=len(taken))
    return ImportReport(
        file_name=parsed.name,
        sha256=parsed.sha256,
        rows=parsed.count,
        good=sum(not row.odd for row in parsed.rows),
        problems=parsed.problems,
        created=len(new),
        known=len(taken) - len(new),
        dry_run=dry_run,
        new=new,
        import_id=entry.pk if entry else None,
    )


@transaction.atomic
def keep_list(*, actor: Actor, parsed: ParsedList) -> BroughtList:
    """Keep a list that was read until its person says yes; the last one counts.

    Raises:
        Forbidden: not the head of department.
    """
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    kept, _ = BroughtList.objects.update_or_create(
        person=Person.objects.get(pk=viewer.id or 0),
        defaults={
            "file_name": parsed.name,
            "sha256": parsed.sha256,
            "content": _as_json(parsed),
            "brought_at": actor.now,
        },
    )
    return kept


@transaction.atomic
def bring_in_kept(
    *, actor: Actor, sha256: str, confirm_warnings: bool = False
) -> ImportReport:
    """Bring in the list that was shown.

    Raises:
        Forbidden, Missing.
        Stale: another list was read in meanwhile.
    """
    viewer = people.viewer(actor)
    require(may_import(viewer), Forbidden)
    kept = brought(viewer)
    if kept is None:
        raise Missing
    if kept.sha256 != sha256:
        raise Stale(Reason("Another list was read in meanwhile: look at it first."))
    report = bring_in(
        actor=actor, parsed=parsed_again(kept), confirm_warnings=confirm_warnings
    )
    kept.delete()
    return report


@transaction.atomic
def drop_kept(*, actor: Actor) -> None:
    """The list is not wanted after all.

    Raises:
        Forbidden: not the head of department.
    """
    require(may_import(people.viewer(actor)), Forbidden)
    BroughtList.objects.filter(person=actor.person_id).delete()


# ---------------------------------------------------------------- the parts


def _as_json(parsed: ParsedList) -> dict[str, Any]:
    return {
        "count": parsed.count,
        "rows": [asdict(row) for row in parsed.rows],
        "problems": _problems(parsed),
    }


def _problems(parsed: ParsedList) -> list[list[Any]]:
    return [
        [
            p.row,
            p.field,
            p.kind,
            p.reason.msgid,
            [list(pair) for pair in p.reason.params],
        ]
        for p in parsed.problems
    ]


def _enter(
    actor: Actor, parsed: ParsedList, rows: tuple[ListRow, ...], *, among: int
) -> tuple[tuple[ListRow, ...], ClientImport | None]:
    """Write them; those another person entered at the same time are left out."""
    for _ in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return rows, _write(actor, parsed, rows, known=among - len(rows))
        except IntegrityError:
            known = known_codes([row.code for row in rows])
            rows = tuple(row for row in rows if row.code not in known)
        if not rows:
            return rows, None
    raise Refused(Reason("Others bring the same clients in right now. Try again."))


def _write(
    actor: Actor, parsed: ParsedList, rows: tuple[ListRow, ...], *, known: int
) -> ClientImport:
    entry = ClientImport.objects.create(
        file_name=parsed.name,
        sha256=parsed.sha256,
        rows=parsed.count,
        created=len(rows),
        known=known,
        problems=_problems(parsed),
        brought_by=actor.name,
        brought_at=actor.now,
    )
    clients = Client.objects.bulk_create(
        [_client(actor, row, entry) for row in rows], batch_size=BATCH
    )
    index_new(clients)
    head = people.viewer(actor).for_whom(may_import)
    _record_clients(actor, head, parsed, clients)
    record(
        kind="clients.list.imported",
        actor=actor,
        for_whom=head,
        subject=entry,
        details={
            "list": parsed.name,
            "sha256": parsed.sha256,
            "created": entry.created,
            "known": entry.known,
        },
    )
    return entry


def _client(actor: Actor, row: ListRow, entry: ClientImport) -> Client:
    values = {
        name: value for name, value in asdict(row).items() if name not in NOT_KEPT
    }
    return Client(
        **values,
        code_confirmed=row.odd,
        brought_in=entry,
        sort_key=sort_key(row.short_name or row.name, room=420),
        created_at=actor.now,
    )


NOT_KEPT = frozenset({"row", "odd"})


def _record_clients(
    actor: Actor, head: int | None, parsed: ParsedList, clients: list[Client]
) -> None:
    def happening(client: Client, **details: str) -> Happening:
        said = told(client, {"name": str(client), "code": client.code}, **details)
        return Happening(
            client,
            for_whom=head,
            client=client.pk,
            details=said.details,
            personal=said.personal,
        )

    record_many(
        kind="clients.client.imported",
        actor=actor,
        happenings=[happening(client, list=parsed.name) for client in clients],
    )
    record_many(
        kind="clients.code.confirmed",
        actor=actor,
        happenings=[happening(c) for c in clients if c.code_confirmed],
    )

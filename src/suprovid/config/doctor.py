"""`suprovid doctor`: is the installation in order, and what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from suprovid.config import home
from suprovid.journal import queries as journal
from suprovid.lib.words import word
from suprovid.obligations.models import Company

OK, NOTE, BAD = "ok", "note", "bad"
SKEW = timedelta(seconds=30)


@dataclass(frozen=True)
class Finding:
    """One thing looked at, by its msgid; `advice` says what to do."""

    what: str
    state: str
    found: str
    advice: str = ""

    @property
    def bad(self) -> bool:
        return self.state == BAD

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def examine() -> list[Finding]:
    now = datetime.now(UTC)
    return [finding for look in LOOKS for finding in _looked(look, now)]


def _looked(
    look: Callable[[datetime], Iterator[Finding]], now: datetime
) -> list[Finding]:
    try:
        return list(look(now))
    except DatabaseError as error:
        what = look.__name__.removeprefix("_")
        advice = _("See that the base answers.")
        return [Finding(what, BAD, str(error).strip(), advice)]


def in_words(findings: list[Finding]) -> str:
    signs = {OK: "✓", NOTE: "·", BAD: "✗"}
    lines = []
    for finding in findings:
        lines.append(f"{signs[finding.state]} {_(finding.what)}: {finding.found}")
        if finding.advice:
            lines.append(f"    {finding.advice}")
    return "\n".join(lines)


def judged(what: str, good: bool, found: str, advice: str, worst: str = BAD) -> Finding:  # noqa: FBT001 - reads as a sentence
    return Finding(what, OK, found) if good else Finding(what, worst, found, advice)


# ---------------------------------------------------------------- what is looked at


def _database(now: datetime) -> Iterator[Finding]:
    yield Finding(word("database"), OK, connection.vendor)
    if connection.vendor == "sqlite":
        yield from _sqlite()
    yield judged(
        word("migrations"),
        not home.unapplied(),
        _("applied") if not home.unapplied() else _("some are missing"),
        _("Stop all processes and start one of them: it migrates first."),
    )


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0]).lower()
        cursor.execute("PRAGMA busy_timeout")
        wait = int(cursor.fetchone()[0])
    begins = cast(dict[str, Any], connection.settings_dict["OPTIONS"]).get(
        "transaction_mode"
    )
    yield judged(
        word("journal mode"),
        mode == "wal",
        mode,
        _("Writers hold up readers: use WAL."),
    )
    yield judged(
        word("transactions"),
        begins == "IMMEDIATE",
        str(begins),
        _("They must begin IMMEDIATE."),
    )
    yield judged(
        word("wait for a writer"),
        wait >= 20_000,
        _("{wait} ms").format(wait=wait),
        _("It must be 20 seconds."),
    )


def _clock(now: datetime) -> Iterator[Finding]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - datetime.now(UTC))
        yield judged(
            word("clocks"),
            apart < SKEW,
            _("{seconds} s apart").format(seconds=f"{apart.total_seconds():.1f}"),
            _("Set this machine’s and the database’s clocks by one time server."),
        )
    last = journal.last_heartbeat()
    yield judged(
        word("time goes on"),
        last is None or last - now < SKEW,
        _("yes")
        if last is None or last - now < SKEW
        else _("a worker was heard at {moment}").format(moment=last),
        _("This machine’s clock is behind that of a worker."),
    )


def _worker(now: datetime) -> Iterator[Finding]:
    last = journal.last_heartbeat()
    yield judged(
        word("worker"),
        journal.worker_is_alive(now),
        _("never heard of")
        if last is None
        else _("last heard of at {moment} UTC").format(moment=f"{last:%d.%m %H:%M:%S}"),
        _("Start it: suprovid worker. Until then terms do not fire and letters wait."),
    )
    parked = journal.parked()
    yield judged(
        word("facts put aside"),
        not parked,
        str(len(parked)),
        "; ".join(f"{row.follower} #{row.fact_id}: {row.error}" for row in parked[:5]),
    )


def _folders(now: datetime) -> Iterator[Finding]:
    for name, folder in (
        (word("home"), Path(settings.HOME)),
        (word("papers"), Path(default_storage.path(""))),
    ):
        if folder.exists():
            yield _folder(name, folder)
    key = Path(settings.HOME) / "secret.key"
    if key.exists():
        mode = key.stat().st_mode & 0o777
        yield judged(
            word("secret key"), mode & 0o077 == 0, f"{mode:03o}", f"chmod 600 {key}"
        )


def _folder(name: str, folder: Path) -> Finding:
    mode = folder.stat().st_mode & 0o777
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            name,
            BAD,
            _("{folder}: cannot be written").format(folder=folder),
            _("Give it to this user."),
        )
    return judged(
        name,
        mode & 0o007 == 0,
        f"{folder} {mode:03o}",
        _("Others on this machine may look in: chmod 750 {folder}").format(
            folder=folder
        ),
        NOTE,
    )


def _settings(now: datetime) -> Iterator[Finding]:
    yield judged(
        word("address"),
        settings.HTTPS,
        settings.SITE_URL,
        _("Without https everything, passwords too, goes openly through the network."),
        NOTE,
    )
    yield judged(
        word("hosts"),
        "*" not in settings.ALLOWED_HOSTS,
        ", ".join(settings.ALLOWED_HOSTS),
        _("Name the hosts: SUPROVID_HOSTS."),
    )
    yield judged(
        word("letters"),
        bool(settings.EMAIL_HOST),
        settings.EMAIL_HOST
        or _("lie in {folder}").format(folder=settings.EMAIL_FILE_PATH),
        _("Set SUPROVID_SMTP_HOST to send them."),
        NOTE,
    )
    paused = Company.objects.filter(sending_paused=True).exists()
    told = _("paused") if paused else _("goes on")
    yield judged(word("sending"), not paused, told, "", NOTE)


LOOKS = (_database, _clock, _worker, _folders, _settings)

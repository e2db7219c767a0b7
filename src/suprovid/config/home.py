"""The home of an installation: its base, its static files, its first inhabitants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.translation import gettext as _

from suprovid.demo import build, cast
from suprovid.journal.rules import Actor, Channel
from suprovid.obligations import actions as obligations
from suprovid.obligations.models import Company
from suprovid.people import actions as people
from suprovid.people.models import Person
from suprovid.web.say import label

# One number for "somebody is migrating"; any, but always the same.
MIGRATING = 5_214_207


def console(now: datetime | None = None) -> Actor:
    return Actor(None, Channel.CONSOLE, now or datetime.now(UTC))


# ---------------------------------------------------------------- base and files


def prepare() -> None:
    """Bring the base up to date; several processes may start at once."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if not unapplied():
        return
    with alone():
        call_command("migrate", interactive=False, verbosity=0)


def unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def alone() -> Iterator[None]:
    """The others wait until this one has migrated."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def collect_static() -> None:
    """Gather styles and scripts under their hashed names, unless they are there."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and newest_source() <= manifest.stat().st_mtime:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest.touch()


def newest_source() -> float:
    return max(
        Path(storage.path(name)).stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list([])
    )


# ---------------------------------------------------------------- who lives here


def is_empty() -> bool:
    return not Person.objects.exists()


def is_demo() -> bool:
    return Company.objects.filter(demo=True).exists()


@transaction.atomic
def found(
    *,
    company: str,
    code: str,
    username: str,
    email: str,
    family_name: str,
    given_name: str,
) -> str:
    """The company and its first administrator; the link for the first password."""
    actor = console()
    handed = people.found_company(
        actor=actor,
        username=username,
        email=email,
        family_name=family_name,
        given_name=given_name,
    )
    obligations.found_company(actor=actor, name=company, code=code)
    return settings.SITE_URL + reverse("people:invitation", args=[handed.secret])


def build_demo(progress: Callable[[float], None]) -> None:
    build.build(datetime.now(UTC), progress)


def sign_ins() -> str:
    """Who may be tried in the demo, and the password of all of them."""
    rows = [
        f"  {part.username:12} {label(part.role)}"
        + (f", {part.group}" if part.group else "")
        for part in (*cast.PARTS, cast.ADMINISTRATOR)
    ]
    told = _("Sign in as, with the password {password}").format(password=cast.PASSWORD)
    return "\n".join([told, "", *rows, ""])

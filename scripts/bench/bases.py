"""Two databases side by side in one process, of which one is looked at at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")


class Base:
    """A database of its own; `within` makes it the one that everybody asks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.connection = opened(name)

    @contextmanager
    def within(self) -> Iterator[BaseDatabaseWrapper]:
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield self.connection
        finally:
            connections["default"] = before

    def within_it(self, work: Callable[[], T]) -> Callable[[], T]:
        def worked() -> T:
            with self.within():
                return work()

        return worked

    def drop(self) -> None:
        self.connection.close()
        if self.connection.vendor == "postgresql":
            _administer(f'DROP DATABASE "{self.name}"')
            return
        for more in ("", "-wal", "-shm"):
            Path(f"{self.name}{more}").unlink(missing_ok=True)

    def queries(self, work: Callable[[], object]) -> int:
        count = 0

        def counting(execute: Any, *rest: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*rest)

        with self.within() as connection, connection.execute_wrapper(counting):
            work()
        return count


def opened(name: str) -> BaseDatabaseWrapper:
    connection = connections.create_connection("default")
    connection.settings_dict = {**deepcopy(connection.settings_dict), "NAME": name}
    return connection


def created(name: str) -> Base:
    """A new base with the product's tables."""
    if vendor() == "postgresql":
        _administer(f'CREATE DATABASE "{name}"')
    base = Base(_place(name))
    with base.within():
        call_command("migrate", verbosity=0)
    return base


def copied(base: Base, name: str) -> Base:
    """The same rows in another base."""
    base.connection.close()
    if vendor() == "postgresql":
        _administer(f'CREATE DATABASE "{name}" TEMPLATE "{base.name}"')
    else:
        shutil.copyfile(base.name, _place(name))
    return Base(_place(name))


def vendor() -> str:
    return connections["default"].vendor


def settle(base: Base) -> None:
    """What a living database does by itself from time to time (autovacuum)."""
    with base.within() as connection, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE)")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _place(name: str) -> str:
    if vendor() == "postgresql":
        return name
    home = Path(os.environ["SUPROVID_HOME"])
    return str(home / f"{name}.sqlite3")


def _administer(statement: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement)


def quick_to_fill(connection: BaseDatabaseWrapper) -> None:
    """No row of ours needs the guards of a real life: nothing looks up foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -262144")

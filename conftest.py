"""What every test may ask for; tests lie in tests/ and in <app>/tests/."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.cast", "tests.fixtures.browser", "tests.fixtures.mail"]

# A loaded machine is slow, not wrong: no deadlines. Under CI the same examples every
# time; at a desk new ones, and Hypothesis remembers those that failed.
settings.register_profile(
    "usual",
    deadline=None,
    max_examples=50,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("usual"), max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long forms too")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "usual")


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("browser")
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: make test-long runs it"))
        on_postgres = connection.vendor == "postgresql"
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="means something on PostgreSQL"))
        if on_postgres and not asks_a_database(item):
            item.add_marker(pytest.mark.skip(reason="asks no database: runs on SQLite"))


def asks_a_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "django_db_setup"}
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & asked) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Tests that commit are followed by an emptying of tables.

    The journal's triggers refuse that: they sleep around it, and only around it. What
    migrations had laid (the standard terms) is laid again.
    """
    operations, creation = type(connection.ops), connection.creation
    flush = operations.execute_sql_flush
    with django_db_blocker.unblock():
        laid = creation.serialize_db_to_string()

    def flush_past_triggers(
        self: BaseDatabaseOperations, statements: list[str]
    ) -> None:
        asleep, awake = triggers(self.connection)
        flush(self, [*asleep, *statements, *awake])
        creation.deserialize_db_from_string(laid)

    # On the class: a browser's event loop gives its context a connection of its own.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_past_triggers)
        yield


def triggers(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """Statements that put all triggers to sleep and that wake them again."""
    if connection.vendor == "postgresql":
        return (
            ["SET session_replication_role = replica"],
            ["SET session_replication_role = origin"],
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found: list[tuple[str, str]] = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]

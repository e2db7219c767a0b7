"""The same people in every test: see `suprovid.demo.cast` for who is who.

`cast.olena` heads the group «Поділ» (managers taras and nadiia, engineer pavlo),
`cast.serhii` heads «Оболонь» (oksana, bohdan, yurii); `iryna` heads the department,
`yaroslav` is the administrator, `viktor` heads sales (andrii, sofiia); maryna and denys
are lawyers, halyna and liudmyla accountants.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from suprovid.demo.cast import PASSWORD, Cast, acting, hire
from suprovid.journal.models import Fact
from suprovid.people.models import Person

__all__ = [
    "HIRED",
    "MONDAY",
    "PASSWORD",
    "Cast",
    "acting",
    "cast",
    "hire",
    "the_cast",
]

# Hired on a Monday of spring at nine in Kyiv; the life of tests begins two weeks later.
HIRED = datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
MONDAY = datetime(2026, 4, 13, 7, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """The department in an empty database; sign in with `PASSWORD`."""
    return the_cast()


class Hired:
    """The department is hired by its actions once a process, then laid row by row.

    Six hundred queries before each of a thousand tests would be half of their time.
    """

    cast: Cast | None = None
    rows: dict[type[Model], list[Model]]

    def again(self) -> Cast:
        if Person.objects.exists() or Fact.objects.exists():
            return hire(HIRED)  # numbers are taken: let the actions find new ones
        if self.cast is None:
            return self._for_the_first_time()
        for model, rows in self.rows.items():
            model._base_manager.bulk_create(deepcopy(rows))
        return deepcopy(self.cast)

    def _for_the_first_time(self) -> Cast:
        before = {model: set(_rows(model)) for model in _models()}
        self.cast = hire(HIRED)
        self.rows = {
            model: [row for pk, row in _rows(model).items() if pk not in before[model]]
            for model in _models()
        }
        return deepcopy(self.cast)


def _models() -> list[type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed]


def _rows(model: type[Model]) -> dict[Any, Model]:
    return {row.pk: row for row in model._base_manager.all()}


_hired = Hired()


def the_cast() -> Cast:
    """For tests that commit: they ask for it after their own database."""
    return _hired.again()

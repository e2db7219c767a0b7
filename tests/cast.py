"""The same people in every test: see `suprovid.demo.cast` for who is who.

`cast.olena` heads the group «Поділ» (managers taras and nadiia, engineer pavlo),
`cast.serhii` heads «Оболонь» (oksana, bohdan, yurii); `iryna` heads the department,
`yaroslav` is the administrator, `viktor` heads sales (andrii, sofiia); maryna and denys
are lawyers, halyna and liudmyla accountants.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from suprovid.demo.cast import PASSWORD, Cast, acting, hire

__all__ = ["HIRED", "MONDAY", "PASSWORD", "Cast", "acting", "cast", "hire"]

# Hired on a Monday of spring at nine in Kyiv; the life of tests begins two weeks later.
HIRED = datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
MONDAY = datetime(2026, 4, 13, 7, 0, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """The department in an empty database; sign in with `PASSWORD`."""
    return hire(HIRED)

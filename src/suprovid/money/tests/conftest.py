"""Every test here begins with the department and the accountant's desk."""

from __future__ import annotations

import pytest

from suprovid.money.tests.books import Books
from tests.cast import Cast


@pytest.fixture
def books(cast: Cast) -> Books:
    return Books(cast)

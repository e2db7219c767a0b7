"""Every test here begins with the department and a confirmed handover."""

from __future__ import annotations

import pytest

from tests.cast import Cast, cast
from tests.path import Case, new_case

__all__ = ["cast"]


@pytest.fixture
def case(cast: Cast) -> Case:
    return new_case(cast).collect()

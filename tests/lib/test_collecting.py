from __future__ import annotations

import gc

import pytest

from suprovid.lib.collecting import nothing_to_collect


def test_the_collector_rests_and_starts_again_whatever_happened() -> None:
    seen = []
    with pytest.raises(ZeroDivisionError), nothing_to_collect():
        seen.append(1 // gc.isenabled())
    assert (seen, gc.isenabled()) == ([], True)


def test_one_within_another_leaves_the_start_to_the_outer_one() -> None:
    with nothing_to_collect():
        with nothing_to_collect():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()

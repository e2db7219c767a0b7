"""The bench runs, from empty databases to a table, and judges by its bounds."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from scripts.bench.figures import Figure, in_turns, table

ROOT = Path(__file__).parents[2]
RATIO = Figure("scale", "sqlite", "my day", 15.0, 10.0, 1.5, queries=(9, 9))


def test_every_part_that_lays_a_base_runs_in_small(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    command = "--quick --only terms --only scale --only tick --on sqlite --json"
    subprocess.run(
        [sys.executable, "-m", "scripts.bench", *command.split(), kept],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    figures = json.loads(kept.read_text())["figures"]
    assert {one["part"] for one in figures} == {"terms", "scale", "tick"}
    bounded = [one for one in figures if one["queries"]]
    assert len(bounded) > 20
    assert [one["what"] for one in bounded if len(set(one["queries"])) > 1] == []
    assert list(tmp_path.iterdir()) == [kept]


def test_a_ratio_is_kept_up_to_its_bound_and_with_the_same_queries() -> None:
    assert RATIO.kept
    assert not replace(RATIO, large=15.1).kept
    assert not replace(RATIO, queries=(9, 10)).kept
    assert replace(RATIO, bound=None).kept is None


def test_a_bound_in_milliseconds_looks_at_the_larger_side() -> None:
    search = replace(RATIO, bound=25.0, of="large", queries=None)
    assert search.kept
    assert not replace(search, large=26.0, small=26.0).kept


def test_a_figure_comes_back_from_its_json() -> None:
    assert Figure.from_dict(json.loads(json.dumps(RATIO.as_dict()))) == RATIO


def test_the_table_tells_what_was_missed() -> None:
    told = table([RATIO, replace(RATIO, large=20.0)]).splitlines()
    assert told[1].endswith("ok")
    assert told[2].endswith("MISSED")


def test_sides_take_turns_at_being_first() -> None:
    order: list[str] = []
    in_turns(lambda: order.append("small"), lambda: order.append("large"), 2)
    assert order[-4:] == ["large", "small", "small", "large"]


def test_no_side_pays_for_sweeping_the_whole_heap() -> None:
    frozen: list[int] = []
    in_turns(lambda: None, lambda: frozen.append(gc.get_freeze_count()), 1)
    assert frozen[0] == 0  # warming up
    assert frozen[-1] > 0
    assert gc.get_freeze_count() == 0

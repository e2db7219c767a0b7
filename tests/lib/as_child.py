"""A reader's main, run in this process: what it reads, writes and how it ends."""

from __future__ import annotations

import gc
import io
import json
import runpy
import sys
from types import SimpleNamespace
from typing import Any

import pytest


def as_child(
    monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, *options: str
) -> Any:
    """The JSON that `python -m module` writes, having read `data`."""
    written = io.BytesIO()
    # Another test may have imported it by name; run again it must be a new one.
    monkeypatch.delitem(sys.modules, f"{module}.__main__", raising=False)
    monkeypatch.setattr(sys, "argv", [module, *options])
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=written))
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        gc.enable()
        monkeypatch.undo()
    return json.loads(written.getvalue())

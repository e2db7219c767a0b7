from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder that `nobody` may enter and whose sockets have short enough names."""
    with tempfile.TemporaryDirectory(prefix="sp-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder

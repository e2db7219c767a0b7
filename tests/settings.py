"""The house's own settings, in a home of their own that is gone afterwards.

Every process of a run (pytest-xdist starts several) has its own papers, letters and
SQLite file, so tests in parallel never meet.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def new_home() -> Path:
    """In memory where the machine offers it: tests wait for no disk."""
    memory = Path("/dev/shm")
    inside = memory if os.access(memory, os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="suprovid-test-", dir=inside))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


os.environ["SUPROVID_TESTING"] = "1"
os.environ["SUPROVID_HOME"] = str(new_home())
os.environ["SUPROVID_SECRET_KEY"] = "tests only"
# Playwright keeps an event loop in the thread of the test; Django would refuse every
# query there, although nothing in it is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from suprovid.config.settings import *  # noqa: E402,F403
from suprovid.config.settings import DATABASES, HOME, STATIC_ROOT  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: live servers and threads open connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
STATIC_ROOT.mkdir()  # WhiteNoise warns when it is not there

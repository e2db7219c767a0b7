import subprocess
import sys

ASKED = """
import gc
from suprovid.config import wsgi
print(gc.get_freeze_count())
"""


def test_what_the_server_has_loaded_is_looked_through_for_garbage_no_more() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, check=True, text=True
    )
    assert int(told.stdout) > 100_000

import json
import os
import subprocess
import sys

from . import plans


def test_the_kernel_makes_the_same_plans_without_its_compiler() -> None:
    told = subprocess.run(
        [sys.executable, "-m", plans.__name__],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        check=True,
    )
    assert json.loads(told.stdout) == json.loads(json.dumps(plans.plans()))

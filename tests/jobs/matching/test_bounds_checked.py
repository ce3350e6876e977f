"""No compiled loop reads or writes where nothing is: the whole engine once with every index checked."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]


def everything(**env: str) -> dict[str, Any]:
    # One order of sets for both: the problems are drawn through some.
    env = os.environ | {"PYTHONHASHSEED": "0"} | env
    argv = [sys.executable, "-m", "tests.jobs.matching.everything"]
    done = subprocess.run(argv, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.timeout(1800)  # the first time on a machine it waits for a compiler
def test_every_index_is_within_its_array():
    """With machine code of its own: code that checks would slow everybody who found it."""
    code = CHECKOUT / ".local" / "checked"
    code.mkdir(parents=True, exist_ok=True)
    checked = everything(NUMBA_BOUNDSCHECK="1", NUMBA_CACHE_DIR=str(code))
    usual = everything()
    assert (checked["checked"], usual["checked"]) == (True, False)
    assert checked["found"] == usual["found"]

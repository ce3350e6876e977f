"""A match waits for the compiler in the background, visibly; and nobody compiles twice."""

import json
import os
import subprocess
import sys

import pytest

from config import compiled
from config.servers.places import CHECKOUT
from jobs.matching import __main__ as command
from jobs.matching.core import warming
from jobs.services import compiling


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """A machine on which nothing was compiled yet."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_nothing_is_started_where_the_code_is_there(fresh):
    warming.stamp().touch()
    told = []
    compiling.ready(lambda *args: told.append(args))
    assert (compiling.start(), told) == (None, [])


def test_a_match_waits_for_the_program_and_says_so(fresh, monkeypatch):
    monkeypatch.setattr(
        compiling, "start", lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.6)"])
    )
    told = []
    compiling.ready(lambda *args: told.append(args))
    assert told[:2] == [("compile", 0, 0), ("compile", 1, 0)]


def test_a_compiler_that_fails_keeps_nobody_from_matching(fresh, monkeypatch, caplog):
    monkeypatch.setattr(
        compiling, "start", lambda: subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    )
    compiling.ready(lambda *args: None)
    assert [record.getMessage() for record in caplog.records] == [
        "the engine could not be compiled beforehand (rc 3)"
    ]


def test_a_match_that_is_cancelled_while_it_waits_stops_waiting(fresh, monkeypatch):
    monkeypatch.setattr(
        compiling, "start", lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(0.3)"])
    )

    def cancelled(*args):
        raise RuntimeError("cancelled")

    with pytest.raises(RuntimeError):
        compiling.ready(cancelled)


def test_of_two_programs_one_compiles_and_the_other_finds_it_done(fresh, monkeypatch):
    done = []
    monkeypatch.setattr(warming, "load", lambda: done.append("compiled"))
    assert [warming.warm_up(), warming.warm_up()] == [True, False]
    assert done == ["compiled"]
    assert warming.is_warm()


def test_a_change_of_the_sources_asks_for_the_compiler_again(fresh, monkeypatch, tmp_path):
    source = tmp_path / "sources" / "kernel.py"
    source.parent.mkdir()
    source.write_text("x = 1")
    monkeypatch.setattr(warming, "SOURCES", source.parent)
    warming.stamp().touch()
    assert warming.is_warm()
    os.utime(source, ns=(1, 1))
    assert not warming.is_warm()


def test_code_of_other_sources_is_thrown_away(fresh, monkeypatch):
    """Numba would keep a loop that calls a changed one of another module; what is not the engine's stays."""
    for name in ("core_1f/demand.add-7.py311.nbi", "core_1f/demand.add-7.py311.1.nbc", "numerals_2a/sum.nbi"):
        (fresh / name).parent.mkdir(exist_ok=True)
        (fresh / name).touch()
    (fresh / "compiled-before").touch()
    monkeypatch.setattr(warming, "load", lambda: None)
    assert warming.warm_up()
    left = sorted(str(path.relative_to(fresh)) for path in fresh.rglob("*") if path.is_file())
    assert left == sorted(["compiling.lock", warming.stamp().name, "numerals_2a/sum.nbi"])


def test_the_program_keeps_its_code_out_of_the_source_tree():
    assert ".local" in compiled.FOLDER.parts


def test_the_command_line_looks_where_the_site_keeps_it():
    assert command.KEPT == compiled.FOLDER


@pytest.mark.timeout(1800)  # the first time on a machine it waits for a compiler
def test_nobody_waits_for_a_compiler_once_the_engine_is_compiled():
    """Whatever problems and instances ask for was compiled before."""
    argv = [sys.executable, "-m", "tests.jobs.matching.compiled_before"]
    env = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(argv, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    assert (done.stderr, json.loads(done.stdout)) == ("", [])

"""The referee of a plan shares no code with whoever made it: both stand on definitions alone. Read from the sources,
imports inside functions and inside `if` among them.
"""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "jobs.matching"
REFEREE = {
    "verification", "judging", "rederivation", "bounding", "certificate", "audit", "recount", "recount_bound",
    "recount_sheet", "recount_standby", "remainder",
}  # fmt: skip
DEFINITIONS = {"barriers", "checking", "columns", "flags", "instance", "problem", "solution"}
"""What both sides read: names, columns, and what makes a question or an answer well formed. No rule, no score."""

WORKED_OUT = {"buffer_days", "place_kind", "commitments", "is_large", "clash", "gap"}
"""What the definitions work out for the solver's sake: the referee does that by himself."""

CALLERS = {"", "__main__", "core.warming"}
"""Whoever calls solver and referee one after the other: the public names, the command, the compiler's warming."""


def sources() -> dict[str, Path]:
    """The modules of the engine by name, without the name of the engine."""
    found = {}
    for path in (ROOT / "jobs" / "matching").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name.removeprefix(ENGINE).removeprefix(".")] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(sources()[name].read_text(encoding="utf-8"))


def imports(name: str) -> set[str]:
    """The modules of the engine that a module imports when it runs: not those it names for types alone."""
    known, found, typed = sources(), set(), set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            typed |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree(name)):
        if id(node) in typed:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ENGINE):
            package = str(node.module).removeprefix(ENGINE).removeprefix(".")
            inside = {f"{package}.{each.name}".removeprefix(".") for each in node.names}
            found |= {each if each in known else package for each in inside}
        elif isinstance(node, ast.Import):
            found |= {
                each.name.removeprefix(ENGINE).removeprefix(".")
                for each in node.names
                if each.name.startswith(ENGINE)
            }
    return found


def reached(names: set[str]) -> set[str]:
    """The modules themselves, and all that they import, one through the other."""
    seen, left = set(), [*names]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += imports(name)
    return seen


def test_the_referee_stands_on_definitions_alone():
    assert reached(REFEREE) - REFEREE == DEFINITIONS


def test_the_definitions_stand_on_nothing_else():
    assert reached(DEFINITIONS) == DEFINITIONS


def test_nobody_but_the_callers_of_both_imports_the_referee():
    leaning = {name for name in sources() if name not in REFEREE and imports(name) & REFEREE}
    assert leaning == CALLERS


@pytest.mark.parametrize("name", sorted(REFEREE))
def test_the_referee_takes_no_figure_that_the_definitions_work_out(name):
    """His own `clash` and `gap` are functions of his, asked for by no dot."""
    asked = {node.attr for node in ast.walk(tree(name)) if isinstance(node, ast.Attribute)}
    assert not asked & WORKED_OUT


WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

class Closed(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "rest_framework", "celery", "redis", "psycopg", "config", "profiles"}:
            raise ImportError(f"the engine asks for {name}")

sys.meta_path.insert(0, Closed())
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1)
"""


def test_every_module_of_the_engine_is_there_where_there_is_no_django():
    names = [f"{ENGINE}.{name}".removesuffix(".") for name in sources()]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (str(len(names)), "")
    assert len(names) > 60


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--help"], ["solve", "verify", "generate", "make a plan and its proof"]),
        (["solve", "--help"], ["--out", "--seconds", "--seed", "--workers", "threads"]),
        (["verify", "--help"], ["instance", "plan"]),
        (["generate", "--help"], ["--scale", "hub", "nation", "--tightness", "--seed"]),
    ],
)
def test_the_command_explains_itself_where_there_is_no_django(words, told):
    code = (
        WITHOUT.split("import importlib")[0]
        + "import runpy; runpy.run_module('jobs.matching', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [word for word in told if word not in done.stdout] == []

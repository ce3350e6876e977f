"""The lock files pin everything by hash and name no registry: whoever installs chooses where from."""

import json
import re
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
LOCKS = CHECKOUT / "requirements"
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)(\[[a-z0-9,._-]+\])?==(?P<version>[^\s;]+)( ; [^\\]+)?$")


def pins(text: str) -> dict[str, str]:
    """Return {name: version}; raise ValueError for a line that is not a pin with a sha256."""
    found = {}
    for entry in text.replace("\\\n", " ").strip().splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", entry.strip())
        match = PIN.match(requirement.strip())
        if not match or not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes):
            raise ValueError(entry[:80])
        found[f"{match['name']}{match[4] or ''}"] = match["version"]
    return found


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "uv.txt", "bench-ortools.txt", "bench-highs.txt"])
def test_every_line_is_a_pin_with_hashes_and_names_no_index(name):
    text = (LOCKS / name).read_text()
    assert pins(text) != {}
    assert re.findall(r"https?:|--[a-z-]*url|--find|-f |file:", text) == []


@pytest.mark.parametrize(
    "line",
    [
        "django==5.2.19",
        "django>=5.2 --hash=sha256:" + "0" * 64,
        "--index" + "-url x --hash=sha256:" + "0" * 64,
        "django==5.2.19 --hash=md5:" + "0" * 32,
    ],
)
def test_a_loose_line_is_refused(line):
    with pytest.raises(ValueError, match=r"django|index"):
        pins(line)


def test_one_environment_can_hold_both_sets():
    run, test = (pins((LOCKS / name).read_text()) for name in ("run.txt", "test.txt"))
    assert {name: test.get(name) for name in run} == run


def test_the_locks_hold_what_pyproject_asks_for():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "run.txt": project["project"]["dependencies"] + groups["local"],
        "test.txt": project["project"]["dependencies"]
        + [line for name, group in groups.items() if not name.startswith("bench-") for line in group],
    } | {f"{name}.txt": lines for name, lines in groups.items() if name.startswith("bench-")}
    missing = {
        lock: {_name(line) for line in lines} - {_name(pin) for pin in pins((LOCKS / lock).read_text())}
        for lock, lines in asked.items()
    }
    assert missing == {lock: set() for lock in asked}
    assert {"bench-ortools.txt", "bench-highs.txt"} < set(asked)


def test_every_dependency_says_why_it_is_here():
    """A comment stands above each run of requirements, inside its list or above it."""
    text = (CHECKOUT / "pyproject.toml").read_text()
    lists = re.findall(
        r"^([^\n]*)\n(?:dependencies|local|test|lint|bench-[a-z]+) = \[\n\s*(.)", text, re.MULTILINE
    )
    assert [before for before, first in lists if "#" not in (before[:1], first)] == []
    assert len(lists) >= 6


def test_the_browser_lock_names_no_registry():
    lock = (LOCKS / "browser" / "package-lock.json").read_text()
    packages = {name: facts for name, facts in json.loads(lock)["packages"].items() if name}
    assert re.findall(r"https?://", lock) == []
    assert [name for name, facts in packages.items() if not facts["integrity"].startswith("sha512-")] == []


def _name(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else requirement

"""What a file of the house may look like: its size, its name, and what may never stand in it."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_AT_MOST = 310  # about 300
FUNCTION_AT_MOST = 50  # about 40; a call that fills a row of thirty columns has a line for each
NO_ROOM = {"utils", "util", "helpers", "helper", "common", "misc"}

SOURCE = {
    ".py",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".toml",
    ".md",
    ".json",
    ".yml",
    ".yaml",
    ".cfg",
    ".sh",
    ".lock",
    "",
}
# Pieced together, so that this file does not hold what it looks for.
REGISTRIES = [
    "py" + "pi",
    "python" + "hosted",
    "np" + "mjs",
    "deb" + "ian",
    "js" + "delivr",
    "un" + "pkg",
    "cdn" + "js",
]
HOSTS = re.compile(
    r"https?://[\w.-]*(?:" + "|".join([*REGISTRIES, "google" + "apis", "g" + "static"]) + r")\."
    r"|(?:index|registry)" + r"-url\s*=\s*\S*//"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["home/\\w", "work/\\w", "Users/\\w", "root/\\w"]) + ")"
)


def files_of_the_house() -> list[Path]:
    """Everything git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in sorted(set(listed)) if (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in files_of_the_house() if path.suffix == ".py" and "migrations" not in path.parts]


def texts() -> list[tuple[Path, str]]:
    return [
        (path.relative_to(ROOT), path.read_text(errors="replace"))
        for path in files_of_the_house()
        if path.suffix in SOURCE and path.stat().st_size < 2_000_000
    ]


def test_there_is_a_house():
    assert len(modules()) > 100


def test_no_module_is_longer_than_a_person_reads():
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()}

    assert {name: lines for name, lines in long.items() if lines > LINES_AT_MOST} == {}


def test_no_function_is_longer_than_a_screen():
    """Counted without its docstring. A table that is one `return` is no function to follow; a journey is one story."""
    long = {}
    for path in modules():
        if "journeys" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > FUNCTION_AT_MOST:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = _length(node)

    assert long == {}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    steps = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    if len(steps) == 1 and isinstance(steps[0], ast.Return):
        return 1
    first = steps[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_no_room_is_called_utils():
    assert [str(path) for path in modules() if {path.stem, *path.parent.parts} & NO_ROOM] == []


def test_no_file_names_a_registry_or_a_foreign_host_to_load_from():
    assert [str(name) for name, text in texts() if HOSTS.search(text)] == []


def test_no_file_knows_the_machine_it_was_written_on():
    found = {str(name): match.group() for name, text in texts() if (match := MACHINE_PATHS.search(text))}

    assert found == {}


def test_nothing_is_left_for_later():
    later = re.compile(
        r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b:?", "coming " + "soon"]) + r")\b"
    )

    assert [
        str(name)
        for name, text in texts()
        if name.suffix in (".py", ".html", ".js", ".css") and later.search(text)
    ] == []

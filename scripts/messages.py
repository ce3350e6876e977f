"""The catalogues of the house: collect what is to be translated, compile it, check that nothing is missing.

    python scripts/messages.py collect   needs GNU gettext; run after changing words
    python scripts/messages.py compile   pure Python, so that a machine without msgfmt can run the site
    python scripts/messages.py check     what CI asks: nothing missing, nothing fuzzy, nothing uncollected

English stands in the code; Chinese is the catalogue. One catalogue serves the whole project.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def collect(target: Path = CATALOGUE) -> None:
    """Rewrite `target` with every message in code and templates, keeping translations there are."""
    environment = os.environ | {"SECRET_KEY": "messages", "HTTPS": "0"}
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "kept.po"
        if target != CATALOGUE:
            shutil.copy(CATALOGUE, kept)
        command = [
            sys.executable,
            str(ROOT / "manage.py"),
            "makemessages",
            "--locale",
            "zh_Hans",
            "--no-wrap",
        ]
        command += ["--add-location", "file", "--no-obsolete", "--ignore", ".venv/*", "--ignore", ".local/*"]
        subprocess.run([*command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
        if target != CATALOGUE:
            shutil.move(CATALOGUE, target)
            shutil.move(kept, CATALOGUE)


def compile_catalogue() -> None:
    """Write the .mo beside the .po, unless it is newer already. Safe to run twice at once."""
    compiled = CATALOGUE.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    handle, name = tempfile.mkstemp(dir=compiled.parent, suffix=".mo.part")
    with os.fdopen(handle, "wb") as file:
        write_mo(file, read(CATALOGUE))
    os.chmod(name, 0o644)
    os.replace(name, compiled)


def identity(message) -> tuple:
    return (message.context, message.id)


def check() -> list[str]:
    """Return what is wrong, a line each; empty when all is well."""
    catalogue = read(CATALOGUE)
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(words):
            wrong.append(f"not translated: {message.id!r}")
        elif message.fuzzy:
            wrong.append(f"fuzzy: {message.id!r}")
        for problem in message.check():
            wrong.append(f"{problem}: {message.id!r}")
    if shutil.which("xgettext"):
        with tempfile.TemporaryDirectory() as folder:
            fresh_path = Path(folder) / "fresh.po"
            collect(fresh_path)
            known = {identity(message) for message in catalogue}
            fresh = {identity(message) for message in read(fresh_path)}
        wrong += [f"not collected: {words!r}" for _context, words in fresh - known]
        wrong += [f"no longer used: {words!r}" for _context, words in known - fresh]
    elif os.environ.get("CI"):
        wrong.append("GNU gettext is missing, so nobody can tell whether the catalogue is up to date")
    else:
        print(
            "GNU gettext is not installed: not checked whether the catalogue is up to date", file=sys.stderr
        )
    return wrong


def main() -> int:
    match sys.argv[1:]:
        case ["collect"]:
            collect()
        case ["compile"]:
            compile_catalogue()
        case ["check"]:
            wrong = check()
            print("\n".join(wrong) if wrong else "catalogue complete")
            return 1 if wrong else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

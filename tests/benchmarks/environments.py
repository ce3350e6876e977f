"""The environments of the peers: made from their lock files when they are first wanted, never in .venv."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = CHECKOUT / ".local" / "bench"
OURS = Path(sys.executable)


def python_of(name: str) -> Path | None:
    """The Python that can import `name` ("ortools" or "highs"); None where it cannot be had, and that is said."""
    lock = CHECKOUT / "requirements" / f"bench-{name}.txt"
    home = HOME / name
    python, stamp = home / "bin" / "python", home / "installed"
    wanted = f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.version_info[:3]}"
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing requirements/{lock.name} into .local/bench/{name} ...", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    if not _made(home, python, lock):
        print(f"NOT AVAILABLE: {name} could not be installed; its methods are left out.", flush=True)
        return None
    stamp.write_text(wanted)
    return python


def _made(home: Path, python: Path, lock: Path) -> bool:
    if not _succeeds([str(OURS), "-m", "venv", "--without-pip", str(home)]):
        return False
    flags = ["--only-binary", ":all:", "--require-hashes", "--no-deps", "-r", str(lock)]
    uv = OURS.parent / "uv"
    if uv.exists() and _succeeds([str(uv), "pip", "install", "-q", "--python", str(python), *flags]):
        return True
    pip = shutil.which("pip") or shutil.which("pip3")  # reads settings of this machine that uv does not
    return bool(pip) and _succeeds([pip, "--python", str(python), "install", "-qq", *flags])


def _succeeds(argv: list[str]) -> bool:
    try:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.run(argv, check=False, timeout=600, env=_plain(), **quiet).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}

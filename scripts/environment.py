"""Makes .venv from the lock files: needs Python and a package registry; does nothing on a second start."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCAL = CHECKOUT / ".local"
STAMP = VENV / "jinzu.json"
LOCKS = CHECKOUT / "requirements"
# What each lock file brings with it, so that an environment for tests also runs the site.
CONTAINS = {"run": ["run"], "test": ["run", "test"]}
HEAVY = ("numpy", "numba", "llvmlite", "cffi", "pycparser")  # of the matching engine
FEWEST_PIP = (22, 3)  # the first pip that installs into another environment


def ensure(lock: str) -> None:
    """Make .venv hold requirements/<lock>.txt, or exit with words. Two at once wait for each other."""
    if lock in _installed():
        return
    with one_at_a_time():
        if lock in _installed():  # the other one did it while we waited
            return
        began = time.monotonic()
        say(f"安装依赖 Installing requirements/{lock}.txt into .venv ...")
        STAMP.unlink(missing_ok=True)
        if not _usable():
            _make()
        _install(lock)
        _link_checkout()
        done = {name: _digest(name) for name in CONTAINS[lock]}
        STAMP.write_text(json.dumps({"installed": done}))
        say(f"安装完成 Installed in {time.monotonic() - began:.1f} s")


@contextmanager
def one_at_a_time():
    """Hold the set-up lock of this checkout; the kernel drops it with the process."""
    try:
        LOCAL.mkdir(exist_ok=True)
        handle = os.open(LOCAL / "bootstrap.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        sys.exit(f"无法写入 Cannot write to {LOCAL}: {error.strerror}")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _installed() -> set[str]:
    """Return the lock files that .venv holds as they are now."""
    try:
        stamp = json.loads(STAMP.read_text())["installed"]
    except (OSError, ValueError, KeyError):
        return set()
    if not _usable():
        return set()
    return {
        name for name, digest in stamp.items() if (LOCKS / f"{name}.txt").exists() and digest == _digest(name)
    }


def _digest(lock: str) -> str:
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def _usable() -> bool:
    """Tell whether .venv was made here (scripts in it carry their path) and by this Python."""
    try:
        facts = dict(
            line.split(" = ", 1) for line in (VENV / "pyvenv.cfg").read_text().splitlines() if " = " in line
        )
    except OSError:
        return False
    version = ".".join(map(str, sys.version_info[:3]))
    same_python = facts.get("version") == version and PYTHON.exists()
    return same_python and facts.get("command", "").endswith(str(VENV))


def _make() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    # Without pip: twenty times faster, and the pip of this machine can install into it from outside.
    made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=False)
    if made.returncode:
        sys.exit(
            "无法创建虚拟环境 Could not make .venv: 请安装 please install the venv module (python3-venv)."
        )


def _install(lock: str) -> None:
    """Install with uv, and with pip where uv cannot (uv does not read pip's own settings)."""
    pip = _pip()
    flags = ["--require-hashes", "--no-deps", "-r", str(LOCKS / f"{lock}.txt")]
    only_wheels = ["--only-binary", ":all:"]
    by_pip = [*pip, "install", "-qq", "--disable-pip-version-check", *only_wheels]
    if not (VENV / "bin" / "uv").exists():
        own = ["--require-hashes", "--no-deps", "-r", str(LOCKS / "uv.txt")]
        subprocess.run([*by_pip, *own], check=False)
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "-q", "--python", str(PYTHON), "--link-mode", "copy"]
    if (VENV / "bin" / "uv").exists() and _succeeds([*uv, *only_wheels, *flags]):
        _keep_bytecode()
        return
    say("uv 未成功, 改用 pip。 uv did not succeed, using pip ...")
    if not _succeeds([*by_pip, *flags]):
        sys.exit("依赖安装失败, 请检查网络与包源。 Installing failed: is a package registry reachable?")


def _keep_bytecode() -> None:
    """Compile what each run of the engine imports: pip does so by itself, uv does not, and where
    PYTHONDONTWRITEBYTECODE is set every process would do it again, a whole second long.
    """
    packages = [str(found) for name in HEAVY for found in VENV.glob(f"lib/python3*/site-packages/{name}")]
    if packages:
        subprocess.run([str(PYTHON), "-m", "compileall", "-q", "-x", "/tests/", *packages], check=False)


def _pip() -> list[str]:
    """Return a pip that installs into .venv: this machine's, or one from the standard library's bundle."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    words = asked.stdout.split()
    if asked.returncode == 0 and tuple(map(int, words[1].split(".")[:2])) >= FEWEST_PIP:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if not _succeeds([str(PYTHON), "-m", "ensurepip", "-q"]):
        sys.exit("缺少 pip。 Neither pip nor ensurepip is here: please install python3-pip or python3-venv.")
    return [str(PYTHON), "-m", "pip"]


def _succeeds(argv: list[str]) -> bool:
    return subprocess.run(argv, check=False, cwd=CHECKOUT).returncode == 0


def _link_checkout() -> None:
    """Let `pytest`, `celery` and other console scripts of .venv find our packages from any folder.

    The way there is relative: Python reads this file in the locale's encoding; LC_ALL=C and 中文 kill it.
    """
    for packages in VENV.glob("lib/python3*/site-packages"):
        (packages / "jinzu.pth").write_text(os.path.relpath(CHECKOUT, packages) + "\n")


def say(words: str) -> None:
    try:
        print(words, flush=True)
    except UnicodeEncodeError:
        print(words.encode("ascii", "ignore").decode(), flush=True)

"""Where one checkout keeps its data, sockets and logs, and the locks that let only one start happen."""

import fcntl
import hashlib
import json
import os
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
# PostgreSQL refuses to run as root. "nobody" is in every Linux; a user of our own would change the machine.
NOBODY = 65534


class Trouble(Exception):
    """Something a person must hear, in one or two plain sentences; the start ends with it."""


@dataclass(frozen=True)
class Places:
    """The folders of one checkout. `uid` is the user the servers run as, None for the present one."""

    checkout: Path
    local: Path
    data: Path
    sockets: Path
    log: Path
    uid: int | None

    @property
    def run_lock(self) -> Path:
        return self.local / "lock"

    @property
    def servers_lock(self) -> Path:
        return self.local / "servers.lock"


def places(checkout: Path = CHECKOUT) -> Places:
    """Return the folders of this checkout, made where missing; raise Trouble where they cannot be.

    Sockets live in /tmp under a short name, because a socket path may have 107 bytes at most. Data lives in
    the checkout, or in /var/tmp where the servers' user cannot reach the checkout (a repository below root's
    0700 home): nobody's folder modes are ever changed.
    """
    local = checkout / ".local"
    try:
        local.mkdir(exist_ok=True)
        for folder in ("log", "static"):
            (local / folder).mkdir(exist_ok=True)
    except OSError as error:
        raise Trouble(f"无法写入 Cannot write to {local}: {error.strerror}") from error
    if not os.access(local, os.W_OK):
        raise Trouble(
            f"{local} 属于其他用户 belongs to another user ({local.owner()}): 请删除或换用户 remove it."
        )
    uid = NOBODY if os.getuid() == 0 else None
    name = f"jinzu-{os.getuid()}-{fingerprint(checkout)}"
    sockets = private_folder(Path("/tmp") / name, uid)
    data = local / "servers"
    if uid is not None:
        data.mkdir(exist_ok=True)
        os.chown(data, uid, uid)
        if not may_write(data, uid):
            data = private_folder(Path("/var/tmp") / name, uid)
    else:
        data.mkdir(mode=0o700, exist_ok=True)
    return Places(checkout, local, data, sockets, local / "log", uid)


def fingerprint(path: Path) -> str:
    """Return ten characters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def private_folder(folder: Path, uid: int | None) -> Path:
    """Make a 0700 folder of the servers' user; raise Trouble where someone else was there first."""
    owner = os.getuid() if uid is None else uid
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise Trouble(f"{folder} 不是我们的 is not ours: 请删除 please remove it.")
    folder.chmod(0o700)
    return folder


def may_write(folder: Path, uid: int) -> bool:
    """Tell whether a user can come to a folder and write there, by trying it as that user."""
    probe = ["sh", "-c", 'cd "$1" && touch .probe && rm .probe', "sh", str(folder)]
    quiet = subprocess.DEVNULL
    done = subprocess.run(probe, user=uid, group=uid, extra_groups=[], cwd="/", stderr=quiet, check=False)
    return done.returncode == 0


class Lock:
    """A lock file with a note in it. The kernel lets go when the holder dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take the lock without waiting; return False where somebody holds it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._file = handle
        self.note({"pid": os.getpid()})
        return True

    def note(self, facts: dict[str, Any]) -> None:
        """Write down, for whoever finds the lock taken, what the holder is doing."""
        assert self._file is not None
        text = json.dumps(facts).encode()
        os.pwrite(self._file, text, 0)
        os.ftruncate(self._file, len(text))

    def drop(self) -> None:
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None


def holder(path: Path) -> dict[str, Any] | None:
    """Return the note of whoever holds a lock, None where nobody does."""
    lock = Lock(path)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        try:
            return dict(json.loads(lock.path.read_text() or "{}"))
        except ValueError:
            return {}
    finally:
        os.close(handle)
    return None

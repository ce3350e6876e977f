"""Child processes that cannot outlive us, and how to end them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int, sig: int) -> Callable[[], None]:
    """Return what a child calls before exec, so that the kernel ends it when we are gone, even by kill -9."""

    def before_exec() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(sig))
            if os.getppid() != parent:  # the parent died before the line above: no signal would ever come
                os._exit(1)

    return before_exec


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path,
    uid: int | None = None,
    death: int = signal.SIGTERM,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches only us), its words appended to `log`."""
    with log.open("ab") as out:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            user=uid,
            group=uid,
            extra_groups=[] if uid is not None else None,
            start_new_session=True,
            preexec_fn=die_with_parent(os.getpid(), death),
            pass_fds=pass_fds,
        )


def stop(children: Sequence[subprocess.Popen[bytes]], sig: int = signal.SIGTERM, *, grace: float) -> None:
    """Ask all to end, wait `grace` seconds for all together, then end what is left with its whole session."""
    for child in children:
        if child.poll() is None:
            child.send_signal(sig)
    end = time.monotonic() + grace
    for child in children:
        try:
            child.wait(max(0.05, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def command_of(pid: int) -> str:
    """Return the command line of a process, "" where there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if Path("/proc/self").exists():
        return ""
    asked = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


def end_orphan(pid_file: Path, mark: str, sig: int, *, grace: float = 20) -> None:
    """Make way for a new server: end the one in the pid file if it is ours (its command line holds `mark`).

    A pid file outlives a kill -9 and a reboot, and by then its number may belong to a stranger; so a stranger
    is left alone and the file is removed.
    """
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        pid = 0
    end = time.monotonic() + grace
    while pid and mark in command_of(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, sig if time.monotonic() < end else signal.SIGKILL)
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)


def tail(log: Path, lines: int = 20) -> str:
    """Return the last lines of a log."""
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""

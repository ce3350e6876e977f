"""`python -m config.servers run|up|down|status|env|exec -- command|fresh-demo|clean`"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time

from config.servers import pair
from config.servers.children import PREPARE
from config.servers.environment import environment
from config.servers.places import Lock, Places, Trouble, holder, places
from config.servers.processes import tail
from config.servers.supervisor import Supervisor, say


def main(argv: list[str]) -> int:
    verb, rest = (argv[0] if argv else ""), argv[1:]
    verbs = {
        "run": _run,
        "up": _up,
        "down": _down,
        "status": _status,
        "env": _env,
        "exec": _exec,
        "fresh-demo": _fresh_demo,
        "clean": _clean,
        "hold": _hold,  # the process behind `up`; nobody types it
    }
    if verb not in verbs:
        say(__doc__ or "")
        return 64
    try:
        return verbs[verb](places(), rest)
    except Trouble as trouble:
        say(str(trouble))
        return 1


def _run(where: Places, rest: list[str]) -> int:
    return Supervisor(where).run()


def _up(where: Places, rest: list[str]) -> int:
    """Start the servers behind our back and return when they answer."""
    log = where.log / "servers.log"
    if holder(where.servers_lock) is None:
        argv = [sys.executable, "-m", "config.servers", "hold"]
        with log.open("wb") as out:
            quiet = subprocess.DEVNULL
            held = subprocess.Popen(argv, stdin=quiet, stdout=out, stderr=out, start_new_session=True)
        while "urls" not in (holder(where.servers_lock) or {}):
            if held.poll() is not None:
                raise Trouble(tail(log))
            time.sleep(0.05)
    return _env(where, rest)


def _hold(where: Places, rest: list[str]) -> int:
    """Keep the servers until SIGTERM."""
    asked: list[int] = []
    for sig in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sig, lambda number, frame: asked.append(number))
    servers, lock = pair.of_checkout(where)
    if lock is None:
        return 0
    try:
        while not asked:
            time.sleep(0.1)
            for name, (process, log) in servers.processes.items():
                if process.poll() is not None:
                    raise Trouble(f"{name} ended by itself (rc {process.returncode}).\n{tail(log)}")
    finally:
        servers.stop()
        lock.drop()
    return 0


def _down(where: Places, rest: list[str]) -> int:
    """Stop what holds the servers or runs the site, and wait until it has let go."""
    for path in (where.run_lock, where.servers_lock):
        if note := holder(path):
            os.kill(note["pid"], signal.SIGTERM)
            while holder(path) is not None:
                time.sleep(0.05)
    return 0


def _status(where: Places, rest: list[str]) -> int:
    """Say what runs; 0 where the servers do, 3 where not."""
    site, servers = holder(where.run_lock), holder(where.servers_lock)
    say(f"site     {site.get('url', 'starting') if site else 'stopped'}")
    say(f"servers  {'running, pid ' + str(servers.get('pid')) if servers else 'stopped'}")
    return 0 if servers else 3


def _env(where: Places, rest: list[str]) -> int:
    """Print the servers' URLs as shell exports."""
    note = holder(where.servers_lock)
    if not note or "urls" not in note:
        say("# stopped: python -m config.servers up")
        return 3
    for name, value in note["urls"].items():
        say(f"export {name}={shlex.quote(value)}")
    return 0


def _exec(where: Places, rest: list[str]) -> int:
    """Run a command with the servers, the running ones or our own for as long as it takes."""
    command = rest[1:] if rest[:1] == ["--"] else rest
    servers, lock = pair.of_checkout(where)
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal tells the command too; we wait for it to end
    try:
        env = environment(where, servers.urls)
        return subprocess.run(command, env=env, cwd=where.checkout, check=False).returncode
    finally:
        servers.stop()
        if lock is not None:
            lock.drop()


def _fresh_demo(where: Places, rest: list[str]) -> int:
    """Throw our own data away and build the demo market anew; never in a database the environment names."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "已设置 DATABASE_URL, 不会清空它。 DATABASE_URL is set; that database is not ours to empty."
        )
    _clean(where, rest)
    return _exec(where, PREPARE.argv)


def _clean(where: Places, rest: list[str]) -> int:
    """Remove the data of this checkout's servers; raise Trouble while they run."""
    locks = [Lock(where.run_lock), Lock(where.servers_lock)]
    try:
        for lock in locks:
            if not lock.take():
                raise Trouble("请先停止网站 Stop the site first: Ctrl-C, or python -m config.servers down")
        for folder in where.data.iterdir():
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    finally:
        for lock in locks:
            lock.drop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

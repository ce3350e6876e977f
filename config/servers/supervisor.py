"""`make run`: servers, database, demo market, then web + worker + beat, until Ctrl-C or one of them ends."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from config.servers import address, pair
from config.servers.children import COMPILE, PREPARE, Child, children
from config.servers.environment import environment
from config.servers.places import Lock, Places, Trouble, holder
from config.servers.processes import spawn, stop, tail

HOST = "127.0.0.1"
READY_PATIENCE = 120.0


class Stopped(Exception):
    """Somebody asked us to end."""


class Supervisor:
    """One start of the site. `make_children` is replaced in tests by cheap stand-ins."""

    def __init__(
        self,
        where: Places,
        prepare: Child = PREPARE,
        make_children: Callable[..., list[Child]] = children,
        beside: Child = COMPILE,
    ) -> None:
        self.where = where
        self.beside = beside
        self.prepare = prepare
        self.make_children = make_children
        self.running: dict[str, tuple[subprocess.Popen[bytes], Path]] = {}
        self.aside: subprocess.Popen[bytes] | None = None
        self.asked = False
        self.servers: pair.Pair | None = None
        self.servers_lock: Lock | None = None

    def run(self) -> int:
        """Run until told to stop (0), until something ends by itself (1); 2 where the site runs already."""
        lock = Lock(self.where.run_lock)
        if not lock.take():
            note = holder(self.where.run_lock) or {}
            url = note.get("url", "(启动中 starting)")
            say(f"已在运行 Already running: {url} (pid {note.get('pid', '?')})")
            return 2
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, self._ask)
        try:
            self._bring_up(lock)
            while True:
                self._look()
        except Stopped:
            say("\n正在停止 Stopping ...")
            return 0
        except Trouble as trouble:
            say(f"\n{trouble}")
            return 1
        finally:
            self._end()
            lock.drop()
            say("已停止 Stopped.")

    def _bring_up(self, lock: Lock) -> None:
        """Start everything in its order and say where it is; raise Stopped or Trouble on the way."""
        began = time.monotonic()
        web_socket, remark = address.bound_socket(os.environ.get("HOST") or HOST, os.environ.get("PORT"))
        port = web_socket.getsockname()[1]
        say(remark)
        say("启动数据库 Starting PostgreSQL and Valkey ...")
        self.servers, self.servers_lock = pair.of_checkout(self.where)
        self.running.update(self.servers.processes)
        env = environment(self.where, self.servers.urls, port)
        # May end when it likes, and may fail: without it the first match compiles for itself.
        self.aside, _ = self._spawn(self.beside, env)
        self._start(self.prepare, env)
        say("准备数据 Migrating, loading hubs and the demo market ...")
        self._wait_for_preparation()
        fd = web_socket.fileno()
        for child in self.make_children(fd, reload=env.get("DEBUG") == "1"):
            self._start(child, env, fds=(fd,) if child.takes_socket else ())
        web_socket.close()
        say("启动网站 Starting web, worker and beat ...")
        self._wait_until_ready(port)
        url = f"http://{HOST}:{port}/"
        lock.note({"pid": os.getpid(), "url": url})
        self._welcome(url, env, time.monotonic() - began)

    def _ask(self, sig: int, frame: FrameType | None) -> None:
        self.asked = True

    def _start(self, child: Child, env: dict[str, str], fds: tuple[int, ...] = ()) -> None:
        self.running[child.name] = self._spawn(child, env, fds)

    def _spawn(
        self, child: Child, env: dict[str, str], fds: tuple[int, ...] = ()
    ) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.where.log / f"{child.name}.log"
        with suppress(FileNotFoundError):
            log.replace(log.with_suffix(".log.1"))
        process = spawn(child.argv, log=log, env=env, cwd=self.where.checkout, pass_fds=fds)
        return process, log

    def _look(self, pause: float = 0.1) -> None:
        """Raise Stopped if we were asked to end, Trouble if any process has; otherwise let a moment pass."""
        if self.asked:
            raise Stopped
        for name, (process, log) in self.running.items():
            if process.poll() is not None:
                code = process.returncode
                raise Trouble(f"{name} 意外退出 ended by itself (rc {code}). {log}:\n{tail(log)}")
        time.sleep(pause)

    def _wait_for_preparation(self) -> None:
        process, _ = self.running[self.prepare.name]
        while process.poll() is None:
            self._look(0.05)
        if process.returncode == 0:
            del self.running[self.prepare.name]
        self._look(0)

    def _wait_until_ready(self, port: int) -> None:
        end = time.monotonic() + READY_PATIENCE
        while (status := address.answers(port, "/readyz")) != 200:
            self._look()
            if time.monotonic() > end:
                raise Trouble(f"/readyz 一直未就绪 never became ready (HTTP {status}). {self.where.log}")

    def _welcome(self, url: str, env: dict[str, str], seconds: float) -> None:
        say(f"\n就绪 Ready ({seconds:.1f} s):  {url}\n")
        logins = self.where.local / "demo-logins.json"
        if env.get("JINZU_DEMO_MARKET") == "1" and logins.exists():
            say("演示账号 Demo log-ins:")
            for entry in json.loads(logins.read_text()):
                say(f"  {entry['kind']:<14} {entry['login']:<32} {entry['password']}")
        say(f"\n按 Ctrl-C 停止 Press Ctrl-C to stop.  日志 Logs: {self.where.log}")

    def _end(self) -> None:
        """End the site's processes, then the servers they talk to."""
        ours = [process for name, (process, _) in self.running.items() if name not in ("postgres", "valkey")]
        stop([*ours, self.aside] if self.aside is not None else ours, grace=12)
        if self.servers is not None:
            self.servers.stop()
        if self.servers_lock is not None:
            self.servers_lock.drop()


def say(words: str) -> None:
    """Print a line now; a terminal that is gone may not keep us from ending our children."""
    if words:
        with suppress(OSError, UnicodeEncodeError):
            print(words, flush=True)

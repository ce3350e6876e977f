"""The two servers together, under one lock, or the ones the environment names."""

import os
import subprocess
import time
from pathlib import Path

from config.servers.places import Lock, Places, Trouble, holder
from config.servers.postgres import Postgres
from config.servers.valkey import Valkey


class Pair:
    """PostgreSQL and Valkey of one checkout. A server the environment names is used and never started."""

    def __init__(
        self, home: Path, sockets: Path, log: Path, uid: int | None, *, throwaway: bool = False
    ) -> None:
        self.servers: dict[str, Postgres | Valkey] = {}
        if not os.environ.get("DATABASE_URL"):
            self.servers["DATABASE_URL"] = Postgres(home, sockets, log / "postgres.log", uid, throwaway)
        if not os.environ.get("REDIS_URL"):
            self.servers["REDIS_URL"] = Valkey(home, sockets, log / "valkey.log", uid, throwaway)

    @property
    def urls(self) -> dict[str, str]:
        return {name: server.url for name, server in self.servers.items()}

    @property
    def processes(self) -> dict[str, tuple[subprocess.Popen[bytes], Path]]:
        """What runs, by name, with its log."""
        return {
            type(server).__name__.lower(): (server.process, server.log)
            for server in self.servers.values()
            if server.process is not None
        }

    def start(self) -> None:
        """Start both; raise Trouble, with nothing left running, where one does not come up."""
        try:
            for server in self.servers.values():
                server.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both, PostgreSQL last."""
        for server in reversed(self.servers.values()):
            server.stop()


class Borrowed(Pair):
    """The servers somebody else of this checkout started (`up`, or `run` in another window)."""

    def __init__(self, urls: dict[str, str]) -> None:
        self.servers = {}
        self._urls = urls

    @property
    def urls(self) -> dict[str, str]:
        return self._urls


def of_checkout(where: Places, patience: float = 90) -> tuple[Pair, Lock | None]:
    """Return started servers of this checkout: our own with their lock, or the running ones with None."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        lock = Lock(where.servers_lock)
        if lock.take():
            pair = Pair(where.data, where.sockets, where.log, where.uid)
            try:
                pair.start()
            except BaseException:
                lock.drop()
                raise
            lock.note({"pid": os.getpid(), "urls": pair.urls})
            return pair, lock
        note = holder(where.servers_lock)
        if note and "urls" in note:
            given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
            return Borrowed({**note["urls"], **given}), None
        time.sleep(0.2)  # the other one is still starting, or just stopping
    raise Trouble(
        f"数据库正被另一个进程启动 the servers are being started by another process: {where.servers_lock}"
    )

"""One PostgreSQL cluster on a unix socket."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from config.servers.binaries import postgres_bin
from config.servers.places import Trouble
from config.servers.processes import end_orphan, spawn, stop, tail

DATABASE = "jinzu"
# With locale C the trigram index drops every Chinese character; ICU is not in the wheel. The built-in
# provider's rules need no locale of the machine.
_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8"]
# For clusters that live as long as one test run: a crash loses the data, and nobody minds.
_CARELESS = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=200",
]


@dataclass
class Postgres:
    """A cluster in `home`/postgres, reached through `sockets`. `throwaway` trades safety for speed."""

    home: Path
    sockets: Path
    log: Path
    uid: int | None
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(self.sockets))}"

    def start(self, patience: float = 60) -> None:
        """Make the cluster if need be, start it and wait until it answers; raise Trouble if it does not."""
        self.binaries = postgres_bin(self.uid)
        self._make_cluster()
        end = time.monotonic() + patience
        while True:
            end_orphan(self.data / "postmaster.pid", str(self.data), signal.SIGINT)
            self.process = self._spawn()
            if self._ready(end):
                return
            # Back ends of a server that was killed a moment ago hold its memory until they notice.
            if "shared memory" not in tail(self.log, 5) or time.monotonic() > end:
                self.stop()
                raise Trouble(f"PostgreSQL 未能启动 did not start. {self.log}:\n{tail(self.log)}")
            time.sleep(0.5)

    def stop(self) -> None:
        """Close with a checkpoint; running statements are ended."""
        if self.process is not None:
            stop([self.process], signal.SIGINT, grace=20)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
        settings += _CARELESS if self.throwaway else []
        argv = [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        argv += [word for setting in settings for word in ("-c", setting)]
        return spawn(argv, log=self.log, env=_env(), cwd=self.data, uid=self.uid, death=signal.SIGINT)

    def _ready(self, end: float) -> bool:
        """Wait for the word "ready" on the eighth line of postmaster.pid, where pg_ctl looks for it too."""
        assert self.process is not None
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(OSError):
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                if len(lines) >= 8 and int(lines[0]) == self.process.pid and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        return False

    def _make_cluster(self) -> None:
        """Run initdb once. The marker is removed last: a set-up that was cut off is seen and done again."""
        unfinished = self.home / "postgres.unfinished"
        if unfinished.exists() or not (self.data / "PG_VERSION").exists():
            unfinished.touch()
            if self.data.exists():
                shutil.rmtree(self.data)
            self.data.mkdir(mode=0o700)
            if self.uid is not None:
                os.chown(self.data, self.uid, self.uid)
            argv = [str(self.binaries / "initdb"), "-D", str(self.data), "-U", "postgres", "--auth=trust"]
            argv += [
                "--encoding=UTF8",
                "--no-instructions",
                *_LOCALE,
                *(["--no-sync"] if self.throwaway else []),
            ]
            self._tool(argv)
            single = [str(self.binaries / "postgres"), "--single", "-D", str(self.data), "postgres"]
            self._tool(single, f"CREATE DATABASE {DATABASE}\n")
            unfinished.unlink()

    def _tool(self, argv: list[str], words: str = "") -> None:
        with self.log.open("ab") as out:
            done = subprocess.run(
                argv,
                input=words.encode(),
                stdout=out,
                stderr=subprocess.STDOUT,
                env=_env(),
                cwd=self.data,
                user=self.uid,
                group=self.uid,
                extra_groups=[] if self.uid is not None else None,
                start_new_session=True,
                check=False,
            )
        if done.returncode:
            raise Trouble(f"{Path(argv[0]).name} rc {done.returncode}. {self.log}:\n{tail(self.log)}")


def _env() -> dict[str, str]:
    """Nothing of the caller's environment: PGDATA, LC_ALL and their like would change what is made."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

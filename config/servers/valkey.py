"""One Valkey server on a unix socket."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.servers.binaries import valkey_server
from config.servers.places import Trouble
from config.servers.processes import end_orphan, spawn, stop, tail


@dataclass
class Valkey:
    """A server with its files in `home`/valkey, reached through `sockets`/valkey.sock."""

    home: Path
    sockets: Path
    log: Path
    uid: int | None
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        return self.home / "valkey"

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self, patience: float = 30) -> None:
        """Start and wait for PONG. A damaged file is put aside: PostgreSQL keeps the queue of record."""
        if self._start(patience):
            return
        aside = self.data.with_name(f"valkey.damaged-{time.time():.0f}")
        if not self.throwaway and self.data.exists():
            shutil.move(self.data, aside)
            if self._start(patience):
                return
        raise Trouble(f"Valkey 未能启动 did not start. {self.log}:\n{tail(self.log)}")

    def stop(self) -> None:
        if self.process is not None:
            stop([self.process], signal.SIGTERM, grace=10)

    def _start(self, patience: float) -> bool:
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None:
            os.chown(self.data, self.uid, self.uid)
        pid_file = self.data / "valkey.pid"
        end_orphan(pid_file, str(self.data), signal.SIGTERM)
        keep = (
            ["--appendonly", "no"] if self.throwaway else ["--appendonly", "yes", "--appendfsync", "everysec"]
        )
        argv = [str(valkey_server(self.uid)), "--port", "0", "--unixsocket", str(self.socket)]
        argv += ["--unixsocketperm", "700", "--dir", str(self.data), "--pidfile", str(pid_file), "--save", ""]
        # A full memory must refuse new work loudly, never drop queued work in silence.
        argv += ["--maxmemory-policy", "noeviction", "--set-proc-title", "no", "--daemonize", "no", *keep]
        env = {"PATH": os.defpath, "LC_ALL": "C"}
        self.process = spawn(argv, log=self.log, env=env, cwd=self.data, uid=self.uid)
        end = time.monotonic() + patience
        while time.monotonic() < end and self.process.poll() is None:
            if self._pong():
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _pong(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False

"""A small checkout somewhere else, with the supervisor's own code and stand-ins for the site's processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.servers.places import fingerprint

CHECKOUT = Path(__file__).resolve().parents[3]
# A site in a hundred bytes: it answers the readiness question on the socket it was handed.
STAND_IN = """
import http.server, os, socket, sys, time
class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(os.environ["DATABASE_URL"].encode())
    def log_message(self, *args): pass
if sys.argv[1] == "web":
    server = http.server.HTTPServer(("127.0.0.1", 0), Site, bind_and_activate=False)
    server.socket = socket.socket(fileno=int(sys.argv[2]))
    server.serve_forever()
time.sleep(600)
"""
START = """
import sys
from config.servers.children import Child
from config.servers.places import places
from config.servers.supervisor import Supervisor
def children(fd, *, reload):
    stand_in = [sys.executable, "stand_in.py"]
    web = Child("web", [*stand_in, "web", str(fd)], takes_socket=True)
    return [web, Child("worker", [*stand_in, "worker"])]
prepare = Child("prepare", [sys.executable, "-c", "print('prepared')"])
beside = Child("compile", [sys.executable, "-c", "print('compiled')"])
sys.exit(Supervisor(places(), prepare, children, beside).run())
"""


class Site:
    """A checkout of its own: start it, look at its processes, end it in nice and nasty ways."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.starts: list[subprocess.Popen] = []
        # Sockets have a name made of our path; so has the data where the servers' user cannot come here.
        self.name = f"jinzu-{os.getuid()}-{fingerprint(home)}"
        shutil.copytree(CHECKOUT / "config" / "servers", home / "config" / "servers")
        (home / "config" / "__init__.py").touch()
        (home / "stand_in.py").write_text(STAND_IN)
        (home / "start.py").write_text(START)

    def start(self, *, ready: bool = True, **env: str) -> subprocess.Popen:
        """Start the supervisor; with `ready`, come back when it says so."""
        environ = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        number = len(self.starts)
        out = (self.home / f"out{number}").open("wb")
        with out:
            started = subprocess.Popen(
                [sys.executable, "start.py"],
                cwd=self.home,
                env={**environ, "PYTHONPATH": str(self.home), **env},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.number = number
        self.starts.append(started)
        if ready:
            self.wait_until(lambda: "Ready" in self.words(started) or started.poll() is not None)
            assert started.poll() is None, self.words(started)
        return started

    @property
    def data(self) -> Path:
        """Where the servers' files are."""
        outside = Path("/var/tmp") / self.name
        return outside if outside.exists() else self.home / ".local" / "servers"

    def words(self, started: subprocess.Popen) -> str:
        return (self.home / f"out{started.number}").read_text()

    def processes(self) -> dict[int, str]:
        """Every living process that names this checkout or its sockets in its command line or folder."""
        marks = (str(self.home), self.name)
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                where = os.readlink(folder / "cwd")
                if command and any(mark in command or mark in where for mark in marks):
                    found[int(folder.name)] = command.strip()
            except (OSError, ValueError):
                continue
        return found

    def pid_of(self, mark: str) -> int:
        """Return the first-started process with a mark in its command line."""
        return min(pid for pid, command in self.processes().items() if mark in command)

    def note(self) -> dict:
        return json.loads((self.home / ".local" / "lock").read_text())

    def wait_until(self, true, seconds: float = 40) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, [self.words(started) for started in self.starts]
            time.sleep(0.05)

    def end(self) -> None:
        for started in self.starts:
            if started.poll() is None:
                started.send_signal(signal.SIGTERM)
                started.wait(30)
        for roof in ("/tmp", "/var/tmp"):
            shutil.rmtree(Path(roof) / self.name, ignore_errors=True)


NOT_OURS = {"DATABASE_URL", "REDIS_URL", "PORT", "HOST", "DEBUG", "SECRET_KEY", "JINZU_DEMO_MARKET"}


@pytest.fixture
def make_site(tmp_path_factory):
    """Return make(*folders) -> Site in a path of those folder names."""
    made = []

    def make(*folders: str) -> Site:
        home = tmp_path_factory.mktemp("site").joinpath(*folders)
        home.mkdir(parents=True, exist_ok=True)
        made.append(Site(home))
        return made[-1]

    yield make
    for site in made:
        site.end()


@pytest.fixture
def site(make_site):
    return make_site("checkout")

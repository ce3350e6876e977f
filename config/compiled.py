"""Where the engine's machine code is kept, and the program that makes it: `python -m config.compiled`.

Numba compiles for most of a minute the first time on a machine and keeps what it made in a folder; from then on a
process loads it in half a second. The folder is part of the state of a checkout, never of its source tree, and this
module is the one place that names it.
"""

import logging
import os
import tempfile
from pathlib import Path

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parent.parent / ".local" / "compiled"


def prepare(folder: Path = FOLDER) -> str:
    """Point Numba to a folder it may write to and return its path; NUMBA_CACHE_DIR wins where it is set.

    Call it before the engine is imported. Without any place to keep its work Numba refuses to compile at all, so a
    folder that cannot be written is said aloud and replaced by one of ours below the temporary folder.
    """
    chosen = Path(os.environ.get("NUMBA_CACHE_DIR") or folder)
    if not _writable(chosen):
        spare = _private(Path(tempfile.gettempdir()) / f"jinzu-compiled-{os.getuid()}")
        logger.warning(
            "compiled code cannot be kept in %s: it is not writable. It is kept in %s; "
            "where that is emptied, the next match waits for the compiler.",
            chosen,
            spare,
        )
        chosen = spare
    os.environ["NUMBA_CACHE_DIR"] = str(chosen)
    return str(chosen)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _private(folder: Path) -> Path:
    """A folder that is ours alone: machine code from a folder that others may write is anybody's code."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = folder.lstat()
        if facts.st_uid == os.getuid() and not facts.st_mode & 0o077 and not folder.is_symlink():
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="jinzu-compiled-"))


if __name__ == "__main__":
    prepare()
    from jobs.matching.core import warming

    raise SystemExit(warming.main())

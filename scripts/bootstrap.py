"""From a bare machine to any verb of the Makefile: python3 scripts/bootstrap.py run|test|check|...

Standard library only, and in words an old Python still understands, so that it can say what is missing.
"""

import os
import shutil
import sys

OLDEST = (3, 11)


def find_newer_python():
    """Go on with a newer Python of this machine, or say what to install."""
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, *sys.argv])
    here = sys.version.split()[0]
    sys.exit(
        f"需要 Python 3.11 或更新版本, 当前是 {here}。\n"
        f"Jinzu needs Python 3.11 or newer; this is {here} ({sys.executable})."
    )


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        find_newer_python()
    import verbs

    sys.exit(verbs.main(sys.argv[1:]))

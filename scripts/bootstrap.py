"""From a bare machine to any verb of the Makefile: python3 scripts/bootstrap.py run|test|check|...

Standard library only, and written so that an old Python still understands it well enough to say what is missing.
"""

import os
import shutil
import sys

OLDEST = (3, 11)


def find_newer_python():
    """Go on with a newer Python of this machine, or say what to install."""
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            os.execv(found, [found] + sys.argv)
    sys.exit(
        "需要 Python 3.11 或更新版本, 当前是 %s。\nJinzu needs Python 3.11 or newer; this is %s (%s)."
        % (sys.version.split()[0], sys.version.split()[0], sys.executable)
    )


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        find_newer_python()
    import verbs

    sys.exit(verbs.main(sys.argv[1:]))

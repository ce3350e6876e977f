"""Measure the site and print {"figures": [...]}: `python -m tests.benchmarks.site [part ...]`.

After each part it prints what there is so far: whoever stops it keeps what was measured.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from config.servers.places import Trouble
from tests.benchmarks.figure import figure
from tests.benchmarks.site import accepting, board, decade, loading, pages, queue, refilling, snapshots
from tests.benchmarks.site.world import site


def main() -> int:
    out = []
    # Told to stop, it still stops its servers and removes their data.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    try:
        with site(), tempfile.TemporaryDirectory() as folder:
            logs, asked = Path(folder), sys.argv[1:]
            for name, measure in {
                "loading": loading.figures,
                "pages": lambda: pages.figures(logs / "web.log"),
                "the casting board": lambda: board.figures(logs / "board.log"),
                "acceptances": accepting.figures,
                "the queue": lambda: queue.figures(logs / "worker.log"),
                "refills": lambda: refilling.figures(logs / "refills.log"),
                "ten years of the market": lambda: decade.figures(logs / "decade.log"),
                # The last one: it fills the database with a nation.
                "the snapshot": lambda: snapshots.figures(logs / "nation.log"),
            }.items():
                if asked and name not in asked:
                    continue
                print(f"    {name} ...", file=sys.stderr, flush=True)
                try:
                    out += measure()
                except Exception as error:  # one that fails must not take the others' figures with it
                    traceback.print_exc()
                    out.append(figure(name, name, "FAILED", f"{type(error).__name__}: {error}"[:120]))
                print(json.dumps({"figures": out}), flush=True)
    except Trouble as trouble:
        out.append(figure("site", "site on real servers", "not available", str(trouble)[:120]))
    print(json.dumps({"figures": out}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

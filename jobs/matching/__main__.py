"""`python -m jobs.matching solve | verify | generate`: clearing instances in files. See `instance` for the
format.

Exit codes: 0 done, 1 the plan has a fault (verify), 2 the input cannot be used (named on the error stream).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from jobs.matching.columns import InvalidProblem
from jobs.matching.generate import KINDS, SCALES, generate_instance
from jobs.matching.instance import load_instance, load_plan, save_instance, save_plan
from jobs.matching.instance_clearing import clear_instance
from jobs.matching.problem import RULES_VERSION
from jobs.matching.verification import verify_instance

INSTANCE = "the market: people, roles and pairs (.npz), see jobs/matching/instance.py"
SAVING = 0.1  # seconds for writing the plan and going home
KEPT = Path(__file__).resolve().parents[2] / ".local" / "compiled"
"""Where the site of this checkout keeps machine code (`config.compiled`), once it has been started."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m jobs.matching",
        description="Clear, check and make matching instances.",
        epilog="Exit codes: 0 done; 1 the plan has a fault (verify); 2 the input cannot be used.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    solve = verbs.add_parser("solve", help="make a plan and its proof; prints one line of JSON")
    solve.add_argument("instance", help=INSTANCE)
    solve.add_argument("--out", required=True, help="where the plan goes (.npz)")
    solve.add_argument(
        "--seconds",
        type=_positive,
        help="answer within so long, all included, and use it up; default: a fixed amount of work. "
        "What is compiled the first time on a machine does not count",
    )
    solve.add_argument(
        "--seed", type=int, default=0, help="of the lots that are drawn between equals; default: 0"
    )
    solve.add_argument(
        "--workers",
        type=int,
        help="threads; default: as many as processors. The answer never depends on it",
    )
    verify = verbs.add_parser("verify", help="check a plan; exit code 1 names the first fault of each kind")
    verify.add_argument("instance", help=INSTANCE)
    verify.add_argument("plan", help="its plan (.npz), with prices or without")
    generate = verbs.add_parser("generate", help="make a synthetic market")
    generate.add_argument("--scale", choices=[*SCALES, "shifts"], default="demo", help="default: demo")
    generate.add_argument(
        "--tightness",
        type=_positive,
        default=1.0,
        help="share of the usual people that is there (of shifts: share of the time that is work)",
    )
    generate.add_argument("--tasks", type=int, default=200, help="of shifts")
    generate.add_argument("--kind", choices=KINDS, default="skills", help="of shifts")
    generate.add_argument(
        "--density", type=_positive, help="of shifts: share of tasks, or of skills, on a list"
    )
    generate.add_argument("--spare", type=float, help="of shifts: staff beyond those needed, to each of them")
    generate.add_argument("--seed", type=int, default=0, help="another seed, another market; default: 0")
    generate.add_argument("out", help="where the instance goes (.npz)")
    return parser


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return value


def _age() -> float:
    """Seconds since this process began: the interpreter's own start counts, too. Where the system keeps no record of
    it, the processor time used so far.
    """
    try:
        with open("/proc/self/stat") as file:
            ticks = int(file.read().rpartition(")")[2].split()[19])
        return max(time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK"), 0.0)
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time()


def _compiled() -> float:
    """Have the machine code made where it is not yet, or wait for who is at it; the seconds that took. An answer that
    had to be given meanwhile would be a poor one.
    """
    if KEPT.is_dir() and os.access(KEPT, os.W_OK | os.X_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(KEPT))
    from jobs.matching.core import warming

    if warming.is_warm():
        return 0.0
    began = time.perf_counter()
    print("compiling the engine, once on this machine: a minute or two", file=sys.stderr, flush=True)
    # In a process of its own: a compiler's memory is not this solve's. Where it fails, this one compiles on its way.
    argv = [sys.executable, "-m", "jobs.matching.core.warming"]
    subprocess.run(argv, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def _solve(options: argparse.Namespace) -> int:
    began = time.perf_counter() - _age()
    instance = load_instance(options.instance)
    began += _compiled()
    left = None if options.seconds is None else began + options.seconds - SAVING - time.perf_counter()
    cleared = clear_instance(instance, seed=options.seed, seconds=left, workers=options.workers)
    save_plan(cleared.plan, options.out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 * (1024 if sys.platform == "darwin" else 1)
    )
    print(
        json.dumps(
            {
                "objective": cleared.objective,
                "bound": cleared.bound,
                "gap": cleared.gap,
                "filled": cleared.filled,
                "slots": cleared.slots,
                "seconds": round(time.perf_counter() - began, 3),
                "peak_rss_mb": round(peak, 1),
                "seed": options.seed,
                "version": RULES_VERSION,
            }
        )
    )
    return 0


def _verify(options: argparse.Namespace) -> int:
    instance = load_instance(options.instance)
    verdict = verify_instance(instance, load_plan(options.plan, instance))
    print(
        json.dumps(
            {
                "feasible": verdict.ok,
                "objective": verdict.objective,
                "bound": verdict.bound,
                "gap": verdict.gap,
            }
        )
    )
    named: set[str] = set()
    for breach in verdict.breaches:
        if breach.rule not in named:
            named.add(breach.rule)
            print(f"{breach.rule}: {json.dumps(breach.facts)}", file=sys.stderr)
    return 0 if verdict.ok else 1


def _generate(options: argparse.Namespace) -> int:
    tightness, seed = options.tightness, options.seed
    if options.scale == "shifts":
        from jobs.matching.generate.shifts import generate_shifts  # compiled: only who generates waits for it

        made = generate_shifts(
            options.tasks, kind=options.kind, tightness=tightness, density=options.density,
            spare=options.spare, seed=seed,
        )  # fmt: skip
    else:
        made = generate_instance(SCALES[options.scale], tightness=tightness, seed=seed)
    save_instance(made, options.out)
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return {"solve": _solve, "verify": _verify, "generate": _generate}[options.verb](options)
    except InvalidProblem as error:
        print(f"error: {error}", file=sys.stderr)
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

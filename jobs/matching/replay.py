"""A run as bytes and back: the whole problem, the answer and the seed, so that an odd result can be run
again.

A compressed `.npz` without pickles, format 1: each column under its table's name, and `meta`, JSON as UTF-8
bytes, for the rest. The same run gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np

from jobs.matching.columns import InvalidProblem, People, Roles
from jobs.matching.problem import Problem, Unit, Vocabulary, Weights
from jobs.matching.solution import Assignment, Solution, Standby, Unfilled, WhyUnfilled

FORMAT = 1
_LOOSE = (
    "travel_days", "pin_person", "pin_role", "block_person", "block_company", "mark_person", "mark_company", "mark",
    "star_person", "star_company",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Replay:
    """What `load` gives back. `solution` is None when only a problem was kept; `warm` are the prices by role id that
    the solve started from, `before` the pairs (role id, person id) it was settled towards.
    """

    problem: Problem
    solution: Solution | None
    seed: int
    warm: dict[int, int] | None = None
    before: tuple[tuple[int, int], ...] = ()


def dump(
    problem: Problem,
    solution: Solution | None,
    seed: int,
    warm: Mapping[int, int] | None = None,
    before: Iterable[tuple[int, int]] = (),
) -> bytes:
    """The run as bytes."""
    arrays = {f"people.{f.name}": getattr(problem.people, f.name) for f in fields(People)}
    arrays |= {f"roles.{f.name}": getattr(problem.roles, f.name) for f in fields(Roles)}
    arrays |= {name: getattr(problem, name) for name in _LOOSE}
    meta = {
        "format": FORMAT,
        "seed": seed,
        "window_start": problem.window_start.isoformat(),
        "days": problem.days,
        "vocabulary": asdict(problem.vocabulary),
        "weights": asdict(problem.weights),
        "rules_version": problem.rules_version,
        "solution": None if solution is None else asdict(solution),
        "units": [[list(u.people), u.keep, u.least] for u in problem.units],
        "warm": sorted(warm.items()) if warm else None,
        "before": sorted(before),
    }
    text = json.dumps(meta, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    arrays["meta"] = np.frombuffer(text.encode(), np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def load(data: bytes) -> Replay:
    """The run that `dump` wrote. Raises `InvalidProblem` for bytes that are not one, or of a later format."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        meta = json.loads(arrays.pop("meta").tobytes().decode())
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise InvalidProblem("replay", None, f"cannot be read: {error}") from error
    if meta.get("format") != FORMAT:
        raise InvalidProblem("replay", None, f"format {meta.get('format')!r} is not {FORMAT}")
    try:
        problem = Problem(
            window_start=dt.date.fromisoformat(meta["window_start"]),
            days=meta["days"],
            vocabulary=Vocabulary(**{name: tuple(codes) for name, codes in meta["vocabulary"].items()}),
            people=People(**_columns(arrays, "people.")),
            roles=Roles(**_columns(arrays, "roles.")),
            weights=Weights(**meta["weights"]),
            rules_version=meta["rules_version"],
            **{name: arrays[name] for name in _LOOSE if name in arrays},
            units=tuple(Unit(tuple(people), keep, least) for people, keep, least in meta.get("units", ())),
        )
        solution = None if meta["solution"] is None else _solution(meta["solution"])
    except (KeyError, TypeError) as error:
        raise InvalidProblem("replay", None, f"lacks {error}") from error
    warm = dict(meta["warm"]) if meta.get("warm") else None
    before = tuple((role, person) for role, person in meta.get("before", ()))
    return Replay(problem, solution, meta["seed"], warm, before)


def _columns(arrays: Mapping[str, np.ndarray], table: str) -> dict[str, np.ndarray]:
    """The columns of one table; those of later rules than the file may be missing, and are then neutral."""
    return {name.removeprefix(table): array for name, array in arrays.items() if name.startswith(table)}


def _solution(found: dict) -> Solution:
    return Solution(
        assignments=tuple(Assignment(*a) for a in found["assignments"]),
        unfilled=tuple(
            Unfilled(role, slots, WhyUnfilled(why), eligible)
            for role, slots, why, eligible in found["unfilled"]
        ),
        standby=tuple(tuple(Standby(*s) for s in row) for row in found["standby"]),
        prices=tuple(found["prices"]),
        premiums=tuple(found.get("premiums", ())),
        guide=tuple(found.get("guide", ())),
        **{name: found[name] for name in ("objective", "bound", "seed", "rules_version")},
    )

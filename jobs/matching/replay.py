"""A run as bytes and back: the whole problem, the answer and the seed, so that an odd result can be run
again.

A compressed `.npz` without pickles, format 2: each column under its table's name, wide tables of many people as
bits, the long lists of the answer as columns, and `meta`, JSON as UTF-8 bytes, for the rest. The same run gives the
same bytes. Format 1 had the whole answer in `meta`.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, cast

import numpy as np

from jobs.matching.columns import InvalidProblem, People, Roles
from jobs.matching.flags import Flags, Levels
from jobs.matching.problem import Problem, Unit, Vocabulary, Weights
from jobs.matching.solution import Assignment, Solution, Standbys, Unfilled, WhyUnfilled

FORMAT = 2
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
    arrays: dict[str, Any] = {}
    widths: dict[str, int] = {}
    for f in fields(People):
        column = getattr(problem.people, f.name)
        for part, table in _tables(column):
            arrays[f"people.{f.name}{part}"] = table
        if part:
            widths[f.name] = column.shape[1]
    arrays |= {f"roles.{f.name}": getattr(problem.roles, f.name) for f in fields(Roles)}
    arrays |= {name: getattr(problem, name) for name in _LOOSE}
    if solution is not None:
        arrays |= _answer(solution)
    meta = {
        "format": FORMAT,
        "seed": seed,
        "window_start": problem.window_start.isoformat(),
        "days": problem.days,
        "vocabulary": asdict(problem.vocabulary),
        "weights": asdict(problem.weights),
        "rules_version": problem.rules_version,
        "solution": None if solution is None else {name: getattr(solution, name) for name in _PLAIN},
        "widths": widths,
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
    if meta.get("format") not in (1, FORMAT):
        raise InvalidProblem("replay", None, f"format {meta.get('format')!r} is not {FORMAT}")
    try:
        for name, width in meta.get("widths", {}).items():
            arrays[f"people.{name}"] = _table(arrays, f"people.{name}", width)
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
        solution = None if meta["solution"] is None else _solution(_listed(meta["solution"], arrays))
    except (KeyError, TypeError) as error:
        raise InvalidProblem("replay", None, f"lacks {error}") from error
    warm = dict(meta["warm"]) if meta.get("warm") else None
    before = tuple((role, person) for role, person in meta.get("before", ()))
    return Replay(problem, solution, meta["seed"], warm, before)


def _tables(column: np.ndarray | Flags | Levels) -> list[tuple[str, np.ndarray]]:
    """(what its name ends in, array) of a column."""
    if isinstance(column, Flags):
        return [(".bits", column.packed)]
    if isinstance(column, Levels):
        return [(".low", column.low.packed), (".high", column.high.packed)]
    return [("", column)]


def _table(arrays: dict[str, np.ndarray], name: str, width: int) -> np.ndarray:
    """The wide table that `_tables` took apart."""
    if f"{name}.bits" in arrays:
        return cast(np.ndarray, Flags(arrays.pop(f"{name}.bits"), width))
    low, high = (Flags(arrays.pop(f"{name}.{part}"), width) for part in ("low", "high"))
    return cast(np.ndarray, Levels(low, high))


_PLAIN = ("unfilled", "objective", "bound", "seed", "rules_version")
_PRICES = ("prices", "premiums", "guide")


def _answer(solution: Solution) -> dict[str, np.ndarray]:
    """The long lists of a solution, as columns."""
    waiting = Standbys.of(solution.standby)
    plan = np.array(solution.assignments, np.int32).reshape(-1, 3)
    out = {"answer.plan": plan, "answer.first": waiting.first}
    out |= {"answer.person": waiting.person, "answer.score": waiting.score}
    return out | {f"answer.{name}": np.array(getattr(solution, name), np.int64) for name in _PRICES}


def _listed(found: dict, arrays: Mapping[str, np.ndarray]) -> dict:
    """The answer with the lists that stand beside it; one of format 1 has them in it."""
    if "answer.plan" not in arrays:
        return found
    lists = {name: arrays[f"answer.{name}"].tolist() for name in _PRICES}
    waiting = Standbys(*(arrays[f"answer.{name}"] for name in ("first", "person", "score")))
    return found | lists | {"assignments": arrays["answer.plan"].tolist(), "standby": waiting}


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
        standby=Standbys.of(found["standby"]),
        prices=tuple(found["prices"]),
        premiums=tuple(found.get("premiums", ())),
        guide=tuple(found.get("guide", ())),
        **{name: found[name] for name in ("objective", "bound", "seed", "rules_version")},
    )

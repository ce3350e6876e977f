"""Duty rosters: tasks with fixed hours, staff on shifts with skills, and a full cover planted among them.

The structure of Personnel Task Scheduling (Krishnamoorthy, Ernst and Baatar, "Algorithms for large scale shift
minimisation personnel task scheduling problems", 2012): a task is a role of one slot and score 1 at one place, a
member of staff may do every task that lies within her shift and asks for a skill of hers. The instances are our
own. Each shift is cut into tasks with idle time between them, so all tasks together can be covered, and a plan of
less than all of them is known to fall short.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.columns import InvalidProblem
from jobs.matching.generate.draws import numbers
from jobs.matching.instance import Instance

MINUTES = 24 * 60
SHORTEST, LONGEST = 15, 180  # minutes of a task
SHIFT = 8 * 60
SKILLS = 12
LOOSEST = 0.4  # below it the idle time alone would be longer than a shift


def generate_shifts(tasks: int, *, tightness: float = 0.9, density: float = 0.33, seed: int = 0) -> Instance:
    """`tasks` tasks of three days; `tightness`: share of the shifts that is work; `density`: share of the skills
    that each member of staff has. Times are minutes, ends inclusive, so tasks may touch. Raises `InvalidProblem`.
    """
    for name, value, low, high in (
        ("tasks", tasks, 1, 100_000), ("tightness", tightness, LOOSEST, 1.0), ("density", density, 0.0, 1.0)
    ):  # fmt: skip
        if not low <= value <= high:
            raise InvalidProblem(name, None, f"{value} is not within {low}..{high}")
    begin, end, staff, shifts = _planted(tasks, tightness, seed)
    held = max(1, round(density * SKILLS))
    owned = np.zeros((len(shifts), SKILLS), np.bool_)
    lots = numbers(seed, "skills", 1 << 30, len(shifts) * SKILLS).reshape(-1, SKILLS)
    np.put_along_axis(owned, np.argsort(lots, axis=1, kind="stable")[:, :held], True, axis=1)
    # Each task asks for a skill of whom it was planted on.
    which = numbers(seed, "asked", held, tasks)
    asked = np.argsort(~owned, axis=1, kind="stable")[staff, which]
    fits = (shifts[:, :1] <= begin) & (end < shifts[:, :1] + SHIFT) & owned[:, asked]
    person, role = np.nonzero(fits)
    order = np.lexsort((person, role))
    return Instance(
        n_people=len(shifts),
        role_start=begin.astype(np.int32),
        role_end=end.astype(np.int32),
        role_place=np.zeros(tasks, np.int32),
        role_headcount=np.ones(tasks, np.int32),
        travel_days=np.zeros((1, 1), np.int32),
        pair_person=person[order].astype(np.int32),
        pair_role=role[order].astype(np.int32),
        pair_score=np.ones(len(order), np.int32),
    )


def _planted(tasks: int, tightness: float, seed: int) -> tuple[np.ndarray, ...]:
    """begin, end and staff of each task, and the start of each shift (a column): one shift after the other is
    cut up until there are tasks enough.
    """
    size = 2 * tasks + 2
    work = SHORTEST + numbers(seed, "minutes", LONGEST - SHORTEST + 1, size).astype(np.int64)
    # So that on average work / (work + idle) is the tightness.
    longest_idle = max(0, round((SHORTEST + LONGEST) * (1 / tightness - 1)))
    idle = numbers(seed, "idle", longest_idle + 1, size)
    starts = numbers(seed, "shift", 3 * MINUTES // 30, size) * 30
    begin: list[int] = []
    end: list[int] = []
    staff: list[int] = []
    shift, clock, cut = 0, 0, 0
    while len(begin) < tasks:
        at = clock + int(idle[cut])
        length = min(int(work[cut]), SHIFT - at)
        cut += 1
        if length < SHORTEST:
            shift, clock = shift + 1, 0
            continue
        begin.append(int(starts[shift]) + at)
        end.append(begin[-1] + length - 1)
        staff.append(shift)
        clock = at + length
    return np.array(begin), np.array(end), np.array(staff), starts[: shift + 1, None]

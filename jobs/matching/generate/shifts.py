"""Duty rosters: tasks with fixed hours, staff who can do some of them, and a full cover planted among them.

The structure of Personnel Task Scheduling: a task is a role of one slot and score 1 at one place, a member of staff
may do a list of tasks. The instances are our own, made in the ways of `kinds`. Whoever is planted has her shift cut
into tasks with idle time between them, so all tasks together can be covered, and a plan of less than all of them is
known to fall short.
"""

from __future__ import annotations

import numpy as np

from jobs.matching.columns import InvalidProblem
from jobs.matching.generate.draws import numbers
from jobs.matching.generate.kinds import KINDS, Kind
from jobs.matching.instance import Instance

SKILLS = 12
LOOSEST = 0.4  # share of a shift that is work, at least
PARTS = 1 << 30  # a share is drawn in such parts


def generate_shifts(
    tasks: int,
    *,
    kind: str = "skills",
    tightness: float = 0.9,
    density: float | None = None,
    spare: float | None = None,
    seed: int = 0,
) -> Instance:
    """`tasks` tasks of a `kind` of KINDS; `tightness`: share of the planted shifts that is work; `density` and
    `spare` where they are not the kind's own. Times are minutes, ends inclusive, so tasks may touch. Raises
    `InvalidProblem`.
    """
    how = KINDS[kind]
    density, spare = how.density if density is None else density, how.spare if spare is None else spare
    for name, value, low, high in (
        ("tasks", tasks, 1, 100_000), ("tightness", tightness, LOOSEST, 1.0), ("density", density, 0.0, 1.0),
        ("spare", spare, 0.0, 10.0),
    ):  # fmt: skip
        if not low <= value <= high:
            raise InvalidProblem(name, None, f"{value} is not within {low}..{high}")
    begin, end, staff, shifts = _planted(how, tasks, tightness, spare, seed)
    fits = (shifts[:, :1] <= begin) & (end < shifts[:, :1] + how.shift)
    fits &= (_skilled if kind == "skills" else _listed)(staff, len(shifts), density, seed)
    person, role = np.nonzero(fits)
    return Instance(
        n_people=len(shifts),
        role_start=begin.astype(np.int32),
        role_end=end.astype(np.int32),
        role_place=np.zeros(tasks, np.int32),
        role_headcount=np.ones(tasks, np.int32),
        travel_days=np.zeros((1, 1), np.int32),
        pair_person=person.astype(np.int32),
        pair_role=role.astype(np.int32),
        pair_score=np.ones(len(person), np.int32),
    )


def _skilled(staff: np.ndarray, people: int, density: float, seed: int) -> np.ndarray:
    """bool[people, tasks]: who has the skill that a task asks for, one of whom it was planted on."""
    held = max(1, round(density * SKILLS))
    owned = np.zeros((people, SKILLS), np.bool_)
    lots = numbers(seed, "skills", PARTS, people * SKILLS).reshape(-1, SKILLS)
    np.put_along_axis(owned, np.argsort(lots, axis=1, kind="stable")[:, :held], True, axis=1)
    which = numbers(seed, "asked", held, len(staff))
    return owned[:, np.argsort(~owned, axis=1, kind="stable")[staff, which]]


def _listed(staff: np.ndarray, people: int, density: float, seed: int) -> np.ndarray:
    """bool[people, tasks]: by lot, and whoever it was planted on."""
    lots = numbers(seed, "listed", PARTS, people * len(staff)).reshape(people, -1)
    listed = lots < density * PARTS
    listed[staff, np.arange(len(staff))] = True
    return listed


def _minutes(how: Kind, size: int, seed: int) -> np.ndarray:
    """How long each task takes. The greater of two lots falls on a rising slope, the smaller on a falling one."""
    if how.usual is None:
        return how.shortest + numbers(seed, "minutes", how.longest - how.shortest + 1, size)
    up, down = how.usual - how.shortest, how.longest - how.usual
    rise = [numbers(seed, name, up + 1, size) for name in ("rise", "again")]
    fall = [numbers(seed, name, down + 1, size) for name in ("fall", "once more")]
    rising = numbers(seed, "slope", up + down, size) < up
    return np.where(rising, how.shortest + np.maximum(*rise), how.usual + np.minimum(*fall))


def _planted(how: Kind, tasks: int, tightness: float, spare: float, seed: int) -> tuple[np.ndarray, ...]:
    """begin, end and staff of each task, and the start of each shift (a column), those to spare last: one shift
    after the other is cut up until there are tasks enough.
    """
    size = 2 * tasks + 2  # every cut is a task or ends a shift, and no shift is empty
    work = _minutes(how, size, seed)
    # So that on average work / (work + idle) is the tightness.
    longest_idle = min(max(0, round(2 * how.mean * (1 / tightness - 1))), how.shift - how.shortest)
    idle = numbers(seed, "idle", longest_idle + 1, size)
    lots = numbers(seed, "shift", len(how.starts), round((1 + spare) * (tasks + 1)) + 1)
    starts = np.array(how.starts)[lots]
    begin: list[int] = []
    end: list[int] = []
    staff: list[int] = []
    shift, clock, cut = 0, 0, 0
    while len(begin) < tasks:
        at = clock + int(idle[cut])
        length = min(int(work[cut]), how.shift - at)
        cut += 1
        if length < how.shortest:
            shift, clock = shift + 1, 0
            continue
        begin.append(int(starts[shift]) + at)
        end.append(begin[-1] + length - 1)
        staff.append(shift)
        clock = at + length
    people = shift + 1 + round(spare * (shift + 1))
    return np.array(begin), np.array(end), np.array(staff), starts[:people, None]

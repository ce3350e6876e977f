"""Kinds of duty rosters: how long people are there, how long tasks take, how much a person can do.

Most follow what was published of Personnel Task Scheduling. `days` and `long-days`: whole days, a third (or two
thirds) of all tasks on everybody's list, some staff to spare (Krishnamoorthy, Ernst and Baatar, "Algorithms for large
scale shift minimisation personnel task scheduling problems", 2012). `rare` and `rare-long`: the same with a fifth of
the tasks on a list (Smet, Wauters, Mihaylov and Vanden Berghe, "The shift minimisation personnel task scheduling
problem: a new hybrid approach and computational insights", 2014). `hours`: six shifts round the clock, most tasks of
her hours on everybody's list and one or two to do (Fages and Lapegue, "Filtering AtMostNValue with difference
constraints", 2013). `skills` is ours: tasks that ask for one skill each, staff with some skills, nobody to spare.
"""

from __future__ import annotations

from dataclasses import dataclass

DAY = 24 * 60


@dataclass(frozen=True)
class Kind:
    """In minutes: shifts `shift` long that begin at one of `starts`; tasks of `shortest` to `longest`, most of them
    `usual` (None: all as often). `density`: share of tasks, or of skills, on a list; `spare`: staff beyond those the
    tasks were planted on, to each of them.
    """

    shift: int
    starts: tuple[int, ...]
    shortest: int
    usual: int | None
    longest: int
    density: float
    spare: float = 0.0

    @property
    def mean(self) -> float:
        """Minutes of a task on average."""
        if self.usual is None:
            return (self.shortest + self.longest) / 2
        return (self.shortest + self.usual + self.longest) / 3


KINDS = {
    "skills": Kind(8 * 60, tuple(range(0, 3 * DAY, 30)), 15, None, 180, 0.33),
    "days": Kind(DAY, (0,), 60, 120, 200, 0.33, 0.15),
    "long-days": Kind(DAY, (0,), 400, 540, 680, 0.33, 0.15),
    "rare": Kind(DAY, (0,), 3, 100, 200, 0.2, 0.1),
    "rare-long": Kind(DAY, (0,), 100, 200, 300, 0.2, 0.15),
    "hours": Kind(8 * 60, (0, 120, 480, 600, 960, 1080), 15, None, 120, 0.87, 0.5),
}

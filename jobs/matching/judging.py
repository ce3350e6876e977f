"""How the referee looks at many pairs: in plain loops, or in compiled ones of his own where a market is large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jobs.matching.bounding import bound_again, sound_prices
from jobs.matching.problem import Problem
from jobs.matching.rederivation import Raw, broken_rules, score_again
from jobs.matching.solution import Standbys

if TYPE_CHECKING:
    from jobs.matching.recount_sheet import Sheet

PLAIN = 200_000  # pairs that plain loops look at in a few seconds


@dataclass(frozen=True)
class Breach:
    """One thing wrong with a plan: a barrier's code or one of unknown_row, repeated, over_headcount, unit_split,
    pin_moved, wrong_score, wrong_objective, wrong_unfilled, wrong_standby, wrong_premiums, wrong_prices, wrong_bound,
    over_bound, clash, not_eligible.
    """

    rule: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Judge:
    """Rules, scores and bound of many pairs: one by one in plain loops, or, where a problem has more than PLAIN
    pairs, in compiled loops of the referee's own, which send whoever they doubt to the plain ones.
    """

    def __init__(self, problem: Problem, raw: Raw) -> None:
        self.problem, self.raw = problem, raw
        self.sheet: Sheet | None = None
        self.points: dict[tuple[int, int], int] = {}
        if problem.n_people * problem.n_roles > PLAIN:
            from jobs.matching.recount_sheet import sheet_of

            self.sheet = sheet_of(problem)

    def scores(self, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """The score of each pair, whether a rule stands between the two or not."""
        if self.sheet is not None:
            from jobs.matching.recount import points_of  # compiled: a large market alone waits

            found = points_of(self.problem, self.sheet, [w for w, _ in pairs], [o for _, o in pairs])
            self.points = dict(zip(pairs, found.tolist(), strict=True))
        return {pair: self.points.get(pair) or score_again(self.raw, *pair) for pair in pairs}

    def doubtful(self, waiting: Standbys, plan: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """(role, person, score) of whoever stands by and is to be looked at one by one: everybody, or, in a large
        problem, those of whom the compiled loops do not say that she is free, fits and has this score.
        """
        problem = self.problem
        if self.sheet is None:
            rows = waiting[: problem.n_roles]
            return [(o, each.person, each.score) for o, row in enumerate(rows) for each in row]
        from jobs.matching.recount_standby import cleared

        ok = cleared(problem, self.sheet, waiting, plan)
        some = ~ok & (waiting.role < problem.n_roles)
        columns = (column[some].tolist() for column in (waiting.role, waiting.person, waiting.score))
        return list(zip(*columns, strict=True))

    def entangled(self, plan: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pairs of `plan` of whoever may have two roles that clash: of everybody, or, in a large problem, of those
        whom the compiled loops send here.
        """
        if self.sheet is None:
            return plan
        from jobs.matching.recount_standby import entangled

        people = entangled(self.problem, self.sheet, plan)
        return [pair for pair in plan if pair[0] in people]

    def suspects(self, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of `pairs` that may break a rule. After `scores`."""
        return [pair for pair in pairs if not self.points.get(pair)]

    def barred(self, person: int, role: int) -> bool:
        """Whether a rule stands between the two. After `scores`."""
        return not self.points.get((person, role)) and any(True for _ in broken_rules(self.raw, person, role))

    def bound(
        self, prices: Sequence[int], premiums: Sequence[int], plan: list[tuple[int, int]]
    ) -> int | None:
        """See `bounding.bound_again`."""
        if self.sheet is None or not sound_prices(self.problem.n_roles, prices):
            return bound_again(self.raw, prices, premiums, plan)
        from jobs.matching.recount_bound import bound_over_all

        extra = premiums or [0] * self.problem.n_roles
        return bound_over_all(self.problem, self.sheet, prices, extra, plan)

"""The best schedule of each person, for all people at once: an interval dynamic programme.

A schedule is a chain of roles, each starting after the one before has ended and the buffer between their
kinds is over. With the triangle condition on buffers a schedule is a path in a DAG (weighted interval
scheduling; Kleinberg and Tardos, "Algorithm Design", 6.1), so one sweep over the days finds the best value of
every person:

    value(pair)  = profit(pair) + best over kinds g of reach[g, start - buffer[g, kind], person]
    reach[g, x]  = best value of a schedule whose last role is of kind g and ends before day x

Pairs that start on one day never precede each other, so a whole day and kind is one vector step. With
`maximum` the sweep gives the optimum; with `logaddexp` it gives the partition function of all schedules, from
which the chance that a pair is used at a given temperature follows by a second sweep backwards in time
(forward-backward; Rabiner, 1989).
"""

from __future__ import annotations

import numpy as np

from jobs.matching.market import Market

BLOCK_BYTES = 256 * 2**20  # of the reach table; more people than fit are swept block by block


class Sweep:
    """Some pairs of a market in the order of their days, cut into vector steps. Made once, swept at many
    prices.
    """

    def __init__(self, market: Market, pairs: np.ndarray, people: range, *, backwards: bool) -> None:
        start, end, buffer = market.start, market.end, market.buffer
        if backwards:
            start, end, buffer = -end, -start, buffer.T
        roles = market.role[pairs]
        kinds, kind_of = np.unique(market.kind[roles], return_inverse=True)
        self.buffer = buffer[np.ix_(kinds, kinds)]
        self.n_people, self.n_kinds = len(people), len(kinds)
        # Only the days on which something ends count, however far apart they lie: reach[:, k] covers the
        # first k of them.
        self.ends = np.unique(end[roles])
        who = market.person[pairs] - people.start
        order = np.lexsort((who, end[roles], kind_of, start[roles]))
        self.order = pairs[order]
        until = np.searchsorted(self.ends, end[roles][order]) + 1
        self.steps = self._cut(start[roles][order], kind_of[order], until, who[order])

    def _cut(self, start: np.ndarray, kind: np.ndarray, until: np.ndarray, who: np.ndarray) -> list[tuple]:
        """Steps of one start day and kind; within a step, groups of pairs that share person and end day."""
        steps: list[tuple] = []
        bounds = np.flatnonzero((np.diff(start) != 0) | (np.diff(kind) != 0)) + 1
        seen: set[int] = set()
        for low, high in zip([0, *bounds.tolist()], [*bounds.tolist(), len(start)], strict=True):
            if low == high:
                break
            day, own = int(start[low]), int(kind[low])
            seen.add(own)
            befores = [(g, int(np.searchsorted(self.ends, day - self.buffer[g, own]))) for g in sorted(seen)]
            people, last = who[low:high], until[low:high]
            group = np.flatnonzero(np.append(True, (np.diff(people) != 0) | (np.diff(last) != 0)))
            done = int(np.searchsorted(self.ends, day))
            steps.append(
                (
                    low,
                    high,
                    done,
                    own,
                    people,
                    [b for b in befores if b[1]],
                    group,
                    last[group],
                    people[group],
                )
            )
        return steps

    def run(self, profit: np.ndarray, op: np.ufunc, value: np.ndarray) -> np.ndarray:
        """Sweep at `profit` (by pair of the market); fills `value` for the pairs of this sweep, answers
        totals a person.

        With `np.maximum` and integer profits all is exact; with `np.logaddexp` values are logarithms of sums.
        """
        lowest = -np.inf if profit.dtype.kind == "f" else np.iinfo(np.int64).min // 4
        reach = np.full((self.n_kinds, len(self.ends) + 1, self.n_people), lowest, profit.dtype)
        own_profit, own_value = profit[self.order], np.empty(len(self.order), profit.dtype)
        at = 0
        for low, high, done, own, who, befores, group, until, whose in self.steps:
            while at < done:
                at += 1
                op(reach[:, at], reach[:, at - 1], out=reach[:, at])
            best = np.zeros(high - low, profit.dtype)
            for kind, before in befores:
                op(best, reach[kind, before, who], out=best)
            best += own_profit[low:high]
            own_value[low:high] = best
            if len(group) < high - low:
                best = op.reduceat(best, group)
            reach[own, until, whose] = op(reach[own, until, whose], best)
        for later in range(at + 1, len(self.ends) + 1):
            op(reach[:, later], reach[:, later - 1], out=reach[:, later])
        value[self.order] = own_value
        total = np.zeros(self.n_people, profit.dtype)
        for kind in range(self.n_kinds):
            op(total, reach[kind, -1], out=total)
        return total


class Timetable:
    """All pairs of a market, in both directions of time."""

    def __init__(self, market: Market) -> None:
        self.market = market
        by_person = np.argsort(market.person, kind="stable")
        days = len(np.unique(market.end)) + 1
        size = max(1, BLOCK_BYTES // max(1, 8 * days * len(np.unique(market.kind))))
        blocks = [range(low, min(low + size, market.n_people)) for low in range(0, market.n_people, size)]
        cuts = np.searchsorted(market.person[by_person], [0, *(b.stop for b in blocks)])
        parts = [(by_person[low:high], b) for low, high, b in zip(cuts, cuts[1:], blocks, strict=False)]
        self.forward = [Sweep(market, pairs, people, backwards=False) for pairs, people in parts]
        self.backward = [Sweep(market, pairs, people, backwards=True) for pairs, people in parts]

    @staticmethod
    def _run(sweeps: list[Sweep], profit: np.ndarray, op: np.ufunc) -> tuple[np.ndarray, np.ndarray]:
        value = np.zeros_like(profit)
        totals = [sweep.run(profit, op, value) for sweep in sweeps]
        return value, np.concatenate([np.zeros(0, profit.dtype), *totals])

    def best_values(self, profit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """int64 profits -> (value of the best schedule ending with each pair, value of each person's best
        schedule).
        """
        return self._run(self.forward, profit, np.maximum)

    def chances(self, profit: np.ndarray, temperature: float) -> np.ndarray:
        """How often each pair is used when each person draws a schedule with weight exp(profit /
        temperature).
        """
        scaled = profit / temperature
        ahead, total = self._run(self.forward, scaled, np.logaddexp)
        behind, _ = self._run(self.backward, scaled, np.logaddexp)
        return np.exp(ahead + behind - scaled - total[self.market.person])

    def best_schedules(self, profit: np.ndarray) -> np.ndarray:
        """Pairs (ascending) of one best schedule a person, at int64 profits. Only schedules worth more than
        nothing.
        """
        value, total = self.best_values(profit)
        market = self.market
        chosen: list[int] = []
        order = np.lexsort((-market.start[market.role], market.person))
        first = np.searchsorted(market.person[order], np.arange(market.n_people + 1)).tolist()
        for person in np.flatnonzero(total > 0).tolist():
            left, later = int(total[person]), -1
            for pair in order[first[person] : first[person + 1]].tolist():
                if left <= 0:
                    break
                role = int(market.role[pair])
                if value[pair] == left and (later < 0 or not market.clashes(later)[role]):
                    chosen.append(pair)
                    left, later = left - int(profit[pair]), role
        return np.array(sorted(chosen), np.int64)

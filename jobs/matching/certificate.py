"""The proof, checked: what a vector of prices says about every plan, in whole numbers and plain loops.

For prices p >= 0 and pins that must stay, no plan is worth more than

    sum over roles of headcount * p
    + sum over people of the best conflict-free value of (score - p), her pins in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

Span = tuple[int, int, int]  # first day, last day, place


def best_value(profits: Iterable[tuple[int, Span]], buffer: Sequence[Sequence[int]]) -> int:
    """The most one person can earn from (profit, span) pairs no two of which clash. Weighted interval
    scheduling.
    """
    by_end = sorted((span[1], span[0], span[2], profit) for profit, span in profits if profit > 0)
    ends: dict[int, list[int]] = {}
    tops: dict[int, list[int]] = {}  # best value of schedules whose last place is the key, so far, by end day
    best = 0
    for end, start, place, profit in by_end:
        before = 0
        for last, days in ends.items():
            at = bisect_right(days, start - 1 - buffer[last][place])
            if at and tops[last][at - 1] > before:
                before = tops[last][at - 1]
        value = before + profit
        if value > best:
            best = value
        top = tops.setdefault(place, [])
        top.append(max(value, top[-1]) if top else value)
        ends.setdefault(place, []).append(end)
    return best


def bound_of(
    prices: Sequence[int],
    headcount: Iterable[int],
    spans: Sequence[Span],
    buffer: Sequence[Sequence[int]],
    pairs_of: dict[int, list[tuple[int, int]]],
    pins: Iterable[tuple[int, int, int]],
) -> int:
    """The bound. `pairs_of[person]`: (role, score) that fit beside her pins; `pins`: (person, role, score),
    fixed.
    """
    bound = sum(h * p for h, p in zip(headcount, prices, strict=True))
    bound += sum(score - prices[role] for _, role, score in pins)
    for pairs in pairs_of.values():
        bound += best_value(((score - prices[role], spans[role]) for role, score in pairs), buffer)
    return bound

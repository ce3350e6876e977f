"""Chains of whole schedules: one person takes what she would rather do, and whoever stands in her way moves on.

An ejection chain (Glover, "Ejection chains, reference structures and alternating path methods", 1996), searched in
depth with a few choices on each level as Lin and Kernighan (1973) search tours. Prices say what a place is worth to
the rest of the market: who takes a full role pays its price and somebody on it has to leave, who takes an open one
pays nothing. So the sum so far says what a chain may still win, and a chain is given up where that is nothing. When
nobody stands in the way any more, the sum is exactly what the plan has won, whatever the prices: prices that are a
little off find other chains.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from jobs.matching.core.best import Slate, best_end, new_slate
from jobs.matching.core.compiled import kernel
from jobs.matching.core.graph import Graph
from jobs.matching.core.roster import LOG, SPARE, Roster, log_drop, log_take, undo_to
from jobs.matching.ties import drawn_order, lots

DEEP, WIDE = 16, 12  # people moved by one chain; choices on its first level, one less on each further one
LOOKS = 300  # people looked at for one chain
PENDING = 64  # roles that have somebody too many at a time
FINE = 16.0  # prices go by such parts of a point
OFF = (0.0, 0.0, 1.0, 2.0, 3.0, 4.0)  # points by which prices are off, sweep after sweep
AT_A_TIME = 20_000  # people between two looks at the clock


class Desk(NamedTuple):
    """Room for one search, and `moved[w]`: the chain in which w moved last."""

    moved: np.ndarray
    round: np.ndarray
    kept: np.ndarray
    slate: Slate


class Choices(NamedTuple):
    """By level, best first: who may move, which roles she then goes without (the one she has to leave, and one more
    or -1), and what she wins.
    """

    who: np.ndarray
    leaves: np.ndarray
    nor: np.ndarray
    gain: np.ndarray
    size: np.ndarray


def new_desk(graph: Graph) -> Desk:
    """Room for searches over a market."""
    most = int(np.diff(graph.first_of).max(initial=0)) + 1
    moved, turn = np.zeros(graph.n_people, np.int64), np.zeros(1, np.int64)
    return Desk(moved, turn, np.empty(most, np.int32), new_slate(most))


@kernel
def _holds(roster, w, k):
    held = False
    for i in range(roster.first[w], roster.first[w] + roster.count[w]):
        held = held or roster.held[i] == k
    return held


@kernel
def _gain(graph, roster, prices, bonus, grain, desk, w, without, nor):
    """What w wins, in parts, by her best schedule but for two roles, and where it ends on the desk."""
    n, now = 0, 0
    for k in range(graph.first_of[w], graph.first_of[w + 1]):
        o = graph.role[k]
        held, room = _holds(roster, w, k), graph.info[o, 3] - roster.filled[o]
        if held:
            room += 1
        elif room <= -SPARE:
            continue
        worth = graph.score[k] * grain - prices[o] if room <= 0 else (graph.score[k] + bonus[o]) * grain
        if held:
            now += worth
        if worth > 0 and o != without and o != nor:
            desk.slate.mine[n], desk.slate.profit[n] = k, worth
            n += 1
    if n == 0:
        return -now, -1
    at = best_end(graph, n, desk.slate)
    return desk.slate.value[at] - now, at


@kernel
def _change(graph, roster, desk, w, at, pending, size):
    """Give w the schedule that ends at `at` on the desk. Roles that get somebody too many go to `pending`: how many
    are there then; -1, and nothing done, where there is no room for them.
    """
    n = 0
    while at >= 0:
        desk.kept[n] = desk.slate.mine[at]
        n += 1
        at = desk.slate.before[at]
    if size + n > PENDING or roster.size[0] + n + roster.count[w] > LOG:
        return -1
    i = roster.first[w]
    while i < roster.first[w] + roster.count[w]:
        k, stays = roster.held[i], False
        for j in range(n):
            if desk.kept[j] == k:
                desk.kept[j] = desk.kept[n - 1]
                n -= 1
                stays = True
                break
        if stays:
            i += 1
        else:
            log_drop(graph, roster, k, w)
    for j in range(n):
        o = graph.role[desk.kept[j]]
        log_take(graph, roster, desk.kept[j], w)
        if roster.filled[o] > graph.info[o, 3]:
            pending[size] = o
            size += 1
    return size


@kernel
def _offer(choices, level, most, w, leaves, nor, gain):
    """Keep a choice if it is among the best `most` of its level."""
    at = choices.size[level]
    if at == most:
        at -= 1
        if gain <= choices.gain[level, at]:
            return
    else:
        choices.size[level] += 1
    while at > 0 and choices.gain[level, at - 1] < gain:
        for column in (choices.who, choices.leaves, choices.nor):
            column[level, at] = column[level, at - 1]
        choices.gain[level, at] = choices.gain[level, at - 1]
        at -= 1
    choices.who[level, at], choices.leaves[level, at] = w, leaves
    choices.nor[level, at], choices.gain[level, at] = nor, gain


@kernel
def _ask(graph, roster, prices, bonus, grain, desk, choices, level, most, w, leaves, least):
    """Offer her best schedule without a role, and the best that go without one of its full roles besides."""
    gain, at = _gain(graph, roster, prices, bonus, grain, desk, w, leaves, -1)
    if gain <= least:
        return
    _offer(choices, level, most, w, leaves, -1, gain)
    n = 0
    while at >= 0:
        o = graph.role[desk.slate.mine[at]]
        if roster.filled[o] >= graph.info[o, 3] and not _holds(roster, w, desk.slate.mine[at]):
            desk.kept[n] = o
            n += 1
        at = desk.slate.before[at]
    for i in range(n):
        gain, _ = _gain(graph, roster, prices, bonus, grain, desk, w, leaves, desk.kept[i])
        if gain > least:
            _offer(choices, level, most, w, leaves, desk.kept[i], gain)


@kernel
def _eject(graph, roster, prices, bonus, grain, desk, choices, pending, start):
    """Parts won by a chain that begins with `start`, carried out; 0 where none is found, and nothing changes."""
    desk.round[0] += 1
    stamp, looks, level, roster.size[0] = desk.round[0], 0, 0, 0
    turn, size, begin = np.zeros(DEEP, np.int32), np.zeros(DEEP + 1, np.int32), np.zeros(DEEP, np.int64)
    mover, won = np.full(DEEP, -1, np.int32), np.zeros(DEEP + 1, np.int64)
    choices.size[0] = 0
    _ask(graph, roster, prices, bonus, grain, desk, choices, 0, WIDE, start, -1, 0)
    while level >= 0:
        if mover[level] >= 0:  # back from below: that choice led nowhere
            undo_to(graph, roster, begin[level])
            desk.moved[mover[level]] = 0
            mover[level] = -1
        if turn[level] >= choices.size[level] or looks > LOOKS:
            level -= 1
            continue
        w, leaves, nor = (
            choices.who[level, turn[level]], choices.leaves[level, turn[level]], choices.nor[level, turn[level]],
        )  # fmt: skip
        turn[level] += 1
        gain, at = _gain(graph, roster, prices, bonus, grain, desk, w, leaves, nor)
        pending[level + 1], begin[level] = pending[level], roster.size[0]
        n = _change(graph, roster, desk, w, at, pending[level + 1], size[level])
        if n < 0:
            continue
        mover[level], desk.moved[w] = w, stamp
        won[level + 1] = won[level] + gain
        while n > 0 and roster.filled[pending[level + 1, n - 1]] <= graph.info[pending[level + 1, n - 1], 3]:
            n -= 1
        size[level + 1] = n
        if n == 0:
            return won[level + 1]
        if level + 1 == DEEP:
            continue
        level += 1
        turn[level], mover[level], choices.size[level] = 0, -1, 0
        o = pending[level, n - 1]
        for i in range(roster.start[o], roster.start[o] + roster.filled[o]):
            if desk.moved[roster.crew[i]] != stamp:
                looks += 1
                _ask(
                    graph, roster, prices, bonus, grain, desk, choices, level, max(1, WIDE - level), roster.crew[i],
                    o, -won[level],
                )  # fmt: skip
    return 0


@kernel
def eject(graph, roster, prices, bonus, grain, desk, people):
    """Chains that begin with each of `people` int32[..], as long as they win: points. `prices` int64[m] are in parts,
    `grain` to the point; `bonus` int64[m]: what a filled slot is worth beside the score.
    """
    choices = Choices(
        np.empty((DEEP, WIDE), np.int32), np.empty((DEEP, WIDE), np.int32), np.empty((DEEP, WIDE), np.int32),
        np.empty((DEEP, WIDE), np.int64), np.zeros(DEEP, np.int32),
    )  # fmt: skip
    pending, total = np.zeros((DEEP + 1, PENDING), np.int32), 0
    for w in people:
        if graph.first_of[w + 1] == graph.first_of[w]:
            continue
        gain = 1
        while gain > 0:
            gain = _eject(graph, roster, prices, bonus, grain, desk, choices, pending, w)
            total += gain
    roster.size[0] = 0
    return total // grain


def eject_all(
    graph: Graph,
    roster: Roster,
    prices: np.ndarray,
    bonus: np.ndarray,
    point: float,
    seed: int,
    over: Callable[[], bool] = lambda: False,
) -> int:
    """Sweeps over everybody, in an order drawn anew each time, at `prices` float[m] that are more and more off:
    points won, bonuses included. `point`: a point of a best score of 1100, in units of the score.
    """
    desk, grain, total = new_desk(graph), int(np.ceil(FINE / point)), 0
    roles, people = np.arange(graph.n_roles), np.arange(graph.n_people)
    for sweep, off in enumerate(OFF):
        lot = (lots(seed, roles, 2 * sweep) >> np.uint64(11)).astype(np.float64) / 2.0**52 - 1.0
        parts = np.maximum(np.rint((prices + off * point * lot) * grain), 0).astype(np.int64)
        order = drawn_order(seed, people, 2 * sweep + 1).astype(np.int32)
        for at in range(0, len(order), AT_A_TIME):
            if over():
                return total
            total += int(eject(graph, roster, parts, bonus, grain, desk, order[at : at + AT_A_TIME]))
    return total


@kernel
def _beside(graph, roles):
    """Who has a pair with one of the marked `roles` bool[m]: int32[..], rising."""
    people, n = np.empty(len(graph.first_of) - 1, np.int32), 0
    for w in range(len(graph.first_of) - 1):
        some = False
        for k in range(graph.first_of[w], graph.first_of[w + 1]):
            some |= roles[graph.role[k]]
        if some:
            people[n] = w
            n += 1
    return people[:n]


def eject_beside(
    graph: Graph, roster: Roster, prices: np.ndarray, bonus: np.ndarray, point: float, roles: np.ndarray
) -> int:
    """One sweep over those who could be on one of the marked `roles` bool[m], at `prices` float[m] as they are."""
    grain = int(np.ceil(FINE / point))
    parts = np.maximum(np.rint(prices * grain), 0).astype(np.int64)
    return int(eject(graph, roster, parts, bonus, grain, new_desk(graph), _beside(graph, roles)))

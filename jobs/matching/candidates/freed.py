"""The compiled walk of a refill: the best of those who are free; and where nobody is, the shortest chain of moves.

A chain is A onto the freed slot, B onto A's, ..., and at its end somebody who is free: an alternating path of the
market (Berge, 1957). Chains are looked for length by length, depth first (iterative deepening; Korf, 1985), so that as
few people as possible are moved; among the chains of that length the one that earns most is taken. Nobody who is
confirmed moves, nobody moves twice, and one search looks at so many pairs and no more.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.candidates.filtering import unbarred
from jobs.matching.candidates.hoping import hopeful, make_room
from jobs.matching.candidates.packing import GROUP, REST
from jobs.matching.candidates.postings import CHUNK
from jobs.matching.candidates.search import mix, rate
from jobs.matching.core.compiled import kernel

FREE, STUCK = -1, -2  # what `gives_up` answers beside a place: nothing; she cannot
WHO, TAKES, PLACE, POINTS = range(4)  # columns of `Standing.chain`; the place she gives up, or FREE
LOOKS = 3_000  # pairs that one search for a chain looks at


class Standing(NamedTuple):
    """A plan that lives on. Person w holds places head[w], link[head[w]], ..., -1: place p is on role `doing[p]` for
    `points[p]`, `firm[p]` where she may not be moved from it; `spare[:size[0]]` are places nobody uses.

    Candidates of role o, best first: first[o]:first[o + 1] of `person` and `score`, `kept[o]` of them used, and `more`
    where there are others beside. Who is out of role o: out[o], then by `out_link`, of `out_who`; `size[1]` are used.
    `role` int64[m, 3]: start, end, kind; `open` slots of each; `bound` people are on no list. `leaf` and `seen` remember
    for round `size[2]` where the first free candidate of a role stands; `chain` int64[k, 4] is the answer.
    """

    role: np.ndarray
    buffer: np.ndarray
    open: np.ndarray
    head: np.ndarray
    link: np.ndarray
    doing: np.ndarray
    points: np.ndarray
    firm: np.ndarray
    spare: np.ndarray
    size: np.ndarray
    first: np.ndarray
    kept: np.ndarray
    more: np.ndarray
    person: np.ndarray
    score: np.ndarray
    out: np.ndarray
    out_link: np.ndarray
    out_who: np.ndarray
    bound: np.ndarray
    leaf: np.ndarray
    seen: np.ndarray
    chain: np.ndarray


@kernel
def gives_up(plan, w, o):
    """The place that person w would leave for role o; FREE where none, STUCK where she cannot take it."""
    role, buffer, found, at = plan.role, plan.buffer, FREE, plan.head[w]
    while at >= 0:
        f = plan.doing[at]
        if f == o:
            return STUCK
        a, b = (f, o) if role[f, 0] <= role[o, 0] else (o, f)
        if role[b, 0] <= role[a, 1] + buffer[role[a, 2], role[b, 2]]:
            if found != FREE or plan.firm[at]:
                return STUCK
            found = at
        at = plan.link[at]
    return found


@kernel
def is_out(plan, w, o):
    """Whether nobody may ask w for role o any more."""
    if plan.bound[w]:
        return True
    at = plan.out[o]
    while at >= 0:
        if plan.out_who[at] == w:
            return True
        at = plan.out_link[at]
    return False


@kernel
def first_free(plan, o, begin):
    """Where in the list of o, from `begin` on, the first stands who is free; -1 where nobody is."""
    for j in range(begin, plan.first[o] + plan.kept[o]):
        w = plan.person[j]
        if gives_up(plan, w, o) == FREE and not is_out(plan, w, o):
            return j
    return -1


@kernel
def best_free(plan, crowd, openings, o, start, found, scores):
    """The best of everybody who is free for role o into `chain[0]`; whether there is one. `found` and `scores` are room
    for a chunk.
    """
    group, rest, best, least_lot = openings.figures[o, GROUP], openings.figures[o, REST], 0, np.uint64(0)
    last, draw, person = crowd.last[group], start ^ mix(np.uint64(openings.ids[o])), -1
    room = make_room()
    for begin in range(crowd.first[group], last, CHUNK):
        if person >= 0 and max(1, crowd.base[begin] + rest) < best:
            break  # nobody from here on can reach her
        some = hopeful(crowd, openings, o, begin, min(begin + CHUNK, last), best, room, found, scores)
        some = unbarred(crowd, openings, o, found, scores, some, True)
        rate(crowd, openings, o, found, scores, some)
        for i in range(some):
            if scores[i] < best:
                continue
            w = crowd.member[found[i]]
            lot = mix(mix(np.uint64(crowd.ids[w])) ^ draw)
            if scores[i] == best and lot >= least_lot:
                continue
            if gives_up(plan, w, o) == FREE and not is_out(plan, w, o):
                person, best, least_lot = w, scores[i], lot
    if person < 0:
        return False
    _step(plan, 0, person, o, FREE, best)
    return True


@kernel
def _step(plan, at, w, o, place, points):
    chain = plan.chain
    chain[at, WHO], chain[at, TAKES], chain[at, PLACE], chain[at, POINTS] = w, o, place, points


@kernel
def _leaf(plan, o, who, size):
    """The best free candidate of o who is none of `who[:size]`, from where the first free one stands."""
    j = plan.leaf[o]
    while j >= 0:
        twice = False
        for i in range(size):
            twice |= who[i] == plan.person[j]
        if not twice:
            return j
        j = first_free(plan, o, j + 1)
    return -1


@kernel
def shortest_chain(plan, target, longest, looks):
    """How many move in the shortest chain into one slot of `target`, 2 to `longest`; 0 where none is found. The chain
    into `plan.chain`.
    """
    plan.size[2] += 1
    role, cursor, gain = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
    who, place, taken = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
    for length in range(2, longest + 1):
        found, best, depth = False, 0, 0
        role[0], cursor[0], gain[0] = target, plan.first[target], 0
        while depth >= 0 and looks > 0:
            o, j = role[depth], cursor[depth]
            if j == plan.first[o] + plan.kept[o]:
                depth -= 1
                continue
            cursor[depth] += 1
            looks -= 1
            w = plan.person[j]
            at = gives_up(plan, w, o)
            if at < 0 or is_out(plan, w, o):
                continue
            f, twice = plan.doing[at], False
            for i in range(depth + 1):
                twice |= role[i] == f or (i < depth and who[i] == w)
            if twice:
                continue
            worth = gain[depth] + plan.score[j] - plan.points[at]
            who[depth], place[depth], taken[depth] = w, at, plan.score[j]
            if depth < length - 2:
                depth += 1
                role[depth], cursor[depth], gain[depth] = f, plan.first[f], worth
                continue
            if plan.seen[f] != plan.size[2]:
                plan.seen[f], plan.leaf[f] = plan.size[2], first_free(plan, f, plan.first[f])
                looks -= plan.kept[f] if plan.leaf[f] < 0 else plan.leaf[f] - plan.first[f]
            end = _leaf(plan, f, who, depth + 1)
            if end >= 0 and (not found or worth + plan.score[end] > best):
                found, best = True, worth + plan.score[end]
                for i in range(depth + 1):
                    _step(plan, i, who[i], role[i], place[i], taken[i])
                _step(plan, depth + 1, plan.person[end], f, FREE, plan.score[end])
        if found:
            return length
    return 0


@kernel
def leave(plan, w, o):
    """Take person w off role o; False where she is not on it."""
    before, at = -1, plan.head[w]
    while at >= 0 and plan.doing[at] != o:
        before, at = at, plan.link[at]
    if at < 0:
        return False
    if before < 0:
        plan.head[w] = plan.link[at]
    else:
        plan.link[before] = plan.link[at]
    plan.spare[plan.size[0]] = at
    plan.size[0] += 1
    plan.open[o] += 1
    return True


@kernel
def join(plan, w, o, points, firm):
    """Put person w on role o."""
    plan.size[0] -= 1
    at = plan.spare[plan.size[0]]
    plan.doing[at], plan.points[at], plan.firm[at] = o, points, firm
    plan.link[at], plan.head[w] = plan.head[w], at
    plan.open[o] -= 1


@kernel
def put_out(plan, w, o):
    """Let nobody ask w for role o any more."""
    at = plan.size[1]
    plan.out_who[at], plan.out_link[at] = w, plan.out[o]
    plan.out[o] = at
    plan.size[1] += 1


@kernel
def next_for(plan, crowd, openings, o, longest, looks, start, found, scores):
    """How many move so that one open slot of role o is filled, into `plan.chain`; nobody has moved yet."""
    if plan.open[o] <= 0:
        return 0
    j = first_free(plan, o, plan.first[o])
    if j >= 0:
        _step(plan, 0, plan.person[j], o, FREE, plan.score[j])
        return 1
    if plan.more[o] and best_free(plan, crowd, openings, o, start, found, scores):
        return 1
    return shortest_chain(plan, o, longest, looks) if longest > 1 else 0


@kernel
def carry_out(plan, size):
    """Move the first `size` of `plan.chain`: first all leave, then all take."""
    for i in range(size):
        if plan.chain[i, PLACE] >= 0:
            at = plan.chain[i, PLACE]
            plan.chain[i, PLACE] = plan.doing[at]
            leave(plan, plan.chain[i, WHO], plan.doing[at])
    for i in range(size):
        join(plan, plan.chain[i, WHO], plan.chain[i, TAKES], plan.chain[i, POINTS], False)


@kernel
def drop_out(plan, crowd, openings, w, o, longest, looks, start, found, scores):
    """Person w leaves role o for good and the slot is filled: how many moved, -1 where she was not on it. `PLACE` of
    `plan.chain` names the roles they left.
    """
    if not leave(plan, w, o):
        return -1
    put_out(plan, w, o)
    size = next_for(plan, crowd, openings, o, longest, looks, start, found, scores)
    carry_out(plan, size)
    return size

"""Sums over all schedules of one person, and the chance of each of her pairs: a sweep forwards and one backwards over
her roles in the order of their days (forward-backward; Rabiner, 1989).

A schedule weighs the product of what its pairs weigh. Tables over days add up what is over by then. What may come
before a role depends on its place and its first day alone, and what may come behind on its place and its last: either
is added up once for all her roles that have these two alike. All sums of a person are made smaller together, by FAR,
when they grow too large; where one pair alone would be too much, each is kept as (a, h) for a * FAR ** h. Either way a
pair costs a few sums and products.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.core.compiled import FAR, kernel, lean

LOW, HIGH = FAR**-0.5, FAR**0.5


class Desk(NamedTuple):
    """Room for the sweeps of one person. Of her pairs, int32[most]: the place, numbered anew, and the ranks of first and
    last day. `number` of each place, -1 for none, and which `kinds` of places hers are; `between[g * places + f]` which
    buffer lies between g and f. Tables by day and place, day * places + g: `mass` and its powers `far`; sums that were
    added up already, `met` and `met_far`, good where `seen` is the `turn`.
    """

    place: np.ndarray
    start: np.ndarray
    end: np.ndarray
    number: np.ndarray
    kinds: np.ndarray
    between: np.ndarray
    mass: np.ndarray
    far: np.ndarray
    met: np.ndarray
    met_far: np.ndarray
    seen: np.ndarray
    turn: np.ndarray


@kernel
def desk(graph, most, tables):
    """A desk for people with up to `most` pairs; without `tables` for sums that need none."""
    places, hers = len(graph.buffer), min(len(graph.buffer), most)
    size = (max(graph.n_ends, graph.n_starts) + 1) * hers if tables else 0
    return Desk(
        np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32),
        np.full(places, -1, np.int32), np.empty(hers, np.int32), np.empty(hers * hers, np.int32),
        np.empty(size), np.zeros(size, np.int32), np.empty(size), np.zeros(size, np.int32), np.zeros(size, np.int64),
        np.zeros(1, np.int64),
    )  # fmt: skip


@lean
def by_pairs(graph, mine, n, e, a, b, when):
    """Forward sums a and backward sums b of n pairs that weigh e, each compared with each; the sum of all."""
    info, buffer, role = graph.info, graph.buffer, graph.role
    for j in range(n):
        o = role[mine[j]]
        when[j, 0], when[j, 1], when[j, 2] = info[o, 0], info[o, 1], info[o, 2]
    total = 1.0
    for j in range(n):
        start, place, before = when[j, 0], when[j, 2], 1.0
        for i in range(j):
            if start > when[i, 1] + buffer[when[i, 2], place]:
                before += a[i]
        a[j], b[j] = before * e[j], 1.0
        total += a[j]
    for j in range(n - 1, -1, -1):
        b[j] *= e[j]
        start, place = when[j, 0], when[j, 2]
        for i in range(j):
            if start > when[i, 1] + buffer[when[i, 2], place]:
                b[i] += b[j]
    return total


@lean
def _add(a, h, b, x):
    """a * FAR ** h + b * FAR ** x as such a number. 0 goes with any h."""
    if h == x:
        a += b
    elif a == 0.0 or (b != 0.0 and x > h):
        a, h = (b + a / FAR if x == h + 1 else b), x
    elif b != 0.0 and x == h - 1:
        a += b / FAR
    if a >= HIGH:
        return a / FAR, h + 1
    return a, h


@lean
def _times(a, h, b, x):
    """The product of two such numbers above 0."""
    a, h = a * b, h + x
    if a >= HIGH:
        return a / FAR, h + 1
    if a < LOW:
        return a * FAR, h - 1
    return a, h


@lean
def _lay_out(graph, mine, n, desk):
    """Put places and days of n pairs on the desk: how many places."""
    places = 0
    for j in range(n):
        o = graph.role[mine[j]]
        place = graph.info[o, 2]
        if desk.number[place] < 0:
            desk.number[place] = places
            desk.kinds[places] = place
            places += 1
        desk.place[j], desk.end[j], desk.start[j] = desk.number[place], graph.rank[o, 0], graph.rank[o, 1]
    for g in range(places):
        desk.number[desk.kinds[g]] = -1
        for f in range(places):
            desk.between[g * places + f] = graph.which[desk.kinds[g], desk.kinds[f]]
    return places


@lean
def _shrink(mass):
    for at in range(len(mass)):
        mass[at] /= FAR


@lean
def by_tables(graph, mine, n, e, a, h, b, x, desk):
    """The same sums by tables, pair j's times FAR ** h[j] and FAR ** x[j], and that of all as (total, power): the mass of
    a day and place is that of schedules whose last role is there and ends before that day; backwards, whose first
    role starts from that day on.
    """
    place, start, end, between = desk.place, desk.start, desk.end, desk.between
    mass, met, seen, turn = desk.mass, desk.met, desk.seen, desk.turn[0]
    places, upto, today, total, none, power = _lay_out(graph, mine, n, desk), 0, -1, 1.0, 1.0, 0
    for at in range((graph.n_ends + 1) * places):
        mass[at] = 0.0
    for j in range(n):
        here, day = place[j], start[j]
        if day != today:
            today, turn = day, turn + 1
            while upto < graph.done[day, 0]:
                for at in range(upto * places, upto * places + places):
                    mass[at + places] += mass[at]
                upto += 1
        if seen[here] != turn:
            before = none
            for g in range(places):
                before += mass[graph.done[day, between[g * places + here]] * places + g]
            met[here], seen[here] = before, turn
        a[j], h[j] = met[here] * e[j], power
        total += a[j]
        mass[(end[j] + 1) * places + here] += a[j]
        while total > FAR:
            _shrink(mass)
            total, none, power, turn = total / FAR, none / FAR, power + 1, turn + 1
    for at in range((graph.n_starts + 1) * places):
        mass[at] = 0.0
    upto, all_after, none, less, turn = graph.n_starts, 1.0, 1.0, 0, turn + 1
    for j in range(n - 1, -1, -1):
        here, day = place[j], end[j]
        while upto > graph.open[day, 0]:
            for at in range(upto * places, upto * places + places):
                mass[at - places] += mass[at]
            upto -= 1
        cell = day * places + here
        if seen[cell] != turn:
            after = none
            for g in range(places):
                after += mass[graph.open[day, between[here * places + g]] * places + g]
            met[cell], seen[cell] = after, turn
        b[j], x[j] = met[cell] * e[j], less
        all_after += b[j]
        mass[start[j] * places + here] += b[j]
        while all_after > FAR:
            _shrink(mass)
            all_after, none, less, turn = all_after / FAR, none / FAR, less + 1, turn + 1
    desk.turn[0] = turn
    return total, power


@lean
def _pass_on(mass, far, low, places, to):
    """Add the mass of the day whose places begin at `low` to that of the day `to` cells on."""
    for at in range(low, low + places):
        if mass[at] > 0.0:
            mass[at + to], far[at + to] = _add(mass[at + to], far[at + to], mass[at], far[at])


@lean
def by_far_tables(graph, mine, n, e, f, a, h, b, x, desk):
    """The same in far numbers, however large a weight e[j] * FAR ** f[j]."""
    place, start, end, between = desk.place, desk.start, desk.end, desk.between
    mass, far, met, met_far, seen, turn = (
        desk.mass, desk.far, desk.met, desk.met_far, desk.seen, desk.turn[0],
    )  # fmt: skip
    places, upto, today, all_a, all_h = _lay_out(graph, mine, n, desk), 0, -1, 1.0, 0
    for at in range((graph.n_ends + 1) * places):
        mass[at] = 0.0
    for j in range(n):
        here, day = place[j], start[j]
        if day != today:
            today, turn = day, turn + 1
            while upto < graph.done[day, 0]:
                _pass_on(mass, far, upto * places, places, places)
                upto += 1
        if seen[here] != turn:
            sum_a, sum_h = 1.0, 0
            for g in range(places):
                at = graph.done[day, between[g * places + here]] * places + g
                sum_a, sum_h = _add(sum_a, sum_h, mass[at], far[at])
            met[here], met_far[here], seen[here] = sum_a, sum_h, turn
        a[j], h[j] = _times(met[here], met_far[here], e[j], f[j])
        all_a, all_h = _add(all_a, all_h, a[j], h[j])
        at = (end[j] + 1) * places + here
        mass[at], far[at] = _add(mass[at], far[at], a[j], h[j])
    for at in range((graph.n_starts + 1) * places):
        mass[at] = 0.0
    upto, turn = graph.n_starts, turn + 1
    for j in range(n - 1, -1, -1):
        here, day = place[j], end[j]
        while upto > graph.open[day, 0]:
            _pass_on(mass, far, upto * places, places, -places)
            upto -= 1
        cell = day * places + here
        if seen[cell] != turn:
            sum_a, sum_h = 1.0, 0
            for g in range(places):
                at = graph.open[day, between[here * places + g]] * places + g
                sum_a, sum_h = _add(sum_a, sum_h, mass[at], far[at])
            met[cell], met_far[cell], seen[cell] = sum_a, sum_h, turn
        b[j], x[j] = _times(met[cell], met_far[cell], e[j], f[j])
        at = start[j] * places + here
        mass[at], far[at] = _add(mass[at], far[at], b[j], x[j])
    desk.turn[0] = turn
    return all_a, all_h


@lean
def chance_of(a, h):
    """a * FAR ** h as a plain number up to 1; 0 where it is further away than any chance."""
    if h <= -3 or h >= 3:
        return 0.0
    while h < 0:
        a /= FAR
        h += 1
    while h > 0:
        a *= FAR
        h -= 1
    return min(a, 1.0)

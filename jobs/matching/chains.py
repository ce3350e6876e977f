"""Filling one more slot by a chain of moves: A takes the empty role, B takes A's, C was free.

A shortest augmenting path (Berge, 1957; Hopcroft and Karp, 1973), with the best total score among the
shortest. Only moves in which a person gives up at most one role are followed, and nobody moves twice in one
chain.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from jobs.matching.roster import Roster

LONGEST = 8  # people moved by one chain
LONGEST_TAKING = 3  # and by one that only moves the gap to a less urgent role


@dataclass
class _Search:
    """A breadth-first search for people, from an open slot of `target`."""

    roster: Roster
    target: int
    gain: dict[int, int] = field(default_factory=dict)  # role -> points won on the way to it
    came: dict[int, tuple[int, int]] = field(
        default_factory=dict
    )  # role -> (pair taken before, pair given up here)
    free: tuple[int, int, int] | None = None  # best end of a chain: points, role, pair

    def moves_to(self, role: int) -> list[tuple[int, int]]:
        """(pair taken, pair given up) from `role` back to the target."""
        moves = []
        while role != self.target:
            moves.append(self.came[role])
            role = int(self.roster.market.role[self.came[role][0]])
        return moves

    def widen(self, level: list[int], shut: set[int]) -> list[int]:
        """Look at every role of `level`; answers the roles that come into reach, none of `shut`."""
        found: dict[int, tuple[int, int, int]] = {}
        for role in level:
            self.look(role, found, shut)
        for role, (worth, taken, given) in found.items():
            self.gain[role], self.came[role] = worth, (taken, given)
        return sorted(found)

    def look(self, role: int, found: dict[int, tuple[int, int, int]], shut: set[int]) -> None:
        """Who could take `role`: free people into `free`, those who would leave one role into `found`."""
        roster, market = self.roster, self.roster.market
        pairs = roster.candidates(role)
        moved = [market.person[taken] for taken, _ in self.moves_to(role)]
        pairs = pairs[~np.isin(market.person[pairs], moved)]
        if not len(pairs):
            return
        given_up = roster.in_the_way(role, pairs)
        lost = (given_up >= 0).sum(axis=1)
        worth = self.gain[role] + market.score[pairs] - roster.points(given_up).sum(axis=1)
        free = np.flatnonzero(lost == 0)
        if len(free):
            at = free[np.argmax(worth[free])]
            if self.free is None or worth[at] > self.free[0]:
                self.free = (int(worth[at]), role, int(pairs[at]))
        for at in np.flatnonzero(lost == 1).tolist():
            given = int(given_up[at].max())
            other = int(market.role[given])
            if (
                other not in shut
                and other not in self.gain
                and (other not in found or worth[at] > found[other][0])
            ):
                found[other] = (int(worth[at]), int(pairs[at]), given)


def best_chain(
    roster: Roster, target: int, *, any_price: bool, longest: int = LONGEST, shut: set[int] | None = None
) -> tuple[list[tuple[int, int]] | None, set[int]]:
    """Moves (pair taken, pair given up or -1) that fill one slot of `target`, or None; and the roles that
    were looked at.

    `shut`: roles not to look at. Without `any_price` the moves together gain points.
    """
    search = _Search(roster, target, gain={target: 0})
    level = [target]
    for _ in range(longest):
        level = search.widen(level, shut or set())
        if search.free is not None and (any_price or search.free[0] > 0):
            _, role, pair = search.free
            return [(pair, -1), *search.moves_to(role)], set(search.gain)
        if not level:
            return None, set(search.gain)
    return None, {target}


def move(roster: Roster, moves: list[tuple[int, int]]) -> None:
    """Carry out (pair taken, pair given up or -1) moves together."""
    for _, given in moves:
        if given >= 0:
            roster.drop(given)
    for taken, _ in moves:
        roster.take(taken)


def fill_by_chains(roster: Roster, *, any_price: bool) -> None:
    """Fill open slots by chains, the most urgent role first. A chain never empties a slot that was filled.

    `any_price`: a filled slot is worth any loss of score, and a role that finds no chain may take a person
    from a less urgent one, which then tries in its turn. Otherwise only chains that gain points are taken.
    Changes `roster`.
    """
    market = roster.market
    queue = [(int(market.urgency[role]), role) for role in np.flatnonzero(roster.open_slots() > 0).tolist()]
    heapq.heapify(queue)
    hopeless: set[int] = set()  # no free person can be reached from these; chains and takings free nobody
    while queue:
        _, role = heapq.heappop(queue)
        while roster.filled[role] < market.headcount[role]:
            moves, reached = (
                (None, set())
                if role in hopeless
                else best_chain(roster, role, any_price=any_price, shut=hopeless)
            )
            if moves is None:
                hopeless |= reached if any_price else {role}
                moves = _taking(roster, role) if any_price else None
                if moves is None:
                    break
                emptied = int(market.role[moves[0][1]])
                heapq.heappush(queue, (int(market.urgency[emptied]), emptied))
            move(roster, moves)


def _taking(roster: Roster, target: int) -> list[tuple[int, int]] | None:
    """Moves that fill a slot of `target` and leave one empty of the least urgent role in reach."""
    urgency = roster.market.urgency
    search = _Search(roster, target, gain={target: 0})
    level = [target]
    for _ in range(LONGEST_TAKING):
        level = search.widen(level, set())
    later = [role for role in search.came if urgency[role] > urgency[target]]
    if not later:
        return None
    return search.moves_to(max(later, key=lambda role: (int(urgency[role]), search.gain[role], -role)))

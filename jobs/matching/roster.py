"""Who holds what while a plan is made: the moving state shared by the auction, the chains and the polish."""

from __future__ import annotations

import numpy as np

from jobs.matching.market import Market


class Roster:
    """Pairs in use. Never holds two clashing roles of one person nor more people than slots on a role.

    `held[w]` lists the pairs of person w, padded with -1; the padding is wide enough for the fullest person.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.used = np.zeros(market.n_pairs, np.bool_)
        self.filled = np.zeros(market.n_roles, np.int64)
        self.held = np.full((market.n_people, 4), -1, np.int64)
        self.value = 0
        # One row more than there are pairs, so that the padding -1 reads "no role" and "no points".
        self._role_of = np.append(market.role, market.n_roles)
        self._score_of = np.append(market.score, 0)

    def copy(self) -> Roster:
        """An independent state over the same market."""
        twin = object.__new__(Roster)
        twin.__dict__.update(self.__dict__)
        twin.used, twin.filled, twin.held = self.used.copy(), self.filled.copy(), self.held.copy()
        return twin

    def take(self, pair: int) -> None:
        """Put the person of `pair` on its role. The caller has made room on both sides."""
        person, role = self.market.person[pair], self.market.role[pair]
        free = np.flatnonzero(self.held[person] < 0)
        if not len(free):
            self.held = np.hstack([self.held, np.full_like(self.held, -1)])
            free = np.flatnonzero(self.held[person] < 0)
        self.held[person, free[0]] = pair
        self.used[pair] = True
        self.filled[role] += 1
        self.value += int(self.market.score[pair])

    def drop(self, pair: int) -> None:
        """Take the person of `pair` off its role."""
        row = self.held[self.market.person[pair]]
        row[row == pair] = -1
        self.used[pair] = False
        self.filled[self.market.role[pair]] -= 1
        self.value -= int(self.market.score[pair])

    def open_slots(self) -> np.ndarray:
        """int64[m]: slots not filled."""
        return self.market.headcount - self.filled

    def candidates(self, role: int) -> np.ndarray:
        """Pairs of `role` not in use."""
        first = self.market.first_pair
        pairs = np.arange(first[role], first[role + 1])
        return pairs[~self.used[first[role] : first[role + 1]]]

    def occupants(self, role: int) -> np.ndarray:
        """Pairs of `role` in use."""
        first = self.market.first_pair
        return first[role] + np.flatnonzero(self.used[first[role] : first[role + 1]])

    def in_the_way(self, role: int, pairs: np.ndarray) -> np.ndarray:
        """int64[len(pairs), width]: for each candidate pair of `role`, the pairs its person would give up; -1
        for none.
        """
        held = self.held[self.market.person[pairs]]
        return np.where(self.market.clashes(role)[self._role_of[held]], held, -1)

    def points(self, pairs: np.ndarray) -> np.ndarray:
        """Scores of pairs, 0 where -1."""
        return self._score_of[pairs]

    def roles(self, pairs: np.ndarray) -> np.ndarray:
        """Roles of pairs, m where -1."""
        return self._role_of[pairs]


def roster_from(market: Market, pairs: np.ndarray) -> Roster:
    """A roster that holds `pairs`, which fit together."""
    roster = Roster(market)
    for pair in pairs.tolist():
        roster.take(pair)
    return roster

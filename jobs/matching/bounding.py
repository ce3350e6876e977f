"""The referee's bound of a problem: over all pairs that the raw rows allow, from prices that anybody may have found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jobs.matching.certificate import bound_of
from jobs.matching.rederivation import Raw, broken_rules, score_again


def sound_premiums(raw: Raw, premiums: Sequence[int]) -> bool:
    """Whether premiums say slots and urgency only: one whole number >= 0 for each role, alike where the urgency is,
    and never more for the later role. None at all are sound, too.
    """
    if not premiums:
        return True
    urgency = raw.role["urgency"]
    if len(premiums) != len(urgency) or any(type(q) is not int or q < 0 for q in premiums):
        return False
    by_urgency = sorted(zip(urgency, premiums, strict=True))
    return all(
        (early == late and q == p) or (early < late and q >= p)
        for (early, q), (late, p) in pairwise(by_urgency)
    )


def sound_prices(roles: int, prices: Sequence[int]) -> bool:
    """Whether there is one whole price >= 0 for each role."""
    return len(prices) == roles and all(type(price) is int and price >= 0 for price in prices)


def bound_again(
    raw: Raw, prices: Sequence[int], premiums: Sequence[int], plan: Sequence[tuple[int, int]]
) -> int | None:
    """The most points of any plan whose slots are filled as well and as early as those of `plan`, (person, role)
    pairs; without premiums the most points of any plan. None when there is not one whole price >= 0 for each role.
    """
    r, p = raw.role, raw.person
    if not sound_prices(len(r["start"]), prices):
        return None
    extra = premiums or [0] * len(r["start"])
    wanting: dict[int, list[int]] = {}
    for person, wants in enumerate(p["wants"]):
        for role_type, wanted in enumerate(wants):
            if wanted:
                wanting.setdefault(role_type, []).append(person)
    pinned = set(raw.pins)
    pairs_of: dict[int, list[tuple[int, int]]] = {}
    for role, role_type in enumerate(r["role_type"]):
        for person in wanting.get(role_type, ()):
            if (person, role) not in pinned and next(broken_rules(raw, person, role), None) is None:
                pairs_of.setdefault(person, []).append((role, score_again(raw, person, role) + extra[role]))
    spans = [
        (s, e, 3 * hub + part - 1)
        for s, e, hub, part in zip(r["start"], r["end"], r["hub"], r["part"], strict=True)
    ]
    pins = [(w, o, score_again(raw, w, o) + extra[o]) for w, o in raw.pins]
    whole = bound_of(prices, r["headcount"], spans, _buffer(raw.travel), pairs_of, pins)
    return whole - sum(extra[role] for _, role in plan)


def _buffer(travel: list[list[int]]) -> list[list[int]]:
    """Hub and part together decide the buffer: travel, or one day of rest between a night and a day."""
    hubs = range(len(travel))
    return [
        [
            max(travel[a][b], 1 if first in (2, 3) and second in (1, 3) else 0)
            for b in hubs
            for second in (1, 2, 3)
        ]
        for a in hubs
        for first in (1, 2, 3)
    ]

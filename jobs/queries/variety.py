"""A page of good roles that is not one shoot, or one trade, twenty times over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jobs.queries.matching import Pair

PER_TYPE = 3
"""Cards of one role type before others get their turn."""

BESIDE = 3
"""Other roles of the same shoot named on a card."""


@dataclass(frozen=True)
class Card:
    """The best role of a shoot for her; beside it others of the shoot, and how many more there are."""

    pair: Pair
    beside: list[Pair]
    more: int


def cards(pairs: Sequence[Pair], *, count: int, per_type: int = PER_TYPE) -> list[Card]:
    """Group ranked pairs by shoot, best shoot first, and let at most `per_type` cards of a role type in before others.

    The order is the engine's; a card that had to wait comes after those that did not, never lost.
    """
    shoots: dict[int, list[Pair]] = {}
    for pair in pairs:
        shoots.setdefault(pair.role.shoot_id, []).append(pair)
    seen: Counter[int] = Counter()
    first: list[Card] = []
    later: list[Card] = []
    for of_shoot in shoots.values():
        lead = next((pair for pair in of_shoot if seen[pair.role.role_type_id] < per_type), None)
        kept = lead or of_shoot[0]
        others = [pair for pair in of_shoot if pair is not kept]
        card = Card(kept, others[:BESIDE], max(0, len(others) - BESIDE))
        (first if lead else later).append(card)
        seen[kept.role.role_type_id] += 1
    return [*first, *later][:count]

"""Clearing anybody's instance: pins out, pairs in order, the core, pins back in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jobs.matching.clearing import clear
from jobs.matching.instance import Instance, PlanFile
from jobs.matching.market import make_market
from jobs.matching.ties import drawn_order, lots


@dataclass(frozen=True, eq=False)
class Cleared:
    """A plan with its prices, and its figures."""

    plan: PlanFile
    objective: int
    bound: int
    filled: int
    slots: int

    @property
    def gap(self) -> float:
        """(bound - objective) / bound."""
        return (self.bound - self.objective) / self.bound if self.bound else 0.0


def clear_instance(instance: Instance, *, seed: int = 0, seconds: float | None = None) -> Cleared:
    """A plan for `instance` near the greatest score, pins kept, with prices that prove a bound."""
    m = len(instance.role_start)
    people = drawn_order(seed, np.arange(instance.n_people))
    numbers = np.arange(m)
    roles = np.lexsort((numbers, lots(seed, numbers), instance.role_start))
    place_of_person, place_of_role = np.argsort(people), np.argsort(roles)
    left = ~_beside_pins(instance)
    held = np.bincount(instance.pin_role, minlength=m)
    market = make_market(
        n_people=instance.n_people,
        start=instance.role_start[roles],
        end=instance.role_end[roles],
        kind=instance.role_place[roles],
        headcount=(instance.role_headcount - held)[roles],
        urgency=np.zeros(m, np.int64),
        buffer=instance.travel_days,
        person=place_of_person[instance.pair_person[left]],
        role=place_of_role[instance.pair_role[left]],
        score=instance.pair_score[left],
    )
    plan = clear(market, seed=seed, seconds=seconds)
    person = np.concatenate([instance.pin_person, people[market.person[plan.pairs]]])
    role = np.concatenate([instance.pin_role, roles[market.role[plan.pairs]]])
    order = np.lexsort((person, role))
    prices = np.zeros(m, np.int64)
    prices[roles] = plan.prices
    kept = _pin_score(instance)
    return Cleared(
        PlanFile(person[order].astype(np.int32), role[order].astype(np.int32), prices),
        objective=kept + plan.objective,
        bound=kept + plan.bound,
        filled=len(person),
        slots=int(instance.role_headcount.sum(dtype=np.int64)),
    )


def _beside_pins(instance: Instance) -> np.ndarray:
    """bool[e]: pairs that a pin of the same person rules out, the pinned pairs themselves among them."""
    out = np.zeros(len(instance.pair_person), np.bool_)
    for person, role in zip(instance.pin_person.tolist(), instance.pin_role.tolist(), strict=True):
        for pair in np.flatnonzero(instance.pair_person == person).tolist():
            other = int(instance.pair_role[pair])
            out[pair] |= other == role or instance.clash(other, role)
    return out


def _pin_score(instance: Instance) -> int:
    pins = set(zip(instance.pin_person.tolist(), instance.pin_role.tolist(), strict=True))
    if not pins:
        return 0
    some = np.flatnonzero(np.isin(instance.pair_person, instance.pin_person))
    return sum(
        int(instance.pair_score[i])
        for i in some.tolist()
        if (int(instance.pair_person[i]), int(instance.pair_role[i])) in pins
    )

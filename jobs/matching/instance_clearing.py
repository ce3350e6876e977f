"""Clearing anybody's instance: pins out, pairs in order, the core, pins back in."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from jobs.matching.instance import Instance, PlanFile
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


def clear_instance(
    instance: Instance, *, seed: int = 0, seconds: float | None = None, workers: int | None = None
) -> Cleared:
    """A plan for `instance` near the greatest score, pins kept, with prices that prove a bound. `seconds` from the
    call to the answer, as far as that can be: a plan and a proof there will be.
    """
    until = None if seconds is None else time.perf_counter() + seconds
    from jobs.matching.core.clearing import clear  # compiled: only who clears waits for it
    from jobs.matching.core.graph import make_graph

    m = len(instance.role_start)
    numbers = np.arange(m)
    roles = np.lexsort((numbers, lots(seed, numbers), instance.role_start))
    person, role, score = instance.pair_person, instance.pair_role, instance.pair_score
    held = np.bincount(instance.pin_role, minlength=m)
    if len(instance.pin_role):
        left = ~_beside_pins(instance)
        person, role, score = person[left], role[left], score[left]
    known = np.arange(instance.n_people) if instance.n_people <= len(person) else None
    if known is None:  # people without a pair are only a number, and that may be any
        known, person = np.unique(person, return_inverse=True)
    drawn = drawn_order(seed, known)
    people, place_of_person, place_of_role = known[drawn], _inverse(drawn), _inverse(roles)
    graph = make_graph(
        n_people=len(known),
        start=instance.role_start[roles],
        end=instance.role_end[roles],
        place=instance.role_place[roles],
        slots=(instance.role_headcount - held)[roles],
        buffer=instance.travel_days,
        person=place_of_person[person],
        role=place_of_role[role],
        score=score,
    )
    plan = clear(graph, seed=seed, until=until, workers=workers)
    person = np.concatenate([instance.pin_person, people[plan.person]])
    role = np.concatenate([instance.pin_role, roles[plan.role]])
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


def _inverse(order: np.ndarray) -> np.ndarray:
    out = np.empty(len(order), np.int32)
    out[order] = np.arange(len(order), dtype=np.int32)
    return out


def _beside_pins(instance: Instance) -> np.ndarray:
    """bool[e]: pairs that a pin of the same person rules out, the pinned pairs themselves among them."""
    by = np.argsort(instance.pin_person, kind="stable")
    held = instance.pin_person[by]
    low, high = (np.searchsorted(held, instance.pair_person, side=side) for side in ("left", "right"))
    pins, pair = high - low, np.flatnonzero(high > low)
    pair, low = np.repeat(pair, pins[pair]), np.repeat(low[pair], pins[pair])
    # The how-manieth pin of her person each row is about: rows of one pair stand together.
    nth = np.arange(len(pair)) - np.searchsorted(pair, pair)
    mine, pinned = instance.pair_role[pair], instance.pin_role[by][low + nth]
    start, end = instance.role_start.astype(np.int64), instance.role_end.astype(np.int64)
    swap = start[mine] > start[pinned]
    first, second = np.where(swap, pinned, mine), np.where(swap, mine, pinned)
    buffer = instance.travel_days[instance.role_place[first], instance.role_place[second]]
    clash = (start[first] == start[second]) | (start[second] <= end[first] + buffer)
    out = np.zeros(len(instance.pair_person), np.bool_)
    out[pair[clash]] = True
    return out


def _pin_score(instance: Instance) -> int:
    m = len(instance.role_start)
    pins = instance.pin_person.astype(np.int64) * m + instance.pin_role
    pairs = instance.pair_person.astype(np.int64) * m + instance.pair_role if len(pins) else pins
    return int(instance.pair_score[np.isin(pairs, pins)].sum(dtype=np.int64)) if len(pins) else 0

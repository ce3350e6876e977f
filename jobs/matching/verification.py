"""The referee: checks a plan against the raw rows and trusts nothing the solver says. No plan is published
without it.

Shares no code with eligibility, scoring, shortlist or clearing (a machine checks the imports).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from jobs.matching.bounding import sound_premiums
from jobs.matching.instance import Instance, PlanFile
from jobs.matching.judging import Breach, Judge
from jobs.matching.problem import Problem
from jobs.matching.rederivation import Raw, broken_rules, too_close
from jobs.matching.remainder import line_breaches, standby_breaches, unfilled_breaches
from jobs.matching.solution import Solution, Standbys


@dataclass(frozen=True)
class Verdict:
    """What the referee found. `objective` and `bound` are his own figures; `bound` is None without valid
    prices.
    """

    ok: bool
    breaches: tuple[Breach, ...]
    objective: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """(bound - objective) / bound; None without a bound."""
        if self.bound is None:
            return None
        return (self.bound - self.objective) / self.bound if self.bound else 0.0


def verify(problem: Problem, solution: Solution) -> Verdict:
    """Every hard rule, slot, clash, pin, score and the bound of `solution`, worked out again. Never raises
    for a bad plan.
    """
    raw = Raw(problem)
    breaches: list[Breach] = []
    plan = []
    for a in solution.assignments:
        if 0 <= a.person < problem.n_people and 0 <= a.role < problem.n_roles:
            plan.append((a.person, a.role))
        else:
            breaches.append(Breach("unknown_row", {"person": a.person, "role": a.role}))
    breaches += _shape_breaches(plan, list(raw.role["headcount"]), raw.pins)
    judge = Judge(problem, raw)
    waiting = Standbys.of(solution.standby)
    stands_by = judge.doubtful(waiting, plan)
    known = [(person, role) for role, person, _ in stands_by if 0 <= person < problem.n_people]
    scores = judge.scores([*plan, *known])
    breaches += _rule_breaches(raw, judge.suspects(plan))
    breaches += _clash_breaches(raw, judge.entangled(plan))
    breaches += _unit_breaches(problem, raw, plan)
    breaches += [
        Breach(
            "wrong_score",
            {"person": a.person, "role": a.role, "said": a.score, "is": scores[a.person, a.role]},
        )
        for a in solution.assignments
        if scores.get((a.person, a.role), a.score) != a.score
    ]
    objective = sum(scores[pair] for pair in plan)
    if objective != solution.objective:
        breaches.append(Breach("wrong_objective", {"said": solution.objective, "is": objective}))
    breaches += unfilled_breaches(raw, plan, solution)
    breaches += line_breaches(problem.n_roles, waiting)
    breaches += standby_breaches(raw, plan, stands_by, judge, scores)
    if not sound_premiums(raw, solution.premiums):
        breaches.append(Breach("wrong_premiums", {}))
        bound = None
    else:
        bound = judge.bound(solution.prices, solution.premiums, plan)
    if bound is None:
        breaches.append(Breach("wrong_prices", {}))
    elif bound != solution.bound:
        breaches.append(Breach("wrong_bound", {"said": solution.bound, "is": bound}))
    if bound is not None and objective > bound:
        breaches.append(Breach("over_bound", {"objective": objective, "bound": bound}))
    return Verdict(not breaches, tuple(breaches), objective, bound)


def _shape_breaches(
    plan: list[tuple[int, int]], headcount: list[int], pins: list[tuple[int, int]]
) -> list[Breach]:
    out, seen, filled = [], set(), [0] * len(headcount)
    for person, role in plan:
        if (person, role) in seen:
            out.append(Breach("repeated", {"person": person, "role": role}))
        seen.add((person, role))
        filled[role] += 1
    out += [
        Breach("over_headcount", {"role": role, "people": people, "slots": slots})
        for role, (people, slots) in enumerate(zip(filled, headcount, strict=True))
        if people > slots
    ]
    return out + [Breach("pin_moved", {"person": w, "role": o}) for w, o in pins if (w, o) not in seen]


def _rule_breaches(raw: Raw, plan: list[tuple[int, int]]) -> list[Breach]:
    pinned = set(raw.pins)
    return [
        Breach(str(rule), {"person": person, "role": role})
        for person, role in plan
        if (person, role) not in pinned
        for rule in broken_rules(raw, person, role)
    ]


def _clash_breaches(raw: Raw, plan: list[tuple[int, int]]) -> list[Breach]:
    """Two roles of one person, compared each with each. Two pins are people's own affair once confirmed."""
    pinned, out = set(raw.pins), []
    spans = list(zip(*(raw.role[name] for name in ("start", "end", "hub", "part")), strict=True))
    of: dict[int, list[int]] = {}
    for person, role in plan:
        for other in of.setdefault(person, []):
            if (person, role) in pinned and (person, other) in pinned:
                continue
            out += [
                Breach(str(why), {"person": person, "role": role, "other": other})
                for why in too_close(raw.travel, spans[role], spans[other])
            ]
        of[person].append(role)
    return out


def _unit_breaches(problem: Problem, raw: Raw, plan: list[tuple[int, int]]) -> list[Breach]:
    """Some of a unit on a shoot and too few of it; those who were all confirmed before are people's own affair."""
    asked = {"all": lambda unit: len(unit.people), "at_least": lambda unit: unit.least}
    unit_of = {person: at for at, unit in enumerate(problem.units) for person in unit.people}
    there: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for person, role in plan:
        if person in unit_of:
            there.setdefault((unit_of[person], raw.role["shoot"][role]), set()).add((person, role))
    out = []
    for (at, shoot), pairs in sorted(there.items()):
        unit = problem.units[at]
        people = len({person for person, _ in pairs})
        if unit.keep != "split" and people < asked[unit.keep](unit) and not pairs <= set(raw.pins):
            out.append(Breach("unit_split", {"unit": at, "shoot": shoot, "people": people}))
    return out


def verify_instance(instance: Instance, plan: PlanFile) -> Verdict:
    """The same for a plan of a clearing instance: eligibility is the list of pairs there."""
    n, m = instance.n_people, len(instance.role_start)
    breaches: list[Breach] = []
    pairs = []
    for index, pair in enumerate(zip(plan.person.tolist(), plan.role.tolist(), strict=True)):
        if 0 <= pair[0] < n and 0 <= pair[1] < m:
            pairs.append(pair)
        else:
            breaches.append(Breach("unknown_row", {"index": index, "person": pair[0], "role": pair[1]}))
    pins = list(zip(instance.pin_person.tolist(), instance.pin_role.tolist(), strict=True))
    headcount = instance.role_headcount.tolist()
    breaches += _shape_breaches(pairs, headcount, pins)
    scores = _scores_of(instance, pairs + pins)
    pinned, objective = set(pins), 0
    for pair in pairs:
        objective += scores.get(pair, 0)
        if pair not in scores and pair not in pinned:
            breaches.append(Breach("not_eligible", {"person": pair[0], "role": pair[1]}))
    travel = instance.travel_days.tolist()
    spans = list(
        zip(
            instance.role_start.tolist(),
            instance.role_end.tolist(),
            instance.role_place.tolist(),
            strict=True,
        )
    )
    breaches += _instance_clashes(pairs, spans, travel)
    bound = None
    if plan.price is not None:
        prices = plan.price.tolist()
        wrong = [index for index, price in enumerate(prices) if price < 0]
        if wrong:
            breaches.append(Breach("wrong_prices", {"index": wrong[0]}))
        else:
            bound = _instance_bound(instance, plan.price, spans, travel, scores, pins)
            if objective > bound:
                breaches.append(Breach("over_bound", {"objective": objective, "bound": bound}))
    return Verdict(not breaches, tuple(breaches), objective, bound)


def _instance_clashes(pairs: list[tuple[int, int]], spans: list, travel: list[list[int]]) -> list[Breach]:
    """In order of days each role is compared with the next: the triangle condition makes that enough."""
    of: dict[int, set[int]] = {}
    for person, role in pairs:
        of.setdefault(person, set()).add(role)
    return [
        Breach("clash", {"person": person, "role": a, "other": b})
        for person, roles in of.items()
        for a, b in pairwise(sorted(roles, key=lambda role: spans[role]))
        if spans[b][0] <= spans[a][1] + travel[spans[a][2]][spans[b][2]]
    ]


def _scores_of(instance: Instance, wanted: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The scores of those `wanted` pairs that the instance lists."""
    m = max(len(instance.role_start), 1)
    keys = np.unique(np.array([person * m + role for person, role in wanted], np.int64))
    listed = instance.pair_person.astype(np.int64) * m + instance.pair_role
    at = np.flatnonzero(np.isin(listed, keys))
    return {
        (key // m, key % m): score
        for key, score in zip(listed[at].tolist(), instance.pair_score[at].tolist(), strict=True)
    }


def _instance_bound(instance: Instance, price: np.ndarray, spans, travel, scores, pins) -> int:
    """Pairs beside a person's pins only: what clashes with a pin can be in no plan."""
    from jobs.matching.audit import best_values  # compiled: only who checks a file waits for it

    def clash(a: int, b: int) -> bool:
        first, second = (a, b) if spans[a][0] <= spans[b][0] else (b, a)
        return spans[second][0] <= spans[first][1] + travel[spans[first][2]][spans[second][2]]

    held: dict[int, list[int]] = {}
    for person, role in pins:
        held.setdefault(person, []).append(role)
    profit = instance.pair_score - price[instance.pair_role]
    rows = np.flatnonzero(profit > 0)
    if held:
        beside = np.flatnonzero(np.isin(instance.pair_person[rows], np.array(list(held))))
        out = [
            at
            for at in beside.tolist()
            if any(
                clash(int(instance.pair_role[rows[at]]), pin)
                for pin in held[int(instance.pair_person[rows[at]])]
            )
        ]
        rows = np.delete(rows, out)
    role = instance.pair_role[rows]
    total = sum(h * p for h, p in zip(instance.role_headcount.tolist(), price.tolist(), strict=True))
    total += sum(scores.get(pin, 0) - int(price[pin[1]]) for pin in pins)
    return total + best_values(
        instance.pair_person[rows],
        instance.role_start[role],
        instance.role_end[role],
        instance.role_place[role],
        profit[rows],
        instance.travel_days,
    )

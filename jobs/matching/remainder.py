"""The referee's look at what stands beside a plan: the slots that it leaves open, and who stands by for each role."""

from __future__ import annotations

import numpy as np

from jobs.matching.judging import Breach, Judge
from jobs.matching.rederivation import Raw, too_close
from jobs.matching.solution import Solution, Standbys


def unfilled_breaches(raw: Raw, plan: list[tuple[int, int]], solution: Solution) -> list[Breach]:
    """Open slots of each role told once, and the reason that the number of eligible people gives; that number itself
    is not counted again.
    """
    headcount = raw.role["headcount"]
    left = list(headcount)
    for _, role in plan:
        left[role] -= 1
    said: dict[int, int] = {}
    out = []
    for role, slots, reason, eligible in solution.unfilled:
        if role in said or not 0 <= role < len(left):
            out.append(Breach("wrong_unfilled", {"role": role, "said": slots}))
            continue
        said[role] = slots
        enough = "taken_elsewhere" if eligible >= headcount[role] else "too_few_eligible"
        is_reason = enough if eligible else "nobody_eligible"
        if reason != is_reason:
            facts = {"role": role, "said": str(reason), "is": is_reason, "eligible": eligible}
            out.append(Breach("wrong_unfilled", facts))
    out += [
        Breach("wrong_unfilled", {"role": role, "said": said.get(role, 0), "is": slots})
        for role, slots in enumerate(left)
        if slots >= 0 and said.get(role, 0) != slots
    ]
    return out


def line_breaches(roles: int, standby: Standbys) -> list[Breach]:
    """Nobody waits twice for one role, nor behind anybody of a lower score; one line for each role."""
    out = []
    if len(standby) != roles:
        out.append(Breach("wrong_standby", {"lines": len(standby), "roles": roles}))
    role, person = standby.role, standby.person
    wrong = np.zeros(len(role), np.bool_)
    wrong[1:] |= (role[1:] == role[:-1]) & (standby.score[1:] > standby.score[:-1])
    waits = role << 32
    waits += person
    held = np.sort(waits)
    if (held[1:] == held[:-1]).any():
        order = np.argsort(waits)
        wrong[order[1:][np.diff(waits[order]) == 0]] = True
    at = np.flatnonzero(wrong)
    facts = zip(role[at].tolist(), person[at].tolist(), strict=True)
    return out + [Breach("wrong_standby", {"role": one, "person": who}) for one, who in facts]


def standby_breaches(
    raw: Raw,
    plan: list[tuple[int, int]],
    stands_by: list[tuple[int, int, int]],
    judge: Judge,
    scores: dict[tuple[int, int], int],
) -> list[Breach]:
    """Whoever stands by, (role, person, score), may really come: she breaks no rule, is free of this plan, and her
    score is right.
    """
    r, out = raw.role, []
    of: dict[int, list[int]] = {person: [] for _, person, _ in stands_by}
    for person, role in plan if of else ():
        if person in of:
            of[person].append(role)
    for role, person, score in stands_by:
        span = (r["start"][role], r["end"][role], r["hub"][role], r["part"][role])
        beside = [(r["start"][o], r["end"][o], r["hub"][o], r["part"][o]) for o in of[person]]
        held = any(too_close(raw.travel, span, other) for other in beside)
        if held or score != scores.get((person, role)) or judge.barred(person, role):
            out.append(Breach("wrong_standby", {"role": role, "person": person}))
    return out

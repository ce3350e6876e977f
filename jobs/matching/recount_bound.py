"""The referee's bound for large markets: what the prices prove over every pair that the rules allow.

A person looks at the roles of her kinds of work and her hubs, side by side those that name the same skills, by rising
price less everything such a role can add, and stops where even that would earn her nothing: few roles of a nation
concern her at good prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from jobs.matching.columns import DAY, NIGHT
from jobs.matching.problem import Problem
from jobs.matching.recount import THREADS, brings, lean, level_of, score, strike, strike_promised, suits
from jobs.matching.recount_sheet import (
    CREDITS,
    CREW,
    END,
    FLOOR,
    FOR_HEADROOM,
    FOR_MARK,
    FOR_SAME_CREW,
    FOR_SAME_HUB,
    FOR_SKILLS,
    FOR_STAR,
    HUB,
    LAST_CREW,
    LAST_HUB,
    PART,
    PAY,
    SKILL,
    START,
    Sheet,
)

BLOCK = 20_000
# Columns of `Lists.brief`: pay, first and last day, part and crew of a role.
BRIEF_PAY, BRIEF_START, BRIEF_END, BRIEF_PART, BRIEF_CREW = range(5)


class Lists(NamedTuple):
    """The roles as people read them; of two rows, the first is for who has worked before, the second for who has not.
    Kind k of work in hub h: the shelves cut[k * hubs + h]:cut[k * hubs + h + 1], those of roles with the same skills, the
    cheapest first. Shelf s: the entries first[row, s]:first[row, s + 1], by rising `key`, of roles `role` with `brief`;
    they name skills[row, s, 0]:skills[row, s, 1] of `named`.
    """

    cut: np.ndarray
    first: np.ndarray
    skills: np.ndarray
    key: np.ndarray
    role: np.ndarray
    brief: np.ndarray
    named: np.ndarray


def _shelved(sheet: Sheet, group: np.ndarray, groups: int, keys: Sequence[np.ndarray]) -> Lists:
    """The lists of roles by `group` int64[m] of so many; `keys`, by row, say what a person must bring at least."""
    asked = np.ascontiguousarray(sheet.skills[:, SKILL].astype(np.int32))
    spans = np.stack([sheet.first_skill[:-1], sheet.first_skill[1:]], axis=1)
    number: dict[bytes, int] = {}
    same = np.array(
        [number.setdefault(asked[low:high].tobytes(), len(number)) for low, high in spans.tolist()]
    )
    _, shelf = np.unique(group * (len(number) + 1) + same.reshape(-1), return_inverse=True)
    size = int(shelf.max(initial=-1)) + 1
    brief = sheet.role[:, [PAY, START, END, PART, CREW]].astype(np.int32)
    columns = []
    for key in keys:
        least = np.full(size, np.iinfo(np.int64).max)
        np.minimum.at(least, shelf, key)
        order = np.lexsort((key, shelf, least[shelf], group))
        first = np.flatnonzero(np.diff(shelf[order], prepend=-1))
        columns.append((np.append(first, len(order)), spans[order[first]], key[order], order, brief[order]))
    cut = np.searchsorted(np.sort(group)[columns[0][0][:-1]], np.arange(groups + 1))
    first, skills, key, role, brief = (np.stack(column) for column in zip(*columns, strict=True))
    return Lists(cut, first, skills, key, role, brief, asked)


@lean
def _asked(sheet, w, wants, willing, lists, roles):
    """The roles that person w is to be asked about, into `roles`; how many. Where she is paid too little, or not free on
    the first day or the last, or what she knows and where she was earn her nothing, no more is asked.
    """
    her, headroom, day, night, hubs = (
        sheet.person[w], sheet.weights[FOR_HEADROOM], sheet.day, sheet.night, len(willing),
    )  # fmt: skip
    count, always, floor = 0, brings(sheet, w) + _dealt(sheet, w), her[FLOOR]
    row, last = 1 if her[CREDITS] == 0 else 0, _last(sheet, her)
    for kind in range(len(wants)):
        if not wants[kind]:
            continue
        for hub in range(hubs):
            if not willing[hub]:
                continue
            whole = always + suits(sheet, w, hub, kind)
            for shelf in range(lists.cut[kind * hubs + hub], lists.cut[kind * hubs + hub + 1]):
                begin = lists.first[row, shelf]
                if lists.key[row, begin] >= whole:
                    break
                skills = lists.skills[row, shelf]
                most = whole - _unknown(sheet, w, lists.named, skills[0], skills[1])
                for at in range(begin, lists.first[row, shelf + 1]):
                    spare = most - lists.key[row, at]
                    if spare <= 0:
                        break
                    over = lists.brief[row, at, BRIEF_PAY] - floor
                    if over < 0:
                        continue
                    if over < floor:
                        spare -= headroom - headroom * over // floor
                    if last > 0:
                        spare -= last - _followed(sheet, her, hub, lists.brief[row, at, BRIEF_CREW])
                    if spare <= 0:
                        continue
                    there, part = True, lists.brief[row, at, BRIEF_PART]
                    for end in range(BRIEF_START, BRIEF_END + 1):
                        d = lists.brief[row, at, end]
                        there &= part == NIGHT or day[w, d >> 3] >> (7 - (d & 7)) & 1 == 1
                        there &= part == DAY or night[w, d >> 3] >> (7 - (d & 7)) & 1 == 1
                    if there:
                        roles[count] = lists.role[row, at]
                        count += 1
    return count


@lean
def _last(sheet, her):
    """The most that a last shoot may add."""
    weight = sheet.weights
    return (
        max(weight[FOR_SAME_CREW], weight[FOR_SAME_HUB]) if her[LAST_CREW] >= 0 or her[LAST_HUB] >= 0 else 0
    )


@lean
def _followed(sheet, her, hub, crew):
    """What hers may add for a crew in a hub."""
    if her[LAST_CREW] == crew:
        return sheet.weights[FOR_SAME_CREW]
    return sheet.weights[FOR_SAME_HUB] if her[LAST_HUB] == hub else 0


@lean
def _unknown(sheet, w, named, low, high):
    """The points that person w falls short of who has every level of the skills low:high of `named`."""
    held = 0
    for k in range(low, high):
        held += level_of(sheet, w, named[k])
    most = sheet.weights[FOR_SKILLS]
    return most - most * held // (3 * (high - low)) if high > low else 0


@lean
def _earned(
    sheet, wants, willing, lists, price, extra, pin_first, pin_role, buffer, low, high, room
):  # fmt: skip
    """What people low:high, whose rows `wants` and `willing` are, earn at best, all together: for each the best
    conflict-free sum of score and premium less price. `room`: int64[5, m].
    """
    total, roles, points, profit = 0, room[0], room[1], room[2]
    for w in range(low, high):
        count = _asked(sheet, w, wants[w - low], willing[w - low], lists, roles)
        if not count:
            continue
        # What she would earn is asked first: it leaves a few, and the rules are asked about those.
        points[:count] = 1
        score(sheet, w, roles, count, points)
        some = 0
        for i in range(count):
            o = roles[i]
            if points[i] + extra[o] > price[o]:
                roles[some], profit[some] = o, points[i] + extra[o] - price[o]
                some += 1
        strike(sheet, w, roles, some, points)
        strike_promised(sheet, w, roles, some, points)
        for k in range(pin_first[w], pin_first[w + 1]):
            for i in range(some):
                if roles[i] == pin_role[k]:
                    points[i] = 0
        left = 0
        for i in range(some):
            if points[i]:
                roles[left], profit[left] = roles[i], profit[i]
                left += 1
        total += profit[0] if left == 1 else _path(sheet.role, left, buffer, room)
    return total


@lean
def _dealt(sheet, w):
    """The most that a last shoot, marks and stars may add for person w; most people have none of them."""
    weight, most = sheet.weights, _last(sheet, sheet.person[w])
    if sheet.first_dealing[w] < sheet.first_dealing[w + 1]:
        most += weight[FOR_MARK]
    starred = sheet.first_dealing[w] < sheet.first_dealing[w + 1]
    for k in range(sheet.stars.shape[1]):
        starred |= sheet.stars[w, k] > 0
    return most + (weight[FOR_STAR] if starred else 0)


@lean
def _path(role, count, buffer, room):
    """The best conflict-free sum of the first roles of `room`: by last day, each after every earlier one that leaves
    time.
    """
    mine, profit, order, value, best = room[0], room[2], room[3], room[4], 0
    for i in range(count):
        at = i
        while at > 0 and role[mine[order[at - 1]], END] > role[mine[i], END]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = i
    for i in range(count):
        b = mine[order[i]]
        before = 0
        for j in range(i):
            a = mine[order[j]]
            gap = buffer[role[a, HUB] * 3 + role[a, PART] - 1, role[b, HUB] * 3 + role[b, PART] - 1]
            if role[b, START] > role[a, END] + gap and value[j] > before:
                before = value[j]
        value[i] = before + profit[order[i]]
        best = max(best, value[i])
    return best


def bound_over_all(
    problem: Problem,
    sheet: Sheet,
    prices: Sequence[int],
    extra: Sequence[int],
    plan: Sequence[tuple[int, int]],
) -> int:
    """The most points of any plan that fills as well and as early as `plan`; see `bounding.bound_again`."""
    price, more = np.array(prices, np.int64), np.array(extra, np.int64)
    r, w = problem.roles, problem.weights
    hubs = max(1, len(problem.vocabulary.hubs))
    named = np.diff(sheet.first_skill) > 0
    # One more than a role can add: a score is never below 1. By row: who has worked before, and who has not.
    usual = price - more - 1 - w.headroom - named * w.skills
    keys = (usual, usual - r.entry_level * w.first_job)
    group = r.role_type.astype(np.int64) * hubs + r.hub
    lists = _shelved(sheet, group, problem.people.wants.shape[1] * hubs, keys)
    order = np.argsort(problem.pin_person, kind="stable")
    pin_first = np.searchsorted(problem.pin_person[order], np.arange(problem.n_people + 1))
    pin_role = problem.pin_role[order]
    travel = np.repeat(np.repeat(sheet.travel, 3, axis=0), 3, axis=1)
    part = np.arange(len(travel)) % 3 + 1
    tired = (part != DAY)[:, None] & (part != NIGHT)[None, :]
    buffer = np.where(tired & (travel == 0), 1, travel)

    def one(low: int) -> int:
        high = min(low + BLOCK, problem.n_people)
        wants, willing = (
            np.ascontiguousarray(x[low:high]) for x in (problem.people.wants, problem.people.willing)
        )
        return _earned(
            sheet, wants, willing, lists, price, more, pin_first, pin_role, buffer, low, high,
            np.empty((5, problem.n_roles), np.int64),
        )  # fmt: skip

    with ThreadPoolExecutor(THREADS) as pool:
        earned = sum(pool.map(one, range(0, problem.n_people, BLOCK)))
    whole = int((r.headcount.astype(np.int64) * price).sum()) + earned
    for person, role in zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True):
        whole += _pinned(sheet, person, role) + int(more[role] - price[role])
    return whole - int(sum(more[role] for _, role in plan))


def _pinned(sheet: Sheet, person: int, role: int) -> int:
    """The score of a pin, which no rule is asked about again."""
    points = np.ones(1, np.int64)
    score(sheet, person, np.array([role], np.int64), 1, points)
    return int(points[0])

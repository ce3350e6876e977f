"""The rules once more, for the verifier: plain loops over raw rows, nothing shared with the solver.

Written from the definitions and not from `eligibility` or `scoring`, on purpose: a mistake must be made
twice, in two ways, to pass. Only the codes of `Barrier` are common.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from jobs.matching.barriers import Barrier
from jobs.matching.problem import Problem


class Plain:
    """A column that gives its rows as plain numbers and lists, the one row that is asked for."""

    def __init__(self, column: np.ndarray) -> None:
        self.column = column

    def __len__(self) -> int:
        return len(self.column)

    def __getitem__(self, row: int) -> Any:
        return self.column[row].tolist()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.column.tolist())


class Raw:
    """The columns of a problem as plain lists."""

    def __init__(self, problem: Problem) -> None:
        self.person = {f.name: Plain(getattr(problem.people, f.name)) for f in fields(problem.people)}
        self.role = {f.name: Plain(getattr(problem.roles, f.name)) for f in fields(problem.roles)}
        self.travel = problem.travel_days.tolist()
        self.first_day = problem.window_start
        self.weights = problem.weights
        self.blocks = set(zip(problem.block_person.tolist(), problem.block_company.tolist(), strict=True))
        self.pins = list(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
        self.marks = {
            (w, c): mark
            for w, c, mark in zip(
                problem.mark_person.tolist(),
                problem.mark_company.tolist(),
                problem.mark.tolist(),
                strict=True,
            )
        }
        self.likes = set(zip(problem.star_person.tolist(), problem.star_company.tolist(), strict=True))
        self.promised: dict[
            int, list[tuple[int, int, int, int, int]]
        ] = {}  # person -> (first, last, hub, part, role or -1)
        p, r = self.person, self.role
        for row in zip(
            p["booked_person"],
            p["booked_start"],
            p["booked_end"],
            p["booked_hub"],
            p["booked_part"],
            strict=True,
        ):
            self.promised.setdefault(row[0], []).append((*row[1:], -1))
        self.pins_of: dict[int, list[int]] = {}
        for who, o in self.pins:
            self.pins_of.setdefault(who, []).append(o)
            self.promised.setdefault(who, []).append(
                (r["start"][o], r["end"][o], r["hub"][o], r["part"][o], o)
            )


def full_years(born: int, day: dt.date) -> int:
    """Birthdays had by `day`; 29 February has its birthday on 1 March in common years."""
    birth = dt.date.fromordinal(born)
    years = 0
    while True:
        year = birth.year + years + 1
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        month, number = (
            (3, 1) if (birth.month, birth.day) == (2, 29) and not leap else (birth.month, birth.day)
        )
        if dt.date(year, month, number) > day:
            return years
        years += 1


def broken_rules(raw: Raw, w: int, o: int) -> Iterator[Barrier]:
    """Every rule that person w on role o would break, one after the other, so that a caller may stop at the
    first.
    """
    p, r = raw.person, raw.role
    if not p["wants"][w][r["role_type"][o]]:
        yield Barrier.WRONG_ROLE_TYPE
    if not p["willing"][w][r["hub"][o]]:
        yield Barrier.HUB_NOT_WANTED
    if r["day_rate"][o] < p["rate_floor"][w]:
        yield Barrier.RATE_FLOOR
    lacks = low = False
    for needed, level in zip(r["must"][o], p["skills"][w], strict=True):
        if needed and not level:
            lacks = True
        elif level < needed:
            low = True
    if lacks:
        yield Barrier.MISSING_SKILL
    if low:
        yield Barrier.SKILL_LEVEL
    spoken = {i for i, speaks in enumerate(p["languages"][w]) if speaks}
    every = {i for i, asked in enumerate(r["speaks_all"][o]) if asked}
    some = {i for i, asked in enumerate(r["speaks_any"][o]) if asked}
    if every - spoken or (some and not some & spoken):
        yield Barrier.LANGUAGE
    for day in range(r["start"][o], r["end"][o] + 1):
        if (r["part"][o] in (1, 3) and not p["free_day"][w][day]) or (
            r["part"][o] in (2, 3) and not p["free_night"][w][day]
        ):
            yield Barrier.NOT_FREE
            break
    yield from _age_rules(raw, w, o)
    if r["category"][o] in (1, 2):
        yield from _character_rules(raw, w, o)
    yield from _promise_rules(raw, w, o)
    if (w, r["company"][o]) in raw.blocks:
        yield Barrier.BLOCKED


def _age_rules(raw: Raw, w: int, o: int) -> Iterator[Barrier]:
    born = raw.person["birth_day"][w]
    if born == 0:
        yield Barrier.AGE_UNKNOWN
        return
    first = raw.first_day + dt.timedelta(days=raw.role["start"][o])
    if born + 19 * 366 < first.toordinal():  # surely of age; counting birthdays is slow
        return
    years = full_years(born, first) if born <= first.toordinal() else -1
    if years < 16:
        yield Barrier.TOO_YOUNG
    if 16 <= years < 18 and not raw.person["guardian_consent"][w]:
        yield Barrier.GUARDIAN_CONSENT
    if years < 18 and raw.role["part"][o] in (2, 3):
        yield Barrier.NIGHT_MINOR
    if years < 18 and raw.role["hazard"][o]:
        yield Barrier.HAZARD_MINOR


def _character_rules(raw: Raw, w: int, o: int) -> Iterator[Barrier]:
    p, r = raw.person, raw.role
    if r["age_max"][o]:
        plays = range(p["playable_min"][w], p["playable_max"][w] + 1) if p["playable_max"][w] else range(0)
        if not any(r["age_min"][o] <= age <= r["age_max"][o] for age in plays):
            yield Barrier.CHARACTER_AGE
    if r["sex"][o] in (1, 2) and p["sex"][w] != r["sex"][o]:
        yield Barrier.CHARACTER_SEX
    least, most, tall = r["height_min"][o], r["height_max"][o], p["height_cm"][w]
    if (least or most) and not (tall and tall >= least and tall <= (most or 999)):
        yield Barrier.HEIGHT
    if r["start"][o] <= p["appearance_until"][w]:
        yield Barrier.APPEARANCE
    if r["look"][o]:
        kept = [(p["look"][w], p["look_until"][w])] if p["look"][w] else []
        kept += [
            (r["look"][other], r["end"][other])
            for other in raw.pins_of.get(w, ())
            if other != o and r["look"][other] and r["category"][other] in (1, 2)
        ]
        if any(look != r["look"][o] and until >= r["start"][o] for look, until in kept):
            yield Barrier.LOOK_KEPT


def _promise_rules(raw: Raw, w: int, o: int) -> Iterator[Barrier]:
    r = raw.role
    mine = (r["start"][o], r["end"][o], r["hub"][o], r["part"][o])
    found = {
        why
        for *other, role in raw.promised.get(w, ())
        if role != o
        for why in too_close(raw.travel, mine, tuple(other))
    }
    yield from sorted(found)


def too_close(travel: list[list[int]], a: tuple[int, ...], b: tuple[int, ...]) -> list[Barrier]:
    """What keeps one person from two spans (first day, last day, hub, part), in whichever order they come."""
    if a[0] > b[0]:
        a, b = b, a
    if b[0] <= a[1]:
        return [Barrier.BOOKED]
    found = []
    if b[0] <= a[1] + travel[a[2]][b[2]]:
        found.append(Barrier.TRAVEL)
    if b[0] == a[1] + 1 and a[3] in (2, 3) and b[3] in (1, 3):
        found.append(Barrier.REST)
    return found


def score_again(raw: Raw, w: int, o: int) -> int:
    """The score of a pair, from the definitions of the soft rules."""
    p, r, weight = raw.person, raw.role, raw.weights
    named = [
        level
        for level, must, nice in zip(p["skills"][w], r["must"][o], r["nice"][o], strict=True)
        if must or nice
    ]
    points = weight.skills * sum(named) // (3 * len(named)) if named else 0
    points += weight.experience * p["credits"][w] // (p["credits"][w] + 4)
    points += weight.reliability * p["reliability"][w] // 200
    home, hub = p["home_hub"][w], r["hub"][o]
    if home == hub:
        points += weight.near_home
    elif home != -1 and raw.travel[home][hub] < 2:
        points += weight.near_day
    else:
        points += weight.near_far
    if p["primary"][w] == r["role_type"][o]:
        points += weight.primary
    if p["last_company"][w] == r["company"][o]:
        points += weight.same_company
    elif p["last_hub"][w] == hub and 0 <= r["start"][o] - p["last_end"][w] <= 30:
        points += weight.same_hub
    if r["entry_level"][o] and not p["credits"][w]:
        points += weight.first_job
    mark = raw.marks.get((w, r["company"][o]))
    if mark is not None:
        points += weight.marked * (mark + mark - 7) // 5
    if (w, r["company"][o]) in raw.likes:
        points += weight.starred
    elif p["stars"][w][r["role_type"][o]]:
        points += weight.starred // 2
    floor, offered = p["rate_floor"][w], r["day_rate"][o]
    if floor == 0:
        points += weight.headroom
    elif offered > floor:
        points += weight.headroom * min(offered - floor, floor) // floor
    return max(1, min(points, 1100))

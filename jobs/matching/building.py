"""From readable rows to the columns of a problem: codes become positions, dates become days of the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

import numpy as np

from jobs.matching.columns import NEVER, InvalidProblem, People, Roles
from jobs.matching.problem import Problem, Unit, Vocabulary, Weights
from jobs.matching.rows import Code, PersonRow, RoleRow


class _Index:
    """Codes of one kind in a fixed order, whatever the order of the rows."""

    def __init__(self, codes: Iterable[Code | None]) -> None:
        self.codes = tuple(sorted({c for c in codes if c is not None}, key=lambda c: (isinstance(c, str), c)))
        self.at = {code: index for index, code in enumerate(self.codes)}

    def of(self, codes: Iterable[Code | None]) -> np.ndarray:
        """int32 positions; -1 for None."""
        return np.array([-1 if c is None else self.at[c] for c in codes], np.int32)

    def table(self, rows: list[Iterable[Code]]) -> np.ndarray:
        """bool[rows, codes]."""
        out = np.zeros((len(rows), len(self.codes)), np.bool_)
        for index, row in enumerate(rows):
            for code in row:
                out[index, self.at[code]] = True
        return out

    def levels(self, name: str, rows: list[Mapping[Code, int] | None]) -> np.ndarray:
        """uint8[rows, codes]; raises `InvalidProblem` for a level outside 1..3."""
        out = np.zeros((len(rows), len(self.codes)), np.uint8)
        for index, row in enumerate(rows):
            for code, level in (row or {}).items():
                if level not in (1, 2, 3):
                    raise InvalidProblem(name, index, f"level {level!r} of {code!r} is not within 1..3")
                out[index, self.at[code]] = level
        return out


def build_problem(
    *,
    window_start: dt.date,
    days: int,
    people: Iterable[PersonRow],
    roles: Iterable[RoleRow],
    travel_days: Mapping[tuple[Code, Code], int] | None = None,
    pins: Iterable[tuple[int, int]] = (),
    blocks: Iterable[tuple[int, Code]] = (),
    marks: Iterable[tuple[int, Code, int]] = (),
    stars: Iterable[tuple[int, Code]] = (),
    units: Iterable[tuple[Iterable[int], str, int]] = (),
    weights: Weights | None = None,
) -> Problem:
    """A checked `Problem` from readable rows.

    `travel_days[(a, b)]`: full days between hubs; a pair not given counts as its reverse, else 0 within a hub
    and 1 between two. `pins`: (person id, role id); `blocks`: (person id, company), either side may have
    asked for it. `marks`: (person id, company, 1 never again .. 6 any time); `stars`: (person id, company);
    `units`: (person ids, "all" | "at_least" | "split", least). Raises `InvalidProblem`.
    """
    persons, openings = list(people), list(roles)
    travel_days = travel_days or {}
    blocks, marks, stars = list(blocks), list(marks), list(stars)
    companies = [c for _, c in [*blocks, *stars]] + [c for _, c, _ in marks]
    index = _codes(persons, openings, companies, travel_days)
    person_at = {p.id: i for i, p in enumerate(persons)}
    role_at = {r.id: i for i, r in enumerate(openings)}
    pinned = _positions("pins", pins, person_at, role_at)
    barred = _positions("blocks", blocks, person_at, index["C"].at)
    marked = _positions("marks", [(w, c) for w, c, _ in marks], person_at, index["C"].at)
    starred = _positions("stars", stars, person_at, index["C"].at)
    return Problem(
        window_start=window_start,
        days=days,
        vocabulary=Vocabulary(*(index[kind].codes for kind in "TSPLCK")),
        people=_people(persons, index, window_start, days),
        roles=_roles(openings, index, window_start),
        travel_days=_travel(index["P"], travel_days),
        pin_person=pinned[:, 0].copy(),
        pin_role=pinned[:, 1].copy(),
        block_person=barred[:, 0].copy(),
        block_company=barred[:, 1].copy(),
        mark_person=marked[:, 0].copy(),
        mark_company=marked[:, 1].copy(),
        mark=np.array([mark for _, _, mark in marks], np.int32),
        star_person=starred[:, 0].copy(),
        star_company=starred[:, 1].copy(),
        units=_units(units, person_at),
        weights=weights or Weights(),
    )


def _codes(
    persons: list[PersonRow],
    openings: list[RoleRow],
    companies: Iterable[Code],
    travelled: Iterable[tuple[Code, Code]],
) -> dict[str, _Index]:
    """The codes of each kind that anything names, by the letter of their length."""
    return {
        "T": _Index(
            [c for p in persons for c in (*p.wants, p.primary, *p.starred_types)]
            + [r.role_type for r in openings]
        ),
        "S": _Index(
            [c for p in persons for c in p.skills or ()]
            + [c for r in openings for c in (*(r.must_skills or ()), *r.nice_skills)]
        ),
        "P": _Index(
            [
                c
                for p in persons
                for c in (p.home_hub, p.last_hub, *p.willing_hubs, *(b.hub for b in p.booked))
            ]
            + [r.hub for r in openings]
            + [c for pair in travelled for c in pair]
        ),
        "L": _Index(
            [c for p in persons for c in p.languages]
            + [c for r in openings for c in (*r.languages_all, *r.languages_any)]
        ),
        "C": _Index([p.last_company for p in persons] + [r.company for r in openings] + list(companies)),
        "K": _Index([p.look for p in persons] + [r.look for r in openings]),
    }


def _positions(name: str, pairs: Iterable[tuple[int, Code]], left: Mapping, right: Mapping) -> np.ndarray:
    out = []
    for index, (a, b) in enumerate(pairs):
        if a not in left or b not in right:
            raise InvalidProblem(
                name, index, f"names {a if a not in left else b!r}, which is not in this problem"
            )
        out.append((left[a], right[b]))
    return np.array(out, np.int32).reshape(-1, 2)


def _units(units: Iterable[tuple[Iterable[int], str, int]], person_at: Mapping[int, int]) -> tuple[Unit, ...]:
    out = []
    for index, (ids, keep, least) in enumerate(units):
        people = list(ids)
        for each in people:
            if each not in person_at:
                raise InvalidProblem("units", index, f"names {each}, which is not in this problem")
        out.append(Unit(tuple(person_at[each] for each in people), cast(Any, keep), least))
    return tuple(out)


def _travel(hubs: _Index, given: Mapping[tuple[Code, Code], int]) -> np.ndarray:
    out = 1 - np.eye(len(hubs.codes), dtype=np.int32)
    for (a, b), length in given.items():
        out[hubs.at[a], hubs.at[b]] = length
        if (b, a) not in given:
            out[hubs.at[b], hubs.at[a]] = length
    return out


def _day(date: dt.date | None, origin: dt.date) -> int:
    return NEVER if date is None else (date - origin).days


def _free(persons: list[PersonRow], origin: dt.date, days: int, part: int) -> np.ndarray:
    out = np.zeros((len(persons), days), np.bool_)
    for index, person in enumerate(persons):
        for span in person.free:
            if span.part & part:
                out[index, max(0, _day(span.first, origin)) : max(0, _day(span.last, origin) + 1)] = True
    return out


def _people(persons: list[PersonRow], index: dict[str, _Index], origin: dt.date, days: int) -> People:
    booked = [(i, b) for i, p in enumerate(persons) for b in p.booked]

    def numbers(values: Iterable[int], dtype: type = np.int32) -> np.ndarray:
        return np.array(list(values), dtype)

    return People(
        person_ids=numbers((p.id for p in persons), np.int64),
        wants=index["T"].table([p.wants for p in persons]),
        primary=index["T"].of(p.primary for p in persons),
        skills=index["S"].levels("people.skills", [p.skills for p in persons]),
        rate_floor=numbers((p.rate_floor for p in persons), np.int64),
        home_hub=index["P"].of(p.home_hub for p in persons),
        willing=index["P"].table([p.willing_hubs for p in persons]),
        languages=index["L"].table([p.languages for p in persons]),
        birth_day=numbers((p.born.toordinal() if p.born else 0 for p in persons), np.int64),
        guardian_consent=numbers((p.guardian_consent for p in persons), np.bool_),
        sex=numbers((p.sex for p in persons), np.int8),
        playable_min=numbers(((p.playable_ages or (0, 0))[0] for p in persons), np.int16),
        playable_max=numbers(((p.playable_ages or (0, 0))[1] for p in persons), np.int16),
        height_cm=numbers((p.height_cm for p in persons), np.int16),
        appearance_until=numbers(_day(p.appearance_until, origin) for p in persons),
        free_day=_free(persons, origin, days, 1),
        free_night=_free(persons, origin, days, 2),
        credits=numbers(p.credits for p in persons),
        reliability=numbers((p.reliability for p in persons), np.int16),
        last_company=index["C"].of(p.last_company for p in persons),
        last_hub=index["P"].of(p.last_hub for p in persons),
        last_end=numbers(_day(p.last_end, origin) for p in persons),
        waiting_days=numbers(p.waiting_days for p in persons),
        booked_person=numbers(i for i, _ in booked),
        booked_start=numbers(_day(b.first, origin) for _, b in booked),
        booked_end=numbers(_day(b.last, origin) for _, b in booked),
        booked_hub=index["P"].of(b.hub for _, b in booked),
        booked_part=numbers((b.part for _, b in booked), np.int8),
        look=(index["K"].of(p.look for p in persons) + 1).astype(np.int8),
        look_until=numbers(_day(p.look_until, origin) for p in persons),
        stars=index["T"].table([p.starred_types for p in persons]),
    )


def _roles(openings: list[RoleRow], index: dict[str, _Index], origin: dt.date) -> Roles:
    def numbers(values: Iterable[int], dtype: type = np.int32) -> np.ndarray:
        return np.array(list(values), dtype)

    return Roles(
        role_ids=numbers((r.id for r in openings), np.int64),
        shoot=numbers((r.shoot for r in openings), np.int64),
        company=index["C"].of(r.company for r in openings),
        role_type=index["T"].of(r.role_type for r in openings),
        category=numbers((r.category for r in openings), np.int8),
        start=numbers(_day(r.first, origin) for r in openings),
        end=numbers(_day(r.last, origin) for r in openings),
        part=numbers((r.part for r in openings), np.int8),
        hub=index["P"].of(r.hub for r in openings),
        headcount=numbers(r.headcount for r in openings),
        day_rate=numbers((r.day_rate for r in openings), np.int64),
        must=index["S"].levels("roles.must", [r.must_skills for r in openings]),
        nice=index["S"].table([r.nice_skills for r in openings]),
        speaks_all=index["L"].table([r.languages_all for r in openings]),
        speaks_any=index["L"].table([r.languages_any for r in openings]),
        age_min=numbers(((r.ages or (0, 0))[0] for r in openings), np.int16),
        age_max=numbers(((r.ages or (0, 0))[1] for r in openings), np.int16),
        sex=numbers((r.sex for r in openings), np.int8),
        height_min=numbers(((r.heights or (0, 0))[0] for r in openings), np.int16),
        height_max=numbers(((r.heights or (0, 0))[1] for r in openings), np.int16),
        entry_level=numbers((r.entry_level for r in openings), np.bool_),
        hazard=numbers((r.hazard for r in openings), np.bool_),
        urgency=numbers(max(0, _day(r.first, origin)) if r.urgency is None else r.urgency for r in openings),
        look=(index["K"].of(r.look for r in openings) + 1).astype(np.int8),
    )

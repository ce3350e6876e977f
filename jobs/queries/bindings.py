"""What binds people in a problem beside their own words: units that move together, pins set by hand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Q, QuerySet

from jobs.enums import OFFER_LIVE, UnitKeep
from jobs.matching.eligibility import barriers
from jobs.matching.explanation import clash
from jobs.matching.problem import Problem
from jobs.matching.problem import Unit as EngineUnit
from jobs.models import Offer, Pin, Role, Shoot, Unit, UnitMember
from profiles.models import Profile

UnitRow = tuple[Collection[int], str, int]
"""(profile ids, term, least) of people who move together."""


@dataclass(frozen=True)
class Bound:
    """A unit as the engine sees it: the people who agreed to its term, by profile id, ascending."""

    unit: Unit
    people: tuple[int, ...]

    @property
    def needed(self) -> int:
        """How many of them must be on a shoot where any of them is."""
        return needed(self.unit, len(self.people))

    @property
    def row(self) -> UnitRow:
        least = min(self.unit.least, len(self.people)) if self.unit.keep == UnitKeep.AT_LEAST else 0
        return self.people, self.unit.keep, least


def needed(unit: Unit, members: int) -> int:
    """How many of `members` people have to come for the term of their unit."""
    wanted = {UnitKeep.ALL: members, UnitKeep.AT_LEAST: unit.least, UnitKeep.SPLIT: 1}[UnitKeep(unit.keep)]
    return max(1, min(wanted, members))


def bound(profile_ids: Collection[int] | QuerySet | None, *, only_firm: bool = True) -> list[Bound]:
    """Return the units of two or more who agreed, in which any of these people is (None: all units); one query.

    `only_firm` leaves out those who may be split.
    """
    seats = UnitMember.objects.filter(
        left_at__isnull=True, agreed_at__isnull=False, unit__ended_at__isnull=True
    )
    rows = seats.select_related("unit").order_by("unit_id", "profile_id")
    if profile_ids is not None:
        rows = rows.filter(unit__in=seats.filter(profile__in=profile_ids).values("unit"))
    if only_firm:
        rows = rows.exclude(unit__keep=UnitKeep.SPLIT)
    people: dict[int, tuple[Unit, list[int]]] = {}
    for seat in rows:
        people.setdefault(seat.unit_id, (seat.unit, []))[1].append(seat.profile_id)
    return [Bound(unit, tuple(ids)) for unit, ids in people.values() if len(ids) > 1]


def bound_unit(unit: Unit) -> Bound | None:
    """The people of one unit who agreed, as it stands now, or None where it binds nobody (yet); two queries."""
    unit = Unit.objects.get(pk=unit.pk)
    seats = UnitMember.objects.filter(unit=unit, left_at__isnull=True, agreed_at__isnull=False)
    people = tuple(seats.order_by("profile_id").values_list("profile_id", flat=True))
    return Bound(unit, people) if len(people) > 1 and unit.ended_at is None else None


@dataclass(frozen=True)
class Bindings:
    """What binds the people of a problem; `also` are profile ids that must be in it."""

    units: list[UnitRow]
    pins: list[tuple[int, int]]
    also: set[int]


def of_shoot(shoot: Shoot, roles: list[Role], wanted: Q) -> Bindings:
    """Return pins and units for the problem of a shoot's open `roles`; `wanted` are the people it has without them.

    A unit of which somebody is asked or booked on the shoot binds nobody there any more. Two queries, a third where
    there are units.
    """
    kept = Pin.objects.filter(role__in=[each.pk for each in roles]).order_by("made_at", "pk")
    pins = list(kept.values_list("profile_id", "role_id"))
    people = Profile.objects.filter(
        wanted | Q(pk__in=[person for person, _role in pins]), listed=True, user__is_active=True
    )
    units = bound(people.values("pk"))
    if units:
        on_shoot = Offer.objects.filter(role__shoot=shoot, state__in=OFFER_LIVE)
        there = set(
            on_shoot.filter(profile__in=[p for each in units for p in each.people]).values_list(
                "profile_id", flat=True
            )
        )
        units = [each for each in units if there.isdisjoint(each.people)]
    also = {person for person, _role in pins} | {person for each in units for person in each.people}
    return Bindings([each.row for each in units], pins, also)


def with_units(problem: Problem, rows: Iterable[UnitRow]) -> Problem:
    """Return the problem with these units in it.

    Where too few of a unit are in the problem for its term, the others want nothing: to seat them would part them.
    """
    rows = list(rows)
    at = _places(problem.people.person_ids, {person for ids, _keep, _least in rows for person in ids})
    units: list[EngineUnit] = []
    idle: list[int] = []
    for ids, keep, least in rows:
        here = tuple(at[each] for each in sorted(ids) if each in at)
        asked = {"all": len(ids), "at_least": least}.get(keep, 1)
        if len(here) < asked:
            idle += here
        elif len(here) > 1 and keep in ("all", "at_least", "split"):
            units.append(EngineUnit(here, keep, least))  # type: ignore[arg-type]
    if idle:
        wants = problem.people.wants.copy()
        wants[idle] = False
        problem = replace(problem, people=replace(problem.people, wants=wants))
    return replace(problem, units=tuple(units)) if units else problem


def _places(ids: np.ndarray, wanted: Collection[int]) -> dict[int, int]:
    """Where those of `wanted` that are among `ids` stand; a nation has more ids than one wants to list."""
    at = np.flatnonzero(np.isin(ids, np.array(sorted(wanted), np.int64)))
    return dict(zip(ids[at].tolist(), at.tolist(), strict=True))


def with_pins(problem: Problem, pairs: Iterable[tuple[int, int]]) -> Problem:
    """Return the problem with these (profile id, role id) pinned: each takes a place, in this order.

    A pin that a hard rule forbids today, that finds no place or clashes with another one is left aside.
    """
    pairs = list(pairs)
    people = _places(problem.people.person_ids, {person for person, _role in pairs})
    roles = _places(problem.roles.role_ids, {role for _person, role in pairs})
    left = problem.roles.headcount.tolist()
    held: dict[int, list[int]] = {}
    for profile_id, role_id in pairs:
        if profile_id not in people or role_id not in roles:
            continue
        person, role = people[profile_id], roles[role_id]
        mine = held.setdefault(person, [])
        if (
            left[role] > 0
            and not barriers(problem, person, role)
            and not any(clash(problem, role, o) for o in mine)
        ):
            left[role] -= 1
            mine.append(role)
    pins = [(person, role) for person, mine in held.items() for role in mine]
    if not pins:
        return problem
    table = np.array(pins, np.int32)
    return replace(problem, pin_person=table[:, 0].copy(), pin_role=table[:, 1].copy())

"""What each thing she could still say would gain her: open roles, counted by the engine, not guessed.

Every open role is held against her once. A role that exactly one thing keeps her from is counted for that thing. What she
has not said at all yet (trades, places, days) keeps her from everything, so it is counted for by itself and left aside
when the rest is counted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.enums import ShootState
from jobs.matching import Barrier
from jobs.models import Role, on_the_list
from jobs.queries import problems
from jobs.queries.roles import with_place
from profiles.models import Profile

MOST_ROLES = 1000
"""The most urgent open roles that one count looks at."""

BEST_OF_A_KIND = 3
RATE_STEP = 50

CARD = {Barrier.CHARACTER_AGE, Barrier.CHARACTER_SEX, Barrier.HEIGHT}
NEVER_HERS = {Barrier.BLOCKED, Barrier.AGE_UNKNOWN, Barrier.TOO_YOUNG}


@dataclass(frozen=True)
class Gain:
    """`roles` more she could take. `kind`: role_type, hub, skill, level, language, rate, nights, days or card.

    `code` is the row's code or slug, for a rate the floor in yuan, for days the day as ISO; "" where nothing is named.
    """

    kind: str
    code: str
    roles: int


@dataclass(frozen=True)
class Gains:
    """`open`: roles looked at. `now`: those she may take. `waiting`: those that only unsaid sections hide."""

    open: int
    now: int
    waiting: int
    each: list[Gain]

    def of(self, *kinds: str) -> list[Gain]:
        return [gain for gain in self.each if gain.kind in kinds]


def gains(*, profile: Profile, now: datetime) -> Gains:
    """Count for one person. A fixed number of queries; `each` is in order of what it brings."""
    rows = list(
        with_place(Role.objects)
        .filter(
            on_the_list(),
            shoot__state=ShootState.OPEN,
            filled__lt=F("headcount"),
            days__startswith__gt=shoot_day_of(now),
        )
        .order_by("days__startswith", "pk")[:MOST_ROLES]
    )
    if not rows:
        return Gains(0, 0, 0, [])
    problem = problems.build(
        roles=rows,
        slots={role.pk: max(1, role.open_slots) for role in rows},
        people=Profile.objects.filter(pk=profile.pk),
        today=shoot_day_of(now),
        offers_block=False,
    )
    counted = _Count(unsaid=_unsaid(profile, shoot_day_of(now)))
    for place, role in enumerate(rows):
        counted.take(role, {fact.barrier: fact.facts for fact in engine.barriers(problem, 0, place)})
    return Gains(len(rows), counted.now, counted.waiting, counted.best(profile))


def _unsaid(profile: Profile, today: date) -> set[Barrier]:
    """Barriers of sections about which she has said nothing yet."""
    unsaid = set()
    if not profile.wanted.exists():
        unsaid.add(Barrier.WRONG_ROLE_TYPE)
    if profile.home_hub_id is None and not profile.willing_hubs.exists():
        unsaid.add(Barrier.HUB_NOT_WANTED)
    if not profile.availabilities.filter(days__endswith__gt=today).exists():
        unsaid.add(Barrier.NOT_FREE)
    return unsaid


class _Count:
    """Roles by what alone keeps her from them."""

    def __init__(self, unsaid: set[Barrier]) -> None:
        self.unsaid = unsaid
        self.now = self.waiting = self.nights = self.card = 0
        self.by: dict[str, Counter[str]] = {
            kind: Counter() for kind in ("role_type", "hub", "skill", "level", "language", "days")
        }
        self.rates: list[int] = []

    def take(self, role: Role, barriers: dict[Barrier, Any]) -> None:
        if not barriers:
            self.now += 1
            return
        left = set(barriers) - self.unsaid
        if left & NEVER_HERS:
            return
        if not left:
            self.waiting += 1
            if Barrier.WRONG_ROLE_TYPE in barriers:
                self._role_type(role)
            if Barrier.HUB_NOT_WANTED in barriers:
                self.by["hub"][role.shoot.base.hub.slug] += 1
        elif left <= CARD or (left <= CARD | {Barrier.WRONG_ROLE_TYPE} and left & CARD):
            self.card += 1
        elif len(left) == 1:
            (barrier,) = left
            self._one(role, barrier, barriers[barrier])

    def _one(self, role: Role, barrier: Barrier, facts: Any) -> None:
        if barrier == Barrier.WRONG_ROLE_TYPE:
            self._role_type(role)
        elif barrier == Barrier.HUB_NOT_WANTED:
            self.by["hub"][role.shoot.base.hub.slug] += 1
        elif barrier == Barrier.RATE_FLOOR:
            self.rates.append(facts["offered"])
        elif barrier == Barrier.MISSING_SKILL and len(facts["skills"]) == 1:
            self.by["skill"][facts["skills"][0]] += 1
        elif barrier == Barrier.SKILL_LEVEL and len(facts["skills"]) == 1:
            self.by["level"][facts["skills"][0]["skill"]] += 1
        elif barrier == Barrier.LANGUAGE:
            self._language(facts)
        elif barrier == Barrier.NOT_FREE:
            self._not_free(facts)

    def _role_type(self, role: Role) -> None:
        # Nobody becomes a director by ticking a box: only trades that take first-timers are held out to her.
        if role.entry_level or role.role_type.entry_level:
            self.by["role_type"][role.role_type.code] += 1

    def _language(self, facts: Any) -> None:
        missing, one_of = facts["missing"], facts["one_of"]
        if len(missing) == 1 and not one_of:
            self.by["language"][missing[0]] += 1
        elif not missing:
            self.by["language"].update(one_of)

    def _not_free(self, facts: Any) -> None:
        days, nights = facts["days"], facts["nights"]
        if not days:
            self.nights += 1
        elif len(set(days) | set(nights)) == 1:
            self.by["days"][days[0]] += 1

    def best(self, profile: Profile) -> list[Gain]:
        found = [
            Gain(kind, str(code), roles)
            for kind, counter in self.by.items()
            for code, roles in _first(counter, BEST_OF_A_KIND)
        ]
        if step := _rate(self.rates, profile.day_rate_floor):
            found.append(step)
        if self.nights:
            found.append(Gain("nights", "", self.nights))
        if self.card:
            found.append(Gain("card", "", self.card))
        return sorted(found, key=lambda gain: (-gain.roles, gain.kind, gain.code))


def _first(counter: Counter[str], most: int) -> Iterable[tuple[str, int]]:
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def _rate(offered: list[int], floor: int) -> Gain | None:
    """The smallest step down, in steps of 50 yuan, that brings at least half of what any step would."""
    if not offered:
        return None
    step = (floor - 1) // RATE_STEP * RATE_STEP
    while step > 0:
        brings = sum(rate >= step for rate in offered)
        if brings * 2 >= len(offered):
            return Gain("rate", str(step), brings)
        step -= RATE_STEP
    return Gain("rate", "0", len(offered))

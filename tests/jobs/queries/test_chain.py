"""The chain as the page asks for it: optimal against brute force, and counted right."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from hubs.queries.travel import travel_days
from jobs import matching as engine
from jobs.enums import ChainAim
from jobs.models import Shoot
from jobs.queries import chain, held
from profiles.models import Availability, Profile
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import BookingFactory, ChainPlanFactory, OfferFactory, RoleFactory, ShootFactory
from tests.factories.profiles import AvailabilityFactory, ProfileFactory, WantedRoleFactory

pytestmark = pytest.mark.django_db

CASES = 200
FIRST = date(2026, 12, 2)


@pytest.fixture
def ground(db):
    """Three hubs, a day and two apart, with a base each; two trades."""
    hubs = [
        HubFactory(slug="zhengzhou", longitude=113.6, latitude=34.7),
        HubFactory(slug="xian", longitude=108.9, latitude=34.3),
        HubFactory(slug="urumqi", longitude=87.6, latitude=43.8),
    ]
    return [BaseFactory(hub=hub) for hub in hubs], [RoleTypeFactory(), RoleTypeFactory()]


def small_market(rng: Random, ground) -> tuple[Profile, list]:
    """A person, up to nine roles in her month, sometimes a booking and days on which she is not free."""
    bases, trades = ground
    profile = ProfileFactory(home_hub=bases[0].hub, day_rate_floor=0)
    profile.willing_hubs.set([base.hub for base in bases])
    for rank, trade in enumerate(trades, start=1):
        WantedRoleFactory(profile=profile, role_type=trade, rank=rank)
    AvailabilityFactory(profile=profile, days=DateRange(FIRST, FIRST + timedelta(days=rng.choice([20, 35]))))
    roles = []
    for _n in range(rng.randint(2, 9)):
        start = FIRST + timedelta(days=rng.randint(0, 24))
        days = DateRange(start, start + timedelta(days=rng.randint(5, 7)))
        shoot = ShootFactory(base=rng.choice(bases), days=days)
        last = rng.randint(1, (days.upper - days.lower).days)
        roles.append(
            RoleFactory(
                shoot=shoot,
                role_type=rng.choice(trades),
                days=DateRange(days.lower, days.lower + timedelta(days=last)),
                part=rng.choice(["day", "night", "both"]),
                day_rate=rng.randint(100, 900),
            )
        )
    if rng.random() < 0.3:
        BookingFactory(role=roles.pop(), profile=profile)
    return profile, roles


def pays(role) -> tuple[int, int]:
    days = (role.days.upper - role.days.lower).days
    return days, days * role.day_rate


def apart(one, other) -> bool:
    """Written out once more, from the rule's text: travel, and a free day before a day that follows a night."""
    first, second = sorted((one, other), key=lambda role: role.days.lower)
    gap = (second.days.lower - first.days.upper).days
    hubs = first.shoot.base.hub, second.shoot.base.hub
    needed = travel_days({*hubs})[hubs[0].pk, hubs[1].pk]
    if first.part in ("night", "both") and second.part in ("day", "both"):
        needed = max(needed, 1)
    return gap >= needed


def best_by_trying(profile: Profile, roles: list, measure: int) -> int:
    """The most that any set of roles gives which she may take and can do one after the other."""
    booked = [booking.role for booking in profile.bookings.select_related("role__shoot__base__hub")]
    spans = list(Availability.objects.filter(profile=profile).values_list("days", flat=True))
    fits = [
        role
        for role in roles
        if any(span.lower <= role.days.lower and role.days.upper <= span.upper for span in spans)
        and role.days.upper <= FIRST + timedelta(days=chain.DAYS)
        and all(apart(role, other) for other in booked)
    ]
    best = 0
    for size in range(1, len(fits) + 1):
        for some in combinations(fits, size):
            if all(apart(one, other) for one, other in combinations(some, 2)):
                best = max(best, sum(pays(role)[measure] for role in some))
    return best


@pytest.mark.parametrize("part", range(4))
def test_two_hundred_small_markets_are_planned_as_well_as_by_trying_everything(ground, now, part):
    for case in range(part * CASES // 4, (part + 1) * CASES // 4):
        with transaction.atomic():
            profile, roles = small_market(Random(case), ground)
            for aim, measure in ((ChainAim.DAYS, 0), (ChainAim.PAY, 1)):
                month = chain.plan(profile=profile, now=now, aim=aim)
                planned = sum(pays(step.role)[measure] for step in month.steps)
                assert planned == best_by_trying(profile, roles, measure), (case, aim)
            transaction.set_rollback(True)


def test_the_strip_names_each_day_and_the_sums_follow_from_it(ground, now):
    bases, trades = ground
    profile = ProfileFactory(home_hub=bases[0].hub)
    profile.willing_hubs.set([bases[0].hub, bases[1].hub])
    WantedRoleFactory(profile=profile, role_type=trades[0])
    AvailabilityFactory(profile=profile, days=DateRange(FIRST, date(2026, 12, 22)))
    near = ShootFactory(base=bases[0], days=DateRange(FIRST, FIRST + timedelta(days=5)))
    have = RoleFactory(shoot=near, role_type=trades[0], day_rate=300)
    BookingFactory(role=have, profile=profile)
    far = ShootFactory(base=bases[1], days=DateRange(date(2026, 12, 9), date(2026, 12, 15)))
    next_one = RoleFactory(shoot=far, role_type=trades[0], day_rate=500)

    month = chain.plan(profile=profile, now=now, aim=ChainAim.DAYS)

    assert [step.role for step in month.steps] == [next_one]
    assert (month.steps[0].idle, month.steps[0].travel) == (1, 1)
    assert [day.state for day in month.days] == (
        ["booked"] * 5 + ["idle", "travel"] + ["planned"] * 6 + ["idle"] * 7 + ["off"] * 10
    )
    assert (month.paid_days, month.booked_days, month.planned_days, month.idle_days) == (11, 5, 6, 8)
    assert (month.pay, month.planned_pay, month.last_day) == (5 * 300 + 6 * 500, 3000, date(2026, 12, 6))
    assert [step.role for step in month.next_up] == [next_one]


def test_a_plan_costs_the_same_for_one_role_and_twelve(ground, now):
    bases, trades = ground
    profile = ProfileFactory(home_hub=bases[0].hub)
    profile.willing_hubs.set([bases[0].hub])
    WantedRoleFactory(profile=profile, role_type=trades[0])
    AvailabilityFactory(profile=profile)
    counts = []
    for number in (1, 11):
        for _n in range(number):
            RoleFactory(shoot=ShootFactory(base=bases[0]), role_type=trades[0])
        with CaptureQueriesContext(connection) as asked:
            chain.plan(profile=profile, now=now, aim=ChainAim.PAY)
        counts.append(len(asked))
    assert counts == [9, 9]


def test_what_she_declined_is_not_planned_and_what_waits_for_her_answer_is(fitting_bo, role, now):
    profile = fitting_bo.profile
    declined = RoleFactory(shoot=role.shoot, role_type=role.role_type, day_rate=900)
    OfferFactory(role=declined, profile=profile, state="declined", answered_at=now)
    OfferFactory(role=role, profile=profile)

    month = chain.plan(profile=profile, now=now, aim=ChainAim.PAY)

    assert [step.role for step in month.steps] == [role]


def test_a_held_plan_says_what_became_of_each_shoot(fitting_bo, role, now):
    profile = fitting_bo.profile
    later = ShootFactory(base=role.shoot.base, days=DateRange(date(2026, 12, 20), date(2026, 12, 26)))
    second = RoleFactory(shoot=later, role_type=role.role_type, headcount=1)
    ChainPlanFactory(profile=profile, roles=[role, second])

    def states() -> list[str]:
        return [link.state for link in held.of(profile, now=now).links]

    assert states() == ["asked", "asked"]
    assert held.of(profile, now=now).standing == (role.pk, second.pk)
    offer = OfferFactory(role=role, profile=profile)
    assert (states(), held.of(profile, now=now).broken) == (["offered", "asked"], False)
    offer.state = "withdrawn"
    offer.save(update_fields=["state"])
    BookingFactory(role=second)
    assert (states(), held.of(profile, now=now).broken) == (["asked", "taken"], True)
    Shoot.objects.filter(pk=later.pk).update(state="cancelled")
    profile.availabilities.all().delete()
    AvailabilityFactory(profile=profile, days=DateRange(FIRST, date(2026, 12, 15)))
    assert states() == ["clash", "taken"]
    assert [each["barrier"] for each in held.of(profile, now=now).links[0].pair.barriers] == ["not_free"]
    assert held.of(ProfileFactory(), now=now) is None


def test_the_engine_and_the_page_agree_on_who_may_take_a_role(fitting_bo, role, now):
    """What the query leaves out beforehand, the engine's rules would refuse: the plan stays exact."""
    profile = fitting_bo.profile
    kept = set(chain.candidates(profile, FIRST))
    cheap = RoleFactory(shoot=role.shoot, role_type=role.role_type, day_rate=profile.day_rate_floor - 1)
    elsewhere = RoleFactory(shoot=ShootFactory(), role_type=role.role_type)
    other = RoleFactory(shoot=role.shoot)
    for left_out in (cheap, elsewhere, other):
        problem = chain.for_person(profile, [left_out], now)
        assert engine.barriers(problem, 0, 0)
    assert set(chain.candidates(profile, FIRST)) == kept == {role}

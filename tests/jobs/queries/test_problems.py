"""Packed rows say what the tables say: the demo market, person by person and role by role, against a slow loader."""

from datetime import date, timedelta

import numpy as np
import pytest
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import BookingState, OfferState
from jobs.matching import Problem
from jobs.models import Booking, Offer, Role
from jobs.queries import integrity, problems
from jobs.queries.roles import with_place
from jobs.services import bonds
from profiles.models import Availability, Profile, WantedRole
from profiles.services import profiles as verbs
from tests.factories.hubs import HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.jobs import BookingFactory, OfferFactory, RoleFactory, RoleSkillFactory, ShootFactory
from tests.factories.profiles import (
    AvailabilityFactory,
    CreditFactory,
    ProfileFactory,
    ProfileSkillFactory,
    WantedRoleFactory,
)
from tests.jobs.queries import slow_loader

pytestmark = pytest.mark.django_db


def told(problem: Problem) -> dict[str, dict[int, dict]]:
    """Everything a problem says, by id and in codes, so that two vocabularies can be compared."""
    p, r, v = problem.people, problem.roles, problem.vocabulary
    named = {"wants": v.role_types, "willing": v.hubs, "languages": v.languages, "nice": v.skills,
             "speaks_all": v.languages, "speaks_any": v.languages, "stars": v.role_types}  # fmt: skip
    coded = {"primary": v.role_types, "home_hub": v.hubs, "last_hub": v.hubs, "last_company": v.companies,
             "company": v.companies, "role_type": v.role_types, "hub": v.hubs}  # fmt: skip

    def row(table, at: int) -> dict:
        out = {}
        for name, column in vars(table).items():
            if name.startswith("booked"):
                continue
            if name in named:
                out[name] = {named[name][i] for i in np.flatnonzero(column[at])}
            elif name in ("skills", "must"):
                out[name] = {v.skills[i]: int(column[at, i]) for i in np.flatnonzero(column[at])}
            elif name in coded:
                out[name] = coded[name][column[at]] if column[at] >= 0 else None
            else:
                out[name] = column[at].tolist()
        return out

    people = {int(each): row(p, at) for at, each in enumerate(p.person_ids)}
    for each in people.values():
        each["booked"] = set()
    for person, first, last, hub, part in zip(
        p.booked_person, p.booked_start, p.booked_end, p.booked_hub, p.booked_part, strict=True
    ):
        held = (int(first), int(last), v.hubs[hub], int(part))
        people[int(p.person_ids[person])]["booked"].add(held)
    return {"people": people, "roles": {int(each): row(r, at) for at, each in enumerate(r.role_ids)}}


def compared(today: date, **more) -> tuple[dict, dict]:
    roles = list(with_place(Role.objects).order_by("pk"))
    given = {
        "roles": roles,
        "slots": {role.pk: role.headcount for role in roles},
        "people": Profile.objects.filter(listed=True, user__is_active=True),
        "today": today,
    } | more
    fast, slow = problems.build(**given), slow_loader.build(**given)
    known = {(a, b): fast.travel_days[i, j] for i, a in enumerate(fast.vocabulary.hubs)
             for j, b in enumerate(fast.vocabulary.hubs)}  # fmt: skip
    for i, a in enumerate(slow.vocabulary.hubs):
        for j, b in enumerate(slow.vocabulary.hubs):
            assert known[a, b] == slow.travel_days[i, j], (a, b)
    assert (fast.window_start, fast.days) == (slow.window_start, slow.days)
    return told(fast), told(slow)


def test_a_person_and_a_role_with_everything(bo, role, now):
    profile, hub, day = bo.profile, role.shoot.base.hub, date(2026, 12, 1)
    trades = [RoleTypeFactory() for _ in range(3)]
    for rank, each in enumerate((trades[2], role.role_type, trades[0]), start=1):
        WantedRoleFactory(profile=profile, role_type=each, rank=rank)
    for level in (1, 2, 3):
        skill = SkillFactory()
        ProfileSkillFactory(profile=profile, skill=skill, level=level)
        RoleSkillFactory(role=role, skill=skill, level=4 - level, must=level < 3)
    tongue = LanguageFactory()
    profile.languages.add(tongue, LanguageFactory())
    role.languages.add(tongue)
    profile.willing_hubs.add(HubFactory(), hub)
    AvailabilityFactory(profile=profile, days=DateRange(day, day + timedelta(days=5)), part="night")
    AvailabilityFactory(profile=profile, days=DateRange(day + timedelta(days=8), day + timedelta(days=90)))
    Profile.objects.filter(pk=profile.pk).update(
        acting=True, sex="female", playable_age_min=17, playable_age_max=24, height_cm=168,
        waiting_since=date(2026, 10, 1), reliability=133,
    )  # fmt: skip
    Role.objects.filter(pk=role.pk).update(
        category="leads", character_age_min=18, character_sex="female", height_max=175
    )
    CreditFactory(profile=profile)
    past = ShootFactory(days=DateRange(date(2026, 11, 1), date(2026, 11, 8)))
    BookingFactory(profile=profile, role=RoleFactory(shoot=past), state=BookingState.SERVED)
    elsewhere = ShootFactory(days=DateRange(date(2026, 12, 20), date(2026, 12, 26)))
    OfferFactory(profile=profile, role=RoleFactory(shoot=elsewhere, part="night"))
    gone = OfferFactory(profile=profile, role=RoleFactory(shoot=elsewhere), state=OfferState.ACCEPTED)
    BookingFactory(profile=profile, role=gone.role, offer=gone, state=BookingState.CANCELLED)
    ProfileFactory()  # nothing said
    wishes = {
        "also_wants": {profile.pk: {trades[1].code}},
        "not_again": {profile.pk: {role.role_type.code}, 10**9: {role.role_type.code}},
    }
    for more in ({}, wishes, {"offers_block": False}):
        fast, slow = compared(shoot_day_of(now), **more)
        assert fast == slow
    assert len(fast["people"][profile.pk]["skills"]) == 3


def test_the_demo_market_row_by_row(django_assert_num_queries):
    from django.core.management import call_command
    from django.utils import timezone

    from jobs.services import demo

    now = timezone.now()
    call_command("load_hubs", verbosity=0)
    demo.build(now=now, graduates=150, crew_count=6, shoot_count=6, staffed=2)
    assert integrity.findings() == []
    # The slow loader knows no remote work; the place of it is compared in tests of its own.
    Role.objects.filter(remote=True).update(remote=False)
    fast, slow = compared(shoot_day_of(now))
    assert len(fast["people"]) >= 150
    assert fast["people"] == slow["people"]
    assert fast["roles"] == slow["roles"]
    roles = list(Role.objects.all())
    with django_assert_num_queries(5):
        problems.build(
            roles=roles, slots={each.pk: 1 for each in roles}, people=Profile.objects.all(), today=shoot_day_of(now)
        )  # fmt: skip


def test_days_far_apart_keep_to_their_ring(profile_of_long_standing, role, now):
    """A year and a half of spans: the ring holds the last 384 days, and no older day shines through as a later one."""
    profile = profile_of_long_standing
    said = problems.build(
        roles=[role], slots={role.pk: 1}, people=Profile.objects.filter(pk=profile.pk), today=shoot_day_of(now)
    )  # fmt: skip
    first = date(2026, 12, 12) - problems.MARGIN
    spans = [(each.days.lower, each.days.upper) for each in profile.availabilities.all()]
    days = [first + timedelta(days=n) for n in range(said.days)]
    assert said.people.free_day[0].tolist() == [any(a <= day < b for a, b in spans) for day in days]


@pytest.fixture
def profile_of_long_standing(bo):
    start = date(2026, 12, 15) - timedelta(days=400)
    for months in range(0, 26, 2):
        first = start + timedelta(days=30 * months)
        AvailabilityFactory(profile=bo.profile, days=DateRange(first, first + timedelta(days=17)))
    return bo.profile


def test_whoever_writes_the_row_follows(bo, role, now):
    """Services, bulk statements, cascades and the desk: all of them end in the table, and the trigger sits there."""

    def wants() -> set[str]:
        people = Profile.objects.filter(pk=bo.profile.pk)
        made = problems.build(roles=[role], slots={role.pk: 1}, people=people, today=shoot_day_of(now))
        return told(made)["people"][bo.profile.pk]["wants"]

    one, two = RoleTypeFactory(), RoleTypeFactory()
    verbs.set_wanted_roles(profile=bo.profile, by=bo, role_types=[one])
    assert wants() == {one.code}
    WantedRole.objects.bulk_create([WantedRole(profile=bo.profile, role_type=two, rank=2)])
    assert wants() == {one.code, two.code}
    WantedRole.objects.filter(profile=bo.profile, rank=1).update(role_type=role.role_type)
    assert wants() == {role.role_type.code, two.code}
    two.delete()
    assert wants() == {role.role_type.code}
    again = RoleTypeFactory()  # takes the bit of the one that is gone
    assert wants() == {role.role_type.code}
    WantedRole.objects.create(profile=bo.profile, role_type=again, rank=3)
    assert wants() == {role.role_type.code, again.code}


def test_a_deleted_person_takes_her_row_along(bo):
    Availability.objects.create(profile=bo.profile, days=DateRange(date(2026, 12, 1), date(2026, 12, 3)))
    bo.profile.willing_hubs.add(HubFactory())
    bo.delete()
    assert problems.columns.everybody().tolist() == []
    assert (Booking.objects.count(), Offer.objects.count()) == (0, 0)


def test_who_is_not_to_be_proposed_to_whom(bo, role, lin_graduate, now):
    made = problems.build(
        roles=[role],
        slots={role.pk: 1},
        people=Profile.objects.all(),
        today=shoot_day_of(now),
        blocks=[(bo.profile.pk, role.shoot.crew_id)] * 2
        + [(10**9, role.shoot.crew_id), (bo.profile.pk, 10**9)],
    )
    at = made.people.person_ids.tolist().index(bo.profile.pk)
    assert (made.block_person.tolist(), made.block_company.tolist()) == ([at], [0])


def test_what_they_think_of_each_other(bo, mei, role, lin_crew, lin_graduate, now):
    """Stars and marks count points, a block bars; what concerns another crew stays out of this problem."""
    crew, other = role.shoot.crew, lin_graduate.profile
    BookingFactory(profile=other, role=role)
    bonds.star(crew, profile=bo.profile, by=bo, now=now)
    bonds.star(lin_crew, profile=bo.profile, by=bo, now=now)
    bonds.mark(other, crew=crew, value=5, by=mei, now=now)
    bonds.block_crew(crew, profile=other, by=lin_graduate, now=now)
    bonds.block_person(other, crew=crew, by=mei, now=now)
    made = problems.build(
        roles=[role], slots={role.pk: 1}, people=Profile.objects.all(), today=shoot_day_of(now)
    )
    ids, company = made.people.person_ids, made.vocabulary.companies.index(crew.pk)
    assert (ids[made.star_person].tolist(), made.star_company.tolist()) == ([bo.profile.pk], [company])
    assert (ids[made.block_person].tolist(), made.block_company.tolist()) == ([other.pk], [company])
    assert (ids[made.mark_person].tolist(), made.mark.tolist()) == ([other.pk], [5])

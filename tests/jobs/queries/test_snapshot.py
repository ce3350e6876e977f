"""A snapshot answers as the tables do, and follows what is written after it was taken."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from hubs.timespan import SHANGHAI, shoot_day_of
from jobs.models import Change, Offer, Role
from jobs.queries import keeper, matching, problems, shortlists, snapshot
from jobs.queries.snapshot import Snapshot, TooFarBehind
from jobs.services import bonds
from profiles.models import Profile
from profiles.services import profiles as verbs
from tests.factories.hubs import HubFactory, RoleTypeFactory
from tests.factories.jobs import (
    ApplicationFactory,
    BookingFactory,
    OfferFactory,
    RoleFactory,
    RoleSkillFactory,
    ShootFactory,
)
from tests.factories.profiles import ProfileFactory, ProfileSkillFactory, fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(role):
    """Six who fit `role`, and six whom one thing each keeps from it."""
    RoleSkillFactory(role=role)
    people = [fits(ProfileFactory(reliability=100 + 10 * n), role) for n in range(6)]
    away, dear, busy, unskilled, unlisted, elsewhere = (fits(ProfileFactory(), role) for _ in range(6))
    Profile.objects.filter(pk=away.pk).update(home_hub=None)
    away.willing_hubs.clear()
    Profile.objects.filter(pk=dear.pk).update(day_rate_floor=900)
    busy.availabilities.update(days=DateRange(date(2026, 12, 1), date(2026, 12, 15)))
    unskilled.skill_levels.all().delete()
    Profile.objects.filter(pk=unlisted.pk).update(listed=False)
    BookingFactory(profile=elsewhere, role=RoleFactory(shoot=role.shoot))
    return people


def listed(role, now, taken: Snapshot | None, **more) -> list[tuple[int, int]]:
    given = {"count": 20, "without": set(), "now": now} | more
    if taken is None:
        found = matching.best_now(role, **given)
        assert found.as_of is None
    else:
        with keeper.holding(taken):
            found = matching.best_now(role, **given)
        assert found.as_of == taken.as_of
    return [(profile.pk, score) for profile, score in found.best]


def test_a_shortlist_is_the_same_from_the_snapshot_and_from_the_tables(
    role, market, now, django_assert_num_queries
):
    asked = OfferFactory(role=role, profile=market[5], state="declined", answered_at=now)
    applied = ProfileFactory(home_hub=role.shoot.base.hub)
    ProfileSkillFactory(profile=applied, skill=role.skill_levels.get().skill)
    applied.willing_hubs.add(role.shoot.base.hub)
    applied.availabilities.create(days=DateRange(date(2026, 12, 1), date(2027, 1, 1)), part="both")
    ApplicationFactory(role=role, profile=applied)
    taken = Snapshot.load().caught_up()
    usual = listed(role, now, None)
    assert listed(role, now, taken) == usual
    assert {pk for pk, _ in usual} == {applied.pk, *(each.pk for each in market[:5])}
    assert listed(role, now, taken, without={market[4].pk}) == [
        row for row in usual if row[0] != market[4].pk
    ]
    assert asked.profile_id not in dict(usual)
    with keeper.holding(taken), django_assert_num_queries(3):
        matching.best_now(role, count=20, without=set(), now=now)


def test_the_role_that_is_asked_about_is_read_fresh(role, market, now, django_assert_num_queries):
    taken = Snapshot.load().caught_up()
    Role.objects.filter(pk=role.pk).update(day_rate=1000)  # and one more would come for that
    assert listed(role, now, taken) == listed(role, now, None) != []
    with keeper.holding(taken), django_assert_num_queries(4):
        assert len(matching.best_now(role, count=20, without=set(), now=now).best) == len(market) + 1
    Role.objects.filter(pk=role.pk).update(day_rate=1)
    assert listed(role, now, taken) == []
    assert [len(taken.role(pk)) for pk in (role.pk, 0)] == [1, 0]


def test_what_is_written_later_comes_with_the_next_reading(role, market, mei, now, django_assert_num_queries):
    taken = Snapshot.load().caught_up()  # what this test's own transaction wrote is read once more
    with django_assert_num_queries(1):
        assert taken.caught_up().fresh is taken.fresh
    before = listed(role, now, taken)
    Profile.objects.filter(pk=market[0].pk).update(reliability=200)
    Profile.objects.filter(pk=market[1].pk).update(day_rate_floor=900)
    OfferFactory(profile=market[2], role=RoleFactory(shoot=role.shoot))
    market[3].wanted.all().delete()
    newcomer = fits(ProfileFactory(reliability=200), role)
    gone = fits(ProfileFactory(), role)
    taken = taken.caught_up()
    gone.user.delete()
    assert listed(role, now, taken.caught_up()) == listed(role, now, None) != before
    assert [pk for pk, _ in listed(role, now, taken.caught_up())][:2] != [newcomer.pk, gone.pk]
    assert {pk for pk, _ in listed(role, now, taken.caught_up())} == {
        market[0].pk, market[4].pk, market[5].pk, newcomer.pk,
    }  # fmt: skip
    BookingFactory(profile=market[4], role=role)
    again = taken.caught_up().caught_up()
    assert listed(role, now, again) == listed(role, now, None)
    assert again.caught_up().fresh is again.fresh


def test_changes_that_were_not_committed_when_it_was_taken_are_read_later(role, market):
    """The oldest transaction that was open counts, not the newest row: what it writes has a number before it commits."""
    taken = Snapshot.load()
    first = Change.objects.order_by("id").first()
    assert taken.horizon <= first.xid
    assert {change.subject_id for change in Change.objects.filter(xid__gte=taken.horizon)} >= {
        each.pk for each in market
    }


def test_what_they_think_of_each_other_counts_from_the_next_reading(role, market, mei, now):
    taken = Snapshot.load()
    crew = role.shoot.crew
    bonds.star(crew, profile=market[0], by=market[0].user, now=now)
    bonds.block_person(market[1], crew=crew, by=mei, now=now)
    assert listed(role, now, taken.caught_up()) == listed(role, now, None)
    assert market[1].pk not in dict(listed(role, now, None))
    bonds.unblock_person(market[1], crew=crew, by=mei, now=now)
    assert market[1].pk in dict(listed(role, now, taken.caught_up()))


def test_who_is_asked_about_first_changes_nothing(role, market, mei, now, monkeypatch):
    """One helping of one person, then four: a mark, a star and a last shoot may still bring somebody to the front."""
    crew = role.shoot.crew
    past = ShootFactory(crew=crew, base=role.shoot.base, days=DateRange(date(2026, 11, 3), date(2026, 11, 8)))
    for person in (market[1], market[2]):
        BookingFactory(profile=person, role=RoleFactory(shoot=past), state="served")
    bonds.mark(market[1], crew=crew, value=6, by=mei, now=now)
    bonds.star(crew, profile=market[0], by=market[0].user, now=now)
    taken, usual = Snapshot.load(), listed(role, now, None)
    assert [pk for pk, _ in usual][:2] == [market[1].pk, market[2].pk]
    for count in range(1, 7):
        monkeypatch.setattr(shortlists, "FIRST_HELPING", 1 - 4 * count)
        assert listed(role, now, taken, count=count) == usual[:count]


def test_far_behind_is_loaded_anew(role, market, monkeypatch):
    taken = Snapshot.load()
    monkeypatch.setattr(snapshot, "MOST_CHANGES", 3)
    Profile.objects.update(reliability=77)
    with pytest.raises(TooFarBehind):
        taken.caught_up()


def for_her(bo, now, taken: Snapshot | None, **more):
    if taken is None:
        found = matching.for_me(profile=bo.profile, now=now, **more)
    else:
        with keeper.holding(taken):
            found = matching.for_me(profile=bo.profile, now=now, **more)
    return (
        [(pair.role.pk, pair.score, pair.contributions, pair.barriers) for pair in found.ranked],
        [(pair.role.pk, pair.score, pair.barriers) for pair in found.near_misses],
    )


@pytest.fixture
def roles(bo, role):
    """Roles of Bo's trade: some fit, some miss by one thing, some by two, some are none of his business."""
    fits(bo.profile, role)
    hub, trade = HubFactory(longitude=110, latitude=30), role.role_type
    late = ShootFactory(base=role.shoot.base, days=DateRange(date(2027, 1, 28), date(2027, 2, 5)))
    far = ShootFactory(days=DateRange(date(2026, 12, 20), date(2026, 12, 26)))
    draft = ShootFactory(base=role.shoot.base, state="draft")
    made = [
        RoleFactory(shoot=role.shoot, role_type=trade, day_rate=rate) for rate in (150, 199, 200, 400, 800)
    ]
    made += [RoleFactory(shoot=shoot, role_type=trade, day_rate=300) for shoot in (late, far, draft)]
    made += [RoleFactory(shoot=far, role_type=trade, day_rate=100), RoleFactory(shoot=role.shoot)]
    skilled = RoleFactory(shoot=role.shoot, role_type=trade)
    RoleSkillFactory(role=skilled, must=True)
    RoleSkillFactory(role=made[3], must=False)
    full = RoleFactory(shoot=role.shoot, role_type=trade, headcount=1)
    BookingFactory(role=full)
    held = RoleFactory(shoot=role.shoot, role_type=trade)
    OfferFactory(role=held, profile=bo.profile)
    BookingFactory(profile=bo.profile, role=RoleFactory(shoot=ShootFactory(
        base__hub=hub, days=DateRange(date(2027, 1, 20), date(2027, 1, 26)))))  # fmt: skip
    return made


def test_for_me_is_the_same_from_the_snapshot_and_from_the_tables(bo, roles, now, django_assert_num_queries):
    taken = Snapshot.load()
    usual = for_her(bo, now, None)
    assert for_her(bo, now, taken) == usual
    assert (len(usual[0]), len(usual[1])) == (4, 5)
    with keeper.holding(taken), django_assert_num_queries(5):
        matching.for_me(profile=bo.profile, now=now)


def test_what_she_changes_counts_at_once_and_a_role_that_is_gone_is_not_shown(bo, role, roles, now):
    taken = Snapshot.load()
    verbs.set_rate(profile=bo.profile, by=bo, day_rate_floor=500)
    Role.objects.filter(pk=roles[4].pk).update(filled=2)
    assert for_her(bo, now, taken)[0] == []
    Role.objects.filter(pk=roles[4].pk).update(filled=0, day_rate=450)
    assert for_her(bo, now, taken.caught_up()) == for_her(bo, now, None)


def test_codes_that_came_later_are_known(bo, role, now):
    taken = Snapshot.load()
    trade = RoleTypeFactory()
    later = RoleFactory(shoot=role.shoot, role_type=trade)
    fits(bo.profile, later)
    taken = taken.caught_up()
    assert trade.code in taken.codes.role_types
    assert [pk for pk, *_ in for_her(bo, now, taken)[0]] == [later.pk]


def test_without_a_snapshot_the_tables_answer(settings):
    settings.SNAPSHOT_SECONDS = 0
    assert keeper.current() is None


def test_a_person_of_whom_nothing_is_said_is_shown_nothing(bo, role, now):
    assert for_her(bo, now, Snapshot.load()) == ([], [])
    assert Offer.objects.count() == 0


def test_one_person_of_a_snapshot_as_a_problem(bo, role, market, now):
    """The narrow problem of one role gives the scores of the whole one."""
    taken = Snapshot.load()
    row = problems.columns.roles([role.pk])
    narrow = taken.for_role(row, slots=2, today=shoot_day_of(now))
    assert narrow.vocabulary.role_types == (role.role_type.code,)
    assert shortlists.people_for(
        taken, role.pk, today=shoot_day_of(now), count=2, wishes=problems.NO_WISHES
    ) == listed(role, now, None, count=2)


def test_pages_that_answer_from_a_snapshot_say_its_time(client, bo, mei, role, now):
    fits(bo.profile, role)
    taken = Snapshot.load()
    stamp = f"{taken.as_of.astimezone(SHANGHAI):%H:%M:%S}"
    review = f"/shoots/{role.shoot_id}/roles/{role.pk}/"
    for user, address in ((bo, "/for-me/"), (mei, review)):
        client.force_login(user)
        usual = client.get(address).content.decode()
        with keeper.holding(taken):
            page = client.get(address).content.decode()
        assert (stamp in page, stamp in usual) == (True, False)
        assert bo.name in page

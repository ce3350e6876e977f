"""A role that is held back is nowhere: not on lists, not in the market in memory, not in runs, chains or alerts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config.errors import Conflict
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import CrewState, VacancyCause
from jobs.models import Crew, Hold, Role, SavedSearch, SearchHit, Vacancy
from jobs.models.moderation import CaseReason, CaseSubject
from jobs.queries import chain, clearing, gains, keeper, ladder, market, matching, roles
from jobs.queries.goings_on import open_slots
from jobs.queries.search import Search
from jobs.queries.snapshot import Snapshot
from jobs.services import applications, crews, moderation, offers, refills, searches
from tests.factories.jobs import OfferFactory, RoleFactory
from tests.factories.profiles import AdminFactory, ProfileFactory, fits

pytestmark = pytest.mark.django_db


def held_by_case(role, now):
    case = moderation.report(
        CaseSubject.ROLE, role, reason=CaseReason.FEE, words="", by=AdminFactory(), now=now
    )
    Hold.objects.create(role=role, case=case, made_at=now)


def below_floor(role, now):
    Role.objects.filter(pk=role.pk).update(below_floor=True)


def crew_suspended(role, now):
    crews.suspend(role.shoot.crew, by=AdminFactory(), reason="收取培训费", now=now)


WAYS = [held_by_case, below_floor, crew_suspended]


def places_where(role, profile, now) -> dict[str, bool]:
    """Where the role is found, by the name of the question."""
    today, window = shoot_day_of(now), clearing.window_from(now)
    with keeper.holding(Snapshot.load()):
        quick = matching.for_me(profile=profile, now=now, count=9, misses=9)
    slow = matching.for_me(profile=profile, now=now, count=9, misses=9)
    problem = matching.load_problem(role.shoot, now)
    return {
        "list": role in roles.open_roles(today=today),
        "policy": role in policies.visible_roles(ProfileFactory().user),
        "snapshot": role.pk in Snapshot.load().roles["id"].tolist(),
        "for me, from memory": role.pk in [pair.role.pk for pair in (*quick.ranked, *quick.near_misses)],
        "for me, from tables": role.pk in [pair.role.pk for pair in (*slow.ranked, *slow.near_misses)],
        "run": role.pk in problem.roles.role_ids.tolist(),
        "market run": role in clearing.open_roles(None, window, now),
        "chain": role in chain.candidates(profile, today),
        "gains": gains.gains(profile=profile, now=now).open > 0,
        "ladder": bool(ladder._open([role.role_type_id], today)),
        "landing": market.landing(now=now).open_slots > 0,
        "map": bool(open_slots(today)),
    }


@pytest.mark.parametrize("hold", WAYS)
def test_a_role_that_is_held_back_is_nowhere(role, now, hold):
    profile = fits(ProfileFactory(), role)
    before = places_where(role, profile, now)
    assert [name for name, found in before.items() if not found] == []
    hold(role, now)
    after = places_where(role, profile, now)
    assert [name for name, found in after.items() if found] == []


@pytest.mark.parametrize("hold", WAYS)
def test_a_snapshot_that_stands_hears_of_the_hold_and_of_its_end(role, now, hold):
    snapshot = Snapshot.load()
    assert role.pk in snapshot.roles["id"].tolist()
    hold(role, now)
    snapshot = snapshot.caught_up()
    assert role.pk not in snapshot.roles["id"].tolist()
    Hold.objects.all().delete()
    Role.objects.filter(pk=role.pk).update(below_floor=False)
    Crew.objects.update(state=CrewState.VERIFIED)
    assert role.pk in snapshot.caught_up().roles["id"].tolist()


@pytest.mark.parametrize("hold", WAYS)
def test_nobody_hears_of_it_applies_or_is_asked(role, mei, now, hold):
    profile = fits(ProfileFactory(), role)
    searches.save(
        profile=profile, by=profile.user, name="all", alert="at_once", now=now,
        search=Search(hub=role.shoot.base.hub.slug),
    )  # fmt: skip
    SavedSearch.objects.update(created_at=now - timedelta(days=9))
    Vacancy.objects.create(role=role, key="v", cause=VacancyCause.TAKEN, opened_at=now)
    hold(role, now)
    assert (searches.look_at_role(role.pk, now=now), SearchHit.objects.count()) == (0, 0)
    assert refills.refill(role.pk, now=now) == []
    assert Vacancy.objects.filter(closed_at__isnull=True).count() == 1
    with pytest.raises(Conflict) as raised:
        applications.apply(role, by=profile.user, now=now)
    assert raised.value.code == "role_off_the_list"
    with pytest.raises(Conflict):
        offers.send(Role.objects.get(pk=role.pk), profile, by=mei, now=now)


@pytest.mark.parametrize("hold", [held_by_case, crew_suspended])
def test_an_offer_that_is_out_is_not_accepted_while_an_admin_holds_the_role_or_the_crew(role, now, hold):
    offer = OfferFactory(role=role, expires_at=now + timedelta(hours=5), sent_at=now)
    hold(role, now)
    with pytest.raises(Conflict) as raised:
        offers.accept(offer, by=offer.profile.user, now=now)
    assert raised.value.code == "role_off_the_list"


def test_an_offer_below_a_new_floor_keeps_what_it_promised(role, now):
    offer = OfferFactory(role=role, expires_at=now + timedelta(hours=5), sent_at=now)
    below_floor(role, now)
    assert offers.accept(offer, by=offer.profile.user, now=now).role == role


def test_what_is_held_of_a_shoot_does_not_keep_its_other_roles_from_being_filled(role, now):
    other = RoleFactory(shoot=role.shoot, role_type=role.role_type)
    held_by_case(role, now)
    assert matching.free_slots(role.shoot) == {role.pk: 0, other.pk: other.headcount}


def test_lists_of_the_api_leave_it_out(client, role, now):
    held_by_case(role, now)
    assert client.get("/api/v1/roles/").json()["results"] == []
    assert client.get(reverse("roles:detail", args=[role.pk])).status_code == 404

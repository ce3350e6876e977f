"""Units: consent one by one, and offers that stand or fall together."""

from datetime import timedelta

import pytest

from config.errors import Conflict, Gone, NotAllowed
from jobs.enums import BookingState, NoticeKind, OfferState, UnitOfferState, WorkKind
from jobs.models import Application, Booking, Notice, Offer, Unit, UnitMember, UnitOffer, WorkItem
from jobs.queries import units as questions
from jobs.queries.bindings import bound
from jobs.queries.matching import load_problem
from jobs.services import offers, unit_offers, unit_settling, units
from tests.factories.jobs import MatchFactory, MatchRunFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits


@pytest.fixture
def three(role, now):
    """Three friends in one unit, all of them or none; `role` has three places and each of them fits."""
    role.headcount = 3
    role.save(update_fields=["headcount"])
    people = [ProfileFactory() for _ in range(3)]
    for person in people:
        fits(person, role)
    unit = units.found(profile=people[0], name="三盏灯", keep="all", least=0, by=people[0].user, now=now)
    for person in people[1:]:
        units.join(unit, profile=person, by=person.user, now=now)
    return unit, people


def answer(group, person, now, *, yes=True):
    offer = Offer.objects.get(unit_offer=group, profile=person)
    (offers.accept if yes else offers.decline)(offer, by=person.user, now=now)
    return unit_settling.settle(group.pk, now=now)


def test_a_person_is_in_one_unit_and_eight_fill_it(three, now, lin_graduate):
    unit, people = three
    with pytest.raises(Conflict) as second:
        units.found(profile=people[0], name="另一队", keep="all", least=0, by=people[0].user, now=now)
    more = [ProfileFactory() for _ in range(5)]
    for person in more:
        units.join(unit, profile=person, by=person.user, now=now)
    with pytest.raises(Conflict) as ninth:
        units.join(unit, profile=lin_graduate.profile, by=lin_graduate, now=now)
    assert (second.value.code, ninth.value.code) == ("unit_already", "unit_full")


def test_nobody_is_bound_by_a_term_she_has_not_agreed_to(three, now):
    unit, people = three
    units.change(unit, name=unit.name, keep="at_least", least=2, by=people[0].user, now=now)
    assert bound([people[1].pk]) == []
    units.agree(unit, by=people[1].user, now=now)
    (whole,) = bound([people[1].pk])
    assert (whole.people, whole.needed) == (tuple(sorted([people[0].pk, people[1].pk])), 2)
    with pytest.raises(NotAllowed):
        units.change(unit, name="我的", keep="all", least=0, by=people[1].user, now=now)


def test_the_founder_hands_on_and_the_last_one_ends_it(three, now):
    unit, people = three
    units.leave(unit, by=people[0].user, now=now)
    unit.refresh_from_db()
    assert unit.founder == people[1]
    units.leave(unit, by=people[1].user, now=now)
    units.leave(unit, by=people[2].user, now=now)
    with pytest.raises(Gone):
        units.join(unit, profile=people[0], by=people[0].user, now=now)
    assert not UnitMember.objects.filter(left_at__isnull=True).exists()


def test_a_unit_is_in_the_problem_until_it_is_on_the_shoot(three, role, mei, now):
    unit, people = three
    ids = load_problem(role.shoot, now).people.person_ids
    (whole,) = load_problem(role.shoot, now).units
    assert sorted(int(ids[at]) for at in whole.people) == sorted(each.pk for each in people)
    unit_offers.offer(unit, role.shoot, by=mei, now=now)
    assert load_problem(role.shoot, now).units == ()


def test_one_that_is_not_listed_keeps_the_others_away(three, role, now):
    _unit, people = three
    type(people[2]).objects.filter(pk=people[2].pk).update(listed=False)
    problem = load_problem(role.shoot, now)
    assert (problem.units, problem.people.wants.any()) == ((), False)


def test_all_accept_and_the_places_are_firm(three, role, mei, now):
    unit, people = three
    group = unit_offers.offer(unit, role.shoot, by=mei, now=now)
    assert group.offers.count() == 3
    assert answer(group, people[0], now) is None
    assert answer(group, people[1], now) is None
    assert answer(group, people[2], now) == UnitOfferState.KEPT
    assert Booking.objects.filter(state=BookingState.CONFIRMED).count() == 3
    assert Notice.objects.filter(kind=NoticeKind.UNIT_SETTLED, recipient=mei).count() == 1


def test_one_no_releases_the_rest_at_once_and_blames_nobody(three, role, mei, now):
    unit, people = three
    group = unit_offers.offer(unit, role.shoot, by=mei, now=now)
    answer(group, people[0], now)
    assert answer(group, people[1], now, yes=False) == UnitOfferState.RELEASED
    states = dict(Offer.objects.values_list("profile_id", "state"))
    assert states == {
        people[0].pk: OfferState.ACCEPTED,
        people[1].pk: OfferState.DECLINED,
        people[2].pk: OfferState.WITHDRAWN,
    }
    assert Booking.objects.get().state == BookingState.CANCELLED
    role.refresh_from_db()
    assert role.filled == 0
    told = Notice.objects.get(recipient=people[0].user, kind=NoticeKind.BOOKING_CANCELLED)
    assert told.facts["by"] == "unit"
    assert WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE, subject_id=role.pk).count() == 3


def test_two_of_three_are_enough_where_that_is_the_term(three, role, mei, now):
    unit, people = three
    units.change(unit, name=unit.name, keep="at_least", least=2, by=people[0].user, now=now)
    for person in people[1:]:
        units.agree(unit, by=person.user, now=now)
    group = unit_offers.offer(unit, role.shoot, by=mei, now=now)
    assert answer(group, people[2], now, yes=False) is None
    assert answer(group, people[0], now) is None
    assert answer(group, people[1], now) == UnitOfferState.KEPT


def test_silence_until_the_deadline_releases_them(three, role, mei, now):
    unit, people = three
    group = unit_offers.offer(unit, role.shoot, by=mei, now=now)
    answer(group, people[0], now)
    late = group.expires_at + timedelta(seconds=1)
    for offer in Offer.objects.filter(unit_offer=group, state=OfferState.OPEN):
        offers.expire(offer.pk, now=late)
    assert unit_settling.settle(group.pk, now=late) == UnitOfferState.RELEASED
    assert unit_settling.settle(group.pk, now=late) is None


def test_one_of_a_unit_is_not_asked_alone(three, role, mei, now):
    _unit, people = three
    with pytest.raises(Conflict) as alone:
        offers.send(role, people[0], by=mei, now=now)
    assert alone.value.code == "moves_with_unit"


def test_send_all_asks_a_unit_as_one(three, role, mei, now):
    _unit, people = three
    run = MatchRunFactory(shoot=role.shoot)
    for rank, person in enumerate(people, start=1):
        MatchFactory(run=run, role=role, profile=person, rank=rank)
    assert offers.send_all(run, by=mei, now=now) == 3
    assert UnitOffer.objects.get().offers.count() == 3
    assert offers.send_all(run, by=mei, now=now) == 0


def test_half_a_unit_in_a_plan_is_not_asked(three, role, mei, now):
    _unit, people = three
    run = MatchRunFactory(shoot=role.shoot)
    MatchFactory(run=run, role=role, profile=people[0], rank=1)
    assert offers.send_all(run, by=mei, now=now) == 0
    assert not Offer.objects.exists()


def test_a_unit_applies_as_one_and_takes_it_back(three, role, now):
    unit, people = three
    with pytest.raises(NotAllowed):
        unit_offers.apply(unit, role.shoot, by=people[1].user, now=now)
    made = unit_offers.apply(unit, role.shoot, by=people[0].user, now=now)
    assert {each.profile_id for each in made} == {each.pk for each in people}
    with pytest.raises(Conflict):
        unit_offers.apply(unit, role.shoot, by=people[0].user, now=now)
    assert unit_offers.take_back(unit, role.shoot, by=people[2].user, now=now) == 3
    assert not Application.objects.filter(state="sent").exists()


def test_a_unit_without_enough_places_is_not_asked(three, role, mei, now):
    unit, _people = three
    role.headcount = 2
    role.save(update_fields=["headcount"])
    with pytest.raises(Conflict) as refused:
        unit_offers.offer(unit, role.shoot, by=mei, now=now)
    assert refused.value.code == "unit_no_seats"


def test_a_stranger_may_not_ask_a_unit(three, role, lin, now):
    unit, _people = three
    with pytest.raises(NotAllowed):
        unit_offers.offer(unit, role.shoot, by=lin, now=now)


def test_seats_over_two_roles(three, role, now):
    unit, people = three
    other = RoleFactory(shoot=role.shoot, role_type=role.role_type, headcount=2)
    role.headcount = 1
    role.save(update_fields=["headcount"])
    (whole,) = bound([people[0].pk])
    seats = questions.seats_on(whole, role.shoot, now)
    assert sorted(seat.role_id for seat in seats) == sorted([role.pk, other.pk, other.pk])
    assert Unit.objects.get() == unit

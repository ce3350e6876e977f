"""What a manager's hand does on the board, for one or many; and a department head's, who fills her department alone."""

from datetime import timedelta

import pytest

from config.errors import Conflict, NotAllowed
from jobs.enums import MatchState, OfferState, Right
from jobs.models import Match, Notice, Offer, Pin, Vacancy
from jobs.services import casting, offers, roles
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import (
    MatchFactory,
    MatchRunFactory,
    MembershipFactory,
    OfferFactory,
    RoleFactory,
)
from tests.factories.profiles import ManagerFactory, ProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(crew, role):
    """Heads the lighting department of Mei's crew."""
    user = ManagerFactory(name="何灯")
    MembershipFactory(crew=crew, user=user, right=Right.HEAD, department=role.role_type.department)
    return user


@pytest.fixture
def camera(shoot):
    """A role of another department of the shoot."""
    return RoleFactory(shoot=shoot, role_type=RoleTypeFactory(name_zh="跟焦员", name_en="Focus puller"))


@pytest.fixture
def proposed(shoot, role, camera):
    """Somebody proposed for each of the two roles."""
    run = MatchRunFactory(shoot=shoot)
    return [MatchFactory(run=run, role=each, profile=ProfileFactory()) for each in (role, camera)]


def pair(match):
    return match.role_id, match.profile_id


def test_a_head_fills_her_department(head, shoot, role, proposed, now):
    hers, _other = proposed
    assert casting.pin(shoot, [pair(hers)], by=head, now=now).done == 1
    assert casting.unpin(shoot, [pair(hers)], by=head, now=now).done == 1
    assert casting.offer(shoot, [pair(hers)], by=head, now=now).done == 1
    offer = Offer.objects.get()
    assert casting.message(shoot, [hers.profile_id], words="带手套", by=head, now=now) == 1
    offers.withdraw(offer, by=head, now=now)
    assert casting.strike(shoot, [pair(hers)], by=head, now=now + timedelta(minutes=1)).done == 1
    roles.change(role, by=head, now=now, day_rate=380)
    role.refresh_from_db()
    assert (role.day_rate, Match.objects.get(pk=hers.pk).state) == (380, MatchState.STRUCK)


def test_a_head_touches_no_other_department(head, shoot, camera, proposed, now):
    hers, other = proposed
    OfferFactory(role=camera, profile=ProfileFactory())
    for act in (casting.pin, casting.unpin, casting.offer, casting.strike):
        with pytest.raises(NotAllowed):
            act(shoot, [pair(hers), pair(other)], by=head, now=now)
    with pytest.raises(NotAllowed):
        roles.change(camera, by=head, now=now, day_rate=380)
    with pytest.raises(NotAllowed):
        roles.add(shoot=shoot, role_type=camera.role_type, headcount=1, day_rate=300, by=head, now=now)
    with pytest.raises(NotAllowed):
        offers.send(camera, other.profile, by=head, now=now)
    with pytest.raises(NotAllowed):
        offers.send_all(other.run, by=head, now=now)
    with pytest.raises(Conflict, match="nobody_to_write_to"):
        casting.message(shoot, [Offer.objects.get().profile_id], words="你好", by=head, now=now)
    assert (Pin.objects.count(), Offer.objects.count(), Notice.objects.count()) == (0, 1, 0)


def test_who_looks_on_and_who_is_a_stranger_touch_nothing(crew, shoot, proposed, lin, now):
    viewer = ManagerFactory()
    MembershipFactory(crew=crew, user=viewer, right=Right.VIEWER)
    for user in (viewer, lin):
        with pytest.raises(NotAllowed):
            casting.offer(shoot, [pair(proposed[0])], by=user, now=now)
        with pytest.raises(NotAllowed):
            casting.message(shoot, [proposed[0].profile_id], words="你好", by=user, now=now)


def test_three_asked_for_one_place_count_as_one_place(role, mei, now):
    vacancy = Vacancy.objects.create(role=role, key="test", cause="declined", opened_at=now)
    for _n in range(3):
        OfferFactory(role=role, profile=ProfileFactory(), vacancy=vacancy, state=OfferState.OPEN)
    roles.change(role, by=mei, now=now, headcount=1)
    role.refresh_from_db()
    assert role.headcount == 1
    OfferFactory(role=role, profile=ProfileFactory(), state=OfferState.OPEN)
    with pytest.raises(Conflict) as refused:
        roles.change(role, by=mei, now=now, headcount=1)
    assert (refused.value.code, refused.value.facts["taken"]) == ("below_booked", 2)

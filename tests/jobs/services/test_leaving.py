"""Leaving for good: gone from every match at once, gone from the tables after the days of grace."""

from datetime import timedelta

import pytest
from django.core import serializers

from config.errors import Conflict, NotAllowed
from jobs.enums import BookingState, OfferState, ShootState, WorkKind
from jobs.models import Application, Booking, Notice, Offer, WorkItem
from jobs.queries import her_data
from jobs.services import applications, bookings, leaving, offers, work
from profiles.models import Availability, Leaving, Profile, User
from profiles.services import consents
from tests.factories.jobs import NoticeFactory, RoleFactory

CANARIES = (
    "canary-name",
    "canary@people.example",
    "+8613977053099",
    "canary-wechat",
    "canary-line",
    "canary-ill",
)


@pytest.fixture
def gone(fitting_bo, role, mei, now):
    """Bo with canaries everywhere, booked on `role`, with a request for another role."""
    User.objects.filter(pk=fitting_bo.pk).update(
        name=CANARIES[0], email=CANARIES[1], mobile=CANARIES[2], mobile_verified=True
    )
    Profile.objects.filter(user=fitting_bo).update(contact_wechat=CANARIES[3], headline=CANARIES[4])
    bo = User.objects.get(pk=fitting_bo.pk)
    offer = offers.send(role=role, profile=bo.profile, by=mei, now=now)
    offers.accept(offer, by=bo, now=now)
    other = RoleFactory(shoot=role.shoot)
    applications.apply(other, by=bo, now=now, message="canary-line")
    consents.give_at_sign_up(user=bo, now=now)
    NoticeFactory(recipient=bo)
    return bo


def whole_database() -> str:
    """Every row of ours as text, to look for what should not be there any more."""
    from django.apps import apps

    ours = [m for app in ("profiles", "jobs", "account") for m in apps.get_app_config(app).get_models()]
    return "".join(serializers.serialize("json", m._default_manager.all(), ensure_ascii=False) for m in ours)


def test_asking_takes_her_out_at_once_and_gives_back_what_has_not_begun(gone, now):
    wish = leaving.ask(user=gone, by=gone, now=now)
    gone.profile.refresh_from_db()
    assert (wish.due_at - now, gone.profile.listed) == (timedelta(days=14), False)
    assert Booking.objects.get().state == BookingState.CANCELLED
    assert Application.objects.get().state == "withdrawn"
    assert WorkItem.objects.get(kind=WorkKind.ERASE_PERSON).due_at == wish.due_at
    with pytest.raises(Conflict, match="leaving_already"):
        leaving.ask(user=gone, by=gone, now=now)


def test_open_offers_are_declined_and_offered_on(fitting_bo, role, mei, now):
    offer = offers.send(role=role, profile=fitting_bo.profile, by=mei, now=now)
    leaving.ask(user=fitting_bo, by=fitting_bo, now=now)
    offer.refresh_from_db()
    assert (offer.state, WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE).count()) == (
        OfferState.DECLINED,
        1,
    )


def test_after_the_days_of_grace_no_trace_of_her_is_left(gone, mei, now):
    bookings.cancel(Booking.objects.get(), by=gone, now=now, reason="canary-ill")
    leaving.ask(user=gone, by=gone, now=now)
    there = whole_database()
    assert [canary for canary in CANARIES if canary not in there] == []
    day = now + leaving.GRACE
    assert leaving.erase(Leaving.objects.get().pk, now=day - timedelta(seconds=1)) is False
    work.drain(now=day)
    left = whole_database()
    assert [canary for canary in CANARIES if canary in left] == []
    user = User.objects.get(pk=gone.pk)
    assert (user.is_active, user.has_usable_password(), user.profile.birth_date.month) == (False, False, 1)
    assert (Offer.objects.count(), Booking.objects.count(), Availability.objects.count()) == (1, 1, 0)
    assert not Notice.objects.filter(recipient=gone).exists()
    assert leaving.erase(Leaving.objects.get().pk, now=day) is False


def test_she_may_change_her_mind(gone, lin, now):
    leaving.ask(user=gone, by=gone, now=now)
    with pytest.raises(NotAllowed, match="not_yours"):
        leaving.take_back(user=gone, by=lin, now=now)
    leaving.take_back(user=gone, by=gone, now=now)
    work.drain(now=now + leaving.GRACE)
    gone.refresh_from_db()
    assert (gone.name, gone.is_active) == (CANARIES[0], True)
    with pytest.raises(Conflict, match="not_leaving"):
        leaving.take_back(user=gone, by=gone, now=now)


def test_a_running_booking_is_played_to_its_end_first(gone, now):
    leaving.ask(user=gone, by=gone, now=now)
    Booking.objects.update(state=BookingState.CONFIRMED)
    day = now + leaving.GRACE
    work.drain(now=day)
    assert User.objects.get(pk=gone.pk).name == CANARIES[0]
    Booking.objects.update(state=BookingState.SERVED)
    work.drain(now=day + leaving.LATER)
    assert User.objects.get(pk=gone.pk).name == leaving.NOBODY


def test_the_last_owner_of_a_crew_at_work_stays_and_so_do_admins(mei, shoot, ada, now):
    for user, code in ((mei, "crew_needs_owner"), (ada, "admins_stay")):
        with pytest.raises(Conflict, match=code):
            leaving.ask(user=user, by=user, now=now)
    shoot.state = ShootState.CANCELLED
    shoot.save()
    leaving.ask(user=mei, by=mei, now=now)
    work.drain(now=now + leaving.GRACE)
    assert User.objects.get(pk=mei.pk).is_active is False


def test_nobody_deletes_somebody_else(bo, lin, now):
    with pytest.raises(NotAllowed, match="not_yours"):
        leaving.ask(user=bo, by=lin, now=now)


def test_every_table_that_points_at_a_person_is_found():
    """A table that is added later is exported and emptied without a word; this is the list as it stands."""
    found = {model._meta.label for owner in her_data.FOLLOWED for model, _ in her_data.pointing_at(owner)}
    assert {
        "profiles.Availability",
        "profiles.Consent",
        "jobs.Notice",
        "jobs.Wage",
        "account.EmailAddress",
    } <= found


def test_giving_back_before_leaving_is_not_counted_twice(gone, now):
    bookings.cancel(Booking.objects.get(), by=gone, now=now)
    leaving.ask(user=gone, by=gone, now=now)
    assert Booking.objects.get().state == BookingState.CANCELLED

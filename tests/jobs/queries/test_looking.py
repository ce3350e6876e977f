"""A look before asking at large: what is said to be there is what the large questions find."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from jobs.enums import OFFER_LIVE
from jobs.models import Booking, Offer
from jobs.queries import candidates, matching, reviews, schedule
from jobs.queries.reviews import ThereIs
from jobs.queries.schedule import Around
from tests.factories.jobs import (
    ApplicationFactory,
    BookingFactory,
    MatchRunFactory,
    OfferFactory,
    RoleFactory,
    ShootFactory,
)
from tests.factories.profiles import ProfileFactory

pytestmark = pytest.mark.django_db


def found(role, now) -> ThereIs:
    """What the large questions find."""
    return ThereIs(
        matching.newest_published(role.shoot) is not None,
        bool(reviews.holders(role)),
        bool(candidates.applicants(role, now)),
    )


def test_of_a_role_before_its_first_match_there_is_nothing(role, now, django_assert_num_queries):
    beside = RoleFactory(shoot=ShootFactory(crew=role.shoot.crew))
    MatchRunFactory(shoot=beside.shoot)
    BookingFactory(role=beside)
    ApplicationFactory(role=beside)
    MatchRunFactory(shoot=role.shoot, state="quarantined")
    OfferFactory(role=role, state="declined", answered_at=now)
    ApplicationFactory(role=role, state="withdrawn")
    with django_assert_num_queries(1):
        assert reviews.there_is(role) == ThereIs(run=False, holders=False, applicants=False)
    assert found(role, now) == reviews.there_is(role)
    assert found(beside, now) == reviews.there_is(beside) == ThereIs(True, True, True)


@pytest.mark.parametrize("state", ["confirmed", "served", "cancelled", "open"])
def test_who_holds_a_place_is_there(role, now, state):
    if state == "open":
        OfferFactory(role=role)
    else:
        booking = BookingFactory(role=role)
        Booking.objects.filter(pk=booking.pk).update(state=state)
    assert reviews.there_is(role).holders is (state != "cancelled")
    assert found(role, now) == reviews.there_is(role)


def test_around_a_person_who_is_free_there_is_nothing(role, bo, django_assert_num_queries):
    BookingFactory(role=role)  # somebody else's
    OfferFactory(role=RoleFactory(shoot=role.shoot))
    with django_assert_num_queries(1):
        assert schedule.around(bo.profile.pk, role) == Around(asked=False, booked=False, rivals=False)


@pytest.mark.parametrize("state", ["drafted", "open", "accepted", "declined"])
def test_an_offer_that_lives_is_around(role, bo, now, state):
    offer = OfferFactory(role=role, profile=bo.profile)
    Offer.objects.filter(pk=offer.pk).update(state=state)
    assert schedule.around(bo.profile.pk, role) == Around(state in OFFER_LIVE, False, False)


def test_bookings_near_and_offers_on_the_same_days_are_around(role, now):
    """Two days of travel before and after; an offer on a day beside takes nobody."""
    days = role.days
    spans = {
        "on": (DateRange(days.lower, days.upper), True, True),
        "two days before": (DateRange(_on(days.lower, -6), _on(days.lower, -1)), True, False),
        "three days before": (DateRange(_on(days.lower, -7), _on(days.lower, -2)), False, False),
        "two days after": (DateRange(_on(days.upper, 1), _on(days.upper, 6)), True, False),
        "three days after": (DateRange(_on(days.upper, 2), _on(days.upper, 7)), False, False),
    }
    for name, (span, near, rival) in spans.items():
        other = RoleFactory(shoot=ShootFactory(days=span), days=span)
        booked, asked = ProfileFactory(), ProfileFactory()
        BookingFactory(profile=booked, role=other)
        OfferFactory(profile=asked, role=other)
        seen = {each: schedule.around(each.pk, role) for each in (booked, asked)}
        assert (name, seen[booked].booked, seen[asked].rivals) == (name, near, rival)
        assert schedule.rival_offers(asked.pk, role).exists() is rival


def _on(day: date, count: int) -> date:
    return day + timedelta(days=count)

"""The refill from twelve hours down to three at once: stages, one yes, widening only where it was allowed."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from config.errors import Conflict, NotAllowed
from hubs.models import Hub
from hubs.timespan import SHANGHAI
from jobs.enums import MatchState, OfferState, VacancyCause, VacancyEnd, Widening, WorkKind
from jobs.models import Booking, Entry, Notice, Offer, Vacancy, WorkItem
from jobs.queries import integrity, windows
from jobs.services import bookings, leeway, offers, refills, work
from profiles.models import Profile
from tests.factories.hubs import HubFactory, RoleTypeFactory, StepFactory
from tests.factories.jobs import BookingFactory, MatchFactory, MatchRunFactory, OfferFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CALL = datetime(2026, 12, 12, 8, 0, tzinfo=SHANGHAI)
"""The first call of the shoot of these tests."""


@pytest.fixture
def one(shoot):
    """A role with one place, for lighting assistants."""
    return RoleFactory(shoot=shoot, headcount=1, day_rate=350)


@pytest.fixture
def standbys(one):
    run = MatchRunFactory(shoot=one.shoot)
    people = [ProfileFactory() for _ in range(8)]
    return [
        MatchFactory(run=run, role=one, state=MatchState.STANDBY, rank=rank, profile=profile).profile
        for rank, profile in enumerate(people, 1)
    ]


def free(role, at, key="test:1", **more):
    return Vacancy.objects.create(role=role, key=key, cause=VacancyCause.DECLINED, opened_at=at, **more)


def drain(now):
    return work.drain(now=now)


@pytest.mark.parametrize(
    ("left", "window", "at_once"),
    [
        (200 * HOUR, 12 * HOUR, 1),
        (72 * HOUR, 12 * HOUR, 1),
        (72 * HOUR - timedelta(seconds=1), 2 * HOUR, 1),
        (24 * HOUR, 2 * HOUR, 1),
        (23 * HOUR, timedelta(minutes=20), 1),
        (6 * HOUR, timedelta(minutes=20), 1),
        (5 * HOUR, timedelta(minutes=10), 3),
        (-2 * HOUR, timedelta(minutes=10), 3),
    ],
)
def test_the_stated_table(left, window, at_once):
    stage = windows.stage(CALL, CALL - left)
    assert (stage.window, stage.at_once) == (window, at_once)


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        # Far from the shoot the night is left out: whoever sleeps must not lose a place.
        (datetime(2026, 12, 1, 19, 2), datetime(2026, 12, 2, 9, 0)),
        (datetime(2026, 12, 1, 9, 0), datetime(2026, 12, 1, 21, 0)),
        (datetime(2026, 12, 1, 23, 30), datetime(2026, 12, 2, 11, 30)),
        (datetime(2026, 12, 9, 21, 30), datetime(2026, 12, 10, 9, 0)),
        # Today and tomorrow the night does not count.
        (datetime(2026, 12, 11, 22, 30), datetime(2026, 12, 11, 22, 50)),
        (datetime(2026, 12, 12, 7, 55), datetime(2026, 12, 12, 8, 0)),
        (datetime(2026, 12, 12, 8, 30), datetime(2026, 12, 12, 8, 40)),
    ],
)
def test_windows_respect_the_night_unless_the_call_is_near(sent, until):
    sent, until = sent.replace(tzinfo=SHANGHAI), until.replace(tzinfo=SHANGHAI)
    assert windows.until(CALL, sent) == until


def test_from_twelve_hours_down_to_three_at_once(one, standbys):
    now = CALL - 80 * HOUR
    first = OfferFactory(role=one, profile=ProfileFactory(), sent_at=now - HOUR, expires_at=now + HOUR)
    offers.decline(first, by=first.profile.user, now=now)
    drain(now)
    asked = []
    for left in (80, 60, 20):  # nobody answers; each time the offer runs out, the next is asked
        now = CALL - left * HOUR
        (offer,) = Offer.objects.filter(state=OfferState.OPEN)
        asked.append((offer.profile, offer.expires_at - offer.sent_at))
        drain(max(offer.expires_at, CALL - {80: 60, 60: 20, 20: 5}[left] * HOUR))
    at_last = list(Offer.objects.filter(state=OfferState.OPEN).order_by("pk"))
    assert [profile for profile, _ in asked] == standbys[:3]
    # Two hours from 20:00 would end at 22:00: the second has until the morning.
    assert [window for _, window in asked] == [12 * HOUR, 13 * HOUR, timedelta(minutes=20)]
    assert [offer.profile for offer in at_last] == standbys[3:6]
    assert {offer.expires_at - offer.sent_at for offer in at_last} == {timedelta(minutes=10)}
    (vacancy,) = Vacancy.objects.all()
    assert {offer.vacancy_id for offer in at_last} == {vacancy.pk}
    assert vacancy.after == first
    assert integrity.findings() == []


def test_the_first_yes_of_three_has_it_and_the_others_are_told(one, standbys, now):
    now = CALL - 2 * HOUR
    vacancy = free(one, now)
    three = refills.refill(one.pk, now=now)
    assert len(three) == 3
    booking = offers.accept(three[1], by=three[1].profile.user, now=now)
    vacancy.refresh_from_db()
    states = {offer.pk: Offer.objects.get(pk=offer.pk).state for offer in three}
    assert list(states.values()) == ["withdrawn", "accepted", "withdrawn"]
    assert (vacancy.end, vacancy.closed_at) == (VacancyEnd.FILLED, now)
    assert booking.profile == standbys[1]
    told = Notice.objects.filter(kind="offer_withdrawn").values_list("recipient", "facts__cause")
    assert set(told) == {(three[0].profile.user_id, "faster"), (three[2].profile.user_id, "faster")}
    with pytest.raises(Conflict, match="somebody_faster"):
        offers.accept(three[0], by=three[0].profile.user, now=now)
    drain(now)
    assert Offer.objects.filter(state=OfferState.OPEN).count() == 0
    assert integrity.findings() == []


def test_the_database_lets_one_offer_of_a_vacancy_be_accepted(one, now):
    vacancy = free(one, now)
    OfferFactory(role=one, vacancy=vacancy, state=OfferState.ACCEPTED)
    with pytest.raises(IntegrityError, match="offer_accepted_once_a_vacancy"), transaction.atomic():
        OfferFactory(role=one, vacancy=vacancy, state=OfferState.ACCEPTED)


def test_three_at_once_hold_one_place(shoot, now):
    from jobs.services import sending

    role = RoleFactory(shoot=shoot, headcount=2)
    vacancy = free(role, now)
    for _ in range(3):
        OfferFactory(role=role, vacancy=vacancy)
    assert sending.free_slots(role) == 1


def test_a_no_of_three_is_topped_up(one, standbys):
    now = CALL - 2 * HOUR
    free(one, now)
    three = refills.refill(one.pk, now=now)
    offers.decline(three[0], by=three[0].profile.user, now=now + timedelta(minutes=1))
    drain(now + timedelta(minutes=1))
    assert list(
        Offer.objects.filter(state=OfferState.OPEN).order_by("pk").values_list("profile", flat=True)
    ) == [standbys[1].pk, standbys[2].pk, standbys[3].pk]
    assert Vacancy.objects.count() == 1


def test_the_same_work_twice_sends_nothing_twice(one, standbys):
    now = CALL - 100 * HOUR
    free(one, now)
    sent = [refills.refill(one.pk, now=now) for _ in range(4)]
    assert [len(each) for each in sent] == [1, 0, 0, 0]


def test_a_place_filled_by_hand_closes_the_vacancy(one, mei, now):
    vacancy = free(one, now)
    assert refills.refill(one.pk, now=now) == []
    vacancy.refresh_from_db()
    assert vacancy.stuck_at == now
    offers.send(one, ProfileFactory(), by=mei, now=now)
    fits(ProfileFactory(), one)
    assert refills.refill(one.pk, now=now) == []
    vacancy.refresh_from_db()
    assert vacancy.end == VacancyEnd.BY_HAND


def test_nobody_left_is_said_once_and_looked_at_again_every_hour(one, mei, now):
    vacancy = free(one, now)
    for minutes in range(2):  # another caller a minute later starts no second round of looks
        refills.refill(one.pk, now=now + minutes * HOUR / 60)
    assert Notice.objects.filter(kind="refill_stuck", recipient=mei).count() == 1
    (again,) = WorkItem.objects.filter(kind=WorkKind.REFILL_ROLE)
    assert (again.due_at, again.subject_id) == (now + HOUR, one.pk)
    somebody = fits(ProfileFactory(), one)
    drain(now + HOUR)
    assert Offer.objects.get().profile == somebody
    vacancy.refresh_from_db()
    assert vacancy.stuck_at is None


# -- widening -------------------------------------------------------------------------------------------------


def near_trade(role):
    below = RoleTypeFactory(name_zh="场务", name_en="Grip")
    StepFactory(below=below, above=role.role_type)
    person = fits(ProfileFactory(), role)
    person.wanted.all().update(role_type=below)
    return person


def next_town(role):
    person = fits(ProfileFactory(), role)
    Hub.objects.exclude(pk=role.shoot.base.hub_id).update(longitude=120.0, latitude=30.0)
    there = HubFactory(longitude=114.3, latitude=34.8)
    person.willing_hubs.set([there])
    Profile.objects.filter(pk=person.pk).update(home_hub=there)
    return person


def dearer(role):
    person = fits(ProfileFactory(), role)
    Profile.objects.filter(pk=person.pk).update(day_rate_floor=role.day_rate + 30)
    return person


@pytest.mark.parametrize(
    ("make", "widening", "rate"),
    [
        (near_trade, Widening.ROLE_TYPE, 350),
        (next_town, Widening.HUB, 350),
        (dearer, Widening.PAY, 385),
    ],
)
def test_rules_are_widened_only_where_it_was_allowed(one, mei, now, make, widening, rate):
    person = make(one)
    free(one, now)
    others = {each: each != widening for each in Widening}
    leeway.grant(
        one,
        role_type=others[Widening.ROLE_TYPE],
        hub=others[Widening.HUB],
        pay=others[Widening.PAY],
        by=mei,
        now=now,
    )
    drain(now)
    assert Offer.objects.count() == 0
    leeway.grant(one, **{str(each): each == widening for each in Widening}, by=mei, now=now + HOUR)
    drain(now + HOUR)
    offer = Offer.objects.get()
    assert (offer.profile, offer.widened, offer.day_rate) == (person, widening, rate)


def test_only_who_runs_the_crew_widens(one, lin, now):
    with pytest.raises(NotAllowed):
        leeway.grant(one, role_type=True, hub=True, pay=True, by=lin, now=now)


# -- did not show ---------------------------------------------------------------------------------------------


def test_did_not_show_replaces_for_the_rest_of_the_days(one, standbys, mei, now):
    booking = BookingFactory(role=one, profile=ProfileFactory())
    third = datetime(2026, 12, 14, 9, 0, tzinfo=SHANGHAI)
    bookings.did_not_show(booking, by=mei, now=third)
    drain(third)
    three = list(Offer.objects.filter(state=OfferState.OPEN).order_by("pk"))
    assert [offer.profile for offer in three] == standbys[:3]
    assert {(offer.days.lower, offer.days.upper) for offer in three} == {(date(2026, 12, 14), one.days.upper)}
    taken = offers.accept(three[2], by=three[2].profile.user, now=third + timedelta(minutes=5))
    assert (taken.days.lower, taken.total_pay) == (date(2026, 12, 14), 350 * 5)
    assert booking.cancellation.strikes == 3
    assert Vacancy.objects.get().cause == VacancyCause.NO_SHOW
    assert integrity.findings() == []


def test_did_not_show_after_ten_hours_replaces_from_tomorrow(one, standbys, mei):
    booking = BookingFactory(role=one, profile=ProfileFactory())
    late = datetime(2026, 12, 12, 19, 0, tzinfo=SHANGHAI)
    bookings.did_not_show(booking, by=mei, now=late)
    assert Vacancy.objects.get().first_day == date(2026, 12, 13)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (datetime(2026, 12, 12, 7, 59), "not_called_yet"),
        (datetime(2026, 12, 11, 12, 0), "not_called_yet"),
        (datetime(2026, 12, 19, 12, 0), "not_called_yet"),
    ],
)
def test_nobody_is_missing_before_the_call(one, mei, when, code):
    booking = BookingFactory(role=one, profile=ProfileFactory())
    with pytest.raises(Conflict, match=code):
        bookings.did_not_show(booking, by=mei, now=when.replace(tzinfo=SHANGHAI))
    assert Booking.objects.get().state == "confirmed"


def test_who_checked_in_is_there(one, mei):
    from jobs.models import WorkedDay

    booking = BookingFactory(role=one, profile=ProfileFactory())
    at = CALL + HOUR
    WorkedDay.objects.create(booking=booking, day=at.date(), checked_in_at=at)
    with pytest.raises(Conflict, match="is_on_set"):
        bookings.did_not_show(booking, by=mei, now=at)
    assert Entry.objects.filter(verb="booking_cancelled").count() == 0

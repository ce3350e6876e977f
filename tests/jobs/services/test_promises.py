"""Confirmation, graded cancelling, strikes and appeals: what the table says, and what follows."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.enums import AppealGround, AppealState, BookingState, VacancyCause, WageKind, WorkKind
from jobs.models import (
    Appeal,
    Booking,
    Cancellation,
    Confirmation,
    Notice,
    Offer,
    Shoot,
    Vacancy,
    Wage,
    WorkedDay,
    WorkItem,
)
from jobs.queries import appeals as waiting
from jobs.queries import cancelling, confirmations, integrity, strikes
from jobs.services import appeals, bookings, offers, shoots, work
from jobs.services import confirmations as confirming
from tests.factories.jobs import BookingFactory, OfferFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CALL = datetime(2026, 12, 12, 8, 0, tzinfo=SHANGHAI)


@pytest.fixture
def booking(role, bo):
    role.headcount = 1
    role.save(update_fields=["headcount"])
    return BookingFactory(role=role, profile=bo.profile)


def at(hours_before):
    return CALL - hours_before * HOUR


# -- the table ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "strikes_", "late"),
    [(100, 0, False), (72, 0, False), (71, 0, True), (24, 0, True), (23, 1, True), (5, 2, True)],
)
def test_what_giving_back_brings_her(booking, bo, hours, strikes_, late):
    bookings.cancel(booking, by=bo, now=at(hours))
    row = Cancellation.objects.get()
    assert (row.side, row.strikes, row.owed, row.late, row.hours_before) == (
        "graduate",
        strikes_,
        0,
        late,
        hours,
    )
    assert Vacancy.objects.get().cause == VacancyCause.GIVEN_BACK
    bo.profile.refresh_from_db()
    assert bo.profile.reliability == 150 - 20 * strikes_
    assert Notice.objects.filter(kind="strike", recipient=bo).count() == bool(strikes_)
    assert integrity.findings() == []


@pytest.mark.parametrize(("hours", "owed"), [(100, 0), (30, 0), (23, 175), (5, 350)])
def test_what_cancelling_costs_the_crew(booking, mei, hours, owed):
    bookings.cancel(booking, by=mei, now=at(hours), reason="改戏")
    row = Cancellation.objects.get()
    assert (row.side, row.owed, row.strikes) == ("crew", owed, 0)
    wages = list(Wage.objects.values_list("amount", "kind"))
    assert wages == ([(owed, WageKind.CANCELLATION)] if owed else [])


def test_a_shoot_that_is_called_off_late_owes_everybody(booking, shoot, mei):
    shoots.cancel(shoot, by=mei, now=at(3))
    assert list(Wage.objects.values_list("amount", flat=True)) == [350]


def test_the_first_minutes_after_booking_are_free(role, bo, mei):
    offer = OfferFactory(role=role, profile=bo.profile, sent_at=at(10), expires_at=at(4))
    booking = offers.accept(offer, by=bo, now=at(5))
    bookings.cancel(booking, by=bo, now=at(5) + timedelta(minutes=15))
    row = Cancellation.objects.get()
    assert (row.in_grace, row.late, row.strikes) == (True, False, 0)


def test_no_grace_within_the_hour_and_none_after_fifteen_minutes(booking):
    terms = cancelling.terms(booking.offer)
    assert not terms.in_grace(timedelta(minutes=16), 5 * HOUR)
    assert not terms.in_grace(timedelta(minutes=1), HOUR)


def test_what_was_agreed_stays_when_the_house_changes_its_table(booking, bo):
    kept = booking.offer.cancel_terms | {"steps": [{"within": 500, "percent": 10, "strikes": 5}]}
    Offer.objects.filter(pk=booking.offer_id).update(cancel_terms=kept)
    bookings.cancel(booking, by=bo, now=at(100))
    assert Cancellation.objects.get().strikes == 5


def test_days_that_were_worked_stay_owed(booking, mei):
    for day in (12, 13):
        moment = datetime(2026, 12, day, 8, 0, tzinfo=SHANGHAI)
        WorkedDay.objects.create(booking=booking, day=moment.date(), checked_in_at=moment)
    bookings.did_not_show(booking, by=mei, now=datetime(2026, 12, 14, 9, 0, tzinfo=SHANGHAI))
    assert list(Wage.objects.values_list("amount", flat=True)) == [700]


def test_a_cancellation_burdens_who_gave_up_and_nobody_else(booking, now):
    with pytest.raises(IntegrityError, match="cancellation_burdens_who_gave_up"), transaction.atomic():
        Cancellation.objects.create(
            booking=booking, kind="cancelled", side="crew", at=now, hours_before=1, strikes=1
        )


# -- confirmation ---------------------------------------------------------------------------------------------


def booked(role, bo, when):
    offer = OfferFactory(role=role, profile=bo.profile, sent_at=when, expires_at=when + HOUR)
    return offers.accept(offer, by=bo, now=when)


def test_asked_reminded_and_then_the_place_goes_on(role, bo, mei, now):
    booking = booked(role, bo, now)
    work.drain(now=at(49))
    assert Confirmation.objects.count() == 0
    work.drain(now=at(48))
    asked = Confirmation.objects.get()
    assert (asked.asked_at, asked.due_at) == (at(48), at(16))
    work.drain(now=at(24))
    asked.refresh_from_db()
    assert asked.reminded_at == at(24)
    work.drain(now=at(16))
    asked.refresh_from_db()
    booking.refresh_from_db()
    assert (asked.missed_at, booking.state) == (at(16), BookingState.CANCELLED)
    assert (booking.cancellation.kind, booking.cancellation.strikes) == ("unconfirmed", 1)
    assert Vacancy.objects.get().cause == VacancyCause.UNCONFIRMED
    kinds = Notice.objects.filter(recipient=bo, kind="confirm_asked").order_by("pk")
    assert list(kinds.values_list("facts__again", flat=True)) == [False, True]
    assert Notice.objects.filter(recipient=mei, kind="booking_cancelled").count() == 1
    with pytest.raises(Conflict, match="confirmation_missed"):
        confirming.confirm(booking, by=bo, now=at(15))
    assert integrity.findings() == []


def test_who_confirmed_is_left_in_peace(role, bo, now):
    booking = booked(role, bo, now)
    work.drain(now=at(48))
    for moment in (at(40), at(39)):
        confirming.confirm(booking, by=bo, now=moment)
    work.drain(now=at(10))
    assert Confirmation.objects.get().confirmed_at == at(40)
    assert Booking.objects.get().state == BookingState.CONFIRMED
    assert list(confirmations.open_for(bo, at(39))) == []


def test_the_same_step_twice_asks_once(role, bo, now):
    booking = booked(role, bo, now)
    for _ in range(2):
        confirming.tend(booking.pk, now=at(47))
        confirming.tend(booking.pk, now=at(20))
    assert Notice.objects.filter(kind="confirm_asked").count() == 2
    for _ in range(2):
        confirming.tend(booking.pk, now=at(15))
    assert (Cancellation.objects.count(), Vacancy.objects.count()) == (1, 1)


def test_a_call_that_moved_away_is_asked_about_later(role, bo, now):
    booking = booked(role, bo, now)
    Shoot.objects.update(call_time="16:00")
    assert confirming.tend(booking.pk, now=at(48)) == ""
    again = WorkItem.objects.filter(kind=WorkKind.TEND_BOOKING).order_by("-due_at").first()
    assert again.due_at == at(40)


def test_who_books_within_two_days_has_just_said_yes(role, bo):
    booked(role, bo, at(30))
    assert not WorkItem.objects.filter(kind=WorkKind.TEND_BOOKING).exists()


def test_nobody_else_confirms_and_nothing_before_it_is_asked(booking, bo, lin, now):
    with pytest.raises(NotAllowed):
        confirming.confirm(booking, by=lin, now=now)
    with pytest.raises(Conflict, match="not_asked_yet"):
        confirming.confirm(booking, by=bo, now=now)


@pytest.mark.parametrize(
    ("call", "ask", "due"),
    [((12, 8), (10, 8), (11, 16)), ((12, 18), (10, 18), (11, 20)), ((12, 5), (10, 8), (11, 13))],
)
def test_no_moment_of_it_lies_in_the_night(call, ask, due):
    def moment(day, hour):
        return datetime(2026, 12, day, hour, 0, tzinfo=SHANGHAI)

    when = confirmations.moments(moment(*call))
    assert (when.ask, when.due) == (moment(*ask), moment(*due))
    assert when.ask < when.remind < when.due


# -- strikes and appeals --------------------------------------------------------------------------------------


@pytest.fixture
def struck(booking, bo):
    bookings.cancel(booking, by=bo, now=at(5))
    return Cancellation.objects.select_related("booking__profile", "booking__role__shoot__crew").get()


def appeal(case, by, now, **said):
    said = {"ground": AppealGround.TRAFFIC, "words": "高铁停运", "proof": "公告 2026-12"} | said
    return appeals.file(case, by=by, now=now, **said)


def test_an_appeal_holds_the_strikes_back_until_it_is_decided(struck, bo, ada):
    assert strikes.standing(bo.profile, at(4)).points == 2
    made = appeal(struck, bo, at(4))
    bo.profile.refresh_from_db()
    assert (strikes.standing(bo.profile, at(3)).points, bo.profile.reliability) == (0, 150)
    assert list(waiting.appeals_waiting()) == [made]
    assert Notice.objects.filter(kind="appeal_filed", recipient=ada).count() == 1

    appeals.uphold(made, by=ada, reason="公告是第二天的", now=at(2))

    bo.profile.refresh_from_db()
    assert (strikes.standing(bo.profile, at(1)).points, bo.profile.reliability) == (2, 110)
    assert list(waiting.appeals_waiting()) == []
    assert Notice.objects.get(kind="appeal_decided").facts["decision"] == "公告是第二天的"


def test_overturned_it_is_gone_for_good(struck, bo, ada):
    made = appeal(struck, bo, at(4))
    appeals.overturn(made, by=ada, reason="属实", now=at(2))
    bo.profile.refresh_from_db()
    assert (strikes.standing(bo.profile, at(1)).points, bo.profile.reliability) == (0, 150)
    with pytest.raises(Conflict, match="move_not_allowed"):
        appeals.uphold(made, by=ada, reason="再看一遍", now=at(1))


def test_the_crew_appeals_against_what_it_owes(booking, mei, bo, ada):
    bookings.cancel(booking, by=mei, now=at(5), reason="暴雪红色预警")
    case = Cancellation.objects.get()
    made = appeal(case, mei, at(4), ground=AppealGround.WEATHER)
    assert Wage.objects.count() == 0
    appeals.uphold(made, by=ada, reason="预警不在本地", now=at(3))
    assert list(Wage.objects.values_list("amount", flat=True)) == [350]
    with pytest.raises(NotAllowed):
        appeals.file(case, by=bo, ground="mistake", words="x", proof="", now=at(3))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ground": "moon"}, "ground_unknown"),
        ({"words": "  "}, "appeal_words"),
        ({"words": "x" * 1001}, "message_too_long"),
        ({"proof": ""}, "appeal_proof"),
        ({"proof": "x" * 301}, "message_too_long"),
    ],
)
def test_an_appeal_says_what_and_proves_it(struck, bo, said, code):
    with pytest.raises(Invalid, match=code):
        appeal(struck, bo, at(4), **said)


def test_a_mistake_needs_no_proof_but_five_days_are_enough(struck, bo, lin):
    with pytest.raises(Conflict, match="appeal_too_late"):
        appeal(struck, bo, at(5) + timedelta(days=5, seconds=1))
    with pytest.raises(NotAllowed):
        appeal(struck, lin, at(4))
    appeal(struck, bo, at(4), ground=AppealGround.MISTAKE, proof="")
    struck = Cancellation.objects.select_related("appeal", "booking__profile").get()
    with pytest.raises(Conflict, match="appealed_already"):
        appeal(struck, bo, at(3))


def test_only_admins_decide_and_they_say_why(struck, bo, mei, ada):
    made = appeal(struck, bo, at(4))
    with pytest.raises(NotAllowed):
        appeals.overturn(made, by=mei, reason="x", now=at(3))
    with pytest.raises(Invalid, match="decision_reason"):
        appeals.overturn(made, by=ada, reason=" ", now=at(3))
    assert Appeal.objects.get().state == AppealState.WAITING


def test_strikes_run_out_and_three_shoots_served_take_one_away(struck, bo):
    from psycopg.types.range import DateRange

    later = at(0) + timedelta(days=30)
    for week in range(3):
        first = (later + timedelta(days=14 * week)).date()
        BookingFactory(
            profile=bo.profile, days=DateRange(first, first + timedelta(days=5)), state=BookingState.SERVED
        )
    assert strikes.standing(bo.profile, later + timedelta(days=60)).points == 1
    assert strikes.standing(bo.profile, at(5) + timedelta(days=180)).points == 0

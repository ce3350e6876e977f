"""Booking sets: free, taken, waiting, offered on, and many at once."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import Range

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.timespan import SHANGHAI, start_of
from jobs.enums import CrewState, NoticeKind, SetBookingState, SetPart, ShootState, WorkKind
from jobs.models import BaseDay, Notice, SetBooking, WorkItem
from jobs.queries import sets as questions
from jobs.services import set_bookings, shoots, work
from jobs.services.set_bookings import Wish
from tests.factories.hubs import SetFactory
from tests.factories.jobs import NOW, ShootFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 12)
BOOKED, WAITING, OFFERED = SetBookingState.BOOKED, SetBookingState.WAITING, SetBookingState.OFFERED


@pytest.fixture
def hall(base):
    return SetFactory(
        base=base, slug="hall", name_zh="宴会厅", name_en="Banquet hall", makeup_room_adjacent=True
    )


@pytest.fixture
def lin_shoot(lin_crew, base):
    return ShootFactory(crew=lin_crew, base=base, title="海上来信")


def states_of(*rows):
    return list(
        SetBooking.objects.filter(pk__in=[r.pk for r in rows]).order_by("pk").values_list("state", flat=True)
    )


def test_a_free_set_is_booked_with_its_makeup_room_and_a_place_at_the_base(shoot, hall, mei):
    asked = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW)
    (row,) = asked.booked
    assert asked.waiting == []
    assert row.with_makeup_room
    assert (row.place.day, row.place.berth, row.place.shoot_id) == (DAY, 1, shoot.pk)
    assert [b.set for b in questions.booked_sets(shoot, DAY)] == [hall]


def test_the_hours_of_the_parts_tile_the_shoot_day():
    day, night, both = (
        set_bookings.hours_of(Wish(DAY, part)) for part in (SetPart.DAY, SetPart.NIGHT, SetPart.BOTH)
    )
    assert (day[0], day[1]) == (start_of(DAY), night[0])
    assert night[1] == start_of(DAY + timedelta(days=1))
    assert both == (day[0], night[1])
    assert day[1].astimezone(SHANGHAI).hour == 18


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("09:00", "12:30", ((12, 9), (12, 12))),
        ("22:00", "02:00", ((12, 22), (13, 2))),
        ("18:00", "05:00", ((12, 18), (13, 5))),
    ],
)
def test_hours_by_the_clock_may_pass_midnight(start, end, hours):
    found = set_bookings.hours_of(
        Wish(DAY, SetPart.HOURS, None, time.fromisoformat(start), time.fromisoformat(end))
    )
    assert tuple((m.astimezone(SHANGHAI).day, m.astimezone(SHANGHAI).hour) for m in found) == hours


def test_hours_that_end_before_they_start_are_refused(shoot, hall, mei):
    for start, end in ((time(12), time(9)), (time(4), time(6)), (None, time(9))):
        with pytest.raises(Invalid) as refused:
            set_bookings.ask(shoot, [Wish(DAY, SetPart.HOURS, hall, start, end)], by=mei, now=NOW)
        assert refused.value.code == "set_hours"


def test_who_comes_second_waits_and_is_offered_it_when_it_comes_free(shoot, lin_shoot, hall, mei, lin):
    (first,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.BOTH, hall)], by=mei, now=NOW).booked
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.NIGHT, hall)], by=lin, now=NOW).waiting
    assert questions.place_in_line(second) == 1
    set_bookings.release(first, by=mei, now=NOW)
    second.refresh_from_db()
    assert (second.state, second.confirm_by) == (OFFERED, NOW + timedelta(hours=4))
    notice = Notice.objects.get(kind=NoticeKind.SET_FREE)
    assert (notice.recipient, notice.facts["place_en"]) == (lin, "Banquet hall")
    assert list(BaseDay.objects.values_list("shoot_id", "berth")) == [(lin_shoot.pk, 1)]
    set_bookings.confirm(second, by=lin, now=NOW)
    assert states_of(first, second) == [SetBookingState.RELEASED, BOOKED]


def test_what_nobody_confirms_goes_to_the_next(shoot, lin_shoot, hall, mei, lin, base, crew):
    third_shoot = ShootFactory(crew=crew, base=base)
    (first,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW).booked
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.DAY, hall)], by=lin, now=NOW).waiting
    (third,) = set_bookings.ask(
        third_shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW + timedelta(1)
    ).waiting
    set_bookings.release(first, by=mei, now=NOW)
    item = WorkItem.objects.get(kind=WorkKind.LAPSE_SET)
    late = NOW + timedelta(hours=4)
    assert (item.subject_id, item.due_at) == (second.pk, late)
    second.refresh_from_db()
    with pytest.raises(Gone):
        set_bookings.confirm(second, by=lin, now=late)
    assert work.perform(item.pk, now=late)
    assert states_of(second, third) == [SetBookingState.LAPSED, OFFERED]


def test_close_to_the_day_there_is_less_time_to_confirm(shoot, lin_shoot, hall, mei, lin):
    now = start_of(DAY) - timedelta(hours=2)
    (first,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW).booked
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.DAY, hall)], by=lin, now=NOW).waiting
    set_bookings.release(first, by=mei, now=now)
    second.refresh_from_db()
    assert second.confirm_by == now + timedelta(hours=1)


def test_a_set_of_the_past_is_offered_to_nobody(shoot, lin_shoot, hall, mei, lin):
    (first,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW).booked
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.DAY, hall)], by=lin, now=NOW).waiting
    set_bookings.release(first, by=mei, now=start_of(DAY))
    assert states_of(second) == [WAITING]


def test_a_full_base_makes_wait_and_offers_its_place_on(shoot, lin_shoot, hall, base, mei, lin):
    other = SetFactory(base=base)
    type(base).objects.filter(pk=base.pk).update(daily_crew_capacity=1)
    (first,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW).booked
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.DAY, other)], by=lin, now=NOW).waiting
    set_bookings.release(first, by=mei, now=NOW)
    assert states_of(second) == [OFFERED]


def test_the_base_alone_can_be_booked_and_only_once(shoot, mei):
    (row,) = set_bookings.ask(shoot, [Wish(DAY)], by=mei, now=NOW).booked
    assert (row.set, row.place.berth) == (None, 1)
    with pytest.raises(Invalid) as refused:
        set_bookings.ask(shoot, [Wish(DAY)], by=mei, now=NOW)
    assert refused.value.code == "set_yours_already"
    set_bookings.release(row, by=mei, now=NOW)
    assert not BaseDay.objects.exists()


def test_a_place_goes_with_the_last_booking_that_stands_in_it(shoot, hall, base, mei):
    other = SetFactory(base=base)
    rows = set_bookings.ask(
        shoot, [Wish(DAY, SetPart.DAY, hall), Wish(DAY, SetPart.DAY, other)], by=mei, now=NOW
    ).booked
    assert BaseDay.objects.count() == 1
    set_bookings.release(rows[0], by=mei, now=NOW)
    assert BaseDay.objects.count() == 1
    set_bookings.release(rows[1], by=mei, now=NOW)
    assert BaseDay.objects.count() == 0


def test_a_shoot_that_is_called_off_gives_everything_back(shoot, lin_shoot, hall, mei, lin):
    set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW)
    (second,) = set_bookings.ask(lin_shoot, [Wish(DAY, SetPart.DAY, hall)], by=lin, now=NOW).waiting
    shoots.cancel(shoot=shoot, by=mei, now=NOW)
    assert states_of(second) == [OFFERED]
    assert not SetBooking.objects.filter(shoot=shoot).exclude(state=SetBookingState.RELEASED).exists()


def test_a_shoot_that_moves_gives_back_what_lies_outside_its_days(shoot, hall, mei):
    days = [DAY, DAY + timedelta(days=1)]
    first, second = set_bookings.ask(
        shoot, [Wish(day, SetPart.DAY, hall) for day in days], by=mei, now=NOW
    ).booked
    shoot.days = Range(days[1], days[1] + timedelta(days=5))
    set_bookings.release_stray(shoot, by=mei, now=NOW)
    assert states_of(first, second) == [SetBookingState.RELEASED, BOOKED]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (lambda hall: [], "set_none_chosen"),
        (lambda hall: [Wish(DAY, SetPart.DAY, SetFactory())], "set_elsewhere"),
        (lambda hall: [Wish(date(2026, 12, 19), SetPart.DAY, hall)], "not_a_shoot_day"),
        (lambda hall: [Wish(DAY, SetPart.DAY, hall), Wish(DAY, SetPart.BOTH, hall)], "set_yours_already"),
    ],
)
def test_what_cannot_be_right_is_refused_whole(shoot, hall, mei, wish, code):
    with pytest.raises(Invalid) as refused:
        set_bookings.ask(shoot, wish(hall), by=mei, now=NOW)
    assert refused.value.code == code
    assert not SetBooking.objects.exists()


def test_a_day_gone_by_an_unchecked_crew_and_an_ended_shoot_are_refused(shoot, hall, mei):
    with pytest.raises(Invalid):
        set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=start_of(DAY + timedelta(days=1)))
    type(shoot).objects.filter(pk=shoot.pk).update(state=ShootState.WRAPPED)
    with pytest.raises(Conflict) as over:
        set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW)
    shoot.crew.state = CrewState.APPLIED
    with pytest.raises(Conflict) as unchecked:
        set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW)
    assert (over.value.code, unchecked.value.code) == ("shoot_over", "crew_not_verified")


def test_only_those_who_run_the_crew_book_confirm_and_release(shoot, lin_shoot, hall, mei, lin, bo, ada):
    (row,) = set_bookings.ask(shoot, [Wish(DAY, SetPart.DAY, hall)], by=mei, now=NOW).booked
    for other in (lin, bo, ada):
        with pytest.raises(NotAllowed):
            set_bookings.ask(shoot, [Wish(DAY, SetPart.NIGHT, hall)], by=other, now=NOW)
        with pytest.raises(NotAllowed):
            set_bookings.release(row, by=other, now=NOW)
        with pytest.raises(NotAllowed):
            set_bookings.confirm(row, by=other, now=NOW)
    assert states_of(row) == [BOOKED]


# -- the database has the last word ---------------------------------------------------------------------------


def _raw(shoot, place, **fields):
    first = start_of(DAY)
    values = {
        "shoot": shoot, "base": shoot.base, "day": DAY, "part": SetPart.DAY, "state": BOOKED, "asked_at": NOW,
        "place": place, "during": Range(first, first + timedelta(hours=13)),
    }  # fmt: skip
    return SetBooking.objects.create(**values | fields)


def test_a_set_is_never_held_twice_whoever_writes(shoot, lin_shoot, hall):
    mine = BaseDay.objects.create(base=shoot.base, shoot=shoot, day=DAY, berth=1)
    hers = BaseDay.objects.create(base=shoot.base, shoot=lin_shoot, day=DAY, berth=2)
    _raw(shoot, mine, set=hall)
    with pytest.raises(IntegrityError, match="set_never_twice"), transaction.atomic():
        _raw(lin_shoot, hers, set=hall)
    waiting = _raw(lin_shoot, None, set=hall, state=WAITING)
    with pytest.raises(IntegrityError, match="set_never_twice"), transaction.atomic():
        SetBooking.objects.filter(pk=waiting.pk).update(state=BOOKED, place=hers)


def test_a_base_never_takes_more_crews_than_it_says_whoever_writes(shoot, lin_shoot, base):
    type(base).objects.filter(pk=base.pk).update(daily_crew_capacity=1)
    BaseDay.objects.create(base=base, shoot=shoot, day=DAY, berth=1)
    for berth in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            BaseDay.objects.create(base=base, shoot=lin_shoot, day=DAY, berth=berth)


def test_a_place_belongs_to_its_shoot_and_a_set_to_its_base(shoot, lin_shoot, hall):
    hers = BaseDay.objects.create(base=shoot.base, shoot=lin_shoot, day=DAY, berth=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        _raw(shoot, hers, set=hall)
    with pytest.raises(IntegrityError), transaction.atomic():
        _raw(lin_shoot, hers, set=SetFactory())

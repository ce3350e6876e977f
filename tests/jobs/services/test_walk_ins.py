"""Two hundred extras in one call; and who turns up without being on the list: asked by herself, taken by a leader."""

from datetime import date, datetime, time, timedelta

import pytest
from psycopg.types.range import DateRange

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.models import RoleType
from hubs.timespan import SHANGHAI
from jobs.models import Booking, ExtrasLine, Wage, WalkIn, WorkedDay
from jobs.queries import extras as questions
from jobs.services import extras, roles, walk_ins
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import ProfileFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 12)
DAWN = datetime(2026, 12, 12, 6, 0, tzinfo=SHANGHAI)
ONE_DAY = DateRange(DAY, DAY + timedelta(days=1))


@pytest.fixture
def kind():
    return RoleTypeFactory(name_zh="群众演员", name_en="Extra", category=RoleType.Category.EXTRAS)


@pytest.fixture
def crowd(shoot, kind):
    """Three places, one of them booked."""
    role = RoleFactory(shoot=shoot, role_type=kind, headcount=3, day_rate=135, days=ONE_DAY)
    BookingFactory(role=role, profile=ProfileFactory())
    role.filled = 1
    role.save(update_fields=["filled"])
    return role


@pytest.fixture
def call(shoot, crowd, mei, now):
    return extras.open_call(shoot, DAY, by=mei, now=now, call=time(6))


def ask(call, by, now=DAWN):
    return walk_ins.ask(extras.screen_code(call, now=now)[0], by=by, now=now)


def test_she_asks_a_leader_takes_her_and_she_is_booked_numbered_and_here(call, crowd, bo, mei):
    leader = call.lines.get().booking
    extras.set_leader(call.groups.get(), leader, by=mei, now=DAWN)
    asked = ask(call, bo)
    assert (asked.role, asked.day_rate, Booking.objects.count()) == (crowd, 135, 1)
    line = walk_ins.take(asked, by=leader.profile.user, now=DAWN)
    crowd.refresh_from_db()
    assert (line.number, line.group.number, line.booking.profile.user) == (2, 1, bo)
    assert (line.booking.days, line.booking.day_rate, crowd.filled) == (ONE_DAY, 135, 2)
    assert WorkedDay.objects.get(booking=line.booking).checked_in_at == DAWN
    with pytest.raises(Conflict, match="walk_in_decided"):
        walk_ins.take(asked, by=mei, now=DAWN)
    with pytest.raises(Conflict, match="walk_in_on_list"):
        ask(call, bo)


def test_who_is_booked_elsewhere_is_not_taken(call, bo, mei):
    asked = ask(call, bo)
    BookingFactory(role=RoleFactory(days=ONE_DAY), profile=bo.profile)
    with pytest.raises(Conflict, match="person_taken"):
        walk_ins.take(asked, by=mei, now=DAWN)
    assert (ExtrasLine.objects.count(), WalkIn.objects.get().taken) == (1, None)


def test_nobody_else_takes_and_a_no_holds(call, bo, mei, lin, lin_graduate):
    asked = ask(call, bo)
    for by in (lin, lin_graduate, bo):
        with pytest.raises(NotAllowed):
            walk_ins.take(asked, by=by, now=DAWN)
    walk_ins.refuse(asked, by=mei, now=DAWN)
    with pytest.raises(Conflict, match="walk_in_refused"):
        ask(call, bo)


def test_there_must_be_room_a_day_and_a_good_code(call, crowd, bo, mei, lin_graduate):
    crowd.headcount = 1
    crowd.save(update_fields=["headcount"])
    with pytest.raises(Conflict, match="walk_in_no_room"):
        ask(call, bo)
    text, until = extras.screen_code(call, now=DAWN)
    with pytest.raises(Gone):
        walk_ins.ask(text, by=bo, now=until + timedelta(seconds=1))
    with pytest.raises(NotAllowed):
        walk_ins.ask(text, by=mei, now=DAWN)
    extras.wrap(call, by=mei, now=DAWN + timedelta(hours=9))
    with pytest.raises(Conflict, match="extras_closed"):
        ask(call, bo)


def test_a_crowd_of_two_hundred_is_one_role_and_one_call(
    shoot, kind, role, mei, now, django_assert_num_queries
):
    crowd = roles.add(shoot=shoot, role_type=kind, headcount=200, day_rate=135, days=ONE_DAY, by=mei, now=now)
    for too_many, of in ((201, kind), (61, role.role_type)):
        with pytest.raises(Invalid, match="headcount"):
            roles.add(shoot=shoot, role_type=of, headcount=too_many, day_rate=135, by=mei, now=now)
    for _n in range(200):
        BookingFactory(role=crowd, profile=ProfileFactory())
    call = extras.open_call(shoot, DAY, by=mei, now=now, call=time(6), add_ons=[("淋雨", 10)])
    assert [group.lines.count() for group in call.groups.order_by("number")] == [30] * 6 + [20]
    text, _until = extras.paper_code(call)
    for line in call.lines.select_related("booking__profile__user"):
        extras.check_in_by_code(text, by=line.booking.profile.user, now=DAWN)
    with django_assert_num_queries(6):
        day = questions.on(call, now=DAWN + timedelta(hours=4))
    assert (day.expected, day.here, day.on_set) == (200, 200, 200)
    call.lines.update(costume_on=True)
    assert extras.wrap(call, by=mei, now=DAWN + timedelta(hours=11)) == 200 * (135 + 15)
    assert (Wage.objects.count(), set(Wage.objects.values_list("amount", flat=True))) == (200, {150})

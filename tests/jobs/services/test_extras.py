"""An extras day from the call to the wages: numbers and groups, codes that run out, add-ons, and what it all comes to."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.models import RoleType
from hubs.timespan import SHANGHAI
from jobs.models import ExtrasLine, Wage, WorkedDay
from jobs.queries import call_sheets as call_sheet_questions
from jobs.queries import extras as questions
from jobs.queries.extras import Pay, pay
from jobs.services import call_sheets, extras
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import ProfileFactory

DAY = date(2026, 12, 12)
DAWN = datetime(2026, 12, 12, 6, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 12, 12, 18, 30, tzinfo=SHANGHAI)


@pytest.fixture
def crowd(shoot, bo):
    """Bo and thirty more extras, booked for the one day at 135 yuan."""
    kind = RoleTypeFactory(name_zh="群众演员", name_en="Extra", category=RoleType.Category.EXTRAS)
    role = RoleFactory(
        shoot=shoot, role_type=kind, headcount=40, day_rate=135, days=DateRange(DAY, DAY + timedelta(days=1))
    )
    first = BookingFactory(role=role, profile=bo.profile)
    return [first, *(BookingFactory(role=role, profile=ProfileFactory()) for _n in range(30))]


@pytest.fixture
def call(shoot, crowd, mei, now):
    return extras.open_call(
        shoot, DAY, by=mei, now=now, call=time(6), add_ons=[("淋雨", 10), ("台词", 30)], meeting_point="北门"
    )


def line_of(call, booking) -> ExtrasLine:
    return call.lines.select_related("call__shoot__crew", "group__leader__profile", "booking").get(
        booking=booking
    )


def test_a_call_numbers_everybody_in_groups_of_thirty(call, crowd, shoot, mei, lin, now):
    assert sorted(call.lines.values_list("number", flat=True)) == list(range(1, 32))
    assert [group.lines.count() for group in call.groups.all()] == [30, 1]
    with pytest.raises(Conflict) as again:
        extras.open_call(shoot, DAY, by=mei, now=now, call=time(6))
    with pytest.raises(Conflict) as none:
        extras.open_call(shoot, DAY + timedelta(days=1), by=mei, now=now, call=time(6))
    with pytest.raises(NotAllowed):
        extras.open_call(shoot, DAY + timedelta(days=1), by=lin, now=now, call=time(6))
    assert (again.value.code, none.value.code) == ("extras_called", "no_extras")


def test_a_large_call_is_made_two_days_ahead_or_says_why(shoot, crowd, mei, monkeypatch):
    monkeypatch.setattr(questions, "LARGE_CALL", 31)
    late = DAWN - timedelta(hours=47)
    with pytest.raises(Conflict) as refused:
        extras.open_call(shoot, DAY, by=mei, now=late, call=time(6))
    assert refused.value.code == "large_call_notice"
    assert extras.open_call(shoot, DAY, by=mei, now=late, call=time(6), reason="雪景只有今天").expected == 31


def test_scanning_the_code_checks_in_and_the_code_runs_out(call, crowd, bo, lin_graduate):
    text, until = extras.screen_code(call, now=DAWN)
    assert extras.check_in_by_code(text, by=bo, now=DAWN).booking == crowd[0]
    extras.check_in_by_code(text, by=bo, now=DAWN + timedelta(minutes=1))
    assert WorkedDay.objects.get().checked_in_at == DAWN
    with pytest.raises(Gone):
        extras.check_in_by_code(text, by=bo, now=until + timedelta(seconds=1))
    with pytest.raises(Gone):
        extras.check_in_by_code(text[:-1] + "x", by=bo, now=DAWN)
    with pytest.raises(NotAllowed) as stranger:
        extras.check_in_by_code(text, by=lin_graduate, now=DAWN)
    assert stranger.value.code == "not_called"


def test_a_leader_ticks_her_group_and_no_other(call, crowd, bo, mei, lin):
    one, two = call.groups.all()
    extras.set_leader(one, crowd[0], by=mei, now=DAWN)
    other = line_of(call, two.lines.get().booking)
    hers = line_of(call, one.lines.exclude(booking=crowd[0]).first().booking)
    extras.check_in(hers, by=bo, now=DAWN)
    for line, by in ((other, bo), (hers, lin)):
        with pytest.raises(NotAllowed):
            extras.check_in(line, by=by, now=DAWN)
    with pytest.raises(NotAllowed):
        extras.set_leader(two, crowd[0], by=bo, now=DAWN)


def test_a_leader_is_booked_on_the_day(call, crowd, role, mei):
    role.days = DateRange(date(2026, 12, 14), date(2026, 12, 19))
    role.save()
    later = BookingFactory(role=role, profile=ProfileFactory())
    with pytest.raises(Invalid):
        extras.set_leader(call.groups.first(), later, by=mei, now=DAWN)


def test_wrapping_adds_up_and_owes(call, crowd, mei):
    costumed, half, absent = crowd[:3]
    rain, words = call.add_ons.all()
    for booking in (costumed, half):
        extras.check_in(line_of(call, booking), by=mei, now=DAWN)
    extras.tick(line_of(call, costumed), by=mei, now=DAWN, costume_on=True, add_ons=[rain.pk, words.pk])
    extras.check_out(line_of(call, half), by=mei, now=DAWN + timedelta(hours=4))
    # 12.5 hours on set: three started hours beyond ten, at 15 yuan.
    assert extras.wrap(call, by=mei, now=NIGHT) == 135 + 45 + 40 + 68
    owed = dict(Wage.objects.values_list("booking", "amount"))
    assert owed == {costumed.pk: 220, half.pk: 68}
    assert line_of(call, absent).sums["day"] == "absent"
    with pytest.raises(Conflict) as closed:
        extras.tick(line_of(call, half), by=mei, now=NIGHT, costume_on=True, add_ons=[])
    with pytest.raises(Conflict):
        extras.wrap(call, by=mei, now=NIGHT)
    assert closed.value.code == "extras_closed"


def test_nothing_is_ticked_for_who_is_not_there(call, crowd, mei):
    with pytest.raises(Conflict) as missing:
        extras.tick(line_of(call, crowd[3]), by=mei, now=DAWN, costume_on=True, add_ons=[])
    assert missing.value.code == "not_checked_in"


def test_a_day_of_sixty_asks_the_database_as_often_as_a_day_of_one(
    call, crowd, django_assert_num_queries, mei
):
    with django_assert_num_queries(6):
        few = questions.on(call, now=NIGHT)
    call.lines.filter(number__gt=3).delete()
    with django_assert_num_queries(6):
        questions.on(call, now=NIGHT)
    assert few.expected == 31


@pytest.mark.parametrize(
    ("hours", "costume", "expected"),
    [
        (None, True, Pay("absent", 135, 0, 0, 0, [])),
        (10, True, Pay("full", 135, 135, 0, 0, [("淋雨", 10)])),
        (10.01, True, Pay("full", 135, 135, 1, 15, [("淋雨", 10)])),
        (3, False, Pay("half", 135, 68, 0, 0, [("淋雨", 10)])),
    ],
)
def test_how_a_day_adds_up(hours, costume, expected):
    worked = None if hours is None else timedelta(hours=hours)
    found = pay(
        rate=135, hours=10, overtime_rate=15, worked=worked, costume_on=costume, add_ons=[("淋雨", 10)]
    )
    assert found == expected


@given(st.integers(1, 2000), st.integers(1, 12), st.integers(0, 100), st.integers(0, 24 * 60), st.booleans())
def test_staying_longer_or_in_costume_never_pays_less(rate, hours, overtime, minutes, costume):
    def amount(stay: int, dressed: bool) -> int:
        return pay(
            rate=rate, hours=hours, overtime_rate=overtime, worked=timedelta(minutes=stay), costume_on=dressed
        ).amount

    assert amount(minutes, costume) <= amount(minutes + 1, costume)
    assert amount(minutes, False) <= amount(minutes, True) <= 2 * amount(minutes, False)


def test_extras_stand_on_the_sheet_as_one_line_with_their_own_call(call, crowd, shoot, mei, now):
    made = call_sheets.publish(shoot, DAY, by=mei, now=now)
    shown = call_sheet_questions.sheet(shoot, DAY)
    assert (shown.people, shown.extras, shown.told, shown.listed) == (31, 31, 0, [])
    assert set(made.lines.values_list("call", "wrap", "own")) == {(time(6), time(16), True)}

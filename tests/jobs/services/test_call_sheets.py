"""Call sheets: drafts, versions that stay, news for those alone who are touched, and the rules of rest in between."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.enums import NoticeKind
from jobs.models import CallLine, CallScene, CallSheet, Notice, RestOverride, SheetReceipt, WorkedDay
from jobs.queries import call_sheets as questions
from jobs.queries import rest
from jobs.services import call_sheet_news as news
from jobs.services import call_sheets
from jobs.services.call_sheets import OwnTimes, Scene
from tests.factories.hubs import SetFactory
from tests.factories.jobs import BookingFactory, RoleFactory, ShootFactory
from tests.factories.profiles import ProfileFactory

DAY = date(2026, 12, 12)
AT_SEVEN, AT_EIGHT, AT_NOON = time(7), time(8), time(12)


@pytest.fixture
def booked(shoot, role, bo):
    """Bo and Ren, both on `role` from the 12th to the 18th; call at 08:00 for ten hours."""
    ren = ProfileFactory(user__name="任")
    return [BookingFactory(role=role, profile=bo.profile), BookingFactory(role=role, profile=ren)]


def told(sheet: CallSheet) -> list[str]:
    rows = Notice.objects.filter(kind=NoticeKind.CALL_SHEET, key__startswith=f"sheet:{sheet.pk}:")
    return sorted(rows.values_list("recipient__name", flat=True))


def test_the_first_version_tells_everybody_her_own_call(shoot, booked, mei, now):
    own = {booked[1].pk: OwnTimes(call=AT_SEVEN, note="带雨靴")}
    sheet = call_sheets.publish(shoot, DAY, by=mei, now=now, lines=own)
    assert told(sheet) == ["任", "博"]
    calls = dict(
        Notice.objects.filter(kind=NoticeKind.CALL_SHEET).values_list("recipient__name", "facts__call")
    )
    assert calls == {"博": "08:00", "任": "07:00"}
    assert [(line.call, line.wrap, line.own, line.since) for line in sheet.lines.order_by("booking")] == [
        (AT_EIGHT, time(18), False, 1),
        (AT_SEVEN, time(17), True, 1),
    ]


def test_a_new_version_tells_only_whom_it_touches(shoot, booked, bo, mei, now):
    first = call_sheets.publish(shoot, DAY, by=mei, now=now)
    news.confirm(first, by=bo, now=now)
    later = now + timedelta(hours=1)
    second = call_sheets.publish(
        shoot, DAY, by=mei, now=later, weather="小雨", lines={booked[1].pk: OwnTimes(call=AT_NOON)}
    )
    assert told(second) == ["任"]
    shown = questions.sheet(shoot, DAY)
    assert {line.name: (line.state, line.changed) for line in shown.lines} == {
        "博": ("confirmed", False),
        "任": ("pending", True),
    }


@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({"weather": "雪", "meals": "12:30", "hospital": "市一院"}, []),
        ({"scenes": [Scene("3-1")]}, []),
        ({"note": "改在二号门"}, ["任", "博"]),
        ({"transport": "06:30 北门"}, ["任", "博"]),
        ({"place": "湖边"}, ["任", "博"]),
        ({"general_call": AT_SEVEN}, ["任", "博"]),
        ({"wrap": time(20)}, ["任", "博"]),
    ],
)
def test_what_disturbs_people_and_what_does_not(shoot, booked, mei, now, change, who):
    call_sheets.publish(shoot, DAY, by=mei, now=now)
    assert told(call_sheets.publish(shoot, DAY, by=mei, now=now, **change)) == who


def test_who_is_booked_later_is_told_alone(shoot, booked, role, mei, now):
    call_sheets.publish(shoot, DAY, by=mei, now=now)
    role.headcount = 3
    role.save()
    BookingFactory(role=role, profile=ProfileFactory(user__name="夏"))
    states = {line.name: line.state for line in questions.sheet(shoot, DAY).lines}
    assert states["夏"] == "joined"
    assert told(call_sheets.publish(shoot, DAY, by=mei, now=now)) == ["夏"]


def test_a_published_version_is_frozen_in_the_database(shoot, booked, mei, now):
    sheet = call_sheets.publish(shoot, DAY, by=mei, now=now, scenes=[Scene("1-1")])
    for touch in (
        lambda: CallSheet.objects.filter(pk=sheet.pk).update(note="x"),
        lambda: CallLine.objects.filter(call_sheet=sheet).update(call=AT_NOON),
        lambda: CallScene.objects.filter(call_sheet=sheet).update(number="9"),
        lambda: CallScene.objects.create(call_sheet=sheet, position=2, number="2"),
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            touch()


def test_an_older_version_can_be_read_as_it_was(shoot, booked, mei, now):
    call_sheets.publish(shoot, DAY, by=mei, now=now, note="一")
    call_sheets.publish(shoot, DAY, by=mei, now=now, note="二", lines={booked[0].pk: OwnTimes(call=AT_NOON)})
    old, new = questions.sheet(shoot, DAY, version=1), questions.sheet(shoot, DAY)
    assert (old.call_sheet.note, old.is_newest, {line.call for line in old.lines}) == (
        "一",
        False,
        {AT_EIGHT},
    )
    assert (new.call_sheet.note, new.versions) == ("二", [2, 1])


def test_a_draft_tells_nobody_and_is_one(shoot, booked, mei, lin, now):
    first = call_sheets.save(shoot, DAY, by=mei, now=now, note="早")
    again = call_sheets.save(shoot, DAY, by=mei, now=now, weather="晴", scenes=[Scene("1"), Scene("2")])
    assert (first.pk, again.note, again.scenes.count()) == (again.pk, "早", 2)
    assert not Notice.objects.exists()
    assert questions.sheet(shoot, DAY).call_sheet is None
    call_sheets.discard(shoot, DAY, by=mei, now=now)
    assert not CallSheet.objects.exists()
    with pytest.raises(NotAllowed):
        call_sheets.save(shoot, DAY, by=lin, now=now)
    with pytest.raises(Invalid) as many:
        call_sheets.save(shoot, DAY, by=mei, now=now, scenes=[Scene(str(n)) for n in range(41)])
    assert many.value.code == "too_many_scenes"


def test_a_new_draft_begins_as_the_newest_version_stands(shoot, base, booked, mei, now):
    place = SetFactory(base=base)
    call_sheets.publish(
        shoot, DAY, by=mei, now=now, sets=[place], note="带伞", scenes=[Scene("7-2", "书房 夜 内")],
        lines={booked[0].pk: OwnTimes(off=True)},
    )  # fmt: skip
    draft = call_sheets.save(shoot, DAY, by=mei, now=now)
    assert (draft.version, draft.note, list(draft.sets.all())) == (2, "带伞", [place])
    assert [scene.heading for scene in draft.scenes.all()] == ["书房 夜 内"]
    assert [(line.booking, line.off) for line in draft.lines.all()] == [(booked[0], True)]


@pytest.fixture
def elsewhere(bo, lin_crew, base):
    """Bo on another crew's shoot that ends the day before; he left it at 01:40."""
    other = ShootFactory(
        crew=lin_crew, base=base, title="别人的戏", days=DateRange(date(2026, 12, 7), date(2026, 12, 12))
    )
    booking = BookingFactory(role=RoleFactory(shoot=other), profile=bo.profile)
    start = datetime(2026, 12, 11, 15, 0, tzinfo=SHANGHAI)
    WorkedDay.objects.create(
        booking=booking,
        day=date(2026, 12, 11),
        checked_in_at=start,
        checked_out_at=start + timedelta(hours=10, minutes=40),
    )
    return booking


def test_hours_follow_the_person_across_crews_and_nobody_learns_whose(shoot, booked, elsewhere, mei, now):
    with pytest.raises(Conflict) as refused:
        call_sheets.publish(shoot, DAY, by=mei, now=now)
    assert (refused.value.code, refused.value.facts) == ("rest_refused", {"people": 1, "names": "博"})
    found = rest.judged(
        {booked[0].profile_id: rest.planned(booked[0].role, DAY)},
        {booked[0].profile_id: booked[0].profile},
        shoot=shoot,
        instead_of=[booked[0].pk],
    )[booked[0].profile_id]
    assert [(flag.rule, flag.level) for flag in found.flags] == [
        ("turnaround", "refused"),
        ("sixth_day", "warn"),
    ]
    assert "别人" not in str(found.flags)


def test_one_tap_takes_the_earliest_lawful_call(shoot, booked, elsewhere, mei, now):
    assert call_sheets.take_calls(shoot, DAY, by=mei, now=now) == 1
    sheet = call_sheets.publish(shoot, DAY, by=mei, now=now, wrap=time(20))
    assert {line.booking.pk: line.call for line in sheet.lines.all()} == {
        booked[0].pk: time(11, 45),
        booked[1].pk: AT_EIGHT,
    }


def test_less_than_ten_hours_take_a_reason_that_is_kept(shoot, booked, elsewhere, mei, now):
    own = {booked[0].pk: OwnTimes(call=time(10), wrap=time(19))}
    with pytest.raises(Conflict) as asked:
        call_sheets.publish(shoot, DAY, by=mei, now=now, lines=own)
    assert asked.value.code == "rest_needs_reason"
    call_sheets.publish(shoot, DAY, by=mei, now=now, lines=own, reason="景只有今天，本人同意")
    kept = RestOverride.objects.get()
    assert (kept.profile, kept.day, kept.rule, kept.reason, kept.facts) == (
        booked[0].profile, DAY, "turnaround", "景只有今天，本人同意", {"minutes": 500, "ahead": False},
    )  # fmt: skip
    call_sheets.publish(shoot, DAY, by=mei, now=now, note="二版不再问")
    assert RestOverride.objects.count() == 1


def test_who_is_left_free_is_not_held_against_the_rules(shoot, booked, elsewhere, mei, now):
    sheet = call_sheets.publish(shoot, DAY, by=mei, now=now, lines={booked[0].pk: OwnTimes(off=True)})
    assert {line.name: line.state for line in questions.sheet(shoot, DAY).lines}["博"] == "off"
    assert sheet.version == 1


def test_breaches_are_told_to_admins_with_their_reasons(shoot, booked, elsewhere, mei, now):
    own = {booked[0].pk: OwnTimes(call=time(10), wrap=time(19))}
    call_sheets.publish(shoot, DAY, by=mei, now=now, lines=own, reason="本人同意")
    found = [
        (each.hours.booking.profile.user.name, each.hours.stint.day.day, each.flag.rule, bool(each.override))
        for each in rest.rest_breaches(since=DAY, until=DAY, hub=shoot.base.hub)
    ]
    assert sorted(found) == [("博", 12, "sixth_day", False), ("博", 12, "turnaround", True)]


def test_confirming_and_asking_again(shoot, booked, bo, mei, lin, now):
    sheet = call_sheets.publish(shoot, DAY, by=mei, now=now)
    assert news.see(sheet, by=lin, now=now) is None
    news.see(sheet, by=bo, now=now)
    assert questions.sheet(shoot, DAY).seen == 1
    news.confirm(sheet, by=bo, now=now)
    assert SheetReceipt.objects.get().confirmed_at == now
    soon = now + timedelta(minutes=1)
    assert news.remind(sheet, None, by=mei, now=soon) == 1
    assert news.remind(sheet, [booked[1].pk], by=mei, now=soon) == 0
    assert news.remind(sheet, [booked[0].pk], by=mei, now=soon + timedelta(hours=1)) == 0
    assert news.remind(sheet, [booked[1].pk], by=mei, now=soon + timedelta(hours=1)) == 1
    with pytest.raises(NotAllowed):
        news.remind(sheet, None, by=lin, now=now)

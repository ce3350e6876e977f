"""When a notice leaves: her choice, the night in Shanghai, and many as one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from jobs.enums import NoticeKind, NoticeState, WorkKind
from jobs.models import Notice, WorkItem
from jobs.queries import notices as questions
from jobs.services import delivery, notices, work
from jobs.services.notices import Message
from profiles.models import OutboxItem

FACTS = {"shoot": 3, "title": "雨夜归人", "people": 75}


def shanghai(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def answers(user, now, count, *, declined=0, shoot=3):
    rows = [
        Message(
            user.pk,
            NoticeKind.OFFER_ANSWERED,
            f"offer:{shoot}:{n}",
            {
                "shoot": shoot, "title": "雨夜归人", "person": f"人{n}", "role_zh": "场记", "role_en": "Script",
                "answer": "declined" if n < declined else "accepted",
            },
        )
        for n in range(count)
    ]  # fmt: skip
    notices.write_all(rows, now=now)


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        (shanghai(21, 59), False),
        (shanghai(22), True),
        (shanghai(3), True),
        (shanghai(7, 59), True),
        (shanghai(8), False),
    ],
)
def test_the_night_is_from_ten_to_eight_in_shanghai(moment, night):
    assert delivery.quiet(moment) is night


def test_what_can_wait_leaves_in_the_morning_as_one_mail(mei, db):
    late = shanghai(23, 30)
    for n in (1, 2, 3):
        notices.write(recipient_id=mei.pk, kind=NoticeKind.CREW_FULL, key=f"crew:{n}", facts=FACTS, now=late)
    (item,) = WorkItem.objects.all()
    assert (item.kind, item.subject_id, item.due_at) == (WorkKind.DELIVER_DIGEST, mei.pk, shanghai(8, day=2))
    assert work.drain(now=late) == 0
    assert work.drain(now=shanghai(8, day=2)) == 1
    assert [m.to for m in mail.outbox] == [["mei@crews.example"]]
    assert mail.outbox[0].body.count("雨夜归人") == 3
    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.SENT}


@pytest.mark.parametrize(
    ("kind", "facts", "leaves"),
    [
        (NoticeKind.CALL_SHEET, {"day": "2026-12-02"}, True),
        (NoticeKind.CALL_SHEET, {"day": "2026-12-03"}, False),
        (NoticeKind.BOOKING_CANCELLED, {"first_day": "2026-12-01"}, True),
        (NoticeKind.BOOKING_CANCELLED, {"first_day": "2026-12-20"}, False),
        (NoticeKind.OFFER_RECEIVED, {"first_day": "2026-12-20", "expires_at": shanghai(8, 30, day=2).isoformat()}, True),
        (NoticeKind.OFFER_RECEIVED, {"first_day": "2026-12-20", "expires_at": shanghai(10, day=2).isoformat()}, False),
        # What was answered long ago no longer ends tonight.
        (NoticeKind.BOOKING_CONFIRMED, {"first_day": "2026-12-20", "expires_at": shanghai(9).isoformat()}, False),
        (NoticeKind.SEARCH_FOUND, {"first_day": "2026-12-02"}, False),
    ],
)  # fmt: skip
def test_only_what_changes_today_or_tomorrow_breaks_the_night(kind, facts, leaves):
    route = delivery.route(kind, facts, {"mail"}, now=shanghai(23))
    assert (route.digest_at is None) is leaves


@pytest.mark.parametrize(("day", "leaves"), [("2026-12-02", True), ("2026-12-03", False)])
def test_at_two_in_the_night_tomorrow_begins_at_five(day, leaves):
    route = delivery.route(NoticeKind.CALL_SHEET, {"day": day}, {"mail"}, now=shanghai(2, day=2))
    assert (route.digest_at is None) is leaves


def test_a_coordinator_hears_at_night_of_what_her_people_are_woken_for():
    facts = {"about": NoticeKind.BOOKING_CANCELLED, "first_day": "2026-12-02"}
    route = delivery.route(NoticeKind.VILLAGE_NEWS, facts, {"sms"}, now=shanghai(23))
    assert route.digest_at == shanghai(23, 11)


def test_a_hundred_answers_are_one_line_and_one_on_the_bell(mei, now):
    answers(mei, now, 100, declined=12)
    assert questions.unread(mei) == 1
    (line,) = questions.together(mei)
    assert (line.count, line.accepted, line.facts["person"]) == (100, 88, "人99")
    assert (Notice.objects.count(), WorkItem.objects.count()) == (100, 0)


def test_what_was_read_stays_apart_from_what_is_new(mei, now):
    answers(mei, now, 2)
    notices.mark_read(mei, now=now)
    answers(mei, now, 3, shoot=4)
    notices.write(recipient_id=mei.pk, kind=NoticeKind.CREW_FULL, key="full", facts=FACTS, now=now)
    assert [(line.kind, line.count) for line in questions.together(mei)] == [
        ("crew_full", 1),
        ("offer_answered", 3),
        ("offer_answered", 2),
    ]
    assert questions.unread(mei) == 2


def test_answers_by_mail_for_who_wants_them_come_as_one(mei, now):
    notices.choose(mei, [(NoticeKind.OFFER_ANSWERED, "mail")], by=mei)
    answers(mei, now, 20)
    assert WorkItem.objects.count() == 1
    work.drain(now=now + timedelta(minutes=12))
    assert len(mail.outbox) == 1


def test_a_text_message_goes_to_a_proved_number_only(bo, now):
    facts = {"shoot": 1, "title": "雨夜归人", "day": "2026-12-02", "call": "07:30", "version": 1}
    for proved in (False, True):
        type(bo).objects.filter(pk=bo.pk).update(mobile="+8613800138000", mobile_verified=proved)
        notices.write(
            recipient_id=bo.pk, kind=NoticeKind.CALL_SHEET, key=f"sheet:{proved}", facts=facts, now=now
        )
        assert work.drain(now=now) == 1
    (text,) = OutboxItem.objects.all()
    assert text.recipient == "+8613800138000"
    assert "雨夜归人" in text.text
    assert len(mail.outbox) == 2


def test_what_has_left_is_not_sent_twice_when_the_other_way_fails(bo, now, monkeypatch):
    type(bo).objects.filter(pk=bo.pk).update(mobile="+8613800138000", mobile_verified=True)
    facts = {"shoot": 1, "title": "雨夜归人", "day": "2026-12-02", "call": "07:30", "version": 1}
    notices.write(recipient_id=bo.pk, kind=NoticeKind.CALL_SHEET, key="sheet", facts=facts, now=now)

    def refuse(*args, **kwargs):
        raise OSError("the gateway is away")

    with monkeypatch.context() as broken:
        broken.setattr("profiles.channels.sms.gateway", refuse)
        assert work.drain(now=now) == 0
    assert (len(mail.outbox), OutboxItem.objects.count()) == (1, 0)
    assert work.drain(now=now + timedelta(minutes=1)) == 1
    assert (len(mail.outbox), OutboxItem.objects.count()) == (1, 1)


def test_her_word_holds_for_what_concerns_her(bo, mei, now):
    notices.choose(bo, [(NoticeKind.OFFER_EXPIRED, "sms"), (NoticeKind.CREW_FULL, "mail")], by=bo)
    wanted = questions.channels([bo.pk, mei.pk], [NoticeKind.OFFER_EXPIRED, NoticeKind.CREW_FULL])
    assert wanted == {
        (bo.pk, "offer_expired"): {"sms"},
        (bo.pk, "crew_full"): {"mail"},
        (mei.pk, "offer_expired"): {"mail"},
        (mei.pk, "crew_full"): {"mail"},
    }

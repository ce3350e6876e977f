"""A message is a row first; its e-mail leaves at least once and never holds anything up."""

from datetime import timedelta

import pytest
from django.core import mail

from jobs.channels import email
from jobs.enums import NoticeKind, NoticeState
from jobs.models import Notice, WorkItem
from jobs.services import notices, work
from tests.factories.jobs import NoticeFactory
from tests.factories.profiles import ProfileFactory

FACTS = {"shoot": 3, "title": "雨夜归人", "people": 75}


def write(user, now, key="crew:3", kind=NoticeKind.CREW_FULL, facts=FACTS):
    notices.write(recipient_id=user.pk, kind=kind, key=key, facts=facts, now=now)
    return Notice.objects.get(key=key)


def deliver(now):
    return [work.perform(item_id, now=now) for item_id in work.due(now=now)]


def test_a_notice_is_written_once_and_sent_once(mei, now):
    for _ in range(2):
        notice = write(mei, now)
    assert deliver(now) == [True]
    assert deliver(now) == []
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, len(mail.outbox)) == (NoticeState.SENT, now, 1)
    assert mail.outbox[0].to == ["mei@crews.example"]


def test_answers_stand_on_the_page_and_send_no_mail(mei, now):
    facts = {"answer": "accepted"}
    notice = write(mei, now, kind=NoticeKind.OFFER_ANSWERED, facts=facts)
    assert (notice.state, WorkItem.objects.count()) == (NoticeState.SENT, 0)


@pytest.mark.parametrize("change", [{"email": None, "mobile": "+8613800138000"}, {"is_active": False}])
def test_who_cannot_be_mailed_has_it_on_the_page(mei, now, change):
    type(mei).objects.filter(pk=mei.pk).update(**change)
    notice = write(mei, now)
    assert deliver(now) == [True]
    notice.refresh_from_db()
    assert (notice.state, mail.outbox) == (NoticeState.SENT, [])


def test_simulated_people_get_no_mail(now, db):
    user = ProfileFactory(simulated=True).user
    write(user, now)
    deliver(now)
    assert mail.outbox == []


def test_a_mail_server_that_refuses_is_tried_again_and_given_up_in_the_end(mei, now, monkeypatch):
    def refuse(notice):
        raise OSError("connection refused by mei@crews.example")

    monkeypatch.setattr(email, "send", refuse)
    notice, moment = write(mei, now), now
    for attempt in range(1, 9):
        assert deliver(moment) == [False]
        notice.refresh_from_db()
        assert notice.state == (NoticeState.PENDING if attempt < 8 else NoticeState.FAILED)
        moment += timedelta(minutes=10)
    assert (notice.error, WorkItem.objects.get().error) == ("OSError", "OSError")
    monkeypatch.undo()
    work.try_again(WorkItem.objects.get().pk, now=moment)
    assert deliver(moment) == [True]
    notice.refresh_from_db()
    assert (notice.state, notice.error, len(mail.outbox)) == (NoticeState.SENT, "", 1)


def test_reading_marks_only_ones_own(mei, lin, now):
    mine, hers = NoticeFactory(recipient=mei), NoticeFactory(recipient=lin)
    assert (notices.mark_read(mei, now=now), notices.mark_read(mei, now=now)) == (1, 0)
    mine.refresh_from_db()
    hers.refresh_from_db()
    assert (mine.read_at, hers.read_at) == (now, None)

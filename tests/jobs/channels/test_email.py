"""The words of every kind of notice, in both languages, and the mail around them."""

import pytest
from django.utils import translation

from jobs.channels import email
from jobs.channels.together import several
from jobs.channels.words import words
from jobs.enums import NoticeKind
from jobs.services import sending
from tests.factories.jobs import NoticeFactory, OfferFactory

CAUSES = ["crew", "booked_elsewhere", "shoot_cancelled", "shoot_wrapped"]


@pytest.fixture
def offer(role, bo):
    return OfferFactory(role=role, profile=bo.profile)


def every_kind(offer):
    facts = sending.facts_of(offer) | {
        "booking": 1,
        "person": "博",
        "run": 1,
        "people": 75,
        "filled": 70,
        "slots": 75,
        "day": "2026-12-12",
        "call": "07:30",
        "version": 2,
        "until": "2026-12-20T10:00:00+00:00",
        "amount": 2450,
        "name": "郑州场记",
        "count": 3,
        "query": {"hub": ["zhengzhou"]},
    }
    for kind in ("CALL_SHEET", "EXPORT_READY", "LEAVING", "WAGE_PAID", "SEARCH_FOUND"):
        yield NoticeKind[kind], facts
    yield NoticeKind.OFFER_RECEIVED, facts
    yield NoticeKind.OFFER_EXPIRED, facts
    yield NoticeKind.BOOKING_CONFIRMED, facts
    yield NoticeKind.CREW_FULL, facts
    yield NoticeKind.APPLICATION_RECEIVED, facts
    for cause in CAUSES:
        yield NoticeKind.OFFER_WITHDRAWN, facts | {"cause": cause}
    for by in ("graduate", "crew"):
        yield NoticeKind.BOOKING_CANCELLED, facts | {"by": by}
        yield NoticeKind.BOOKING_CANCELLED, facts | {"by": by, "to": "graduate"}
    for state in ("ready", "withheld", "failed"):
        yield NoticeKind.MATCH_READY, facts | {"state": state}
    for answer in ("accepted", "declined"):
        yield NoticeKind.OFFER_ANSWERED, facts | {"answer": answer}
    hours = facts | {"came": "07:00", "left": "02:00", "answer": "打卡为准"}
    yield NoticeKind.HOURS_DISPUTED, hours
    for taken_over in (True, False):
        yield NoticeKind.HOURS_ANSWERED, hours | {"taken_over": taken_over}
    for kind in NEWER:
        yield NoticeKind(kind), facts


NEWER = (
    "set_free", "crew_decided", "crew_right", "unit_changed", "unit_settled", "crew_message", "application_closed",
    "confirm_asked", "strike", "appeal_filed", "appeal_decided", "wage_overdue", "wage_denied", "refill_stuck",
    "case_decided", "likeness_asked", "likeness_answered", "role_below_floor", "village_call", "village_news",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_notice_has_words_and_a_page(offer, language):
    kinds = set()
    with translation.override(language):
        for kind, facts in every_kind(offer):
            said = words(kind, facts)
            kinds.add(kind)
            assert said.title
            assert said.text
            assert said.path.startswith("/")
            assert "%(" not in said.title + said.text
    assert kinds == set(NoticeKind)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_notice_that_has_lost_its_facts_is_still_a_sentence(language):
    with translation.override(language):
        for kind in [*NoticeKind.values, "gone_from_the_code"]:
            for facts in ({}, {"title": None, "first_day": "never", "offer": "x", "state": 3}):
                for said in (words(kind, facts), several(kind, facts, count=4, accepted=1)):
                    assert said.title
                    assert said.text
                    assert said.path.startswith("/")


def test_an_offer_says_pay_days_place_and_deadline_in_english(offer):
    with translation.override("en"):
        said = words(NoticeKind.OFFER_RECEIVED, sending.facts_of(offer))
    assert said.title == "Offer: Lighting assistant, 雨夜归人"
    assert said.path == f"/offers/{offer.pk}/"
    for part in ("¥350 a day", "Dec 12 – 18, 2026", "Dazhi Base, Zhengzhou", "山海剧组", "21:00"):
        assert part in said.text


def test_the_mail_is_in_the_recipients_language_and_can_be_known_again(offer, bo, settings):
    settings.SITE_URL = "https://jinzu.example/"
    type(bo).objects.filter(pk=bo.pk).update(language="en")
    bo.refresh_from_db()
    notice = NoticeFactory(recipient=bo, kind=NoticeKind.OFFER_RECEIVED, facts=sending.facts_of(offer))
    with translation.override("zh-hans"):
        made = email.message(notice)
    assert made.subject == "Offer: Lighting assistant, 雨夜归人"
    assert made.to == ["bo@people.example"]
    assert made.extra_headers["Message-ID"] == f"<notice-{notice.pk}@jinzu.example>"
    assert "https://jinzu.example/answer/" in made.body
    html, kind = made.alternatives[0]
    assert (kind, 'href="https://jinzu.example/answer/' in html) == ("text/html", True)


def test_a_title_cannot_inject_headers_or_markup(offer, bo):
    facts = sending.facts_of(offer) | {"title": "x\r\nBcc: all@people.example <script>alert(1)</script>"}
    made = email.message(NoticeFactory(recipient=bo, kind=NoticeKind.OFFER_RECEIVED, facts=facts))
    assert "\n" not in made.subject
    assert "\r" not in made.subject
    assert "<script>" not in made.alternatives[0][0]

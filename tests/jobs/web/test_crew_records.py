"""The record of a crew: who likes it, who keeps away from it, and who stops it from publishing."""

import pytest
from django.urls import reverse

from jobs.enums import CrewState
from jobs.models import Block, Notice, Star
from jobs.policies import visible_roles
from jobs.queries import matching
from tests.factories.jobs import CrewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(crew):
    return reverse("crews:record", args=[crew.pk])


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_she_likes_a_crew_and_takes_it_back(page, bo, crew, record):
    say = reverse("crews:say", args=[crew.pk])
    assert page(bo, say, post={"what": "star"}).url == record
    page(bo, say, post={"what": "star"})  # said twice, kept once
    assert list(Star.objects.values_list("profile", "crew")) == [(bo.profile.pk, crew.pk)]
    assert "You like to work for this crew" in text(page(bo, record))
    page(bo, say, post={"what": "unstar"})
    assert not Star.objects.exists()
    assert "I like to work for this crew" in text(page(bo, record))


def test_who_keeps_away_is_not_matched_and_the_crew_is_not_told(page, bo, mei, crew, role, record, now):
    say = reverse("crews:say", args=[crew.pk])
    page(bo, say, post={"what": "star"})
    page(bo, say, post={"what": "block", "reason": "欠薪两次。"})
    assert [(each.side, each.reason) for each in Block.objects.all()] == [("person", "欠薪两次。")]
    assert not Star.objects.exists()
    assert "blocked" in {
        each["barrier"] for each in matching.fit(profile=bo.profile, role=role, now=now).barriers
    }
    assert not Notice.objects.filter(recipient=mei).exists()
    assert "欠薪两次" not in text(page(mei, record))
    shown = text(page(bo, record))
    assert "You keep away from this crew" in shown
    assert "I like to work for this crew" not in shown
    page(bo, say, post={"what": "unblock"})
    assert not Block.objects.exists()


def test_from_any_record_she_comes_to_the_other_crews_she_spoke_of(page, bo, crew, record):
    away, liked, waiting = (CrewFactory(name=name) for name in ("浪涌剧组", "听雨剧组", "候场剧组"))
    for other, what in ((away, "block"), (liked, "star"), (waiting, "star")):
        page(bo, reverse("crews:say", args=[other.pk]), post={"what": what})
    type(waiting).objects.filter(pk=waiting.pk).update(state=CrewState.APPLIED, verified_at=None)
    answer = page(bo, record)
    mine = answer.context["mine"]
    assert (mine.starred, mine.blocked, mine.liked, mine.avoided) == (False, False, [liked], [away])
    for other in (away, liked):
        assert reverse("crews:record", args=[other.pk]) in text(answer)


def test_an_admin_suspends_a_crew_and_lets_it_publish_again(page, ada, mei, bo, crew, role, record):
    decide = reverse("crews:decide", args=[crew.pk])
    assert visible_roles(bo).filter(pk=role.pk).exists()
    assert page(ada, decide, post={"what": "suspend", "reason": " "}).status_code == 400
    page(ada, decide, post={"what": "suspend", "reason": "假通告，收培训费。"})
    crew.refresh_from_db()
    assert (crew.state, crew.reason) == (CrewState.SUSPENDED, "假通告，收培训费。")
    assert not visible_roles(bo).filter(pk=role.pk).exists()
    assert Notice.objects.filter(recipient=mei).count() == 1
    assert "This crew is suspended" in text(page(None, record))
    assert "收培训费" not in text(page(bo, record))  # its owners read why, nobody else
    assert "收培训费" in text(page(ada, record))
    page(ada, decide, post={"what": "verify"})
    crew.refresh_from_db()
    assert crew.state == CrewState.VERIFIED


def test_a_step_that_the_page_does_not_know_changes_nothing(page, bo, ada, crew):
    assert page(bo, reverse("crews:say", args=[crew.pk]), post={"what": "marry"}).status_code == 400
    assert page(ada, reverse("crews:decide", args=[crew.pk]), post={"what": "close"}).status_code == 400
    assert not Block.objects.exists()


def test_a_visitor_and_a_manager_are_asked_nothing(page, mei, record):
    for who in (None, mei):
        shown = text(page(who, record))
        assert "You and this crew" not in shown
        assert "Right to publish" not in shown

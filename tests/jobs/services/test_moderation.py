"""Reports and the zero-fee guard: what is held back, who is told, and that nothing is decided twice."""

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from jobs import policies
from jobs.models import Application, Case, Entry, Hold, Notice, Role
from jobs.models.moderation import CaseSubject
from jobs.queries import roles as open_questions
from jobs.services import applications, moderation, roles, shoots
from tests.factories.jobs import ApplicationFactory, RoleFactory, ShootFactory

pytestmark = pytest.mark.django_db

FEE = "进组前交 培 训 费 3980 元"


@pytest.fixture
def role(shoot):
    return RoleFactory(shoot=shoot, note="能熬夜")


@pytest.fixture
def bad(shoot):
    return RoleFactory(shoot=shoot, note=FEE)


@pytest.fixture
def case(role, bo, now):
    return moderation.report(CaseSubject.ROLE, role, reason="fake", words="没有这家公司", by=bo, now=now)


def told() -> dict:
    return {
        notice.recipient.name: notice.facts["side"] for notice in Notice.objects.filter(kind="case_decided")
    }


def test_a_report_keeps_what_stood_there(case, role, bo, crew):
    Role.objects.filter(pk=role.pk).update(note="")

    assert (case.crew, case.reporter, case.reason, case.words) == (crew, bo, "fake", "没有这家公司")
    assert case.evidence["texts"] == [{"field": "note", "text": "能熬夜", "terms": []}]
    assert list(Entry.objects.values_list("verb", flat=True)) == ["case_reported"]


def test_one_reports_a_thing_once(case, role, bo, now):
    with pytest.raises(Conflict, match="already_reported"):
        moderation.report(CaseSubject.ROLE, role, reason="fee", words="", by=bo, now=now)


def test_something_else_needs_words(role, bo, now):
    with pytest.raises(Invalid, match="words_required"):
        moderation.report(CaseSubject.ROLE, role, reason="other", words=" ", by=bo, now=now)


def test_upheld_takes_the_role_off_the_list_and_tells_both(case, role, bo, mei, ada, now):
    moderation.decide(case, uphold=True, reason="公司查无此名", by=ada, now=now)

    assert role not in policies.visible_roles(bo)
    assert role in policies.visible_roles(mei)
    assert role not in open_questions.open_roles()
    assert told() == {bo.name: "reporter", mei.name: "crew"}


def test_dismissed_leaves_it_and_tells_both(case, role, bo, mei, ada, now):
    moderation.decide(case, uphold=False, reason="公司属实", by=ada, now=now)

    assert (role in policies.visible_roles(bo), told()) == (True, {bo.name: "reporter", mei.name: "crew"})


def test_the_crew_does_not_learn_who_reported(case, bo, ada, now):
    moderation.decide(case, uphold=True, reason="公司查无此名", by=ada, now=now)

    facts = Notice.objects.get(facts__side="crew").facts
    assert bo.name not in str(facts)
    assert "reporter" not in facts


def test_a_case_is_decided_once_and_with_a_reason(case, ada, now):
    with pytest.raises(Invalid, match="reason_required"):
        moderation.decide(case, uphold=True, reason="  ", by=ada, now=now)
    moderation.decide(case, uphold=True, reason="是", by=ada, now=now)
    with pytest.raises(Conflict, match="case_decided"):
        moderation.decide(case, uphold=False, reason="否", by=ada, now=now)
    assert Case.objects.get().state == "upheld"


@pytest.mark.parametrize("who", ["mei", "bo", "lin"])
def test_only_admins_decide(case, request, who, now):
    with pytest.raises(NotAllowed):
        moderation.decide(case, uphold=False, reason="算了", by=request.getfixturevalue(who), now=now)


def test_a_shoot_that_asks_for_money_is_held_as_it_is_published(crew, base, mei, bo, now):
    draft = ShootFactory(crew=crew, base=base, state="draft", published_at=None, synopsis="全程收取押金500元")
    inside = RoleFactory(shoot=draft)
    shoots.publish(draft, by=mei, now=now)

    case = Case.objects.get()
    assert (case.subject, case.by_guard, case.reason) == ("shoot", True, "fee")
    assert case.evidence["texts"] == [{"field": "synopsis", "text": "全程收取押金500元", "terms": ["押金"]}]
    assert inside not in policies.visible_roles(bo)


def test_a_role_that_is_mended_is_back_by_itself(role, mei, bo, now):
    roles.change(role, by=mei, now=now, note=FEE)
    assert role not in policies.visible_roles(bo)
    roles.change(role, by=mei, now=now, note="包吃住")

    assert role in policies.visible_roles(bo)
    assert "hold_lifted" in Entry.objects.values_list("verb", flat=True)


def test_found_twice_is_one_case(bad, now):
    for _again in range(2):
        moderation.guard_role(bad, now=now)

    assert (Case.objects.count(), Hold.objects.count()) == (1, 1)


def test_dismissing_a_finding_puts_the_role_back(bad, ada, bo, now):
    moderation.guard_role(bad, now=now)
    moderation.decide(Case.objects.get(), uphold=False, reason="是道具费用", by=ada, now=now)

    assert bad in policies.visible_roles(bo)


def test_messages_are_read_by_the_guard(role, bo, mei, now):
    application = ApplicationFactory(role=role, profile=bo.profile)
    applications.decline(application, words="先交建档费 200", by=mei, now=now)

    assert list(Case.objects.values_list("subject", "subject_id")) == [("reply", application.pk)]
    assert Application.objects.get().reply == "先交建档费 200"


def test_lifting_by_hand_needs_a_reason(bad, ada, now):
    moderation.guard_role(bad, now=now)
    with pytest.raises(Invalid):
        moderation.lift(Hold.objects.get(), reason="", by=ada, now=now)
    moderation.lift(Hold.objects.get(), reason="看错了", by=ada, now=now)

    assert not Hold.objects.exists()

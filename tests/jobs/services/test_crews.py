"""A crew asks to be let in, an admin decides, and its members come and go."""

from datetime import timedelta

import pytest

from config.errors import Conflict, Gone, Invalid, NotAllowed
from jobs.enums import CrewState, NoticeKind, Right, WorkKind
from jobs.models import CrewInvitation, Membership, Notice, WorkItem
from jobs.services import crews, later, members, work
from tests.factories.hubs import DepartmentFactory, HubFactory
from tests.factories.jobs import MembershipFactory
from tests.factories.profiles import ManagerFactory

pytestmark = pytest.mark.django_db

CODE = "91350100M000100Y43"
"""The example in GB 32100-2015 itself."""


def applied(by, now, **more):
    fields = {"name": "林涛剧组", "company_name": "林涛影视", "credit_code": CODE, "home_hub": HubFactory()}
    return crews.apply(by=by, now=now, **(fields | more))


def code_of(refusal):
    return refusal.value.code


def test_the_check_sign_of_a_credit_code_is_counted():
    assert crews.clean_credit_code(" 91350100m000100y43 ") == CODE
    for wrong in (CODE[:-1] + "4", "91350100M000100Y34", CODE.replace("1", "2", 1)):
        with pytest.raises(Invalid) as refusal:
            crews.clean_credit_code(wrong)
        assert (code_of(refusal), refusal.value.field) == ("credit_code_check", "credit_code")
    for shapeless in ("123", "9135010OM000100Y43", CODE + "1"):
        with pytest.raises(Invalid) as refusal:
            crews.clean_credit_code(shapeless)
        assert code_of(refusal) == "credit_code"


def test_a_refused_crew_is_told_why_mends_it_and_is_verified(lin, ada, mei, now):
    crew = applied(lin, now, contact_name=" 林 舒 ", contact_mobile="138 0013 8000")
    assert (crew.contact_name, crew.contact_mobile, crew.applied_at) == ("林 舒", "+8613800138000", now)
    with pytest.raises(NotAllowed):
        crews.refuse(crew, by=mei, reason="看不清", now=now)
    with pytest.raises(Invalid) as silent:
        crews.refuse(crew, by=ada, reason="  ", now=now)
    assert (code_of(silent), silent.value.field) == ("text_required", "reason")

    crews.refuse(crew, by=ada, reason="公司名与执照不符", now=now)
    assert (crew.state, crew.reason, crew.decided_by, crew.decided_at) == (
        CrewState.REFUSED,
        "公司名与执照不符",
        ada,
        now,
    )
    later_on = now + timedelta(hours=1)
    crews.apply_again(
        crew,
        name="林涛剧组",
        company_name="林涛影视有限公司",
        credit_code=CODE,
        home_hub=crew.home_hub,
        by=lin,
        now=later_on,
    )
    assert (crew.state, crew.company_name, crew.reason) == (CrewState.APPLIED, "林涛影视有限公司", "")
    crews.verify(crew, by=ada, now=later_on)
    crews.suspend(crew, by=ada, reason="拖欠片酬 30 天", now=later_on + timedelta(days=1))
    with pytest.raises(Conflict):
        crews.refuse(crew, by=ada, reason="太晚了", now=later_on)
    told = Notice.objects.filter(recipient=lin, kind=NoticeKind.CREW_DECIDED).order_by("pk")
    assert [(each.facts["state"], each.facts["reason"]) for each in told] == [
        ("refused", "公司名与执照不符"),
        ("verified", ""),
        ("suspended", "拖欠片酬 30 天"),
    ]


def test_a_decided_crew_cannot_be_mended(crew, mei, now):
    with pytest.raises(Conflict) as refusal:
        crews.apply_again(
            crew, name="新", company_name="新", credit_code=CODE, home_hub=crew.home_hub, by=mei, now=now
        )
    assert code_of(refusal) == "crew_decided"


def test_who_is_asked_joins_with_the_key_of_her_own_address(crew, mei, lin, bo, now, mailoutbox):
    lights = DepartmentFactory()
    with pytest.raises(NotAllowed):
        members.invite(crew, "ning@crews.example", Right.VIEWER, by=lin, now=now)
    with pytest.raises(Invalid) as headless:
        members.invite(crew, "ning@crews.example", Right.HEAD, by=mei, now=now)
    assert code_of(headless) == "head_needs_department"
    asked = members.invite(crew, "Ning@Crews.example", Right.HEAD, by=mei, now=now, department=lights)
    with pytest.raises(Conflict) as twice:
        members.invite(crew, "ning@crews.example", Right.VIEWER, by=mei, now=now)
    assert code_of(twice) == "already_invited"

    item = WorkItem.objects.get(kind=WorkKind.INVITE_MEMBER)
    assert work.perform(item.pk, now=now) is True
    (letter,) = mailoutbox
    assert (letter.to, "/crews/join/" in letter.body) == (["ning@crews.example"], True)

    with pytest.raises(NotAllowed):
        members.accept(asked, by=bo, now=now)
    with pytest.raises(NotAllowed) as another:
        members.accept(asked, by=lin, now=now)
    assert code_of(another) == "invitation_of_another"
    ning = ManagerFactory(email="ning@crews.example")
    joined = members.accept(asked, by=ning, now=now)
    assert (joined.right, joined.department) == (Right.HEAD, lights)
    assert members.accept(asked, by=ning, now=now) == joined


def test_an_invitation_runs_out_and_is_taken_back(crew, mei, now):
    ning = ManagerFactory(email="ning@crews.example")
    old = members.invite(crew, ning.email, Right.VIEWER, by=mei, now=now)
    after = now + members.STANDS_FOR
    with pytest.raises(Gone):
        members.accept(old, by=ning, now=after)
    fresh = members.invite(crew, ning.email, Right.VIEWER, by=mei, now=after)
    members.withdraw(fresh, by=mei, now=after)
    with pytest.raises(Conflict):
        members.withdraw(fresh, by=mei, now=after)
    with pytest.raises(Gone):
        members.accept(fresh, by=ning, now=after)
    assert CrewInvitation.objects.filter(withdrawn_at=None).count() == 0


def test_a_letter_is_not_sent_for_what_was_taken_back(crew, mei, now, mailoutbox):
    asked = members.invite(crew, "ning@crews.example", Right.VIEWER, by=mei, now=now)
    members.withdraw(asked, by=mei, now=now)
    item = WorkItem.objects.get(kind=WorkKind.INVITE_MEMBER)
    assert work.perform(item.pk, now=now) is True
    assert (mailoutbox, later.MAX_ATTEMPTS) == ([], 8)


def test_the_last_owner_stays(crew, mei, now):
    own = Membership.objects.get(crew=crew, user=mei)
    for act in (
        lambda: members.remove(own, by=mei, now=now),
        lambda: members.change_right(own, Right.VIEWER, by=mei, now=now),
    ):
        with pytest.raises(Conflict) as refusal:
            act()
        assert code_of(refusal) == "last_owner"
    second = MembershipFactory(crew=crew, right=Right.OWNER)
    members.remove(own, by=mei, now=now)
    assert list(crew.memberships.values_list("user", "right")) == [(second.user_id, "owner")]


def test_whose_right_changes_is_told_and_a_head_loses_her_department(crew, mei, lin, now):
    lights = DepartmentFactory()
    head = MembershipFactory(crew=crew, right=Right.HEAD, department=lights)
    with pytest.raises(NotAllowed):
        members.change_right(head, Right.MANAGER, by=lin, now=now)
    changed = members.change_right(head, Right.MANAGER, by=mei, now=now)
    assert (changed.right, changed.department) == (Right.MANAGER, None)
    with pytest.raises(NotAllowed):
        members.remove(changed, by=lin, now=now)
    members.remove(changed, by=mei, now=now + timedelta(minutes=1))
    told = Notice.objects.filter(recipient=head.user, kind=NoticeKind.CREW_RIGHT).order_by("pk")
    assert [each.facts["right"] for each in told] == ["manager", ""]

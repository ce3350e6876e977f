"""A whole role or department chosen on the board at once; and the board of a department head."""

import pytest

from jobs.enums import NoticeKind, OfferState, Right
from jobs.models import Notice, Offer, Pin
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import (
    MatchFactory,
    MatchRunFactory,
    MembershipFactory,
    OfferFactory,
    RoleFactory,
)
from tests.factories.profiles import ManagerFactory, ProfileFactory


@pytest.fixture
def camera(shoot):
    return RoleFactory(shoot=shoot, role_type=RoleTypeFactory(name_zh="跟焦员", name_en="Focus puller"))


@pytest.fixture
def staffed(shoot, role, camera):
    """One is asked already and one proposed for `role`, one proposed for the camera."""
    run = MatchRunFactory(shoot=shoot)
    asked = OfferFactory(role=role, profile=ProfileFactory())
    return asked.profile, *(
        MatchFactory(run=run, role=each, profile=ProfileFactory()).profile for each in (role, camera)
    )


def test_a_whole_department_is_asked_and_nobody_twice(page, mei, shoot, role, camera, staffed):
    asked, next_one, focus = staffed
    department = f"dept-{role.role_type.department_id}"
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "offer", "every": [department]})
    assert set(Offer.objects.filter(state=OfferState.OPEN).values_list("role", "profile")) == {
        (role.pk, asked.pk),
        (role.pk, next_one.pk),
    }
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "pin", "every": [f"role-{camera.pk}"]})
    assert Pin.objects.get().profile == focus


def test_a_whole_department_is_written_to(page, mei, shoot, role, staffed):
    address = f"/shoots/{shoot.pk}/write/?every=dept-{role.role_type.department_id}"
    context = page(mei, address).context
    assert [each.pk for each in context["reached"]] == [staffed[0].pk]
    page(mei, f"/shoots/{shoot.pk}/write/", post={"who": context["who"], "words": "明天带雨衣"})
    assert list(Notice.objects.values_list("recipient", "kind")) == [
        (staffed[0].user_id, NoticeKind.CREW_MESSAGE)
    ]


def test_a_choice_that_is_for_nobody_says_so(page, mei, shoot, camera, staffed):
    for every in ([f"role-{camera.pk}"], ["role-0", "dept-x", "\x00"]):
        page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "unpin", "every": every})
    assert (Offer.objects.count(), Pin.objects.count()) == (1, 0)


def test_a_head_chooses_in_her_department_and_no_other_is_on_her_board(
    page, crew, shoot, role, camera, staffed
):
    head = ManagerFactory(name="何灯")
    department = role.role_type.department
    MembershipFactory(crew=crew, user=head, right=Right.HEAD, department=department)
    shown = page(head, f"/shoots/{shoot.pk}/").content.decode()
    seen = ["data-pick" in shown, role.role_type.name_en in shown, camera.role_type.name_en in shown]
    assert seen == [True, True, False]
    every = [f"dept-{department.pk}", f"dept-{camera.role_type.department_id}"]
    page(head, f"/shoots/{shoot.pk}/casting/", post={"act": "offer", "every": every})
    assert set(Offer.objects.values_list("role", flat=True)) == {role.pk}
    grid = page(head, f"/shoots/{shoot.pk}/roles/").context
    assert [line["role"] for each in grid["departments"] for line in each["lines"]] == [role]
    assert (grid["may_publish"], grid["role_types"]) == (False, [role.role_type.name_en])

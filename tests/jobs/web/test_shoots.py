import pytest

from jobs.enums import Right, ShootState
from jobs.models import Role, Shoot
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import (
    CrewTemplateFactory,
    MembershipFactory,
    OfferFactory,
    RoleFactory,
    ShootFactory,
    TemplateLineFactory,
)
from tests.factories.profiles import ManagerFactory

pytestmark = pytest.mark.django_db


def wishes(crew, base, **change) -> dict:
    return {
        "crew": crew.pk,
        "title": "渡口的灯",
        "genre": "family",
        "base": base.pk,
        "first_day": "2026-12-20",
        "last_day": "2026-12-26",
        "call_time": "07:30",
        "hours_per_day": "10",
        "settle_within_days": "7",
        "meals": "on",
    } | change


def test_the_list_shows_her_shoots_and_nobody_elses(page, text, mei, shoot, lin, lin_crew):
    other = ShootFactory(crew=lin_crew, title="林海雪原")
    mine = text(page(mei, "/shoots/"))
    assert (shoot.title in mine, other.title in mine) == (True, False)
    hers = text(page(lin, "/shoots/"))
    assert (shoot.title in hers, other.title in hers) == (False, True)


@pytest.mark.parametrize(
    ("who", "status"), [("mei", 200), ("lin", 404), ("bo", 404), ("ada", 200), (None, 302)]
)
def test_who_may_see_a_board(request, page, shoot, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/shoots/{shoot.pk}/").status_code == status
    assert page(user, f"/shoots/{shoot.pk}/slots/", htmx=True).status_code == status


@pytest.mark.parametrize(("who", "status"), [("bo", 403), (None, 302)])
def test_only_managers_have_a_list_of_shoots(request, page, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, "/shoots/").status_code == status


def test_a_shoot_from_a_template_in_one_form(page, mei, crew, base):
    line = TemplateLineFactory(template=CrewTemplateFactory(), headcount=12)
    answer = page(mei, "/shoots/new/", post=wishes(crew, base, template=line.template_id))
    shoot = Shoot.objects.get(title="渡口的灯")
    assert answer.headers["Location"] == f"/shoots/{shoot.pk}/roles/"
    assert (shoot.state, shoot.meals, shoot.lodging, shoot.call_time.isoformat()) == (
        ShootState.DRAFT,
        True,
        False,
        "07:30:00",
    )
    assert list(Role.objects.filter(shoot=shoot).values_list("role_type", "headcount")) == [
        (line.role_type_id, 12)
    ]


def test_a_refusal_of_the_service_stands_at_its_field(page, text, mei, crew, base):
    answer = page(mei, "/shoots/new/", post=wishes(crew, base, last_day="2026-12-21"))
    assert answer.status_code == 400
    assert "A shoot has 5 to 10 shoot days." in text(answer)
    assert not Shoot.objects.filter(title="渡口的灯").exists()


def test_nobody_makes_a_shoot_for_another_crew(page, lin, lin_crew, crew, base):
    assert page(lin, "/shoots/new/", post=wishes(crew, base)).status_code == 400
    assert not Shoot.objects.exists()


def test_publishing_needs_a_right_and_a_verified_crew(page, text, mei, lin, crew, role, shoot):
    Shoot.objects.filter(pk=shoot.pk).update(state=ShootState.DRAFT)
    viewer = MembershipFactory(crew=crew, right=Right.VIEWER, user=ManagerFactory()).user
    assert page(lin, f"/shoots/{shoot.pk}/publish/", post={}).status_code == 404
    assert page(viewer, f"/shoots/{shoot.pk}/publish/", post={}).status_code == 403
    crew.state = "applied"
    crew.save(update_fields=["state"])
    refused = page(mei, f"/shoots/{shoot.pk}/publish/", post={})
    assert (refused.status_code, "still being checked" in text(refused)) == (409, True)
    crew.state = "verified"
    crew.save(update_fields=["state"])
    assert page(mei, f"/shoots/{shoot.pk}/publish/", post={}).status_code == 302
    assert Shoot.objects.get(pk=shoot.pk).state == ShootState.OPEN


def test_a_head_sees_her_department_only(page, text, crew, shoot, role):
    other = RoleFactory(shoot=shoot, role_type=RoleTypeFactory(name_en="Makeup artist"))
    head = MembershipFactory(
        crew=crew, right=Right.HEAD, user=ManagerFactory(), department=role.role_type.department
    ).user
    words = text(page(head, f"/shoots/{shoot.pk}/"))
    assert ("Lighting assistant" in words, "Makeup artist" in words) == (True, False)
    assert page(head, f"/shoots/{shoot.pk}/roles/{other.pk}/").status_code == 404


def test_calling_off_counts_who_will_be_told_first(page, text, mei, bo, shoot, role):
    OfferFactory(role=role, profile=bo.profile)
    check = page(mei, f"/shoots/{shoot.pk}/cancel/")
    assert "1 open offer is withdrawn." in text(check)
    assert Shoot.objects.get(pk=shoot.pk).state == ShootState.OPEN
    assert page(mei, f"/shoots/{shoot.pk}/cancel/", post={}).status_code == 302
    assert Shoot.objects.get(pk=shoot.pk).state == ShootState.CANCELLED


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(page, mei, crew, base, django_assert_num_queries, number):
    for n in range(number):
        RoleFactory(shoot=ShootFactory(crew=crew, base=base, title=f"雨夜{n}"))
    page.sign_in(mei)
    with django_assert_num_queries(5):  # session (cached), user, count, shoots, crews, unread notices
        page(mei, "/shoots/")


def test_empty_lists_say_what_to_do(page, text, mei, lin, crew):
    assert "Make the first shoot" in text(page(mei, "/shoots/"))
    assert "Register a crew" in text(page(lin, "/shoots/"))

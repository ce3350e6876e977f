import pytest

from jobs.enums import ApplicationState, ShootState
from jobs.models import Application, Shoot
from tests.factories.hubs import BaseFactory, DepartmentFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import RoleFactory, RoleSkillFactory, ShootFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(crew):
    """A well-paid role without lodging, in another hub."""
    base = BaseFactory(hub=HubFactory(slug="xian", name_en="Xi'an"))
    shoot = ShootFactory(crew=crew, base=base, title="长安来信", lodging=False)
    camera = DepartmentFactory(name_zh="摄影组", name_en="Camera")
    role_type = RoleTypeFactory(name_zh="航拍飞手", name_en="Drone pilot", department=camera)
    return RoleFactory(shoot=shoot, role_type=role_type, day_rate=1200, entry_level=False)


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ["Drone pilot", "Lighting assistant"]),
        ("hub=zhengzhou", ["Lighting assistant"]),
        ("hub=nowhere", ["Drone pilot", "Lighting assistant"]),
        ("min_rate=1000", ["Drone pilot"]),
        ("min_rate=-5&first_day=soon", ["Drone pilot", "Lighting assistant"]),
        ("entry_level=on&lodging=on", ["Lighting assistant"]),
        ("category=extras", []),
        ("first_day=2026-12-13", []),
        ("last_day=2026-12-18", ["Drone pilot", "Lighting assistant"]),
        ("part=night", []),
        ("part=day", ["Drone pilot", "Lighting assistant"]),
        ("base=dazhi", ["Lighting assistant"]),
        ("q=灯光", ["Lighting assistant"]),
        ("q=dengguang", ["Lighting assistant"]),
        ("q=dgzl", ["Lighting assistant"]),
        ("q=drone", ["Drone pilot"]),
        ("q=Xi%27an", ["Drone pilot"]),
        ("q=长安", ["Drone pilot"]),
        ("q=light+zhengzhou", ["Lighting assistant"]),
        ("q=light+drone", []),
        ("q=%00", ["Drone pilot", "Lighting assistant"]),
        ("shoot=99999999999999", ["Drone pilot", "Lighting assistant"]),
        ("order=pay", ["Drone pilot", "Lighting assistant"]),
        ("order=newest", ["Drone pilot", "Lighting assistant"]),
        ("order=nonsense", ["Drone pilot", "Lighting assistant"]),
        ("page=999", ["Drone pilot", "Lighting assistant"]),
    ],
)
def test_filters_stand_in_the_address_and_nonsense_is_dropped(page, text, role, elsewhere, query, seen):
    answer = page(None, f"/roles/?{query}")
    cards = answer.content.decode().split("Results")[-1] if seen else ""
    assert answer.status_code == 200
    assert [name for name in ("Drone pilot", "Lighting assistant") if f'line__name">{name}<' in cards] == seen
    assert ("No open role fits these filters" in text(answer)) is (not seen)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(page, shoot, django_assert_num_queries, number):
    for _n in range(number):
        RoleFactory(shoot=shoot)
    with django_assert_num_queries(
        7
    ):  # hubs, bases, departments of the filters; shoots counted, read; roles; total
        page(None, "/roles/")


def test_a_role_of_a_draft_is_seen_by_its_crew_only(page, mei, lin, bo, role, shoot):
    Shoot.objects.filter(pk=shoot.pk).update(state=ShootState.DRAFT)
    assert [page(who, f"/roles/{role.pk}/").status_code for who in (mei, lin, bo, None)] == [
        200,
        404,
        404,
        404,
    ]


def test_a_visitor_reads_the_terms_and_how_to_go_on(page, text, role):
    words = text(page(None, f"/roles/{role.pk}/"))
    for said in (
        "¥350",
        "¥2,450 in all",
        "Dazhi Base",
        "10 hours at most",
        "within 7 days after wrap",
        "Make my profile",
    ):
        assert said in words


def test_who_fits_reads_why_and_applies_once(page, text, fitting_bo, role):
    words = text(page(fitting_bo, f"/roles/{role.pk}/"))
    assert "How it fits you" in words
    assert "lives in Zhengzhou" in words
    assert page(fitting_bo, f"/roles/{role.pk}/apply/", post={"message": "我想学灯光"}).status_code == 302
    made = Application.objects.get()
    assert (made.profile, made.role, made.message) == (fitting_bo.profile, role, "我想学灯光")
    twice = page(fitting_bo, f"/roles/{role.pk}/apply/", post={"message": ""})
    assert (twice.status_code, "You have applied for this role already." in text(twice)) == (409, True)
    assert page(fitting_bo, f"/roles/{role.pk}/take-back/", post={}).status_code == 302
    made.refresh_from_db()
    assert made.state == ApplicationState.WITHDRAWN


def test_who_does_not_fit_reads_every_barrier(page, text, bo, role):
    skill = RoleSkillFactory(role=role).skill
    words = text(page(bo, f"/roles/{role.pk}/"))
    assert "3 things stand in the way" in words
    assert ("Apply for this role" in words, "Applying opens as soon as" in words) == (False, True)
    for tap in ("Add Lighting assistant to my work", "Mark these 7 days as free"):
        assert tap in words
    assert "Lighting assistant is not among the work you look for." in words
    assert f"It needs a skill that is not in your profile: {skill.name_en}." in words
    assert "You are not marked as free on: Sat, Dec 12, Sun, Dec 13, Mon, Dec 14 and more." in words


def test_the_same_in_chinese_has_no_english_left(page, text, bo, role):
    words = text(page(bo, f"/roles/{role.pk}/", language="zh-hans"))
    assert "灯光助理" in words
    assert "not among" not in words


@pytest.mark.parametrize(("who", "status"), [("mei", 403), ("ada", 403), (None, 302)])
def test_only_graduates_apply(request, page, role, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/roles/{role.pk}/apply/", post={"message": ""}).status_code == status
    assert not Application.objects.exists()


def test_the_roles_of_a_hub_are_a_fragment(page, role, elsewhere):
    fragment = page(None, "/roles/in/zhengzhou/", htmx=True).content.decode()
    assert ("<html" in fragment, "Lighting assistant" in fragment, "Drone pilot" in fragment) == (
        False,
        True,
        False,
    )
    assert page(None, "/roles/in/zhengzhou/").headers["Location"].endswith("/roles/?hub=zhengzhou")
    assert page(None, "/roles/in/nowhere/").status_code == 404


def test_for_me_ranks_what_fits_and_names_what_is_missed(page, text, fitting_bo, role, elsewhere):
    words = text(page(fitting_bo, "/for-me/"))
    assert words.index("Roles that fit you") < words.index("Lighting assistant")
    assert "Drone pilot" not in words
    role.day_rate = 100
    role.save(update_fields=["day_rate"])
    words = text(page(fitting_bo, "/for-me/"))
    assert "It pays ¥100 a day, ¥100 below your lowest rate." in words.split("Only just missed")[1]
    assert "Lower my rate to ¥100" in words


@pytest.mark.parametrize("number", [1, 3])
def test_for_me_costs_the_same_for_one_and_three(page, fitting_bo, role, django_assert_num_queries, number):
    for _n in range(number - 1):
        RoleFactory(shoot=role.shoot, role_type=role.role_type)
    page.sign_in(fitting_bo)
    with django_assert_num_queries(14):
        page(fitting_bo, "/for-me/")

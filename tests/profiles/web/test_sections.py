"""The pages of a profile, in both languages, filled in rightly and wrongly."""

import re

import pytest
from django.urls import reverse

from tests.factories.hubs import HubFactory, LanguageFactory, RoleTypeFactory, SkillFactory
from tests.factories.profiles import CreditFactory, WantedRoleFactory

SECTIONS = ["basics", "roles", "skills", "places", "languages", "acting", "education", "credits", "contact"]
PAGES = [
    "my_profile",
    "my_profile_portfolio",
    "my_profile_training",
    "my_availability",
    *(f"my_profile_{key}" for key in SECTIONS),
]


@pytest.fixture
def in_bo(client, bo):
    client.force_login(bo)
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_both_languages(in_bo, bo, name, language):
    in_bo.cookies["django_language"] = language
    WantedRoleFactory(profile=bo.profile)
    response = in_bo.get(reverse(name))
    assert response.status_code == 200
    assert f'<html lang="{"en" if language == "en" else "zh-Hans"}"' in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_sent_to_sign_in_and_others_refused(client, mei, name):
    response = client.get(reverse(name))
    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={reverse(name)}")
    client.force_login(mei)
    assert client.get(reverse(name)).status_code == 403


def test_basics(in_bo, bo):
    response = in_bo.post(
        reverse("my_profile_basics"), {"name": "博👷", "headline": "灯光助理", "waiting_since": "2026-06-30"}
    )
    assert (response.status_code, response.url) == (302, reverse("my_profile"))
    bo.refresh_from_db()
    assert (bo.name, bo.profile.headline) == ("博👷", "灯光助理")


def test_roles_skills_places_languages_acting_and_contact(in_bo, bo):
    one, other = RoleTypeFactory.create_batch(2)
    skill, hub, language = SkillFactory(), HubFactory(), LanguageFactory()
    forms = {
        "roles": {"choice_1": other.pk, "choice_2": one.pk},
        "skills": {f"skill_{skill.pk}": "2"},
        "places": {"home_hub": hub.pk, "willing_hubs": [hub.pk], "day_rate_floor": "３５０"},
        "languages": {"languages": [language.pk]},
        "acting": {
            "acting": "on", "sex": "male", "height_cm": "178",
            "playable_age_min": "18", "playable_age_max": "30",
        },
        "contact": {"contact_wechat": "bo_1", "language": "en"},
    }  # fmt: skip
    for key, said in forms.items():
        response = in_bo.post(reverse(f"my_profile_{key}"), said)
        assert (key, response.status_code) == (key, 302)
    profile = type(bo.profile).objects.get()
    assert [row.role_type for row in profile.wanted.all()] == [other, one]
    assert [(row.skill, row.level) for row in profile.skill_levels.all()] == [(skill, 2)]
    assert (profile.home_hub, profile.day_rate_floor, list(profile.languages.all())) == (hub, 350, [language])
    assert (profile.acting, profile.sex, profile.height_cm) == (True, "male", 178)
    user = profile.user
    assert (user.language, profile.contact_wechat, profile.listed) == ("en", "bo_1", False)


@pytest.mark.parametrize(
    ("key", "said", "field"),
    [
        ("basics", {"name": ""}, "name"),
        ("basics", {"name": "a\u202eb"}, "name"),
        ("basics", {"name": "a\x00b"}, "name"),
        ("basics", {"name": "x" * 100_000}, "name"),
        ("basics", {"name": "博", "waiting_since": "9999-12-31"}, "waiting_since"),
        ("roles", {"choice_1": ""}, "choice_1"),
        ("roles", {"choice_1": "999999"}, "choice_1"),
        ("places", {"home_hub": "HUB", "day_rate_floor": "-5"}, "day_rate_floor"),
        ("places", {"home_hub": "HUB", "day_rate_floor": "NaN"}, "day_rate_floor"),
        ("places", {"home_hub": "HUB", "day_rate_floor": "1e309"}, "day_rate_floor"),
        ("places", {"home_hub": "HUB", "day_rate_floor": "9" * 40}, "day_rate_floor"),
        ("places", {"home_hub": "0", "day_rate_floor": "5"}, "home_hub"),
        ("acting", {"acting": "on", "playable_age_min": "18"}, "playable_age_max"),
        ("acting", {"acting": "on", "height_cm": "999999999999"}, "height_cm"),
        ("contact", {"language": "fr"}, "language"),
        ("education", {"degree": "bachelor"}, "school"),
        ("credits", {"title": "雨夜", "role_type": "0", "year": "2026"}, "role_type"),
    ],
)
def test_bad_input_is_answered_beside_its_field(in_bo, hub, key, said, field):
    said = {name: hub.pk if value == "HUB" else value for name, value in said.items()}
    response = in_bo.post(reverse(f"my_profile_{key}"), said)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]


def test_the_same_role_twice_is_said_above_the_form(in_bo):
    one = RoleTypeFactory()
    response = in_bo.post(reverse("my_profile_roles"), {"choice_1": one.pk, "choice_2": one.pk})
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["__all__"])


@pytest.mark.parametrize("typed", ["灯光", "dengguang", "dg", "gaffer"])
def test_a_role_type_is_found_by_any_of_its_names_and_taken_into_the_first_empty_choice(in_bo, bo, typed):
    first = RoleTypeFactory(
        name_zh="场记",
        name_en="Script supervisor",
        department__name_zh="导演",
        department__name_en="Directing",
    )
    gaffer = RoleTypeFactory(name_zh="灯光师", name_en="Gaffer")
    said = {"choice_1": first.pk, "choice_2": "", "q": typed}
    searched = in_bo.post(reverse("my_profile_roles"), said | {"act": "search"})
    assert [row.pk for row in searched.context["found"]] == [gaffer.pk]
    assert [
        row.pk for row in in_bo.get(reverse("my_profile_find_role_type"), {"q": typed}).context["found"]
    ] == [gaffer.pk]
    taken = in_bo.post(reverse("my_profile_roles"), said | {"take": gaffer.pk})
    form = taken.context["form"]
    assert [form[f"choice_{number}"].value() for number in (1, 2, 3)] == [str(first.pk), str(gaffer.pk), ""]
    assert bo.profile.wanted.count() == 0
    again = in_bo.post(reverse("my_profile_roles"), said | {"choice_2": gaffer.pk, "take": gaffer.pk})
    assert again.context["form"]["choice_3"].value() == ""


def test_many_credits_come_in_pages(in_bo, bo):
    CreditFactory.create_batch(31, profile=bo.profile)
    first, second = (in_bo.get(reverse("my_profile_credits"), {"page": page}) for page in (1, 2))
    assert (len(first.context["lines"]), len(second.context["lines"])) == (30, 1)


def test_lines_of_history_come_and_go_and_are_her_own(in_bo, bo, lin_graduate):
    role_type = RoleTypeFactory()
    in_bo.post(
        reverse("my_profile_education"), {"school": "河南开放大学", "degree": "bachelor", "graduated": "2026"}
    )
    in_bo.post(
        reverse("my_profile_credits"), {"title": "雨夜归人", "role_type": role_type.pk, "year": "2025"}
    )
    education, credit = bo.profile.educations.get(), bo.profile.credits.get()
    theirs = CreditFactory(profile=lin_graduate.profile)
    assert in_bo.post(reverse("my_profile_remove_credit", args=[theirs.pk])).status_code == 404
    assert in_bo.post(reverse("my_profile_remove_education", args=[education.pk])).status_code == 302
    assert in_bo.post(reverse("my_profile_remove_credit", args=[credit.pk])).status_code == 302
    assert (
        bo.profile.educations.count(),
        bo.profile.credits.count(),
        lin_graduate.profile.credits.count(),
    ) == (0, 0, 1)


@pytest.mark.parametrize("size", [1, 3])
def test_the_task_list_costs_the_same_for_one_row_and_for_three(in_bo, bo, size, django_assert_num_queries):
    for _ in range(size):
        WantedRoleFactory(profile=bo.profile)
        CreditFactory(profile=bo.profile)
    in_bo.get(reverse("my_profile"))
    with django_assert_num_queries(QUERIES):
        assert in_bo.get(reverse("my_profile")).status_code == 200


QUERIES = 11
"""Session is cached; user, own profile, the whole profile with six prefetches, days free, unread notices."""


def test_a_page_of_the_profile_lights_no_other_tab(in_bo):
    """/my/profile/roles/ ends like the list of roles: one tab of the bar was lit too many."""
    page = in_bo.get(reverse("my_profile_roles")).content.decode()

    lit = re.findall(r'<a href="([^"]+)" aria-current="(?:true|page)">', page)
    assert lit == [reverse("my_profile")] * 2  # in the head and at the foot
    at_home = in_bo.get(reverse("my_profile")).content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', at_home) == [reverse("my_profile")] * 2


@pytest.mark.parametrize(
    ("room", "tab"),
    [
        ("my_calendar", "my_work"), ("my_pay", "my_work"), ("my_hours", "my_work"), ("my_strikes", "my_work"),
        ("my_likeness", "my_work"), ("my_cv", "my_work"), ("my_chain", "for_me"), ("my_ladder", "for_me"),
        ("searches:list", "for_me"), ("my_availability", "my_profile"), ("my_unit", "my_profile"),
    ],
)  # fmt: skip
def test_a_room_lights_the_tab_it_belongs_to(in_bo, room, tab):
    """Its address does not begin with that of the tab; a phone showed no tab at all."""
    page = in_bo.get(reverse(room)).content.decode()

    lit = re.findall(r'<a href="([^"]+)" aria-current="true">', page)
    assert lit == [reverse(tab)] * 2

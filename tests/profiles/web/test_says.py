"""Skills and schools found by typing, the acting card, and the way from one needed section to the next."""

import pytest
from django.urls import reverse

from tests.factories.hubs import (
    HubFactory,
    InstitutionFactory,
    ProgrammeFactory,
    RoleTypeFactory,
    SkillFactory,
)
from tests.factories.profiles import ProfileSkillFactory, WantedRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_bo(client, bo):
    client.force_login(bo)
    return client


@pytest.fixture
def boom():
    return SkillFactory(code="boom", name_zh="举杆收音", name_en="Boom operating")


def levels(bo) -> dict[str, int]:
    return dict(bo.profile.skill_levels.values_list("skill__code", "level"))


def test_typical_skills_and_her_own_stand_there_and_others_do_not(in_bo, bo, boom):
    hers, typical = ProfileSkillFactory(profile=bo.profile).skill, SkillFactory()
    WantedRoleFactory(profile=bo.profile, role_type=(wanted := RoleTypeFactory()))
    wanted.typical_skills.add(typical)

    form = in_bo.get(reverse("my_profile_skills")).context["form"]

    assert {field.label for field in form.near} == {hers.name, typical.name}
    assert form.far == []


@pytest.mark.parametrize("typed", ["收音", "shouyin", "jgsy", "Boom", "ＢＯＯＭ"])
def test_a_skill_is_found_in_chinese_pinyin_and_english(in_bo, boom, typed):
    SkillFactory(code="other", name_zh="布光", name_en="Rigging")
    page = in_bo.get(reverse("my_profile_find_skill"), {"q": typed})
    assert [field.label for field in page.context["form"].far] == [boom.name]


def test_what_is_marked_outlives_the_next_search_and_is_saved(in_bo, bo, boom):
    """With a script or without: the same page, and nothing is lost on the way."""
    light = SkillFactory(code="light", name_zh="布光", name_en="Rigging")
    marked = {f"skill_{boom.pk}": "2", "q": "buguang"}
    with_script = in_bo.get(reverse("my_profile_find_skill"), marked).context["form"]
    without = in_bo.post(reverse("my_profile_skills"), marked | {"act": "search"}).context["form"]
    for form in (with_script, without):
        assert [field.label for field in form.far] == [boom.name, light.name]
        assert form[f"skill_{boom.pk}"].value() == "2"
    assert levels(bo) == {}

    in_bo.post(reverse("my_profile_skills"), marked | {f"skill_{light.pk}": "1"})
    assert levels(bo) == {"boom": 2, "light": 1}


def test_a_level_that_is_none_is_refused(in_bo, bo, boom):
    response = in_bo.post(reverse("my_profile_skills"), {f"skill_{boom.pk}": "9"})
    assert (response.status_code, levels(bo)) == (400, {})


class TestSchool:
    @pytest.fixture(autouse=True)
    def academy(self):
        self.school = InstitutionFactory(
            slug="bfa", name_zh="北京电影学院", name_en="Beijing Film Academy", also_called="北电 BFA"
        )
        InstitutionFactory(slug="bjtu", name_zh="北京交通大学", name_en="Beijing Jiaotong University")

    def added(self, client, bo, **said):
        client.post(reverse("my_profile_education"), {"degree": "bachelor"} | said)
        row = bo.profile.educations.get()
        return row.institution and row.institution.slug, row.school

    def test_found_while_typing(self, in_bo):
        page = in_bo.get(reverse("my_profile_find_school"), {"school": "bjdy"})
        assert [school.slug for school in page.context["schools"]] == ["bfa"]

    def test_the_one_she_takes_is_kept_as_ours(self, in_bo, bo):
        assert self.added(in_bo, bo, school="beijing", institution=self.school.pk) == ("bfa", "")

    def test_a_whole_name_or_short_name_is_enough(self, in_bo, bo):
        assert self.added(in_bo, bo, school="北电") == ("bfa", "")

    def test_a_part_of_a_name_is_hers(self, in_bo, bo):
        assert self.added(in_bo, bo, school="北京") == (None, "北京")

    def test_none_of_them_is_taken_at_her_word(self, in_bo, bo):
        assert self.added(in_bo, bo, school="BFA", institution="none") == (None, "BFA")

    def test_without_a_script_a_button_finds_and_keeps_what_is_typed(self, in_bo, bo):
        said = {"school": "beijing", "degree": "master", "major": "录音", "act": "search"}
        page = in_bo.post(reverse("my_profile_education"), said)
        assert (page.status_code, len(page.context["schools"]), bo.profile.educations.count()) == (200, 2, 0)
        assert page.context["form"]["major"].value() == "录音"


def test_a_course_of_the_catalogue_comes_once_and_goes(in_bo, bo):
    programme = ProgrammeFactory()
    for status in (302, 400):
        assert in_bo.post(reverse("my_profile_training"), {"programme": programme.pk}).status_code == status
    row = bo.profile.trainings.get()
    in_bo.post(reverse("my_profile_remove_training", args=[row.pk]))
    assert bo.profile.trainings.count() == 0


def test_one_needed_section_leads_to_the_next(in_bo, bo):
    bo.profile.home_hub = None
    bo.profile.save()
    roles = in_bo.post(reverse("my_profile_roles"), {"choice_1": RoleTypeFactory().pk})
    assert roles.url == reverse("my_profile_places")
    places = in_bo.post(reverse("my_profile_places"), {"home_hub": HubFactory().pk, "day_rate_floor": 200})
    assert places.url == reverse("my_availability")


def test_where_she_comes_from(in_bo, bo):
    said = {"name": "博", "headline": "", "former_trade": "护士", "studied_abroad": "on", "waiting_since": ""}
    in_bo.post(reverse("my_profile_basics"), said)
    bo.profile.refresh_from_db()
    assert (bo.profile.former_trade, bo.profile.studied_abroad) == ("护士", True)

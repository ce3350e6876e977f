"""The API's doors to "why": the answers of the pages, as codes and figures, for the same readers."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from jobs.enums import Right, WorkKind
from jobs.models import Mark, MatchRun, WorkItem
from jobs.services import matching, work
from profiles.models import Availability, ProfileSkill
from tests.factories.hubs import DepartmentFactory, RoleTypeFactory, SkillFactory
from tests.factories.jobs import MembershipFactory, RoleFactory, RoleSkillFactory
from tests.factories.profiles import ManagerFactory, ProfileFactory, UserFactory, fits

pytestmark = pytest.mark.django_db


@pytest.fixture
def gimbal(role):
    """The one must of the role, which has one place."""
    skill = SkillFactory(code="gimbal", name_zh="稳定器", name_en="gimbal")
    RoleSkillFactory(role=role, skill=skill, level=1)
    role.headcount = 1
    role.save()
    return skill


def person(role, name, *skills, **more):
    """Somebody who looks for the role's work and is free, with these skills at these levels and no others."""
    profile = fits(ProfileFactory(user=UserFactory(name=name), headline="", **more), role)
    ProfileSkill.objects.filter(profile=profile).delete()
    for skill, level in skills:
        ProfileSkill.objects.create(profile=profile, skill=skill, level=level)
    return profile


@pytest.fixture
def people(role, gimbal):
    """An is the best; Bai fits as well; Chen lacks the skill, Ding asks for more, Fei is not 16."""
    return {
        "an": person(role, "安", (gimbal, 3)),
        "bai": person(role, "白", (gimbal, 1)),
        "chen": person(role, "陈"),
        "ding": person(role, "丁", (gimbal, 1), day_rate_floor=900),
        "fei": person(role, "费", (gimbal, 1), birth_date=date(2014, 5, 1)),
        "other": ProfileFactory(user=UserFactory(name="别")),
    }


@pytest.fixture
def run(shoot, mei, now, people):
    """A match of the shoot, solved by the engine with all of them there."""
    asked = matching.ask(shoot, by=mei, now=now)
    work.perform(WorkItem.objects.get(kind=WorkKind.RUN_MATCH, subject_id=asked.pk).pk, now=now)
    return MatchRun.objects.get(pk=asked.pk)


@pytest.fixture
def head(crew, role):
    """Who heads the department of the role."""
    user = ManagerFactory(name="灯")
    MembershipFactory(crew=crew, user=user, right=Right.HEAD, department=role.role_type.department)
    return user


def named(profile) -> dict:
    return {"id": profile.pk, "name": profile.user.name, "headline": ""}


# -- what a requirement costs ----------------------------------------------------------------------------------


def test_what_each_requirement_of_a_role_costs(api, mei, role, run, django_assert_num_queries):
    client = api(mei)
    with django_assert_num_queries(6):
        answer = client.get(f"/api/v1/roles/{role.pk}/what-if/")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "run": run.pk,
            "eligible": 2,
            "keeps_out": [
                {"barrier": "rate_floor", "people": 1},
                {"barrier": "missing_skill", "people": 1},
                {"barrier": "too_young", "people": 1},
            ],
            # No crew can ease how old somebody has to be.
            "without": [
                {"barrier": "missing_skill", "skill": "gimbal", "eligible": 3},
                {"barrier": "rate_floor", "skill": "", "eligible": 3},
            ],
        },
    )


def test_before_the_first_match_nothing_is_known_yet(api, mei, role, people):
    answer = api(mei).get(f"/api/v1/roles/{role.pk}/what-if/")

    assert (answer.status_code, answer.json()) == (
        200,
        {"run": None, "eligible": None, "keeps_out": [], "without": []},
    )
    assert api(mei).get(f"/api/v1/roles/{role.pk}/standing/{people['an'].pk}/").status_code == 404


def test_a_role_newer_than_the_run_has_no_figures(api, mei, shoot, run):
    newer = RoleFactory(shoot=shoot)

    assert api(mei).get(f"/api/v1/roles/{newer.pk}/what-if/").json() == {
        "run": run.pk, "eligible": None, "keeps_out": [], "without": [],
    }  # fmt: skip


def test_only_who_may_read_the_matches_of_a_role_is_told(
    api, role, run, people, mei, head, viewer, ada, lin, bo
):
    camera = RoleFactory(
        shoot=role.shoot, role_type=RoleTypeFactory(department=DepartmentFactory(code="camera-crew"))
    )
    doors = [f"/api/v1/roles/{role.pk}/what-if/", f"/api/v1/roles/{role.pk}/standing/{people['bai'].pk}/"]

    told = {
        user.name: {api(user).get(door).status_code for door in doors} for user in (mei, head, viewer, ada)
    }
    others = {user.name: {api(user).get(door).status_code for door in doors} for user in (lin, bo)}

    assert told == {mei.name: {200}, head.name: {200}, viewer.name: {200}, ada.name: {200}}
    assert others == {lin.name: {404}, bo.name: {404}}
    assert {api().get(door).status_code for door in doors} == {401}
    # The role is on an open shoot, so that everybody reads it; another department's is not the head's to review.
    assert api(bo).get(f"/api/v1/roles/{role.pk}/").status_code == 200
    assert api(head).get(f"/api/v1/roles/{camera.pk}/what-if/").status_code == 404


# -- why not her, and who instead ------------------------------------------------------------------------------


def test_who_was_chosen_instead_of_somebody_who_fits(api, mei, role, run, people, django_assert_num_queries):
    client = api(mei)
    with django_assert_num_queries(8):
        answer = client.get(f"/api/v1/roles/{role.pk}/standing/{people['bai'].pk}/")
    body = answer.json()
    points = {each["rule"]: each["amount"] for each in body["reasons"]}
    [instead] = body["instead"]

    assert {name: body[name] for name in ("person", "status", "place", "score", "barriers", "elsewhere")} == {
        "person": named(people["bai"]), "status": "standby", "place": 1, "score": sum(points.values()),
        "barriers": [], "elsewhere": [],
    }  # fmt: skip
    ahead = instead["score"] - body["score"]
    assert ahead > 0
    assert instead == {
        "person": named(people["an"]),
        "score": body["score"] + ahead,
        "ahead": [{"rule": "skills", "amount": ahead}],
    }


def test_who_is_chosen_reads_chosen(api, mei, role, run, people):
    body = api(mei).get(f"/api/v1/roles/{role.pk}/standing/{people['an'].pk}/").json()

    assert (body["person"], body["status"], body["place"], body["instead"]) == (
        named(people["an"]), "chosen", None, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "barriers"),
    [("chen", ["missing_skill"]), ("ding", ["rate_floor"]), ("fei", [])],
)
def test_a_crew_reads_why_somebody_cannot_but_not_what_is_her_own_affair(
    api, mei, role, run, people, who, barriers
):
    body = api(mei).get(f"/api/v1/roles/{role.pk}/standing/{people[who].pk}/").json()

    assert (body["status"], body["barriers"], body["instead"]) == ("not_eligible", barriers, [])
    assert "900" not in str(body)


def test_who_is_proposed_for_another_role_of_the_days_is_said_so(api, mei, shoot, role, now):
    role.headcount = 1
    role.save()
    twin = RoleFactory(shoot=shoot, role_type=role.role_type, headcount=1)
    both = [person(role, f"人{n}") for n in range(2)]
    asked = matching.ask(shoot, by=mei, now=now)
    work.perform(WorkItem.objects.get(kind=WorkKind.RUN_MATCH, subject_id=asked.pk).pk, now=now)

    said = [api(mei).get(f"/api/v1/roles/{role.pk}/standing/{each.pk}/").json() for each in both]

    assert sorted((each["status"], each["elsewhere"]) for each in said) == [
        ("chosen", []),
        ("elsewhere", [{"id": twin.pk, "name": twin.role_type.name}]),
    ]


def test_who_hides_her_profile_or_looks_for_other_work_is_not_there(api, mei, role, run, people):
    hidden = people["bai"]
    hidden.listed = False
    hidden.save()
    asked = {who: f"/api/v1/roles/{role.pk}/standing/{people[who].pk}/" for who in ("bai", "other", "an")}
    nobodys = api(mei).get(f"/api/v1/roles/{role.pk}/standing/999999/")

    answers = {who: api(mei).get(url) for who, url in asked.items()}

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "bai": 404,
        "other": 404,
        "an": 200,
    }
    assert answers["bai"].json() == answers["other"].json() == nobodys.json()


# -- how a role fits me ----------------------------------------------------------------------------------------


def test_a_graduate_reads_why_a_role_fits_her(api, now, role, people, django_assert_num_queries):
    Mark.objects.create(crew=role.shoot.crew, profile=people["an"], value=1, made_at=now)
    client = api(people["an"].user)
    with django_assert_num_queries(10):
        answer = client.get(f"/api/v1/roles/{role.pk}/fit/")
    body = answer.json()
    points = {each["rule"]: each["amount"] for each in body["reasons"]}

    assert (answer.status_code, body["fits"], body["barriers"]) == (200, True, [])
    assert body["score"] == sum(points.values())
    assert points["skills"] > 0
    # What the crew thinks of her stays with the crew.
    assert "marked" not in points


def test_what_keeps_her_from_it_is_named_with_her_own_figures(api, role, people):
    Availability.objects.filter(profile=people["ding"]).delete()
    first, last = role.days.lower, role.days.upper
    assert isinstance(role.days, DateRange)

    body = api(people["ding"].user).get(f"/api/v1/roles/{role.pk}/fit/").json()

    days = [first.fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal())]
    assert (body["fits"], body["barriers"]) == (
        False,
        [
            {"barrier": "rate_floor", "facts": {"floor": 900, "offered": role.day_rate}},
            {"barrier": "not_free", "facts": {"days": days, "nights": []}},
        ],
    )


def test_a_manager_has_nothing_that_a_role_could_fit(api, mei, lin, role):
    url = f"/api/v1/roles/{role.pk}/fit/"

    assert (api(mei).get(url).status_code, api(lin).get(url).status_code, api().get(url).status_code) == (
        403, 403, 401,
    )  # fmt: skip

"""What one requirement costs, and where one person stands."""

import pytest

from jobs.enums import WorkKind
from jobs.models import MatchRun, WorkItem
from jobs.queries import runs, standing
from jobs.queries.standing import Without
from jobs.services import matching, work
from profiles.models import ProfileSkill
from tests.factories.hubs import SkillFactory
from tests.factories.jobs import RoleFactory, RoleSkillFactory
from tests.factories.profiles import ProfileFactory, UserFactory, fits


@pytest.fixture
def gimbal(role):
    skill = SkillFactory(code="gimbal", name_zh="稳定器", name_en="gimbal")
    RoleSkillFactory(role=role, skill=skill, level=2)
    return skill


def person(role, name, *skills, **more):
    profile = fits(ProfileFactory(user=UserFactory(name=name), **more), role)
    ProfileSkill.objects.filter(profile=profile).delete()
    for skill, level in skills:
        ProfileSkill.objects.create(profile=profile, skill=skill, level=level)
    return profile


def solved(shoot, mei, now):
    run = matching.ask(shoot, by=mei, now=now)
    work.perform(WorkItem.objects.get(kind=WorkKind.RUN_MATCH, subject_id=run.pk).pk, now=now)
    return runs.record(MatchRun.objects.get(pk=run.pk))


def test_each_requirement_alone_and_each_skill_alone(shoot, role, gimbal, mei, now):
    focus = SkillFactory(code="focus")
    RoleSkillFactory(role=role, skill=focus, level=1)
    person(role, "both", (gimbal, 2), (focus, 1))
    person(role, "weak gimbal", (gimbal, 1), (focus, 1))
    person(role, "no gimbal", (focus, 1))
    person(role, "no focus", (gimbal, 3))
    person(role, "neither")
    person(role, "dear", (gimbal, 2), (focus, 1), day_rate_floor=900)
    kept = solved(shoot, mei, now)

    assert standing.without(kept, role) == [
        Without("missing_skill", 1, 3, "gimbal"),
        Without("missing_skill", 1, 2, "focus"),
        Without("rate_floor", 1, 2),
    ]
    assert standing.without(kept, RoleFactory(shoot=shoot)) == []  # added after the run


def test_where_people_of_a_name_stand(shoot, role, gimbal, mei, now, django_assert_max_num_queries):
    best = [person(role, f"最佳{n}", (gimbal, 3), reliability=190) for n in range(2)]
    next_one = person(role, "沈念", (gimbal, 2), reliability=150)
    person(role, "沈安")
    ProfileFactory(user=UserFactory(name="沈外"))  # looks for other work
    kept = solved(shoot, mei, now)

    with django_assert_max_num_queries(5):
        found = standing.named(kept, role, "沈")
    assert [(each.pair.profile.user.name, each.status, each.place) for each in found] == [
        ("沈安", "not_eligible", None),
        ("沈念", "standby", 1),
    ]
    assert [each["barrier"] for each in found[0].pair.barriers] == ["missing_skill"]
    assert {each.profile for each in found[1].chosen} == set(best)
    assert {rule: amount > 0 for rule, amount in found[1].chosen[0].ahead.items()} == {
        "skills": True, "reliability": True,
    }  # fmt: skip
    assert standing.named(kept, role, "最佳0")[0].status == "chosen"
    assert standing.named(kept, role, "  ") == []
    assert next_one.listed


def test_who_is_proposed_for_another_role_of_the_days_is_said_so(shoot, role, mei, now):
    RoleFactory(shoot=shoot, role_type=role.role_type, headcount=1)
    for n in range(3):
        person(role, f"人{n}", reliability=180 - n)
    kept = solved(shoot, mei, now)
    statuses = sorted(each.status for each in standing.named(kept, role, "人"))
    assert statuses == ["chosen", "chosen", "elsewhere"]
    away = next(each for each in standing.named(kept, role, "人") if each.status == "elsewhere")
    assert [each.shoot for each in away.elsewhere] == [shoot]


def test_who_hides_her_profile_is_not_found(shoot, role, mei, now):
    hidden = person(role, "沈念")
    kept = solved(shoot, mei, now)
    hidden.listed = False
    hidden.save()
    assert standing.named(kept, role, "沈念") == []

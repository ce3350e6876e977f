"""People for tests. Everyone is grown up, listed, not simulated, and wants nothing yet."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from psycopg.types.range import DateRange

from profiles.models import (
    Availability,
    Credit,
    OutsideCalendar,
    Photo,
    Profile,
    ProfileSkill,
    Training,
    User,
    WantedRole,
    WorkLink,
)
from tests.factories.hubs import HubFactory, ProgrammeFactory, RoleTypeFactory, SkillFactory


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person-{n}@people.example")
    password = "!"


class ManagerFactory(UserFactory):
    kind = User.Kind.MANAGER


class AdminFactory(UserFactory):
    kind = User.Kind.ADMIN
    is_staff = True
    is_superuser = True


class ProfileFactory(DjangoModelFactory):
    """A graduate with her user."""

    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory)
    birth_date = date(2003, 5, 17)
    home_hub = factory.SubFactory(HubFactory)
    day_rate_floor = 200


class ProfileSkillFactory(DjangoModelFactory):
    class Meta:
        model = ProfileSkill

    profile = factory.SubFactory(ProfileFactory)
    skill = factory.SubFactory(SkillFactory)
    level = 2


class WantedRoleFactory(DjangoModelFactory):
    class Meta:
        model = WantedRole

    profile = factory.SubFactory(ProfileFactory)
    role_type = factory.SubFactory(RoleTypeFactory)
    rank = 1


class AvailabilityFactory(DjangoModelFactory):
    class Meta:
        model = Availability

    profile = factory.SubFactory(ProfileFactory)
    days = DateRange(date(2026, 12, 1), date(2027, 2, 1))
    part = "both"


class CreditFactory(DjangoModelFactory):
    class Meta:
        model = Credit

    profile = factory.SubFactory(ProfileFactory)
    role_type = factory.SubFactory(RoleTypeFactory)
    title = "雨夜归人"
    year = 2026
    days_served = 6


class PhotoFactory(DjangoModelFactory):
    class Meta:
        model = Photo

    profile = factory.SubFactory(ProfileFactory)
    content = b"large"
    thumb = b"small"
    width = 300
    height = 400
    added_at = datetime(2026, 12, 1, tzinfo=UTC)


class WorkLinkFactory(DjangoModelFactory):
    class Meta:
        model = WorkLink

    profile = factory.SubFactory(ProfileFactory)
    url = factory.Sequence(lambda n: f"https://video.example/{n}")


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    profile = factory.SubFactory(ProfileFactory)
    programme = factory.SubFactory(ProgrammeFactory)


class OutsideCalendarFactory(DjangoModelFactory):
    class Meta:
        model = OutsideCalendar

    profile = factory.SubFactory(ProfileFactory)
    name = "办公室"
    address = "https://calendar.example/secret.ics"


def fits(profile: Profile, role) -> Profile:
    """Make `profile` eligible for `role`: wants its type, is free all winter, lives at its hub, has its musts."""
    Profile.objects.filter(pk=profile.pk).update(home_hub=role.shoot.base.hub)
    profile.refresh_from_db()
    profile.willing_hubs.add(role.shoot.base.hub)
    WantedRole.objects.get_or_create(profile=profile, role_type=role.role_type, defaults={"rank": 1})
    if not profile.availabilities.exists():
        AvailabilityFactory(profile=profile)
    for need in role.skill_levels.filter(must=True):
        ProfileSkill.objects.update_or_create(
            profile=profile, skill=need.skill, defaults={"level": max(need.level, 2)}
        )
    profile.languages.add(*role.languages.all())
    return profile

"""People for tests. Everyone is grown up, listed, not simulated, and wants nothing yet."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory
from psycopg.types.range import DateRange

from profiles.models import (
    Availability,
    Coordinator,
    Credit,
    OutsideCalendar,
    Photo,
    Profile,
    ProfileSkill,
    Training,
    User,
    Villager,
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


class CoordinatorFactory(DjangoModelFactory):
    """Somebody who speaks for a village, appointed a month before the tests' moment."""

    class Meta:
        model = Coordinator

    user = factory.SubFactory(UserFactory, kind=User.Kind.VILLAGE)
    hub = factory.SubFactory(HubFactory)
    village_zh = "桥头村"
    village_en = "Qiaotou"
    phone = "+8613907010000"
    appointed_by = factory.SubFactory(AdminFactory)
    appointed_at = datetime(2026, 11, 1, tzinfo=UTC)


class VillagerFactory(DjangoModelFactory):
    """A person without a smartphone, with a plain phone of her own."""

    class Meta:
        model = Villager

    coordinator = factory.SubFactory(CoordinatorFactory)
    profile = factory.SubFactory(
        ProfileFactory,
        birth_date=date(1962, 3, 4),
        day_rate_floor=0,
        user=factory.SubFactory(UserFactory, email=None, spoken_for=True),
        home_hub=factory.SelfAttribute("..coordinator.hub"),
    )
    phone = factory.Sequence(lambda n: f"+861390701{n:04d}")
    phone_of = "hers"
    registered_at = datetime(2026, 11, 2, tzinfo=UTC)

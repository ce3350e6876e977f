"""The people every test knows: Mei runs a crew, Bo is a graduate, Lin is a stranger to both."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from jobs.enums import Right
from jobs.services import offers
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import NOW, CrewFactory, MembershipFactory, RoleFactory, ShootFactory
from tests.factories.profiles import (
    AdminFactory,
    CoordinatorFactory,
    ManagerFactory,
    ProfileFactory,
    UserFactory,
    VillagerFactory,
    fits,
)

# A machine that has other work is slow, and no property is false because of it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture
def now():
    """The moment of the test, fixed: 2026-12-01 09:00 in Shanghai."""
    return NOW


@pytest.fixture
def hub(db):
    return HubFactory(slug="zhengzhou", name_zh="郑州", name_en="Zhengzhou")


@pytest.fixture
def base(hub):
    return BaseFactory(hub=hub, slug="dazhi", name_zh="大志影视基地", name_en="Dazhi Base")


@pytest.fixture
def mei(db):
    """A crew manager, owner of `crew`."""
    return ManagerFactory(name="梅", email="mei@crews.example")


@pytest.fixture
def crew(mei, hub):
    """Mei's crew, verified."""
    crew = CrewFactory(name="山海剧组", home_hub=hub)
    MembershipFactory(crew=crew, user=mei, right=Right.OWNER)
    return crew


@pytest.fixture
def bo(db, hub):
    """A graduate; `bo.profile` is at the hub and free all winter once `fits` made him so."""
    user = UserFactory(name="博", email="bo@people.example")
    ProfileFactory(user=user, home_hub=hub)
    return user


@pytest.fixture
def lin(db, hub):
    """A stranger: manager and owner of another crew, `lin_crew`."""
    return ManagerFactory(name="林", email="lin@crews.example")


@pytest.fixture
def lin_crew(lin, hub):
    crew = CrewFactory(name="林海剧组", home_hub=hub)
    MembershipFactory(crew=crew, user=lin, right=Right.OWNER)
    return crew


@pytest.fixture
def lin_graduate(db, hub):
    """A stranger who is a graduate."""
    user = UserFactory(name="琳", email="lin@people.example")
    ProfileFactory(user=user, home_hub=hub)
    return user


@pytest.fixture
def ada(db):
    """An admin."""
    return AdminFactory(name="安", email="ada@jinzu.example")


@pytest.fixture
def shoot(crew, base):
    """Mei's open shoot at Dazhi, 12 to 18 December."""
    return ShootFactory(crew=crew, base=base, title="雨夜归人")


@pytest.fixture
def role(shoot):
    """Two places for lighting assistants on `shoot`."""
    role_type = RoleTypeFactory(name_zh="灯光助理", name_en="Lighting assistant")
    return RoleFactory(shoot=shoot, role_type=role_type, headcount=2, day_rate=350)


@pytest.fixture
def fitting_bo(bo, role):
    """Bo, who fits `role`."""
    fits(bo.profile, role)
    return bo


@pytest.fixture
def cai(hub):
    """The coordinator of Wang's village."""
    return CoordinatorFactory(hub=hub, user__name="蔡爱兰", user__email="cai@village.example")


@pytest.fixture
def wang(cai):
    """Grandma Wang, who has a plain phone of her own."""
    return VillagerFactory(coordinator=cai, profile__user__name="王桂英", phone="+8613907012345")


@pytest.fixture
def extras(shoot):
    """Three places for extras on the first day of Mei's shoot."""
    extra = RoleTypeFactory(code="extra", name_zh="群众演员", name_en="Extra", category="extras")
    return RoleFactory(shoot=shoot, role_type=extra, category="extras", headcount=3, day_rate=120)


@pytest.fixture
def her_offer(extras, wang, mei, now):
    """Wang is asked for one of them."""
    fits(wang.profile, extras)
    return offers.send(extras, wang.profile, by=mei, now=now)


@pytest.fixture
def empty_queue():
    """Take away the bells that earlier tests have rung: a worker would answer them first."""
    from config.celery import app

    app.control.purge()


@pytest.fixture(autouse=True)
def _no_cache_between_tests():
    """Throttles and cached pages of one test must not decide another."""
    yield
    try:
        cache.clear()
    except Exception:
        return

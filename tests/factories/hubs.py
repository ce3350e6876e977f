"""Places and trades for tests. Nothing is made that a test did not ask for, but what a key demands."""

import factory
from factory.django import DjangoModelFactory

from hubs.models import (
    Base,
    Department,
    Figure,
    Hub,
    Institution,
    JobFair,
    Language,
    Programme,
    RoleType,
    Service,
    Set,
    Skill,
    Statement,
    Step,
)


class HubFactory(DjangoModelFactory):
    class Meta:
        model = Hub

    slug = factory.Sequence(lambda n: f"hub-{n}")
    name_zh = factory.Sequence(lambda n: f"郑州{n}")
    name_en = factory.Sequence(lambda n: f"Zhengzhou {n}")
    province = "HA"
    longitude = 113.62
    latitude = 34.75


class BaseFactory(DjangoModelFactory):
    class Meta:
        model = Base

    hub = factory.SubFactory(HubFactory)
    slug = factory.Sequence(lambda n: f"base-{n}")
    name_zh = factory.Sequence(lambda n: f"大志影视基地{n}")
    name_en = factory.Sequence(lambda n: f"Dazhi Base {n}")


class SetFactory(DjangoModelFactory):
    class Meta:
        model = Set

    base = factory.SubFactory(BaseFactory)
    slug = factory.Sequence(lambda n: f"set-{n}")
    name_zh = factory.Sequence(lambda n: f"医院{n}")
    name_en = factory.Sequence(lambda n: f"Hospital {n}")


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    code = factory.Sequence(lambda n: f"department-{n}")
    name_zh = factory.Sequence(lambda n: f"灯光组{n}")
    name_en = factory.Sequence(lambda n: f"Lighting {n}")
    field = Department.Field.CREW
    position = factory.Sequence(lambda n: n)


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    below = factory.SubFactory("tests.factories.hubs.RoleTypeFactory")
    above = factory.SubFactory("tests.factories.hubs.RoleTypeFactory")
    days_below = 40


class RoleTypeFactory(DjangoModelFactory):
    class Meta:
        model = RoleType

    code = factory.Sequence(lambda n: f"role-type-{n}")
    name_zh = factory.Sequence(lambda n: f"灯光助理{n}")
    name_en = factory.Sequence(lambda n: f"Lighting assistant {n}")
    department = factory.SubFactory(DepartmentFactory)
    category = RoleType.Category.PRODUCTION
    position = factory.Sequence(lambda n: n)
    entry_level = True
    rate_low = 300
    rate_high = 500


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    code = factory.Sequence(lambda n: f"skill-{n}")
    name_zh = factory.Sequence(lambda n: f"布光{n}")
    name_en = factory.Sequence(lambda n: f"Rigging lights {n}")


class LanguageFactory(DjangoModelFactory):
    class Meta:
        model = Language

    code = factory.Sequence(lambda n: f"zh-x-{n}")
    name_zh = factory.Sequence(lambda n: f"河南话{n}")
    name_en = factory.Sequence(lambda n: f"Henan dialect {n}")
    is_dialect = True
    position = factory.Sequence(lambda n: n)


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    slug = factory.Sequence(lambda n: f"institution-{n}")
    name_zh = factory.Sequence(lambda n: f"河南开放大学{n}")
    name_en = factory.Sequence(lambda n: f"Open University of Henan {n}")


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = Figure

    code = factory.Sequence(lambda n: f"figure-{n}")
    name_zh = factory.Sequence(lambda n: f"岗位数{n}")
    name_en = factory.Sequence(lambda n: f"Jobs {n}")
    topic = "jobs"
    value = 450_000
    unit_zh = "个岗位"
    unit_en = "jobs"
    source_zh = "人民日报"
    source_en = "People's Daily"


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    code = factory.Sequence(lambda n: f"service-{n}")
    base = factory.SubFactory(BaseFactory)
    hub = factory.SelfAttribute("base.hub")
    kind = Service.Kind.COSTUME
    name_zh = factory.Sequence(lambda n: f"服装{n}")
    name_en = factory.Sequence(lambda n: f"Costume {n}")


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda n: f"programme-{n}")
    name_zh = factory.Sequence(lambda n: f"表演速成班{n}")
    name_en = factory.Sequence(lambda n: f"Acting crash course {n}")
    kind = Programme.Kind.SHORT_COURSE


class JobFairFactory(DjangoModelFactory):
    class Meta:
        model = JobFair

    slug = factory.Sequence(lambda n: f"fair-{n}")
    name_zh = factory.Sequence(lambda n: f"招聘会{n}")
    name_en = factory.Sequence(lambda n: f"Job fair {n}")


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = Statement

    code = factory.Sequence(lambda n: f"statement-{n}")
    topic = Statement.Topic.RISK
    name_zh = factory.Sequence(lambda n: f"抄袭{n}")
    name_en = factory.Sequence(lambda n: f"Copying {n}")
    text_zh = "网文被抄袭。"
    text_en = "Web novels are copied."
    source_zh = "人民日报"
    source_en = "People's Daily"

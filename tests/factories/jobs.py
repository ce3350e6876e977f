"""Work for tests: rows as they stand after the services did their part, without the log and the notices."""

from datetime import date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory
from psycopg.types.range import DateRange

from hubs.timespan import SHANGHAI
from jobs.enums import BookingState, CrewState, MatchState, OfferState, Right, RunState, ShootState
from jobs.models import (
    Application,
    Booking,
    ChainLink,
    ChainPlan,
    Crew,
    CrewTemplate,
    MarketRun,
    Match,
    MatchRun,
    Membership,
    Notice,
    Offer,
    Role,
    RoleSkill,
    SavedSearch,
    Shoot,
    TemplateLine,
)
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory, SkillFactory
from tests.factories.profiles import ManagerFactory, ProfileFactory, UserFactory

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI)
"""The moment at which tests take place: a Tuesday morning."""

SHOOT_DAYS = DateRange(date(2026, 12, 12), date(2026, 12, 19))
"""Seven shoot days, from the 12th to the 18th."""


class CrewFactory(DjangoModelFactory):
    class Meta:
        model = Crew

    name = factory.Sequence(lambda n: f"山海剧组{n}")
    company_name = factory.Sequence(lambda n: f"山海影视{n}有限公司")
    credit_code = factory.Sequence(lambda n: f"91410100MA{n:08d}")
    home_hub = factory.SubFactory(HubFactory)
    state = CrewState.VERIFIED
    verified_at = NOW


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    crew = factory.SubFactory(CrewFactory)
    user = factory.SubFactory(ManagerFactory)
    right = Right.OWNER


class ShootFactory(DjangoModelFactory):
    """An open shoot of seven days."""

    class Meta:
        model = Shoot

    crew = factory.SubFactory(CrewFactory)
    title = factory.Sequence(lambda n: f"雨夜归人{n}")
    base = factory.SubFactory(BaseFactory)
    days = SHOOT_DAYS
    state = ShootState.OPEN
    published_at = NOW


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    shoot = factory.SubFactory(ShootFactory)
    role_type = factory.SubFactory(RoleTypeFactory)
    category = factory.LazyAttribute(lambda role: role.role_type.category)
    days = factory.LazyAttribute(lambda role: role.shoot.days)
    day_rate = 350
    headcount = 2
    entry_level = True


class RoleSkillFactory(DjangoModelFactory):
    class Meta:
        model = RoleSkill

    role = factory.SubFactory(RoleFactory)
    skill = factory.SubFactory(SkillFactory)
    level = 1
    must = True


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    role = factory.SubFactory(RoleFactory)
    profile = factory.SubFactory(ProfileFactory)
    sent_at = NOW


class OfferFactory(DjangoModelFactory):
    """An open offer that expires twelve hours after NOW."""

    class Meta:
        model = Offer

    role = factory.SubFactory(RoleFactory)
    profile = factory.SubFactory(ProfileFactory)
    state = OfferState.OPEN
    day_rate = factory.LazyAttribute(lambda offer: offer.role.day_rate)
    sent_at = NOW
    expires_at = NOW + timedelta(hours=12)


class BookingFactory(DjangoModelFactory):
    """A confirmed booking with its accepted offer, counted in the role."""

    class Meta:
        model = Booking

    role = factory.SubFactory(RoleFactory)
    profile = factory.SubFactory(ProfileFactory)
    offer = factory.LazyAttribute(
        lambda booking: OfferFactory(
            role=booking.role, profile=booking.profile, state=OfferState.ACCEPTED, answered_at=NOW
        )
    )
    days = factory.LazyAttribute(lambda booking: booking.role.days)
    day_rate = factory.LazyAttribute(lambda booking: booking.role.day_rate)
    state = BookingState.CONFIRMED
    confirmed_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        booking = super()._create(model_class, *args, **kwargs)
        if booking.state in (BookingState.CONFIRMED, BookingState.SERVED):
            Role.objects.filter(pk=booking.role_id).update(filled=booking.role.filled + 1)
            booking.role.refresh_from_db()
        return booking


class MatchRunFactory(DjangoModelFactory):
    class Meta:
        model = MatchRun

    shoot = factory.SubFactory(ShootFactory)
    state = RunState.PUBLISHED
    asked_at = NOW
    started_at = NOW
    ended_at = NOW


class MarketRunFactory(DjangoModelFactory):
    """A published run of a hub's market."""

    class Meta:
        model = MarketRun

    scope = "hub"
    hub = factory.SubFactory(HubFactory)
    days = DateRange(date(2026, 12, 1), date(2027, 1, 1))
    state = RunState.PUBLISHED
    asked_at = NOW
    started_at = NOW
    ended_at = NOW


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = Match

    run = factory.LazyAttribute(lambda match: MatchRunFactory(shoot=match.role.shoot))
    role = factory.SubFactory(RoleFactory)
    profile = factory.SubFactory(ProfileFactory)
    state = MatchState.CHOSEN
    rank = 1
    score = 500


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(UserFactory)
    kind = "match_ready"
    key = factory.Sequence(lambda n: f"notice-{n}")
    created_at = NOW


class SavedSearchFactory(DjangoModelFactory):
    class Meta:
        model = SavedSearch

    profile = factory.SubFactory(ProfileFactory)
    name = factory.Sequence(lambda n: f"郑州灯光{n}")
    query = factory.Sequence(lambda n: {"hub": "zhengzhou", "min_rate": str(100 + n)})
    alert = "at_once"
    created_at = NOW - timedelta(days=1)


class ChainPlanFactory(DjangoModelFactory):
    """A plan held for `roles`, with an application for each."""

    class Meta:
        model = ChainPlan
        skip_postgeneration_save = True

    profile = factory.SubFactory(ProfileFactory)
    aim = "days"
    held_at = NOW

    @factory.post_generation
    def roles(plan, create, roles, **kwargs):
        for role in roles or ():
            asked = ApplicationFactory(role=role, profile=plan.profile, sent_at=plan.held_at)
            ChainLink.objects.create(plan=plan, role=role, application=asked)


class CrewTemplateFactory(DjangoModelFactory):
    class Meta:
        model = CrewTemplate

    code = factory.Sequence(lambda n: f"crew-{n}")
    name_zh = "十二人小组"
    name_en = "A crew of 12"
    size = 12


class TemplateLineFactory(DjangoModelFactory):
    class Meta:
        model = TemplateLine

    template = factory.SubFactory(CrewTemplateFactory)
    role_type = factory.SubFactory(RoleTypeFactory)
    headcount = 2
    day_rate = 350

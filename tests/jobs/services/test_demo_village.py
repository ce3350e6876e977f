"""The demo market has a village: twenty people, hours and pay behind them, calls today and tomorrow, offers that wait."""

import pytest

from hubs.timespan import shoot_day_of
from jobs.models import Offer, Wage, WordForHer, WorkedDay
from jobs.queries import villages as questions
from jobs.services import taxonomy
from jobs.services.demo import village
from profiles.models import Coordinator, Villager
from profiles.queries import villages as registered
from tests.factories.hubs import BaseFactory, HubFactory, LanguageFactory, RoleTypeFactory
from tests.factories.jobs import CrewFactory, CrewTemplateFactory, MembershipFactory, TemplateLineFactory

pytestmark = pytest.mark.django_db


def test_a_coordinator_finds_work_of_every_kind(ada, mei, now):
    hub = HubFactory(slug="zhongtong", name_zh="中童镇", name_en="Zhongtong Township")
    BaseFactory(hub=hub)
    for code, _places, _rate in village.FOLK:
        RoleTypeFactory(code=code, category="extras")
    for code in ("zh", "gan"):
        LanguageFactory(code=code)
    TemplateLineFactory(template=CrewTemplateFactory(code="12"), headcount=1)
    MembershipFactory(crew=CrewFactory(home_hub=hub), user=mei, right="owner")
    taxonomy.load_filing_rules()

    village.write(ada, password="jinzu-demo", today=shoot_day_of(now), now=now)

    office = Coordinator.objects.get()
    desk = questions.desk(office, now=now)
    assert (len(desk.people), len(desk.offers), Villager.objects.filter(code_hash=None).count()) == (20, 5, 5)
    assert registered.by_code(village.CARD).profile.user.name == village.PEOPLE[0][0]
    assert [len(day.called) for day in desk.days][:2] == [12, 12]
    assert {each.said for each in WordForHer.objects.all()} == {"accepted", "received", "denied"}
    assert (Wage.objects.count(), WorkedDay.objects.count()) == (8, 8 * 4 + 12)
    assert Offer.objects.filter(state="open").count() == 5

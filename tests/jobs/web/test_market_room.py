"""The market room: what everybody sees, what admins see beside it, and that no small number gets out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubs.timespan import shoot_day_of
from jobs.models import HubFact, MarketFact, MarketSum
from jobs.models.market_room import Grain
from jobs.services.market_room import add_up
from tests.factories.hubs import DepartmentFactory, HubFactory, RoleTypeFactory

pytestmark = pytest.mark.django_db

DAYS = 10


@pytest.fixture
def day():
    return shoot_day_of(timezone.now())


@pytest.fixture
def hubs(db):
    return [
        HubFactory(slug="xian", name_zh="西安", name_en="Xi’an"),
        HubFactory(slug="zhengzhou", name_zh="郑州", name_en="Zhengzhou"),
        HubFactory(slug="hengdian", name_zh="横店", name_en="Hengdian"),
    ]


@pytest.fixture
def facts(hubs, day):
    """Ten days of focus pullers: Xi'an lacks forty, Zhengzhou books three, Hengdian nine."""
    camera = DepartmentFactory(code="camera", name_zh="摄影组", name_en="Camera")
    focus = RoleTypeFactory(code="focus-puller", name_zh="跟焦员", name_en="Focus puller", department=camera)
    for number in range(DAYS):
        for hub, booked, wanted, free in zip(hubs, (60, 3, 9), (50, 6, 0), (10, 2, 0), strict=True):
            MarketFact.objects.create(
                day=day - timedelta(days=number), hub=hub, role_type=focus, places=120, booked=booked, wanted=wanted,
                free_people=free, sent=7, accepted=booked // 3, declined=1, filled=2, fill_hours=20,
                fill_spans=[1, 1, 0, 0, 0], first_timers=1, due=4, due_filled=3,
            )  # fmt: skip
            HubFact.objects.create(
                day=day - timedelta(days=number), hub=hub, shoot_days=4, people=9, paid_days_30=90, late_wages=3,
                late_yuan=4321, reasons={"pay": 1},
            )  # fmt: skip
        HubFact.objects.create(
            day=day - timedelta(days=number), hub=None, shoot_days=12, people=27, paid_days_30=270, late_wages=9,
            late_yuan=12_963, rest_breaches=1, reasons={"pay": 3},
        )  # fmt: skip
    add_up(days_since=day - timedelta(days=DAYS))
    return focus


def read(client, **query) -> str:
    return client.get(reverse("market_room"), query).content.decode()


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def desk(ada):
    client = Client(headers={"accept-language": "en"})
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_before_anything_is_counted_the_page_says_so(visitor):
    assert "Nothing has been counted yet" in read(visitor)


def test_it_says_who_is_lacking_where(visitor, facts):
    page = read(visitor)

    assert "Xi’an lacks 40 for next week: Focus puller." in page


def test_each_chart_has_words_and_its_numbers(visitor, facts):
    page = read(visitor)

    for key in (
        "places",
        "gaps",
        "hubs",
        "categories",
        "departments",
        "filled",
        "speed",
        "declines",
        "shoots",
        "paid-days",
    ):
        assert f'id="chart-{key}"' in page
        assert reverse("market_numbers", args=[key]) in page
    assert page.count('<svg class="chart__lines"') == page.count("<desc id=") == 4


def test_the_public_reads_steps_of_five_and_admins_what_was_counted(visitor, desk, facts):
    public, whole = (
        {line.code: line.booked for line in client.get(reverse("market_room")).context["room"].hubs}
        for client in (visitor, desk)
    )
    assert whole == {"xian": 60, "zhengzhou": 3, "hengdian": 9}
    assert (public["xian"], public["zhengzhou"] in (0, 5), public["hengdian"] in (5, 10)) == (60, True, True)


def test_pay_and_rest_are_for_admins(visitor, desk, facts):
    assert reverse("market_numbers", args=["late"]) not in read(visitor)
    assert "¥12,963" in read(desk)
    assert "12,963" not in read(visitor)
    assert visitor.get(reverse("market_numbers", args=["late"])).status_code == 404
    assert desk.get(reverse("market_numbers", args=["late"])).status_code == 200


def test_a_hub_can_be_looked_into(desk, facts):
    room = desk.get(reverse("market_room"), {"hub": "xian", "span": "30"}).context["room"]

    assert [(line.code, line.places, line.booked) for line in room.hubs] == [("xian", 120, 60)]
    assert room.totals["shoots_a_day"] == 4


def test_nonsense_asks_for_nothing(visitor, facts):
    page = visitor.get(
        reverse("market_room"), {"hub": "atlantis", "span": "-1", "category": "'", "department": "<x>"}
    )

    assert (page.status_code, page.context["room"].look.hub) == (200, "")


def test_the_numbers_come_as_csv(visitor, facts):
    text = visitor.get(reverse("market_numbers", args=["hubs"])).content.decode("utf-8-sig")

    room = visitor.get(reverse("market_room")).context["room"]
    small = {line.code: f"{line.places},{line.booked},{line.open}" for line in room.hubs}
    assert text.splitlines() == [
        "By hub,Places in all,Booked,Open", f"Hengdian,{small['hengdian']}", "Xi’an,120,60,60",
        f"Zhengzhou,{small['zhengzhou']}",
    ]  # fmt: skip


def test_an_unknown_chart_is_not_there(visitor, facts):
    assert visitor.get("/market/secrets.csv").status_code == 404


def test_ten_years_cost_no_more_queries_than_ten_days(visitor, facts, day, hubs, django_assert_num_queries):
    read(visitor, span="all")
    with django_assert_num_queries(11):
        read(visitor, span="all")
    first = day.replace(day=1)
    months = {(first - timedelta(days=31 * number)).replace(day=1) for number in range(1, 120)}
    MarketSum.objects.bulk_create(
        MarketSum(
            grain=Grain.MONTH, rounded=True, day=month, hub=hub, department=facts.department, category=facts.category,
            places=9, booked=5, fill_spans=[0] * 5,
        )
        for month in months
        for hub in (None, *hubs)
    )  # fmt: skip
    with django_assert_num_queries(11):
        page = read(visitor, span="all")
    assert page.count("<tr>") > 100


def test_a_gap_leads_to_the_roles_behind_it(visitor, facts):
    page = visitor.get(reverse("market_room"))

    (chart,) = [chart for chart in page.context["charts"] if chart.key == "gaps"]
    assert next(bar.url for bar in chart.bars) == "/roles/?hub=xian&role_type=focus-puller"


def test_a_choice_that_a_chart_cannot_follow_is_said(visitor, facts):
    every, camera = (
        {chart.key: chart.text for chart in visitor.get(reverse("market_room"), query).context["charts"]}
        for query in ({}, {"department": "camera"})
    )
    note = "Counted for all trades together."
    assert {key for key, text in camera.items() if note in text} == {"shoots", "paid-days"}
    assert [key for key, text in every.items() if note in text] == []


def test_the_desk_goes_from_a_hub_that_pays_late_into_that_hub(desk, facts):
    page = read(desk, span="30")

    assert '<a href="/market/?span=30&amp;hub=xian">Xi’an</a>' in page


def test_a_file_of_days_has_whole_dates_and_one_of_gaps_has_numbers(visitor, facts, day):
    places, gaps = (
        visitor.get(reverse("market_numbers", args=[chart])).content.decode("utf-8-sig").splitlines()
        for chart in ("places", "gaps")
    )
    assert [line.split(",")[0] for line in places[1:]] == [
        (day - timedelta(days=number)).isoformat() for number in reversed(range(DAYS))
    ]
    assert gaps[1] == "Xi’an,Focus puller,50,10,40"

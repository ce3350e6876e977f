"""The public pages of this app: whole in both languages, and as cheap with three rows as with one."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from hubs.services.loading import load_hubs
from tests.factories.hubs import (
    BaseFactory,
    FigureFactory,
    HubFactory,
    InstitutionFactory,
    JobFairFactory,
    ProgrammeFactory,
    RoleTypeFactory,
    ServiceFactory,
    SetFactory,
    SkillFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

PAGES = [
    ("hubs:list", ()),
    ("hubs:hub", ("zhengzhou",)),
    ("hubs:hub", ("zhongtong",)),
    ("hubs:base", ("dazhi",)),
    ("hubs:base", ("fuxi-ai",)),
    ("hubs:training", ()),
    ("hubs:programme", ("acting-crash-course",)),
    ("hubs:programme", ("micro-drama-major",)),
    ("hubs:figures", ()),
]

IN_ENGLISH = {"headers": {"accept-language": "en"}}
IN_CHINESE = {"headers": {"accept-language": "zh-hans"}}


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_pages_are_public_in_both_languages(client, name, args):
    load_hubs()

    chinese = client.get(reverse(name, args=args), **IN_CHINESE)
    english = client.get(reverse(name, args=args), **IN_ENGLISH)

    assert (chinese.status_code, english.status_code) == (200, 200)
    assert 'lang="zh-Hans"' in chinese.text
    assert 'lang="en"' in english.text


def test_the_hub_page_says_what_is_published_and_by_whom(client):
    load_hubs()

    page = client.get(reverse("hubs:hub", args=["zhengzhou"]), **IN_ENGLISH).text

    for words in [
        "3.85 billion",
        "35.7",
        "800",
        "Reports from Zhengzhou, September 2025",
        "Dazhi Film and Television Base",
    ]:
        assert words in page
    assert reverse("roles:in_hub", args=["zhengzhou"]) in page


def test_the_base_page_shows_sets_with_makeup_rooms_and_seven_services(client):
    load_hubs()

    page = client.get(reverse("hubs:base", args=["dazhi"]), **IN_CHINESE).text

    for words in [
        "怀旧会所",
        "欧式宴会厅",
        "地铁站台",
        "医院病房",
        "剧本孵化",
        "服装",
        "化妆",
        "道具",
        "后期制作",
        "发行支持",
    ]:
        assert words in page
    assert page.count('class="scene-card"') == 4


def test_the_map_links_each_hub_once_and_draws_every_unit(client):
    load_hubs()

    page = client.get(reverse("hubs:list"), **IN_ENGLISH).text

    assert page.count('width="48" height="48"') == 34
    assert page.count('<a class="tile ') == 4
    assert (
        f'href="{reverse("hubs:hub", args=["xian"])}" aria-label="SN 0 open places: Shaanxi, Xi&#x27;an"'
        in page
    )


def test_two_hubs_of_one_province_share_a_square(client):
    HubFactory(slug="zhengzhou", province="HA")
    HubFactory(slug="kaifeng", province="HA")

    page = client.get(reverse("hubs:list"), **IN_ENGLISH).text

    assert page.count('<a class="tile ') == 1
    assert f'href="{reverse("hubs:list")}#in-HA"' in page
    assert 'id="in-HA"' in page


@pytest.mark.parametrize("name", ["hubs:list", "hubs:training", "hubs:figures"])
def test_lists_without_rows_say_so(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["hubs:hub", "hubs:base", "hubs:programme"])
def test_what_is_not_there_is_not_found(client, name):
    assert client.get(reverse(name, args=["atlantis"])).status_code == 404


@pytest.mark.parametrize(("name", "args"), [("hubs:list", ()), ("hubs:figures", ())])
def test_pages_are_for_reading(client, name, args):
    assert client.post(reverse(name, args=args)).status_code == 405


def fill(rows: int) -> None:
    """Make `rows` of everything around one hub, one base and one school."""
    hub = HubFactory(slug="zhengzhou")
    base = BaseFactory(hub=hub, slug="dazhi")
    school = InstitutionFactory(hub=hub)
    for number in range(rows):
        HubFactory()
        BaseFactory(hub=hub)
        SetFactory(base=base)
        ServiceFactory(base=base)
        ServiceFactory(base=None, hub=hub)
        FigureFactory(hub=hub)
        FigureFactory(hub=hub, base=base)
        StatementFactory(hub=hub)
        JobFairFactory(hub=hub, institution=school)
        programme = ProgrammeFactory(institution=school, slug=f"course-{number}")
        programme.leads_to.set(RoleTypeFactory.create_batch(rows))
        programme.teaches.set(SkillFactory.create_batch(rows))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("hubs:list", (), 2),
        ("hubs:hub", ("zhengzhou",), 9),
        ("hubs:base", ("dazhi",), 8),
        ("hubs:training", (), 6),
        ("hubs:programme", ("course-0",), 3),
        ("hubs:figures", (), 2),
    ],
)
def test_three_rows_cost_what_one_costs(client, django_assert_num_queries, name, args, queries, rows):
    fill(rows)

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=args))


def test_a_square_of_the_map_is_called_what_stands_on_it(client, hub):
    """Who speaks to the page says what she reads: the name of a link begins with its words (WCAG 2.5.3)."""
    for language in ("zh-hans", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get("/hubs/").content.decode()
        squares = re.findall(r'<a class="tile [^>]*aria-label="([^"]*)">(.*?)</a>', page, re.DOTALL)
        assert squares
        for name, inside in squares:
            written = " ".join(re.sub(r"<[^>]+>", " ", inside).split())
            assert " ".join(name.split()).startswith(written)

"""Places and trades over the API: open to everybody, closed to writing, cheap."""

import pytest

from hubs.services.loading import load_hubs
from tests.factories.hubs import (
    BaseFactory,
    FigureFactory,
    HubFactory,
    InstitutionFactory,
    LanguageFactory,
    ProgrammeFactory,
    RoleTypeFactory,
    ServiceFactory,
    SetFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db

LISTS = {
    "hubs": ("zhengzhou", 4),
    "bases": ("dazhi", 8),
    "programmes": ("acting-crash-course", 3),
    "figures": ("jobs-direct", 72),
    "role-types": ("gaffer", 95),
    "skills": ("boom", 126),
    "languages": ("yue", 30),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_rows_are_public(client, name):
    load_hubs()
    key, count = LISTS[name]

    assert client.get(f"/api/v1/{name}/").json()["count"] == count
    assert client.get(f"/api/v1/{name}/{key}/").status_code == 200
    assert client.get(f"/api/v1/{name}/atlantis/").json()["code"] == "not_found"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_here(client, ada, name, method):
    client.force_login(ada)

    assert getattr(client, method)(f"/api/v1/{name}/").status_code in (403, 405)


def test_a_figure_says_all_one_needs_to_doubt_it(client):
    load_hubs()

    figure = client.get("/api/v1/figures/crew-size-now/", headers={"accept-language": "en"}).json()

    assert {key: figure[key] for key in figure if key != "id"} == {
        "code": "crew-size-now", "topic": "output", "hub": None, "base": None,
        "name": "Crew size today", "name_zh": "如今的剧组规模", "name_en": "Crew size today",
        "value": "60.000", "value_high": "90.000", "qualifier": "",
        "unit": "people", "unit_zh": "人", "unit_en": "people",
        "period": "2025", "period_zh": "2025 年", "period_en": "2025",
        "is_estimate": False, "note": "", "note_zh": "", "note_en": "",
        "source": "Report of Peking University's National School of Development, as reported",
        "source_zh": "北京大学国家发展研究院报告（据报道）",
        "source_en": "Report of Peking University's National School of Development, as reported",
        "source_url": "", "source_date": "2026-02-09",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("bases/?hub=xian", ["dream-factory", "fuxi-ai", "western-short-video"]),
        ("hubs/?province=JX", ["zhongtong"]),
        ("hubs/?kind=city", ["xian", "zhengzhou"]),
        ("programmes/?kind=short_course", ["acting-crash-course"]),
        ("programmes/?hub=zhengzhou", ["micro-drama-major"]),
    ],
)
def test_filters(client, query, slugs):
    load_hubs()

    assert [row["slug"] for row in client.get(f"/api/v1/{query}").json()["results"]] == slugs


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("hubs", 3),
        ("bases", 4),
        ("programmes", 4),
        ("figures", 2),
        ("role-types", 3),
        ("skills", 2),
        ("languages", 2),
    ],
)
def test_three_rows_cost_what_one_costs(client, django_assert_num_queries, name, queries, rows):
    for _ in range(rows):
        hub = HubFactory()
        base = BaseFactory(hub=hub)
        SetFactory(base=base)
        ServiceFactory(base=base)
        FigureFactory(hub=hub, base=base)
        role_type, skill = RoleTypeFactory(), SkillFactory()
        role_type.typical_skills.add(skill)
        programme = ProgrammeFactory(institution=InstitutionFactory(hub=hub))
        programme.leads_to.add(role_type)
        programme.teaches.add(skill)
        LanguageFactory()

    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{name}/")

"""What has been published about the industry can be found in the tables, in both languages, with a source.

The lists below are our own account of the facts: the data files may grow, but none of these may get lost.
"""

import re
from datetime import date
from decimal import Decimal

import pytest

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
)
from hubs.services.loading import load_hubs

pytestmark = pytest.mark.django_db

# code: (qualifier, value, upper end or None, hub or None, estimate)
FIGURES = {
    # who looks for work
    "graduates-a-year": ("over", "10000000", None, None, False),
    "graduates-2026": ("", "12700000", None, None, True),
    # jobs
    "jobs-direct": ("about", "690000", None, None, True),
    "jobs-total": ("over", "2000000", None, None, True),
    "jobs-production": ("about", "450000", None, None, True),
    "jobs-leads": ("about", "32000", None, None, True),
    "jobs-extras": ("about", "207000", None, None, True),
    # output
    "titles-a-month": ("about", "3000", None, None, False),
    "crew-size-early": ("about", "12", None, None, False),
    "crew-size-now": ("", "60", "90", None, False),
    "shoot-days": ("", "5", "10", None, False),
    # money and audience
    "revenue-2024": ("about", "50000000000", None, None, False),
    "revenue-2024-usd": ("about", "7000000000", None, None, False),
    "box-office-2024": ("", "42500000000", None, None, False),
    "revenue-2024-dataeye": ("", "6900000000", None, None, False),
    "users": ("", "696000000", None, None, False),
    "users-share": ("over", "60", None, None, False),
    # overseas
    "overseas-revenue": ("", "1525000000", None, None, False),
    "overseas-growth": ("", "194.9", None, None, False),
    "north-america-2024": ("", "142000000", None, None, False),
    "viewing-latin-america": ("", "69", None, None, False),
    "viewing-south-east-asia": ("", "61", None, None, False),
    # hubs
    "zhengzhou-enterprises": ("over", "800", None, "zhengzhou", False),
    "zhengzhou-bases": ("over", "40", None, "zhengzhou", False),
    "zhengzhou-professional-bases": ("", "15", None, "zhengzhou", False),
    "zhengzhou-base-area": ("", "160000", None, "zhengzhou", False),
    "henan-venues": ("", "59", None, "zhengzhou", False),
    "zhengzhou-market": ("", "3850000000", None, "zhengzhou", False),
    "zhengzhou-growth": ("", "35.7", None, "zhengzhou", False),
    "zhengzhou-titles-a-month": ("", "400", "600", "zhengzhou", True),
    "xian-titles-a-month": ("", "400", "600", "xian", True),
    "xian-titles-a-month-local": ("", "600", "650", "xian", False),
    "two-cities-share": ("nearly", "30", None, None, True),
    "hengdian-crews-a-month": ("up_to", "400", "500", "hengdian", False),
    "hengdian-costume-share": ("about", "90", "95", "hengdian", False),
    "hengdian-foreign-performers": ("over", "1000", None, "hengdian", False),
    "zhongtong-sets": ("over", "120", None, "zhongtong", False),
    "zhongtong-extras": ("over", "3800", None, "zhongtong", False),
    "zhongtong-top-day-pay": ("over", "1000", None, "zhongtong", False),
    "zhongtong-lines-day-pay": ("", "500", "600", "zhongtong", False),
    # bases
    "dazhi-sets": ("over", "50", None, "zhengzhou", False),
    "dazhi-crews-a-day": ("about", "10", None, "zhengzhou", False),
    "dazhi-area": ("about", "10000", None, "zhengzhou", False),
    "jumei-area": ("about", "20000", None, "zhengzhou", False),
    "jumei-sets": ("about", "30", None, "zhengzhou", False),
    "jumei-day-price": ("", "5000", None, "zhengzhou", False),
    "jumei-extra-hour": ("", "300", None, "zhengzhou", False),
    "xinghe-area": ("", "20000", None, "zhengzhou", False),
    "xinghe-sets": ("over", "30", None, "zhengzhou", False),
    "xinghe-crews-a-day": ("", "3", "5", "zhengzhou", False),
    "dream-factory-area": ("", "15000", None, "xian", False),
    "dream-factory-sets": ("about", "150", None, "xian", False),
    "dream-factory-props": ("", "300000", None, "xian", False),
    "dream-factory-hour-price": ("", "300", None, "xian", False),
    "dream-factory-day-price": ("", "3000", None, "xian", False),
    "western-short-video-land": ("", "158", None, "xian", False),
    "western-short-video-sets": ("over", "200", None, "xian", False),
    "fuxi-crews-a-month": ("about", "200", None, "xian", False),
    # training and rights
    "zut-signed-companies": ("", "10", None, "zhengzhou", False),
    "acting-course-days": ("", "4", None, None, False),
    "novel-compensation-offered": ("", "3000", None, None, False),
    "novel-compensation-offered-usd": ("about", "420", None, None, False),
}

# code: (a word of the Chinese text, a word of the English text)
STATEMENTS = {
    "audience-north-america": ("女性", "women"),
    "audience-africa": ("年轻", "young"),
    "audience-middle-east": ("富裕", "affluent"),
    "download-charts": ("Netflix", "Netflix"),
    "org-pku-nsd": ("就业报告", "employment report"),
    "org-xinhua": ("每月", "a month"),
    "org-dataeye": ("69 亿美元", "6.9 billion"),
    "org-nrta": ("主管部门", "regulator"),
    "org-china-copyright-association": ("2024 年版权热点", "copyright issues of 2024"),
    "org-reelshort": ("美国", "United States"),
    "org-dramabox": ("美国", "United States"),
    "org-netflix": ("比较", "comparison"),
    "title-strange-mirror": ("只有剪辑和配音由人", "only editing and voice acting"),
    "people-career-changer": ("2024 年起", "since 2024"),
    "people-guard-and-villain": ("保安", "villains"),
    "trades-backgrounds": ("海外留学生", "students back from abroad"),
    "trades-portfolio": ("无薪实习", "unpaid internships"),
    "trades-set": ("群演", "extras"),
    "trades-overseas": ("外籍导演和演员", "foreign directors and actors"),
    "trades-ai": ("概念图画师", "concept artists"),
    "policy-micro-drama-plus": ("非物质文化遗产", "intangible heritage"),
    "risk-plagiarism": ("网文", "Web-novel"),
    "risk-top-copyright-issue": ("中国版权协会", "China Copyright Association"),
    "risk-ai-displacement": ("AI", "AI"),
    "risk-quality": ("林子", "forest"),
    "risk-fluidity": ("流动", "move on"),
    "place-local-businesses": ("餐馆、旅馆和小店", "restaurants, hotels and small shops"),
    "place-zhongtong-market": ("眼镜市场", "eyewear market"),
}

TRADES = [
    "director",
    "dop",
    "gaffer",
    "wardrobe",
    "makeup-artist",
    "property-master",
    "production-manager",
    "screenwriter",
    "editor",
    "voice-actor",
    "operator",
    "extra",
    "lead",
    "supporting",
    "script-translator",
    "dubbing-artist",
    "overseas-operator",
    "rights-trader",
    "cultural-consultant",
    "local-writer",
    "adaptation-specialist",
    "dialect-adapter",
    "foreign-director",
    "foreign-actor",
    "prompt-engineer",
    "ai-screenwriter",
    "ai-image-artist",
    "ai-soundtrack-artist",
    "concept-artist",
]

PEOPLE = ["Zhang Yuwan", "Shutian Yu", "Cai Zhigang"]
"""Named in public reports. They may stand in the name of a source, and nowhere else."""

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _loaded(db):
    load_hubs()


def test_every_published_number_is_there():
    found = {
        figure.code: (
            figure.qualifier,
            figure.value,
            figure.value_high,
            figure.hub and figure.hub.slug,
            figure.is_estimate,
        )
        for figure in Figure.objects.select_related("hub").filter(code__in=FIGURES)
    }

    assert found == {
        code: (qualifier, Decimal(value), high and Decimal(high), hub, estimate)
        for code, (qualifier, value, high, hub, estimate) in FIGURES.items()
    }


@pytest.mark.parametrize("code", STATEMENTS)
def test_what_was_said_in_words_is_there(code):
    statement = Statement.objects.get(code=code)

    chinese, english = STATEMENTS[code]
    assert chinese in statement.text_zh
    assert english in statement.text_en


def test_every_trade_is_there():
    assert set(TRADES) == set(RoleType.objects.filter(code__in=TRADES).values_list("code", flat=True))


def test_schools_and_what_they_teach():
    taught = {
        programme.institution.name_en: (programme.institution.name_zh, programme.name_en)
        for programme in Programme.objects.select_related("institution")
    }
    assert taught == {
        "Zhengzhou University of Technology": ("郑州工程技术学院", "Micro-drama major"),
        "Technology and Media University of Henan Kaifeng": (
            "河南开封科技传媒学院",
            "AI micro-drama creation base",
        ),
        "Shanghai Open University": ("上海开放大学", "Micro-drama acting crash course"),
    }
    course = Programme.objects.get(slug="acting-crash-course")
    assert course.covers_en.splitlines() == ["Line delivery", "Basic acting", "Practical shoot"]
    assert course.covers_zh.splitlines() == ["台词表达", "基础表演", "项目实拍"]
    assert JobFair.objects.get().institution.slug == "kaifeng-technology-and-media"


def test_hubs_and_their_small_businesses():
    assert {hub.slug: (hub.name_zh, hub.province) for hub in Hub.objects.all()} == {
        "zhengzhou": ("郑州", "HA"),
        "xian": ("西安", "SN"),
        "zhongtong": ("中童镇", "JX"),
        "hengdian": ("横店", "ZJ"),
    }
    businesses = Service.objects.filter(hub__slug="zhongtong", base=None)
    assert set(businesses.values_list("kind", flat=True)) == {"restaurant", "hotel", "shop"}


NAMED = [
    Hub,
    Base,
    Set,
    Service,
    Institution,
    Programme,
    JobFair,
    Figure,
    Statement,
    Department,
    RoleType,
    Skill,
    Language,
]


@pytest.mark.parametrize("model", NAMED)
def test_both_languages_are_written_out(model):
    """Every pair of columns is full on both sides or empty on both, and the English side is not Chinese."""
    pairs = [f.name[:-3] for f in model._meta.fields if f.name.endswith("_zh")]
    for row in model.objects.all():
        assert row.name_zh
        assert row.name_en
        for pair in pairs:
            chinese, english = getattr(row, f"{pair}_zh"), getattr(row, f"{pair}_en")
            assert bool(chinese) == bool(english), (row.pk, pair)
            assert not HAN.search(english), english


@pytest.mark.parametrize("model", [Hub, Base, Institution, Programme, JobFair, Figure, Statement])
def test_every_fact_has_a_source(model):
    assert [row for row in model.objects.all() if not (row.source_zh and row.source_en)] == []


def test_the_sources_of_the_main_figures_are_dated():
    undated = Figure.objects.filter(hub=None, source_date=None).exclude(topic="pay")

    assert not undated.exists()
    assert Figure.objects.get(code="jobs-direct").source_date == date(2026, 2, 9)


@pytest.mark.parametrize("model", NAMED)
def test_people_are_named_only_as_sources(model):
    columns = [f.name for f in model._meta.fields if f.get_internal_type() in ("CharField", "TextField")]
    told = [column for column in columns if not column.startswith("source")]

    assert not [
        (row.pk, column)
        for row in model.objects.all()
        for column in told
        if any(person in getattr(row, column) for person in PEOPLE)
    ]


def test_the_people_cited_are_cited():
    cited = " ".join(Figure.objects.values_list("source_en", flat=True))
    cited += " ".join(Statement.objects.values_list("source_en", flat=True))

    assert [person for person in PEOPLE if person not in cited] == []

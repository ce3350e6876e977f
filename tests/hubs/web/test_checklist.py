"""Every line of what is known about the industry is on a page that anybody can open, in both languages.

One line a fact, worded by us: where it is shown, and words that must stand there. `test_published_facts` holds the same
facts against the tables with their sources; here a reader finds them.
"""

import html
import re

import pytest
from django.urls import reverse
from django.utils import translation

from hubs.models import Base, Figure, Hub, Institution, JobFair, Statement
from hubs.services.loading import load_hubs
from tests.hubs.services.test_published_facts import FIGURES as NUMBERS
from tests.hubs.services.test_published_facts import STATEMENTS

pytestmark = pytest.mark.django_db

FIGURES = ("hubs:figures",)
ZHENGZHOU, XIAN, ZHONGTONG, HENGDIAN = (
    ("hubs:hub", slug) for slug in ("zhengzhou", "xian", "zhongtong", "hengdian")
)
DAZHI = ("hubs:base", "dazhi")
TRADES = ("hubs:trades",)

LINES = [
    # demand and market
    ("graduates a year, and of 2026", FIGURES, ["10 million", "12.7 million"]),
    ("direct jobs, and with what hangs on them", FIGURES, ["690,000", "2 million", "National School of Development"]),
    ("the split of the jobs", FIGURES, ["450,000", "32,000", "207,000"]),
    ("titles a month, crews then and now, length of a shoot", FIGURES, ["3,000", "12", "60–90", "5–10"]),
    ("revenue beside the box office", FIGURES, ["50 billion", "7 billion", "42.5 billion", "6.9 billion"]),
    ("users and their share", FIGURES, ["696 million", "60"]),
    ("revenue overseas and its growth", FIGURES, ["1.525 billion", "194.9", "142 million", "69", "61"]),
    ("download charts", FIGURES, ["overtaken Netflix"]),
    ("who watches", FIGURES, ["Mostly women", "Rather young", "affluent women"]),
    # hubs and bases
    ("Zhengzhou", ZHENGZHOU, ["Henan", "800", "40", "3.85 billion", "35.7", "400–600"]),
    ("two counts of its bases, both with a source", ZHENGZHOU, ["15", "160,000", "59", "both stand"]),
    ("Xi'an", XIAN, ["Shaanxi", "400–600", "600–650"]),
    ("both cities' share of the output", FIGURES, ["Zhengzhou and Xi&#x27;an together", "30"]),
    ("Dazhi and its sets", DAZHI, ["Nostalgic clubhouse", "European banquet hall", "Metro platform", "Hospital room"]),
    ("a makeup room beside each, ten crews a day, who says so", DAZHI, ["makeup room beside it", "10", "Zhang Yuwan"]),
    ("Dazhi's services", DAZHI, [
        "Script incubation", "Shooting locations", "Costume",
        "Makeup", "Props", "Post-production", "Distribution support",
    ]),
    ("where Dazhi lies, and what it has of its own", DAZHI, ["Jinshui", "Yellow River", "10,000", "actors&#x27; guild"]),
    ("Zhongtong", ZHONGTONG, ["Jiangxi", "eyewear market", "120", "3,800", "1,000", "armers, students and retired"]),
    ("who plays the villains there", ZHONGTONG, ["security guard of 35"]),
    ("local businesses", ZHONGTONG, ["Local restaurants", "Local hotels", "Small local shops"]),
    ("Zhongtong's base, its operator, pay with lines", ZHONGTONG, ["Zhongtong Micro-Drama Base", "500–600"]),
    ("who runs that base", ("hubs:base", "zhongtong-eyewear-market"), ["Shifang Guangying", "Yingtan"]),
    ("Hengdian", HENGDIAN, ["Zhejiang", "400–500", "90–95", "1,000", "to be confirmed"]),
    # found beside the articles: to be confirmed
    ("Jumei", ("hubs:base", "jumei-airport"), [
        "20,000", "30", "5,000 yuan a day; past 14 hours, 300", "to be confirmed",
    ]),
    ("Xinghe", ("hubs:base", "xinghe-costume"), ["20,000", "30", "3–5", "to be confirmed"]),
    ("Dream Factory", ("hubs:base", "dream-factory"), ["15,000", "150", "300,000", "3,000 yuan for 15 hours"]),
    ("Western base", ("hubs:base", "western-short-video"), ["158", "200", "January 2026", "to be confirmed"]),
    ("Fuxi", ("hubs:base", "fuxi-ai"), ["200", "Xixian", "to be confirmed"]),
    # training
    ("a micro-drama major", ("hubs:programme", "micro-drama-major"), [
        "Zhengzhou University of Technology", "to be confirmed",
    ]),
    ("ten companies signed with it", ZHENGZHOU, ["10", "16 March 2026"]),
    ("an AI creation base", ("hubs:programme", "ai-micro-drama-creation-base"), [
        "Technology and Media University of Henan Kaifeng",
    ]),
    ("its job fairs", ("fairs:detail", "kaifeng-young-talent"), ["Kaifeng", "No dates published"]),
    ("the four-day course", ("hubs:programme", "acting-crash-course"), [
        "Shanghai Open University", "4 days", "Line delivery", "Basic acting",
        "Practical shoot", "Health workers", "retired", "teachers",
    ]),
    # trades
    ("trades of the set", TRADES, [
        "Director", "Director of photography", "Gaffer", "Wardrobe", "Makeup artist", "Property master",
        "Production manager", "Screenwriter", "Editor", "Voice actor", "Extra",
    ]),
    ("trades of overseas work", TRADES, [
        "Script translator", "Multilingual dubbing artist", "Overseas",
        "Rights", "Cultural consultant", "Local writer", "Adaptation specialist",
        "Dialect", "Foreign actor", "Foreign director",
    ]),
    ("trades of AI", TRADES, [
        "Prompt engineer", "AI screenplay writer", "AI image", "AI editor", "AI soundtrack", "Concept artist",
    ]),
    ("backgrounds, and a portfolio without unpaid years", FIGURES, [
        "self-taught", "career changers", "unpaid internships", "long-term unemployed", "back from abroad",
        "media, engineering, design and management",
    ]),
    ("how one gets in, and what it pays", FIGURES, ["No years of apprenticeship", "entry-level office job"]),
    ("how it is watched", FIGURES, ["a few minutes an episode"]),
    # organisations, titles, people
    ("organisations", FIGURES, [
        "Peking University, National School of Development", "Xinhua", "DataEye", "NRTA", "China Copyright Association",
        "ReelShort", "DramaBox", "Netflix",
    ]),
    ("a title made with AI", FIGURES, ["Strange Mirror of Mountains and Seas", "only editing and voice acting"]),
    ("a career changer from Sussex", FIGURES, ["since 2024", "Sussex"]),
    # policy and risk
    ("Micro Drama Plus", FIGURES, ["tourism, intangible heritage and legal education"]),
    ("copied novels", FIGURES, ["3,000", "420", "top issues of 2024"]),
    ("AI, quality and a workforce that moves", FIGURES, [
        "replaces some actors", "forest with little coal", "move on so often",
    ]),
]  # fmt: skip


def read(client, page: tuple[str, ...], language: str = "en") -> str:
    """What a reader reads in the middle of a page: no tags, no addresses, one space between words."""
    answer = client.get(reverse(page[0], args=page[1:]), HTTP_ACCEPT_LANGUAGE=language)
    (middle,) = re.findall(r"<main\b.*?</main>", answer.text, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", middle)).split())


def says(text: str, words: str) -> bool:
    """Whether a page says these words; a number counts only as a whole one, 30 is not in 300 nor in 2030-01."""
    whole = rf"(?<![\d.,–-]){re.escape(words)}(?![\d–-]|[.,]\d)"
    return bool(re.search(whole, text)) if words[0].isdigit() else words in text


def missing(texts: dict[tuple[str, ...], str], lines=LINES) -> dict[str, list[str]]:
    return {
        line: lost
        for line, page, words in lines
        if (lost := [word for word in words if not says(texts[page], html.unescape(word))])
    }


def test_every_line_is_on_a_page(client):
    load_hubs()

    assert missing({page: read(client, page) for page in {page for _line, page, _words in LINES}}) == {}


def test_the_walk_notices_a_line_that_was_lost(client):
    """The walk itself: each row that is taken away is missed by its line."""
    load_hubs()
    for model, code, page, line in (
        (Figure, "jobs-extras", FIGURES, "the split of the jobs"),
        (Figure, "users-share", FIGURES, "users and their share"),
        (Figure, "henan-venues", ZHENGZHOU, "two counts of its bases, both with a source"),
        (Figure, "viewing-south-east-asia", FIGURES, "revenue overseas and its growth"),
        (Statement, "risk-quality", FIGURES, "AI, quality and a workforce that moves"),
    ):
        model.objects.filter(code=code).update(status="retired")
        own = [each for each in LINES if each[1] == page]
        assert list(missing({page: read(client, page)}, own)) == [line], code
        model.objects.filter(code=code).update(status="published")


def test_every_number_and_every_word_stands_whole_on_its_page(client):
    """A number with its unit and its name, on the page of what it is about; words as they were written."""
    load_hubs()
    texts: dict[tuple[str, ...], str] = {}
    lost = []
    with translation.override("en"):
        for row in [
            *Figure.objects.filter(code__in=NUMBERS).select_related("hub", "base"),
            *Statement.objects.filter(code__in=STATEMENTS).select_related("hub"),
        ]:
            page = place(row)
            texts.setdefault(page, "") or texts.update({page: read(client, page)})
            said = f"{row.amount} {row.unit} {row.name}" if isinstance(row, Figure) else row.text
            if not says(texts[page], " ".join(said.split())):
                lost.append((row.code, page))

    assert lost == []
    assert len(texts) > 8


def place(row: Figure | Statement) -> tuple[str, ...]:
    if isinstance(row, Figure) and row.base:
        return ("hubs:base", row.base.slug)
    return ("hubs:hub", row.hub.slug) if row.hub else FIGURES


def test_the_same_pages_speak_chinese(client):
    load_hubs()
    for page, words in (
        (FIGURES, ["1,270 万", "69 万", "6.96 亿", "微短剧"]),
        (DAZHI, ["怀旧会所", "欧式宴会厅", "地铁站台", "医院病房", "剧本孵化"]),
        (ZHONGTONG, ["眼镜市场", "3,800"]),
        (("hubs:programme", "acting-crash-course"), ["上海开放大学", "台词表达", "基础表演", "项目实拍"]),
    ):
        assert missing({page: read(client, page, "zh-hans")}, [("words", page, words)]) == {}


def test_every_row_has_a_page_of_its_own(client):
    load_hubs()
    for name, rows in (
        ("hubs:hub", Hub.objects.all()),
        ("hubs:base", Base.objects.all()),
        ("fairs:detail", JobFair.objects.all()),
    ):
        for row in rows:
            assert (
                row.name_zh in client.get(reverse(name, args=[row.slug]), HTTP_ACCEPT_LANGUAGE="zh-hans").text
            )


def test_what_was_found_beside_the_articles_waits_at_the_desk_for_a_word(client, ada):
    load_hubs()
    client.force_login(ada)
    unconfirmed = client.get(reverse("admin:hubs_base_changelist"), {"to_confirm__exact": "1"}).text
    for base in Base.objects.filter(to_confirm=True):
        assert base.name_zh in unconfirmed
    assert Institution.objects.filter(to_confirm=True, slug="zhengzhou-university-of-technology").exists()

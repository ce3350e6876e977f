"""Schools are found however a person types them."""

import pytest

from hubs.queries import schools
from tests.factories.hubs import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listed():
    for slug, zh, en, city_zh, city_en, also in (
        ("bfa", "北京电影学院", "Beijing Film Academy", "北京", "Beijing", "北电 BFA"),
        ("bjtu", "北京交通大学", "Beijing Jiaotong University", "北京", "Beijing", "北交大"),
        ("zzu", "郑州大学", "Zhengzhou University", "郑州", "Zhengzhou", "郑大"),
        ("hengdian", "浙江横店影视职业学院", "Zhejiang Hengdian College", "东阳", "Dongyang", ""),
    ):
        InstitutionFactory(
            slug=slug, name_zh=zh, name_en=en, city_zh=city_zh, city_en=city_en, also_called=also
        )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("北电", ["bfa"]),
        ("bfa", ["bfa"]),
        ("beijingdianying", ["bfa"]),
        ("bjdy", ["bfa"]),
        ("Film Academy", ["bfa"]),
        ("beijing dy", ["bfa"]),
        ("ＢＦＡ", ["bfa"]),
        ("郑大", ["zzu"]),
        ("zhengzhou", ["zzu"]),
        ("hengdian", ["hengdian"]),
        ("dongyang", ["hengdian"]),
        ("北京", ["bfa", "bjtu"]),
        ("no such school", []),
        ("   ", []),
    ],
)
def test_found_in_chinese_pinyin_and_english(typed, found):
    assert [school.slug for school in schools.find(typed)] == found


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("北京电影学院", "bfa"), ("beijing film academy", "bfa"), ("BFA", "bfa"), ("北京", None), ("", None)],
)
def test_a_whole_name_means_one_school(typed, slug):
    school = schools.named(typed)
    assert (school.slug if school else None) == slug


def test_two_queries_however_many_schools(django_assert_num_queries):
    InstitutionFactory.create_batch(20)
    with django_assert_num_queries(2):
        schools.find("bfa")

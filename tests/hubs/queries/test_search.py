"""One search over places and training, however a person types it."""

import pytest
from django.utils import translation

from hubs.enums import Status
from hubs.models import Set
from hubs.queries import search, training
from hubs.services.loading import load_hubs
from tests.factories.hubs import SetFactory

pytestmark = pytest.mark.django_db


def found(typed: str) -> dict[str, list[str]]:
    return {group.code: [hit.name for hit in group.hits] for group in search.find(typed)}


@pytest.mark.parametrize("typed", ["医院", "yiyuan", "YiYuan", "hospital"])
def test_a_set_is_found_in_chinese_pinyin_and_english(typed):
    load_hubs()
    assert "Hospital room" in found(typed).get("sets", []) or "医院病房" in found(typed)["sets"]


@pytest.mark.parametrize("typed", ["医院", "yiyuan", "hospital"])
def test_what_is_found_does_not_depend_on_the_language_of_the_page(base, typed):
    """A set of the kind hospital whose own name does not say so."""
    SetFactory(base=base, kind=Set.Kind.MEDICAL, name_zh="抢救室", name_en="Emergency room")
    for tongue, name in (("zh-hans", "抢救室"), ("en", "Emergency room")):
        with translation.override(tongue):
            assert found(typed)["sets"] == [name]


def test_every_kind_is_found_and_words_narrow_it_down():
    load_hubs()
    assert list(found("zhengzhou")) == ["hubs", "bases", "sets", "services", "training"]
    assert set(found("dazhi makeup")) == {"services"}
    assert list(found("招聘会")) == ["fairs"]
    assert "trades" in found("dengguang")
    assert "training" in found("表演")
    assert found("") == {}
    assert found("xqzv") == {}


def test_what_is_not_published_is_not_found():
    load_hubs()
    Set.objects.filter(slug="hospital-room").update(status=Status.DRAFT)
    assert "sets" not in found("hospital")


def test_the_number_of_questions_does_not_depend_on_what_is_found(django_assert_num_queries):
    load_hubs()
    with django_assert_num_queries(9):
        search.find("zhengzhou")
    with django_assert_num_queries(9):
        search.find("xqzv")


def test_the_catalogue_is_narrowed_by_kind_length_trade_skill_and_words():
    load_hubs()

    def slugs(**wanted):
        return [row.slug for row in training.catalogue(training.Wanted(**wanted))]

    assert slugs() == ["acting-crash-course", "ai-micro-drama-creation-base", "micro-drama-major"]
    assert slugs(length="short") == ["acting-crash-course"]
    assert slugs(kind="degree") == ["micro-drama-major"]
    assert slugs(role_type="prompt-engineer") == ["ai-micro-drama-creation-base"]
    assert slugs(skill="line-delivery") == ["acting-crash-course"]
    assert slugs(words="shkfdx") == slugs(words="开放大学") == ["acting-crash-course"]
    assert slugs(kind="degree", length="short") == []

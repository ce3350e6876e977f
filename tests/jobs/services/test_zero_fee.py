"""The guard's reading: demands found however they are written, promises left alone."""

import pytest

from jobs.services.zero_fee import TERMS, scan


def terms(text: str) -> list[str]:
    return [finding.term for finding in scan(text)]


@pytest.mark.parametrize("term", TERMS)
def test_each_term_is_found(term):
    assert terms(f"进组前先交{term}500元") == [term]


@pytest.mark.parametrize(
    "text",
    [
        "培 训 费三千",
        "培·训·费",
        "培\u200b训\u200b费",
        "培-训-费3980",
        "Ｔraining ＦＥＥ 500",
        "TRAINING FEE",
        "需交：培训费",
    ],
)
def test_it_is_found_however_it_is_written(text):
    assert terms(text) in (["培训费"], ["training fee"])


@pytest.mark.parametrize(
    "text",
    [
        "不收任何培训费",
        "无押金",
        "免服装费",
        "不收押金、保证金",
        "本组无需介绍费",
        "谨防以押金为名的骗局",
        "No deposit.",
        "We never ask a deposit",
        "包吃住，日结",
        "",
    ],
)
def test_a_promise_is_no_demand(text):
    assert terms(text) == []


def test_the_words_around_are_kept_as_they_were_written():
    (finding,) = scan("大家好，进组先交 押 金 500 元，退组返还")

    assert "押 金 500" in finding.around


def test_a_denial_of_one_fee_does_not_cover_a_demand_of_another():
    assert terms("不收中介费，但要先交押金") == ["押金"]


def test_a_demand_after_a_promise_is_still_one():
    assert terms("我们不收中介费，服装由剧组提供；但进组当天须现场交付人民币三百元押金") == ["押金"]

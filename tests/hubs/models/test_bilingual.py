from decimal import Decimal

import pytest
from django.utils.translation import override

from hubs.models import Figure, Hub


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("3850000000", "38.5 亿", "3.85 billion"),
        ("690000", "69 万", "690,000"),
        ("12700000", "1,270 万", "12.7 million"),
        ("9999", "9,999", "9,999"),
        ("10000", "1 万", "10,000"),
        ("13.500", "13.5", "13.5"),
        ("60.000", "60", "60"),
        ("142000000", "1.42 亿", "142 million"),
    ],
)
def test_a_number_is_spoken_as_its_reader_says_it(value, chinese, english):
    figure = Figure(value=Decimal(value))

    with override("zh-hans"):
        assert figure.amount == chinese
    with override("en"):
        assert figure.amount == english


def test_a_span_is_spoken_with_both_ends():
    assert Figure(value=Decimal(60), value_high=Decimal(90)).amount == "60–90"


def test_both_ends_of_a_span_are_on_one_scale():
    with override("zh-hans"):
        assert Figure(value=Decimal(8000), value_high=Decimal(20000)).amount == "8,000–20,000"
        assert Figure(value=Decimal(15000), value_high=Decimal(80000)).amount == "1.5 万–8 万"


def test_the_other_language_stands_in_for_an_empty_one():
    hub = Hub(name_zh="郑州", name_en="Zhengzhou", intro_en="Central Plains")

    with override("zh-hans"):
        assert (hub.name, hub.intro) == ("郑州", "Central Plains")
    with override("en"):
        assert (hub.name, hub.intro) == ("Zhengzhou", "Central Plains")

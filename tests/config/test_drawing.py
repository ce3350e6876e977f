"""Icons, tints and the strip of frames."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from config import drawing

SITE = Path(settings.BASE_DIR) / "config" / "static" / "site"
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (SITE / "icons.svg").read_text()))


def drawn(**counts):
    context = drawing.frames(**counts)
    return [context["slots"].count(state) for state in ("booked", "offered", "proposed", "empty")]


@pytest.mark.parametrize(
    ("counts", "slots"),
    [
        ({"booked": 40, "offered": 20, "proposed": 10, "total": 75}, [40, 20, 10, 5]),
        ({"total": 3}, [0, 0, 0, 3]),
        ({"booked": 75, "total": 75}, [75, 0, 0, 0]),
        ({"booked": 5, "offered": 5, "total": 4}, [4, 0, 0, 0]),  # more than there is room for is cut
        ({"booked": None, "offered": -1, "total": 2}, [0, 0, 0, 2]),
        ({"total": 0}, [0, 0, 0, 0]),
    ],
)
def test_a_strip_has_one_frame_a_slot(counts, slots):
    assert drawn(**counts) == slots


def test_the_strip_says_its_counts_in_words():
    with translation.override("en"):
        context = drawing.frames(booked=2, offered=1, total=4)
    assert context["label"] == "4 slots: 2 booked, 1 offered, 0 proposed, 1 empty"


def test_an_icon_is_decoration_unless_it_has_a_label():
    page = Template('{% icon "bell" %}|{% icon "bell" label=words %}').render(Context({"words": "A & B"}))
    plain, labelled = page.split("|")
    assert 'aria-hidden="true"' in plain
    assert 'role="img" aria-label="A &amp; B"' in labelled


def test_a_tint_is_steady_and_in_range():
    assert [drawing.tint(7), drawing.tint("7")] == [drawing.tint(7)] * 2
    assert {drawing.tint(number) for number in range(200)} == set(range(6))


def test_every_icon_a_template_names_is_drawn():
    named = set()
    for page in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        named |= set(re.findall(r'{% icon "([\w-]+)"', text))
        named |= set(re.findall(r'nav_icon=icons\|yesno:"([\w-]+),"', text))
        named |= set(re.findall(r' (?:icon|symbol)="([\w-]+)"', text))
    assert named - SYMBOLS == set()

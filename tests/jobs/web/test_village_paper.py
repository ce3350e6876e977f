"""Village mode on paper, read back: nothing smaller than eleven points that matters, four cards a page."""

import pypdfium2
import pytest

from jobs.web.village_paper import CARDS_A_PAGE, cards
from profiles.models.village_code import in_fours, new_code
from tests.factories.profiles import CoordinatorFactory, VillagerFactory

pytestmark = pytest.mark.django_db


def test_nine_cards_take_three_pages_and_each_number_stands_once(hub, now):
    office = CoordinatorFactory(hub=hub)
    made = [
        (VillagerFactory(coordinator=office, profile__user__name=f"乡亲{n}"), new_code()) for n in range(9)
    ]

    pages = pypdfium2.PdfDocument(cards(made, address="https://jinzu.example/v/", now=now))

    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert [text.count("139 0701 0000") for text in texts] == [CARDS_A_PAGE, CARDS_A_PAGE, 1]
    for index, (villager, code) in enumerate(made):
        text = texts[index // CARDS_A_PAGE]
        assert (text.count(in_fours(code)), text.count(villager.profile.user.name)) == (1, 1)

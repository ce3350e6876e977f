"""There is room for so many hubs, trades, skills and languages; the desk says so before anything breaks."""

import pytest
from django.urls import reverse

from hubs.models import Hub, Language, RoleType, Skill
from jobs.models import CodeBit
from jobs.queries.columns import WIDTHS
from tests.factories.hubs import HubFactory

pytestmark = pytest.mark.django_db
KINDS = {
    Hub: CodeBit.Kind.HUB,
    RoleType: CodeBit.Kind.ROLE_TYPE,
    Skill: CodeBit.Kind.SKILL,
    Language: CodeBit.Kind.LANGUAGE,
}


def test_the_room_is_what_the_rows_of_people_have_bits_for():
    assert {model.most: WIDTHS[kind] for model, kind in KINDS.items()} == {255: 255, 192: 192, 64: 64}
    assert all(model.most == WIDTHS[kind] for model, kind in KINDS.items())


def form_of(hub) -> dict[str, str]:
    return {
        "slug": hub.slug, "name_zh": hub.name_zh, "name_en": hub.name_en, "kind": "city", "province": hub.province,
        "longitude": "113.6", "latitude": "34.7", "intro_zh": "", "intro_en": "", "source_zh": "源", "source_en": "s",
        "source_url": "", "source_date": "2026-01-01",
        **{f"bases-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}, "bases-MAX_NUM_FORMS": "1000",
    }  # fmt: skip


def test_the_desk_refuses_one_too_many_in_words_and_keeps_those_that_are_there(client, ada, monkeypatch):
    hub = HubFactory()
    monkeypatch.setattr(Hub, "most", 1)
    client.force_login(ada)
    given = form_of(HubFactory.build(slug="one-more"))
    answer = client.post(reverse("admin:hubs_hub_add"), given, HTTP_ACCEPT_LANGUAGE="en")
    assert (answer.status_code, "room for 1 entries" in answer.text, Hub.objects.count()) == (200, True, 1)
    given = form_of(hub) | {"name_en": "Renamed"}
    client.post(reverse("admin:hubs_hub_change", args=[hub.pk]), given)
    assert Hub.objects.get().name_en == "Renamed"

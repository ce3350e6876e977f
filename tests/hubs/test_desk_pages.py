"""Pages of the desk as an editor meets them: what waits, who did what, days that end on their last day."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.admin.fields import DaysField
from hubs.enums import CurationVerb, Status
from hubs.models import JobFair
from hubs.queries import desk as questions
from hubs.services import curation
from tests.factories import hubs as places
from tests.factories.profiles import AdminFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def zhou(hub):
    """An editor of one hub."""
    editor = UserFactory(name="周编辑", is_staff=True)
    editor.hubs.add(hub)
    return editor


def test_what_waits_is_counted_by_what_it_wants_and_only_in_her_hubs(zhou, hub):
    places.BaseFactory(hub=hub, status=Status.REVIEW)
    places.BaseFactory(hub=hub, status=Status.DRAFT, to_confirm=True)
    places.BaseFactory(hub=hub, status=Status.RETIRED, to_confirm=True)
    places.FigureFactory(hub=hub, source_date=date(2024, 1, 1))
    places.BaseFactory(status=Status.REVIEW)

    found = [(each.model.__name__, each.want, each.count) for each in questions.waiting(zhou, today=TODAY)]

    assert found == [
        ("Base", "review", 1),
        ("Figure", "stale", 1),
        ("Base", "confirm", 1),
        ("Base", "draft", 1),
    ]


def test_each_line_on_the_front_page_leads_to_the_rows_it_counts(client, zhou, hub):
    places.BaseFactory(hub=hub, status=Status.REVIEW)
    places.BaseFactory(hub=hub, to_confirm=True)
    places.BaseFactory(hub=hub, status=Status.RETIRED, to_confirm=True)
    places.FigureFactory(hub=hub, source_date=date(2020, 1, 1))
    client.force_login(zhou)

    lines = client.get(reverse("admin:index")).context["waiting"]

    assert [(line["kind"], line["count"]) for line in lines] == [("review", 1), ("stale", 1), ("confirm", 1)]
    assert [client.get(line["url"]).context["cl"].result_count for line in lines] == [1, 1, 1]


def test_the_front_page_says_when_nothing_waits(client, zhou):
    client.force_login(zhou)

    assert client.get(reverse("admin:index")).context["waiting"] == []


def test_history_names_who_did_what_to_which_columns(client, zhou, hub, base):
    now = timezone.now()
    curation.record(CurationVerb.CHANGED, base, by=zhou, now=now, fields=["name_en", "hospital_zh"])
    curation.move(base, Status.RETIRED, by=zhou, now=now, reason="拆了")
    client.force_login(zhou)

    lines = client.get(reverse("admin:hubs_base_history", args=[base.pk])).context["lines"]

    assert [(line.who, line.verb, line.changed, line.reason) for line in lines] == [
        ("周编辑", "moved", [], "拆了"),
        ("周编辑", "changed", ["名称（英文）", "最近的医院（中文）"], ""),
    ]


def test_history_of_a_row_costs_the_same_however_long_it_is(
    client, zhou, base, django_assert_max_num_queries
):
    for _line in range(30):
        curation.record(CurationVerb.CHANGED, base, by=zhou, now=timezone.now(), fields=["name_en"])
    client.force_login(zhou)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("admin:hubs_base_history", args=[base.pk]))

    assert page.text.count("周编辑") >= 30


def test_the_book_calls_rows_by_their_names(client, zhou, base):
    curation.record(CurationVerb.CHANGED, base, by=zhou, now=timezone.now(), fields=["name_en"])
    gone = places.SetFactory(base=base)
    curation.record(CurationVerb.MADE, gone, by=zhou, now=timezone.now())
    number = gone.pk
    gone.delete()
    client.force_login(AdminFactory())

    text = client.get(reverse("admin:hubs_curationentry_changelist")).text

    assert f'<a href="{reverse("admin:hubs_base_change", args=[base.pk])}">{base.name_zh}</a>' in text
    assert f"#{number}" in text


def fair_form(**days) -> dict:
    return {
        "slug": "meet", "name_zh": "双选会", "name_en": "Meeting", "source_zh": "报道", "source_en": "Report",
        "opens": "09:30", "closes": "17:00",
    } | days  # fmt: skip


def test_a_fair_of_two_days_is_typed_by_its_first_and_its_last(client, zhou, hub):
    client.force_login(zhou)

    answer = client.post(
        reverse("admin:hubs_jobfair_add"), fair_form(hub=hub.pk, days_0="2026-12-10", days_1="2026-12-11")
    )

    assert answer.status_code == 302, answer.context["errors"]
    fair = JobFair.objects.get()
    assert (fair.days, fair.opens) == (DateRange(date(2026, 12, 10), date(2026, 12, 12)), time(9, 30))
    shown = client.get(reverse("admin:hubs_jobfair_change", args=[fair.pk])).text
    assert re.search(r'name="days_1" value="2026.12.11"', shown)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (("", "2026-12-11"), "first_day"),
        (("2026-12-11", "2026-12-10"), "last_day"),
        (("nonsense", "2026-12-10"), "invalid"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(client, zhou, hub, days, code):
    client.force_login(zhou)

    answer = client.post(
        reverse("admin:hubs_jobfair_add"), fair_form(hub=hub.pk, days_0=days[0], days_1=days[1])
    )

    errors = answer.context["adminform"].form.errors.as_data()
    assert {name: [error.code for error in found] for name, found in errors.items()} == {"days": [code]}
    assert not JobFair.objects.exists()


def test_one_day_alone_is_one_day():
    assert DaysField(required=False).clean(["2026-12-10", ""]) == DateRange(
        date(2026, 12, 10), date(2026, 12, 11)
    )
    assert DaysField(required=False).clean(["", ""]) is None


def test_fields_of_rows_inside_a_form_say_their_names(client, base):
    places.SetFactory(base=base)
    client.force_login(AdminFactory())

    text = client.get(reverse("admin:hubs_base_change", args=[base.pk])).text

    for field, name in (("name_zh", "名称（中文）"), ("kind", "类型"), ("DELETE", "删除")):
        at = text.index(f'name="sets-0-{field}"')
        assert f'aria-label="{name}"' in text[at : text.index(">", at)], field


def test_an_editor_goes_from_a_base_to_its_page_and_to_a_new_picture(client, zhou, base):
    client.force_login(zhou)

    text = client.get(reverse("admin:hubs_base_change", args=[base.pk])).text

    assert f'href="{reverse("hubs:base", args=[base.slug])}" class="viewsitelink"' in text
    assert f'href="{reverse("admin:hubs_placephoto_add")}?base={base.pk}"' in text
    curation.move(base, Status.RETIRED, by=zhou, now=timezone.now(), reason="拆了")
    assert "viewsitelink" not in client.get(reverse("admin:hubs_base_change", args=[base.pk])).text

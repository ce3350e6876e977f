"""The curation desk: an edit is marked and survives a load; a figure without a source is refused."""

import pytest
from django.contrib import admin
from django.urls import reverse

from hubs.admin.places import SetInline
from hubs.models import Figure, Hub
from hubs.models.bilingual import Curated
from hubs.services.loading import load_hubs
from tests.factories.hubs import HubFactory, SetFactory

pytestmark = pytest.mark.django_db

MODELS = [
    "hub",
    "base",
    "set",
    "service",
    "institution",
    "programme",
    "jobfair",
    "figure",
    "statement",
    "department",
    "roletype",
    "skill",
    "language",
]


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def form_of(desk, url: str) -> dict:
    """Return what the change form would post if nobody typed anything."""
    page = desk.get(url)
    forms = [
        page.context["adminform"].form,
        *[inline.formset for inline in page.context["inline_admin_formsets"]],
    ]
    given: dict = {}
    for form in forms:
        fields = form if not hasattr(form, "management_form") else None
        if fields is None:
            given |= {form.management_form.add_prefix(k): v for k, v in form.management_form.initial.items()}
            rows = form.initial_forms
        else:
            rows = [fields]
        for row in rows:
            given |= {row[name].html_name: row[name].value() for name in row.fields}
    return {name: value for name, value in given.items() if value is not None and value is not False}


@pytest.mark.parametrize("model", MODELS)
def test_lists_can_be_searched_in_both_languages(desk, model):
    load_hubs()

    for words in ("郑", "a"):
        assert desk.get(reverse(f"admin:hubs_{model}_changelist"), {"q": words}).status_code == 200
    assert desk.get(reverse(f"admin:hubs_{model}_add")).status_code == 200


def test_search_finds_either_language(desk):
    load_hubs()

    for words in ("西安", "Xi'an"):
        page = desk.get(reverse("admin:hubs_hub_changelist"), {"q": words})
        assert [hub.slug for hub in page.context["cl"].queryset] == ["xian"]


def test_an_edit_is_marked_and_survives_the_next_load(desk):
    load_hubs()
    url = reverse("admin:hubs_hub_change", args=[Hub.objects.get(slug="xian").pk])

    answer = desk.post(url, form_of(desk, url) | {"name_en": "Chang'an"})

    assert answer.status_code == 302, answer.context["errors"]
    load_hubs()
    assert list(Hub.objects.filter(edited_by_hand=True).values_list("slug", "name_en")) == [
        ("xian", "Chang'an")
    ]


def test_unticking_the_mark_gives_the_row_back_to_the_files(desk):
    load_hubs()
    Hub.objects.filter(slug="xian").update(name_en="Chang'an", edited_by_hand=True)
    url = reverse("admin:hubs_hub_change", args=[Hub.objects.get(slug="xian").pk])
    form = form_of(desk, url)
    del form["edited_by_hand"]

    assert desk.post(url, form).status_code == 302
    load_hubs()

    assert Hub.objects.get(slug="xian").name_en == "Xi'an"


def test_an_edit_inside_another_form_is_marked_too(desk):
    row = SetFactory(name_en="Hospital room")
    url = reverse("admin:hubs_base_change", args=[row.base.pk])

    answer = desk.post(url, form_of(desk, url) | {"sets-0-name_en": "Ward"})

    assert answer.status_code == 302, answer.context["errors"]
    row.refresh_from_db()
    row.base.refresh_from_db()
    assert (row.name_en, row.edited_by_hand, row.base.edited_by_hand) == ("Ward", True, False)


def test_a_figure_needs_its_source_in_both_languages(desk):
    form = {
        "code": "crews", "name_zh": "剧组", "name_en": "Crews", "topic": "output", "value": "60",
        "unit_zh": "个", "unit_en": "crews", "source_zh": "人民日报", "source_en": "",
    }  # fmt: skip

    answer = desk.post(reverse("admin:hubs_figure_add"), form)

    assert list(answer.context["adminform"].form.errors) == ["source_en"]
    assert not Figure.objects.exists()


def test_confirming_many_at_once_keeps_them_from_the_files(desk):
    hub = HubFactory(to_confirm=True)

    desk.post(reverse("admin:hubs_hub_changelist"), {"action": "confirm", "_selected_action": [hub.pk]})

    hub.refresh_from_db()
    assert (hub.to_confirm, hub.edited_by_hand) == (False, True)


def test_the_desk_is_closed_to_others(client, mei):
    client.force_login(mei)

    assert client.get(reverse("admin:hubs_hub_changelist")).status_code == 302


def test_every_column_of_a_curated_row_can_be_written_at_the_desk(rf, ada):
    """A column that no form has would stay empty on every page for ever."""
    request = rf.get("/")
    request.user = ada
    missing = {}
    for model, desk in admin.site._registry.items():
        if model._meta.app_label != "hubs" or not issubclass(model, Curated):
            continue
        form = desk.get_form(request)
        columns = {field.name for field in model._meta.fields if field.editable} - {"id", "status"}
        if lost := sorted(columns - set(form.base_fields)):
            missing[model.__name__] = lost
    assert missing == {}
    assert "kind" in SetInline.fields

"""Who may do what at the desk: every list and every row, for an editor of its hub, of another, an admin, a stranger."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubs import policies
from hubs.models import CurationEntry, PlacePhoto
from tests.factories import hubs as places
from tests.factories.profiles import AdminFactory, ManagerFactory, ProfileFactory

pytestmark = pytest.mark.django_db

OWN, OTHER = "own-canary", "other-canary"
MODELS = sorted(policies.LIES_IN, key=lambda model: model._meta.model_name)
TRADES = sorted(policies.FOR_ALL, key=lambda model: model._meta.model_name)


def rows_in(mark: str) -> dict:
    """One row of each table, all in one hub, all with `mark` in their names."""
    named = {"name_zh": f"{mark}名", "name_en": f"{mark} name"}
    hub = places.HubFactory(slug=f"{mark}-hub", **named)
    base = places.BaseFactory(hub=hub, slug=f"{mark}-base", **named)
    room = places.SetFactory(base=base, slug=f"{mark}-set", **named)
    school = places.InstitutionFactory(hub=hub, slug=f"{mark}-school", **named)
    made = {
        "hub": hub,
        "base": base,
        "set": room,
        "service": places.ServiceFactory(hub=hub, base=base, code=f"{mark}-service", **named),
        "institution": school,
        "programme": places.ProgrammeFactory(institution=school, slug=f"{mark}-programme", **named),
        "jobfair": places.JobFairFactory(hub=None, institution=school, slug=f"{mark}-fair", **named),
        "figure": places.FigureFactory(hub=None, base=base, code=f"{mark}-figure", **named),
        "statement": places.StatementFactory(hub=hub, code=f"{mark}-statement", **named),
        "placephoto": PlacePhoto.objects.create(
            base=base,
            set=room,
            caption_zh=f"{mark}图",
            caption_en=f"{mark} picture",
            content=b"x",
            thumb=b"x",
            width=1,
            height=1,
            added_at=timezone.now(),
        ),
    }
    return made


@pytest.fixture
def own(db):
    return rows_in(OWN)


@pytest.fixture
def other(db):
    return rows_in(OTHER)


@pytest.fixture
def editor(own):
    user = ManagerFactory(name="Editor", is_staff=True)
    user.hubs.add(own["hub"])
    return user


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(model, what: str, row=None) -> str:
    args = [row.pk] if row is not None else []
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def registered(model) -> bool:
    return model in admin.site._registry


def test_every_table_of_a_place_has_its_list():
    assert [model for model in (*MODELS, *TRADES) if not registered(model)] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_an_editor_has_her_hub_and_nothing_of_another(model, own, other, editor):
    desk, name = browser(editor), model._meta.model_name
    page = desk.get(at(model, "changelist"))
    assert (page.status_code, list(page.context["cl"].queryset)) == (200, [own[name]])
    assert OTHER not in page.content.decode()
    answers = {
        (what, mark): getattr(desk, method)(at(model, what, row)).status_code
        for mark, row in ((OWN, own[name]), (OTHER, other[name]))
        for what, method in (("change", "get"), ("history", "get"), ("delete", "get"))
    }
    assert answers == {
        ("change", OWN): 200,
        ("history", OWN): 200,
        ("delete", OWN): 403,
        ("change", OTHER): 404,
        ("history", OTHER): 404,
        ("delete", OTHER): 404,
    }
    assert desk.post(at(model, "change", other[name]), {"name_en": "taken"}).status_code == 404
    assert OTHER not in desk.get(at(model, "change", own[name])).content.decode()
    assert desk.get(at(model, "add")).status_code == (403 if name == "hub" else 200)
    assert name == "hub" or OTHER not in desk.get(at(model, "add")).content.decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_actions_do_not_reach_a_row_of_another_hub(model, own, other, editor):
    desk, name = browser(editor), model._meta.model_name
    for action in ("to_retired", "to_review", "confirm", "delete_selected"):
        data = {"action": action, "_selected_action": [other[name].pk], "reason": "because"}
        desk.post(at(model, "changelist"), data)

    before = {key: value for key, value in vars(other[name]).items() if key != "_state"}
    row = model.objects.get(pk=other[name].pk)
    assert {key: vars(row)[key] for key in before if key in vars(row)} == {
        key: value for key, value in before.items() if key in vars(row)
    }
    assert not CurationEntry.objects.exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_list_and_row_agree(model, own, other, editor):
    name = model._meta.model_name
    for user in (editor, AdminFactory(), ManagerFactory(is_staff=True), ManagerFactory()):
        seen = set(policies.editable(user, model))
        for row in (own[name], other[name]):
            assert policies.may_edit(user, row) == (row in seen)


@pytest.mark.parametrize("model", TRADES, ids=lambda model: model._meta.model_name)
def test_the_words_of_the_trades_are_an_admins(model, own, editor):
    desk = browser(editor)
    seen = 200 if model in policies.LOOKED_UP else 403
    assert desk.get(at(model, "changelist")).status_code == seen
    assert desk.get(at(model, "add")).status_code == 403


def test_nothing_above_the_ground_floor_is_an_editors(own, editor):
    desk = browser(editor)
    above = [model for model in admin.site._registry if model._meta.app_label in ("jobs", "profiles")]
    answers = {
        f"{model._meta.label} {what}": desk.get(at(model, what)).status_code
        for model in above
        for what in ("changelist", "add")
    }
    assert above
    assert set(answers.values()) == {403}, {key: code for key, code in answers.items() if code != 403}
    index = desk.get(reverse("admin:index"))
    assert {app["app_label"] for app in index.context["app_list"]} == {"hubs"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_an_admin_has_every_hub(model, own, other):
    desk, name = browser(AdminFactory()), model._meta.model_name
    assert set(desk.get(at(model, "changelist")).context["cl"].queryset) == {own[name], other[name]}
    for row in (own[name], other[name]):
        for what in ("change", "history", "delete"):
            assert desk.get(at(model, what, row)).status_code == 200, what


@pytest.mark.parametrize("model", [*MODELS, *TRADES], ids=lambda model: model._meta.model_name)
def test_others_are_shown_the_way_to_the_sign_in(model, own):
    graduate = ProfileFactory().user
    for client in (Client(), browser(graduate), browser(ManagerFactory())):
        for what in ("changelist", "add"):
            assert client.get(at(model, what)).status_code == 302
        if model._meta.model_name in own:
            assert client.get(at(model, "change", own[model._meta.model_name])).status_code == 302


def test_somebody_at_the_desk_without_a_hub_has_nothing_there(own):
    desk = browser(ManagerFactory(is_staff=True))
    assert {desk.get(at(model, "changelist")).status_code for model in (*MODELS, *TRADES)} == {403}


def test_an_editor_cannot_hand_a_row_to_another_hub(own, other, editor):
    base = own["base"]
    form = {"hub": other["hub"].pk, "slug": base.slug, "name_zh": "新", "name_en": "New"}
    form |= {
        f"{prefix}-{part}_FORMS": "0"
        for prefix in ("sets", "services", "photos")
        for part in ("TOTAL", "INITIAL")
    }

    page = browser(editor).post(at(type(base), "change", base), form)

    assert list(page.context["adminform"].form.errors) == ["hub"]


def test_an_editors_figure_belongs_to_a_hub(own, editor):
    page = browser(editor).post(at(type(own["figure"]), "add"), {"code": "crews", "name_zh": "剧组"})

    assert "hub" in page.context["adminform"].form.errors


def test_the_book_tells_an_editor_of_her_hub_alone(own, other, editor):
    for row in (own["base"], other["base"]):
        CurationEntry.objects.create(at=timezone.now(), verb="made", label="base", object_id=row.pk)

    page = browser(editor).get(reverse("admin:hubs_curationentry_changelist"))

    assert [line.object_id for line in page.context["cl"].queryset] == [own["base"].pk]

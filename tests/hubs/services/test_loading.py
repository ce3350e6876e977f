"""The data files reach the tables: whole, twice without change, and never over an admin's edit."""

import json
import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubs.models import Base, Department, Figure, Hub, Programme, RoleType, Service, Set
from hubs.services.loading import DATA, load_hubs

pytestmark = pytest.mark.django_db


def counts(field: str) -> dict[str, int]:
    return {table.table: getattr(table, field) for table in load_hubs()}


def test_a_second_load_changes_nothing():
    assert all(count > 0 for count in counts("created").values())

    second = load_hubs()

    assert {table.table: (table.created, table.updated, table.kept) for table in second} == {
        table.table: (0, 0, 0) for table in second
    }


@pytest.mark.parametrize("rows", [1, 3, None])
def test_the_number_of_queries_does_not_follow_the_number_of_rows(tmp_path, rows):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for name in ("figures", "statements"):
        data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        (folder / f"{name}.json").write_text(json.dumps(data[:rows]), encoding="utf-8")

    with CaptureQueriesContext(connection) as first:
        load_hubs(folder)
    with CaptureQueriesContext(connection) as second:
        load_hubs(folder)

    # A savepoint and its release, 14 tables and 3 links read; the first time a write for each of the 17 too.
    assert (len(first), len(second)) == (36, 19)


def test_a_row_that_differs_is_brought_up_to_the_files():
    load_hubs()
    Hub.objects.filter(slug="xian").update(name_en="Xian")
    RoleType.objects.get(code="gaffer").typical_skills.clear()

    assert counts("updated")["hub"] == 1

    assert Hub.objects.get(slug="xian").name_en == "Xi'an"
    assert set(RoleType.objects.get(code="gaffer").typical_skills.values_list("code", flat=True)) == {
        "lighting-plan",
        "power-safety",
    }


def test_a_row_edited_by_hand_is_left_alone_with_its_links():
    load_hubs()
    Hub.objects.filter(slug="xian").update(name_en="Chang'an", edited_by_hand=True)
    RoleType.objects.filter(code="gaffer").update(edited_by_hand=True)
    RoleType.objects.get(code="gaffer").typical_skills.clear()

    kept = counts("kept")

    assert (kept["hub"], kept["roletype"], kept["base"]) == (1, 1, 0)
    assert Hub.objects.get(slug="xian").name_en == "Chang'an"
    assert not RoleType.objects.get(code="gaffer").typical_skills.exists()


def test_what_an_admin_added_stays():
    load_hubs()
    ours = Hub.objects.create(
        slug="xiangshan", name_zh="象山", name_en="Xiangshan", province="ZJ", longitude=121.9, latitude=29.5
    )

    load_hubs()

    assert Hub.objects.filter(pk=ours.pk).exists()


def test_a_row_that_names_nothing_known_stops_the_load_whole(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    rows = json.loads((folder / "bases.json").read_text(encoding="utf-8"))
    rows[0]["hub"] = "atlantis"
    (folder / "bases.json").write_text(json.dumps(rows), encoding="utf-8")

    with pytest.raises(KeyError, match="atlantis"):
        load_hubs(folder)

    assert not Hub.objects.exists()


def test_the_command_tells_what_it_did(capsys):
    call_command("load_hubs")

    assert "hub: 4 created, 0 updated, 0 unchanged, 0 kept as edited by hand\n" in capsys.readouterr().out


def test_the_taxonomy_is_whole():
    load_hubs()

    crew = RoleType.objects.filter(department__field=Department.Field.CREW)
    assert (crew.count(), Department.objects.filter(field=Department.Field.CREW).count()) == (44, 12)
    assert set(Department.objects.filter(role_types__isnull=False).values_list("field", flat=True)) == set(
        Department.Field.values
    )
    assert not crew.filter(rate_is_estimate=False).exists()
    assert set(crew.filter(rate_low=None).values_list("code", flat=True)) == {"producer"}
    assert not crew.filter(typical_skills=None).exists()


def test_dazhi_is_what_was_published():
    load_hubs()

    dazhi = Base.objects.get(slug="dazhi")
    assert (dazhi.hub.slug, dazhi.set_count, dazhi.daily_crew_capacity) == ("zhengzhou", 50, 10)
    assert list(Set.objects.filter(base=dazhi).values_list("slug", "makeup_room_adjacent")) == [
        ("european-banquet-hall", True),
        ("hospital-room", True),
        ("metro-platform", True),
        ("nostalgic-clubhouse", True),
    ]
    assert set(Service.objects.filter(base=dazhi).values_list("kind", flat=True)) == {
        "script_incubation", "locations", "costume", "makeup", "props", "post_production", "distribution",
    }  # fmt: skip


def test_two_figures_that_disagree_both_stand_with_their_sources():
    load_hubs()

    bases = Figure.objects.filter(code__in=["zhengzhou-bases", "zhengzhou-professional-bases"]).order_by(
        "code"
    )
    assert [(int(figure.value), figure.qualifier) for figure in bases] == [(40, "over"), (15, "")]
    assert len({figure.source_en for figure in bases}) == 2


def test_the_three_programmes_are_there():
    load_hubs()

    assert list(Programme.objects.values_list("slug", "kind", "length_days")) == [
        ("acting-crash-course", "short_course", 4),
        ("ai-micro-drama-creation-base", "creation_base", None),
        ("micro-drama-major", "degree", None),
    ]

"""Remote work and work by the piece in the grid and in files: out as it came in."""

import json

import pytest
from django.urls import reverse

from jobs.models import Role
from jobs.queries import role_lists as questions
from jobs.services import imports, roles
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import ShootFactory

pytestmark = pytest.mark.django_db
PIECES = {
    "piece_unit": "characters",
    "piece_count": 40,
    "piece_yuan": 60,
    "piece_minutes": 90,
    "piece_revisions": 1,
}


@pytest.fixture
def translator(role, mei, now):
    kind = RoleTypeFactory(code="script-translator", name_zh="剧本翻译", name_en="Script translator")
    return roles.add(
        shoot=role.shoot, role_type=kind, headcount=2, remote=True, by=mei, now=now, note="有术语表", **PIECES
    )


def told(role) -> dict:
    said = questions.values(questions.rows(role.shoot).get(pk=role.pk))
    return {
        name: said[name] for name in (*questions.SHEETS["pieces"], "headcount", "day_rate", "part", "note")
    }


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_list_that_was_taken_away_comes_back_as_it_went(client, translator, mei, now, ending, language):
    client.force_login(mei)
    path = reverse("shoots:role_list_file", args=[translator.shoot_id, ending])
    content = client.get(path, HTTP_ACCEPT_LANGUAGE=language).content
    other = ShootFactory(crew=translator.shoot.crew, base=translator.shoot.base, days=translator.shoot.days)
    kept = imports.keep(shoot=other, name=f"list.{ending}", content=content, by=mei, now=now)
    assert set(kept.columns) == set(imports.questions.FIELDS)
    client.get("/", HTTP_ACCEPT_LANGUAGE=language)
    added, wrong = imports.add(kept, by=mei, now=now)
    before = list(Role.objects.filter(shoot=translator.shoot).order_by("role_type__code"))
    after = list(Role.objects.filter(shoot=other).order_by("role_type__code"))
    assert (added, wrong) == (len(before), {})
    assert [told(role) for role in after] == [told(role) for role in before]


def test_a_list_of_piecework_needs_no_day_rate(role, translator, mei, now):
    content = "岗位,人数,远程,计件单位,件数,件价,分钟,修改\n剧本翻译,2,是,千字,30,80,100,2\n剧本翻译,1,,,,,,\n".encode()
    kept = imports.keep(shoot=role.shoot, name="a.csv", content=content, by=mei, now=now)
    good, bad = imports.preview(kept)
    assert good.fields == {
        "headcount": 2, "remote": True, "piece_unit": "characters", "piece_count": 30, "piece_yuan": 80,
        "piece_minutes": 100, "piece_revisions": 2,
    }  # fmt: skip
    assert list(bad.errors) == ["day_rate"]
    assert imports.add(kept, by=mei, now=now)[0] == 1


def test_the_grid_has_a_sheet_for_it_and_names_the_cell_that_is_wrong(client, translator, role, mei):
    client.force_login(mei)
    path = reverse("shoots:grid", args=[role.shoot_id])
    page = client.get(path, {"sheet": "pieces"}).text
    key = f"r{translator.pk}"
    assert f'name="{key}-piece_yuan" value="60"' in page
    was = json.dumps({"remote": True, **PIECES})
    sent = {
        "sheet": "pieces", "row": str(translator.pk), f"{key}-was": was, f"{key}-remote": "on",
        f"{key}-piece_unit": "characters", f"{key}-piece_count": "40", f"{key}-piece_minutes": "90",
        f"{key}-piece_revisions": "2",
    }  # fmt: skip
    assert client.post(path, sent | {f"{key}-piece_yuan": "75"}).status_code == 302
    translator.refresh_from_db()
    assert (translator.piece_yuan, translator.piece_revisions, translator.yuan_per_hour) == (75, 2, 50)
    answer = client.post(path, sent | {f"{key}-piece_yuan": "", f"{key}-was": was.replace("60", "75")})
    assert (answer.status_code, "cell--wrong" in answer.text) == (400, True)


def test_cast_has_no_cell_for_remote_work(client, role, mei, now):
    part = roles.add(
        shoot=role.shoot,
        role_type=RoleTypeFactory(category="leads"),
        headcount=1,
        day_rate=900,
        by=mei,
        now=now,
    )
    client.force_login(mei)
    page = client.get(reverse("shoots:grid", args=[role.shoot_id]), {"sheet": "pieces"}).text
    assert f'name="r{part.pk}-remote"' not in page
    assert f'name="r{role.pk}-remote"' in page

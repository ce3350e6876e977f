"""The crew templates speak of role types that exist, and their crews add up."""

import json
from pathlib import Path

import pytest

from hubs.services.loading import DATA

TEMPLATES = json.loads(
    (Path(__file__).resolve().parents[3] / "jobs" / "data" / "crew_templates.json").read_text(
        encoding="utf-8"
    )
)
ROLE_TYPES = {row["code"]: row for row in json.loads((DATA / "role_types.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["code"])
def test_a_crew_is_exactly_as_large_as_its_name(template):
    assert sum(line["headcount"] for line in template["lines"]) == template["size"] == int(template["code"])
    assert {ROLE_TYPES[line["role_type"]]["category"] for line in template["lines"]} == {"production"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["code"])
def test_cast_and_extras_stand_beside_the_crew(template):
    assert {ROLE_TYPES[line["role_type"]]["category"] for line in template["extras"]} == {"extras"}
    assert {ROLE_TYPES[line["role_type"]]["category"] for line in template["cast"]} <= {"leads", "extras"}
    lines = [*template["lines"], *template["cast"], *template["extras"]]
    assert all(1 <= line["headcount"] <= 60 and line["day_rate"] > 0 for line in lines)


def test_the_sizes_are_the_published_ones():
    assert [template["code"] for template in TEMPLATES] == ["12", "30", "75"]

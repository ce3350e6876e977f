"""Bases and sets as a spreadsheet: out and in again changes nothing, errors name the cell, formulas have no chance."""

import io
from datetime import UTC, datetime

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from config.errors import Invalid
from hubs.models import Base, CurationEntry, Set
from hubs.services import sheets
from hubs.services.sheet_reading import MOST_BYTES, read
from tests.factories.hubs import BaseFactory, HubFactory, SetFactory
from tests.factories.profiles import AdminFactory, ManagerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
HEADS = ["slug", "hub", "name_zh", "name_en", "daily_crew_capacity", "to_confirm"]


@pytest.fixture
def admin():
    return AdminFactory()


@pytest.fixture
def base():
    hub = HubFactory(slug="zhengzhou", name_zh="郑州", name_en="Zhengzhou")
    return BaseFactory(hub=hub, slug="dazhi", name_zh="大志", name_en="Dazhi", daily_crew_capacity=10)


def book(*rows: list, sheet: str = "bases", heads: list | None = None) -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in [heads or HEADS, *rows]:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def exported() -> bytes:
    return sheets.export(Base.objects.select_related("hub").order_by("slug"))


def test_what_went_out_comes_in_without_a_change(base, admin):
    SetFactory(base=base, slug="hospital", makeup_room_adjacent=True)

    assert [row.kind for row in read(exported(), by=admin)] == ["same", "same"]
    assert sheets.bring(exported(), by=admin, now=NOW) == {"new": 0, "changed": 0, "same": 2, "wrong": 0}
    assert not CurationEntry.objects.exists()


def test_a_sheet_holds_the_way_there_the_price_and_the_kind_of_a_set(base, admin):
    """What a page shows of a base can be written in a spreadsheet: a kind by its code or by the reader's word for it."""
    heads = [
        "slug",
        "hub",
        "transport_zh",
        "transport_en",
        "price_yuan",
        "price_hours",
        "price_extra_hour_yuan",
    ]
    data = book(["dazhi", "zhengzhou", "地铁", "Metro", "3000", "15", "300"], heads=heads)
    assert sheets.bring(data, by=admin, now=NOW)["changed"] == 1
    base.refresh_from_db()
    assert (base.transport_en, base.price_yuan, base.price_hours, base.price_extra_hour_yuan) == (
        "Metro",
        3000,
        15,
        300,
    )
    columns = ["base", "slug", "name_zh", "name_en", "kind"]
    rows = [["dazhi", "court", "法庭", "Court", "court"], ["dazhi", "hall", "厅", "Hall", "乱写"]]
    found = {row.key: row for row in read(book(*rows, sheet="sets", heads=columns), by=admin)}
    assert {key: row.kind for key, row in found.items()} == {"dazhi/court": "new", "dazhi/hall": "wrong"}
    assert found["dazhi/hall"].errors[0]["cell"] == "sets!E3"


def test_a_change_is_shown_before_and_written_once(base, admin):
    data = book(["dazhi", "zhengzhou", "大志影视", "Dazhi", "12", "yes"])
    (row,) = read(data, by=admin)
    assert (row.kind, row.changes) == (
        "changed",
        {"name_zh": ["大志", "大志影视"], "daily_crew_capacity": ["10", "12"], "to_confirm": ["no", "yes"]},
    )

    assert sheets.bring(data, by=admin, now=NOW)["changed"] == 1
    assert sheets.bring(data, by=admin, now=NOW)["same"] == 1
    base.refresh_from_db()
    assert (base.name_zh, base.daily_crew_capacity, base.edited_by_hand) == ("大志影视", 12, True)


def test_a_new_row_is_a_draft_and_its_sets_may_come_with_it(base, admin):
    made = load_workbook(io.BytesIO(book(["xinghe", "郑州", "星河", "Xinghe", 3, "否"])))
    made.create_sheet("sets")
    for row in (
        ["base", "slug", "name_zh", "name_en", "makeup_room_adjacent"],
        ["xinghe", "court", "公堂", "Court", "是"],
    ):
        made["sets"].append(row)
    out = io.BytesIO()
    made.save(out)

    assert sheets.bring(out.getvalue(), by=admin, now=NOW)["new"] == 2
    assert Base.objects.get(slug="xinghe").status == "draft"
    assert (Set.objects.get().base.slug, Set.objects.get().makeup_room_adjacent) == ("xinghe", True)


def test_an_error_names_its_cell_and_what_would_be_right(base, admin):
    data = book(
        ["dazhi", "atlantis", "大志", "Dazhi", "many", "perhaps"],
        ["dazhi", "zhengzhou", "", "Dazhi", 10, "no"],
    )
    with translation.override("en"):
        first, second = read(data, by=admin)

    assert [error["cell"] for error in first.errors] == ["bases!B2", "bases!F2", "bases!E2"]
    assert "zhengzhou" in first.errors[0]["said"]
    assert [error["said"] for error in (*first.errors[1:], *second.errors)] == [
        "To be confirmed: Write yes or no (是 / 否).",
        "Crews a day: Write a whole number in digits, without a unit or a comma.",
        "Line 2 is the same row. Keep one.",
    ]
    assert second.kind == "wrong"
    assert sheets.bring(data, by=admin, now=NOW) == {"new": 0, "changed": 0, "same": 0, "wrong": 2}


def test_a_formula_is_refused_and_a_text_like_one_goes_out_as_text(base, admin):
    (row,) = read(book(["dazhi", "zhengzhou", "=1+1", "Dazhi", 10, "no"]), by=admin)
    assert (row.kind, row.errors[0]["cell"]) == ("wrong", "bases!C2")

    Base.objects.update(name_en="=HYPERLINK(1)", name_zh="\t=1")
    cells = [cell for line in load_workbook(io.BytesIO(exported()))["bases"].iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}


def test_an_editor_reads_and_writes_her_hub_alone(base):
    editor = ManagerFactory(is_staff=True)
    editor.hubs.add(HubFactory(slug="xian"))
    (row,) = read(book(["dazhi", "zhengzhou", "偷", "Stolen", 1, "no"]), by=editor)

    assert row.kind == "wrong"
    assert "zhengzhou" not in row.errors[0]["said"].replace("“zhengzhou”", "")
    assert sheets.bring(book(["dazhi", "xian", "偷", "Stolen", 1, "no"]), by=editor, now=NOW)["wrong"] == 1
    base.refresh_from_db()
    assert base.name_en == "Dazhi"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet_required"),
        (b"PK\x03\x04 broken", "sheet_unreadable"),
        (b"slug,hub\n", "sheet_unreadable"),
        (b"x" * (MOST_BYTES + 1), "sheet_too_big"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_reason(data, code, admin):
    with pytest.raises(Invalid, match=code):
        read(data, by=admin)


def test_a_sheet_without_its_columns_is_refused(admin):
    with pytest.raises(Invalid, match="sheet_columns"):
        read(book(["a"], heads=["name"]), by=admin)
    with pytest.raises(Invalid, match="sheet_columns"):
        read(book(["a"], sheet="Tabelle1"), by=admin)


def test_every_kind_of_cell_has_its_remedy_in_the_readers_words(base, admin):
    heads = ["slug", "hub", "name_zh", "name_en", "source_url", "source_date", "set_count", "district_zh"]
    bad = ["Da Zhi", "zhengzhou", "大志", "Dazhi", "www.example", "soon", "-3", "长" * 121]
    kinds = book(
        ["dazhi", "hall", "厅", "Hall", "乱写"],
        sheet="sets",
        heads=["base", "slug", "name_zh", "name_en", "kind"],
    )

    with translation.override("en"):
        (row,) = read(book(bad, heads=heads), by=admin)
        (hall,) = read(kinds, by=admin)
    with translation.override("zh-hans"):
        (chinese,) = read(book(bad, heads=heads), by=admin)

    assert {error["cell"]: error["said"] for error in row.errors} == {
        "bases!A2": "Address: Use small Latin letters, digits and hyphens only, such as east-lake.",
        "bases!E2": "Link: Write a whole address that begins with https://",
        "bases!F2": "Date of the source: Write the day as year-month-day, such as 2026-12-05.",
        "bases!G2": "Sets, as published: Write a number of 0 or more.",
        "bases!H2": "District (Chinese): Shorten this to at most 120 characters.",
    }
    assert hall.errors[0]["said"].startswith("Kind: Write one of these: ")
    said = {error["cell"]: error["said"] for error in chinese.errors}
    assert said["bases!A2"] == "网址名：只用小写拉丁字母、数字和连字符，例如 east-lake。"
    assert said["bases!G2"] == "公布的场景数：请填不小于 0 的数。"

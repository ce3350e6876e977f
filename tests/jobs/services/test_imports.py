"""Role lists from files: read in both encodings, looked at line by line, added once."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from config.errors import Invalid, NotAllowed
from jobs.models import Role, RoleImport
from jobs.services import imports
from tests.factories.hubs import RoleTypeFactory, SkillFactory

pytestmark = pytest.mark.django_db

LIST = (
    "岗位,人数,日薪,开始日期,结束日期,日夜,必须技能,备注\n"
    "灯光师,2,￥450,12月13日,2026/12/15,夜戏,布光,带手套\n"
    "灯光师,1,450,,,,,\n"
    "灯光师,1,450,,,,,\n"
    "火箭师,1,450,,,,,\n"
    "灯光师,1,四百,,,,,\n"
)


@pytest.fixture
def gaffer(db):
    SkillFactory(code="rigging", name_zh="布光")
    return RoleTypeFactory(code="gaffer", name_zh="灯光师", name_en="Gaffer")


def keep(shoot, mei, now, content, name="名单.csv"):
    return imports.keep(shoot=shoot, name=name, content=content, by=mei, now=now)


def as_xlsx() -> bytes:
    book = Workbook()
    for line in LIST.splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [LIST.encode(), LIST.encode("utf-8-sig"), LIST.encode("gbk"), LIST.replace(",", ";").encode(), as_xlsx()],
    ids=["utf-8", "bom", "gbk", "semicolons", "xlsx"],
)
def test_a_list_is_read_whatever_it_was_saved_as(shoot, mei, now, gaffer, content):
    kept = keep(shoot, mei, now, content)
    assert kept.columns == {
        "role": 0, "headcount": 1, "day_rate": 2, "first_day": 3, "last_day": 4, "part": 5, "must": 6, "note": 7,
    }  # fmt: skip
    lines = imports.preview(kept)
    assert [(line.number, line.state) for line in lines] == [
        (2, "new"), (3, "new"), (4, "new"), (5, "wrong"), (6, "wrong"),
    ]  # fmt: skip
    assert lines[0].fields == {
        "headcount": 2, "day_rate": 450, "first_day": "2026-12-13", "last_day": "2026-12-15", "part": "night",
        "must": ["rigging"], "note": "带手套",
    }  # fmt: skip
    assert [{name: error.code for name, error in line.errors.items()} for line in lines[3:]] == [
        {"role": "role_type_unknown"},
        {"day_rate": "whole_number"},
    ]


@pytest.mark.parametrize(
    "typed", ["灯光助理（小助）", "灯光助理(小助)", "灯光助理 （小助)", "ｅｌｅｃｔｒｉｃｉａｎ"]
)
def test_a_role_is_known_in_whichever_width_it_was_typed(shoot, mei, now, typed):
    RoleTypeFactory(code="electrician", name_zh="灯光助理（小助）", name_en="Electrician")
    [line] = imports.preview(keep(shoot, mei, now, f"岗位,日薪\n{typed},400\n".encode()))
    assert (line.state, line.role_type.code) == ("new", "electrician")


def test_the_same_list_twice_adds_nothing(shoot, mei, now, gaffer):
    kept = keep(shoot, mei, now, LIST.encode())
    added, wrong = imports.add(kept, by=mei, now=now)
    assert (added, sorted(wrong)) == (3, [5, 6])
    assert keep(shoot, mei, now, LIST.encode()) == kept
    assert imports.add(kept, by=mei, now=now)[0] == 0
    # The same lines in another file, in another encoding, are the same lines.
    assert imports.add(keep(shoot, mei, now, LIST.encode("gbk")), by=mei, now=now)[0] == 0
    # What was changed about a role since does not bring its line back.
    Role.objects.filter(shoot=shoot).update(day_rate=999)
    assert imports.add(kept, by=mei, now=now)[0] == 0
    assert (Role.objects.filter(shoot=shoot).count(), RoleImport.objects.count()) == (3, 2)
    assert {line.state for line in imports.preview(kept)} == {"known", "wrong"}


def test_columns_can_be_told(shoot, mei, lin, now, gaffer):
    kept = keep(shoot, mei, now, "甲,乙\n灯光师,450\n".encode())
    assert kept.columns == {}
    with pytest.raises(Invalid) as missing:
        imports.choose_columns(kept, {"role": 0}, by=mei)
    assert missing.value.code == "list_needs_columns"
    with pytest.raises(NotAllowed):
        imports.choose_columns(kept, {"role": 0, "day_rate": 1}, by=lin)
    imports.choose_columns(kept, {"role": 0, "day_rate": 1, "owner": 0}, by=mei)
    assert (kept.columns, imports.add(kept, by=mei, now=now)[0]) == ({"role": 0, "day_rate": 1}, 1)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (imports.MOST_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "list_unreadable"),
        (b"PK\x03\x04 not a workbook", "list_unreadable"),
        ("岗位,日薪\n".encode(), "list_empty"),
        (b"", "list_empty"),
        ("岗位,日薪\n".encode() + "灯光师,1\n".encode() * 301, "list_too_big"),
        (b"x" * 1_000_001, "list_too_big"),
    ],
)
def test_what_is_no_list_is_refused(shoot, mei, now, content, code):
    with pytest.raises(Invalid) as refusal:
        keep(shoot, mei, now, content)
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert RoleImport.objects.count() == 0


def test_a_file_that_grows_when_unpacked_is_refused(shoot, mei, now):
    with pytest.raises(Invalid) as refusal:
        keep(shoot, mei, now, bomb())
    assert refusal.value.code == "list_too_big"


def test_strangers_bring_nothing(shoot, lin, bo, now):
    for stranger in (lin, bo):
        with pytest.raises(NotAllowed):
            keep(shoot, stranger, now, LIST.encode())

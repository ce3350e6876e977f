"""The call sheet on paper, read back: pages, fonts, text, and the code from the rendered page."""

from datetime import date, time
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from django.utils import translation

from jobs.queries import call_sheets as questions
from jobs.services import call_sheet_pdf, call_sheets
from jobs.services.call_sheets import MOST_SCENES, OwnTimes, Scene
from tests.factories.hubs import DepartmentFactory, RoleTypeFactory
from tests.factories.jobs import BookingFactory, RoleFactory
from tests.factories.profiles import ProfileFactory

DAY = date(2026, 12, 12)
ADDRESS = "https://jinzu.example/shoots/12/call-sheet/2026-12-12/"


@pytest.fixture
def ninety(shoot):
    """Ninety people in ten departments."""
    made = []
    for number in range(10):
        kind = RoleTypeFactory(
            department=DepartmentFactory(name_zh=f"部门{number}", name_en=f"Department {number}"),
            name_zh=f"灯光助理{number}",
            name_en=f"A role with quite a long name {number}",
        )
        role = RoleFactory(shoot=shoot, role_type=kind, headcount=9)
        for place in range(9):
            person = ProfileFactory(user__name=f"欧阳若{number}{place}")
            made.append(BookingFactory(role=role, profile=person))
    return made


def read(file: bytes):
    paper = pypdfium2.PdfDocument(file)
    try:
        words = [page.get_textpage().get_text_range() for page in paper]
        codes = zxingcpp.read_barcodes(paper[0].render(scale=3).to_pil())
        return words, [code.text for code in codes]
    finally:
        paper.close()


def drawn(shoot, now, language: str) -> bytes:
    with translation.override(language):
        return call_sheet_pdf.build(questions.sheet(shoot, DAY), address=ADDRESS, now=now)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ninety_people_fit_on_two_pages_in_full(shoot, ninety, mei, now, language):
    scenes = [
        Scene(f"{n}-1", "总裁办公室 夜 内", Decimal("1.5"), "顾言 林晚", "雨戏，威亚备用")
        for n in range(MOST_SCENES)
    ]
    own = {booking.pk: OwnTimes(call=time(6), note="古装造型先行") for booking in ninety[::9]}
    call_sheets.publish(
        shoot, DAY, by=mei, now=now, scenes=scenes, lines=own, note="带雨衣。" * 40, transport="06:30 北门"
    )
    file = drawn(shoot, now, language)
    pages, codes = read(file)
    text = "\n".join(pages)
    assert len(pages) == 2
    assert [name for name in (b.profile.user.name for b in ninety) if name not in text] == []
    assert ("06:30 北门" in text, "39-1" in text, text.count("06:00") >= 10) == (True, True, True)
    assert codes == [ADDRESS]
    assert (b"NotoSansSC" in file, b"/FontFile2" in file) == (True, True)


def test_a_small_crew_needs_one_page_and_says_its_version(shoot, role, bo, mei, now):
    BookingFactory(role=role, profile=bo.profile)
    call_sheets.publish(shoot, DAY, by=mei, now=now, weather="小雨")
    call_sheets.publish(shoot, DAY, by=mei, now=now)
    pages, _codes = read(drawn(shoot, now, "en"))
    assert len(pages) == 1
    assert ("version 2" in pages[0], "小雨" in pages[0], "博" in pages[0]) == (True, True, True)


def test_a_day_without_people_is_a_sheet_too(shoot, now):
    pages, codes = read(drawn(shoot, now, "en"))
    assert ("not published yet" in pages[0], codes) == (True, [ADDRESS])


def test_who_is_left_free_does_not_stand_on_paper(shoot, role, bo, mei, now):
    booking = BookingFactory(role=role, profile=bo.profile)
    call_sheets.publish(shoot, DAY, by=mei, now=now, lines={booking.pk: OwnTimes(off=True)})
    assert "博" not in read(drawn(shoot, now, "en"))[0][0]

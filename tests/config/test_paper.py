"""Paper is read back: its text, its font, its pages, its code."""

from datetime import UTC, datetime

import pypdfium2
import zxingcpp
from django.utils import translation

from config.paper import Paper

MADE = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
ADDRESS = "https://jinzu.example/shoots/12/call-sheet/2026-12-12/"


def sheet(rows=60):
    paper = Paper(title="通告单 · 雨夜归人", subtitle="12月12日 周六 第1天", made_at=MADE, address=ADDRESS)
    paper.heading("演职人员 Cast and crew")
    paper.facts([("集合 Call", "08:00"), ("天气 Weather", ""), ("备注 Note", "带雨衣。" * 60)])
    names = ["序号", "姓名", "岗位", "电话"]
    paper.grid(names, [[n, f"张{n}", "灯光助理", None] for n in range(rows)], widths=(1, 3, 3, 2))
    return paper.finished()


def texts(file):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]


def test_text_in_both_scripts_can_be_copied_and_pages_are_numbered():
    with translation.override("zh-hans"):
        pages = texts(sheet())
    assert len(pages) == 2
    assert all(
        "通告单 · 雨夜归人" in page and f"{number} / 2" in page for number, page in enumerate(pages, 1)
    )
    assert "演职人员 Cast and crew" in pages[0]
    assert "天气" not in pages[0]
    assert all("姓名" in page for page in pages)  # the table's head comes again
    assert "张59" in pages[1]
    assert "None" not in pages[1]


def test_the_font_is_embedded_and_the_file_stays_small():
    file = sheet()
    assert b"NotoSansSC" in file
    assert b"/FontFile2" in file
    assert len(file) < 60_000


def test_the_code_leads_to_the_live_page():
    picture = pypdfium2.PdfDocument(sheet())[0].render(scale=3).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_the_same_content_at_the_same_moment_is_the_same_file():
    assert sheet() == sheet()


def test_no_code_without_an_address():
    file = Paper(title="A", made_at=MADE).finished()
    assert zxingcpp.read_barcodes(pypdfium2.PdfDocument(file)[0].render(scale=3).to_pil()) == []

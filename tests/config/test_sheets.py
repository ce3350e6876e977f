"""Tables that come back as they went: words stay words, whatever they look like to a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from config import sheets

MADE = datetime(2026, 12, 1, tzinfo=UTC)
RISKY = [
    *(
        "=1+1",
        "+8613800138000",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u00a0=1",
        "\n=cmd|' /C calc'!A0",
    ),
    *("＝1", "＋1", "－1", "＠A1", "%0A=1", "|cmd", '=HYPERLINK("http://x.example")', "'=1", "''=1"),
]


def from_csv(file: bytes) -> list[list[str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def from_xlsx(file: bytes):
    return load_workbook(io.BytesIO(file)).active


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_becomes_a_formula(text):
    cell = from_xlsx(sheets.xlsx_file(["名"], [[text]], title="表", made_at=MADE))["A2"]
    assert (cell.data_type, cell.quotePrefix or text.startswith("'")) == ("s", True)
    written = from_csv(sheets.csv_file(["名"], [[text]]))[1][0]
    assert not sheets.is_risky(written)
    assert sheets.unquoted(written) == text


def test_days_numbers_and_gaps_keep_their_kind():
    page = from_xlsx(
        sheets.xlsx_file(
            ["a", "b", "c", "d"], [[350, date(2026, 12, 12), None, "007"]], title="x:/[y]", made_at=MADE
        )
    )
    values = [cell.value for cell in page[2]]
    assert values == [350, datetime(2026, 12, 12), None, "007"]
    assert (page.freeze_panes, page.title) == ("A2", "x   y")
    assert from_csv(sheets.csv_file(["a"], [[350], [None], [-5]])) == [["a"], ["350"], [""], ["-5"]]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).filter(
    lambda text: not ILLEGAL_CHARACTERS_RE.search(text)
)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_csv_comes_back_as_it_went(rows):
    back = from_csv(sheets.csv_file(["a", "b"], rows))[1:]
    assert [[sheets.unquoted(cell) for cell in row] for row in back] == rows


@given(st.lists(TEXT.filter(lambda text: "\r" not in text and text), min_size=1, max_size=5))
def test_xlsx_comes_back_as_it_went(words):
    page = from_xlsx(sheets.xlsx_file(["a"], [[word] for word in words], title="t", made_at=MADE))
    found = [page.cell(number, 1) for number in range(2, len(words) + 2)]
    assert [(cell.value, cell.data_type) for cell in found] == [(word, "s") for word in words]

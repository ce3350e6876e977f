"""Paper: the base of every PDF the house hands out. One font in both languages, a header with a code, numbered pages.

The font is embedded as a subset, so that a sheet reads the same on any machine and its text can be copied and
searched. Words are put on by whoever writes the sheet, in the reader's language; nothing here reads the clock.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, TextMode, XPos, YPos
from fpdf.fonts import FontFace

from config.formats import moment

FONT = "NotoSansSC"
INK, SOFT, LINE, SHADE = (28, 27, 31), (92, 90, 98), (205, 203, 210), (243, 241, 246)
MARGIN, CODE_SIZE = 12.0, 20.0
"""Millimetres: the margin on all sides, and the side of the code in the header."""

LEADING = 1.45
"""Height of a line as a multiple of its letters: Chinese set tighter than this runs together."""

Rows = Iterable[Sequence[object]]


@cache
def font_file() -> Path:
    """The font of the package that brings it; the package itself is never imported, it would patch libraries."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package zhplot, which brings the font, is not installed")
    return Path(spec.origin).parent / "fonts" / f"{FONT}-Regular.ttf"


class Paper(FPDF):
    """An A4 sheet with `title` on every page and, where there is an `address`, its code on the first.

    `made_at` is told in the footer and is the date of the file: the same content at the same moment is the same
    file. Measures are millimetres, font sizes are points.
    """

    def __init__(
        self,
        *,
        title: str,
        made_at: datetime,
        subtitle: str = "",
        address: str = "",
        landscape: bool = False,
        size: float = 9,
    ) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", unit="mm", format="A4")
        self.heading_text, self.subtitle, self.address, self.body_size = title, subtitle, address, size
        self.made_at = made_at
        self.set_creation_date(made_at)
        self.set_title(title)
        self.set_lang("en" if (get_language() or "").startswith("en") else "zh-CN")
        self.set_creator("Jinzu")
        self.add_font(FONT, fname=font_file())
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.plain()
        self.add_page()

    def plain(self, size: float | None = None, *, soft: bool = False) -> None:
        """Go back to the body's letters, at `size` points; `soft` is for what may be read later."""
        self.set_font(FONT, size=size or self.body_size)
        self.set_text_color(*(SOFT if soft else INK))

    def header(self) -> None:
        """The title, on the first page with subtitle and code."""
        first = self.page_no() == 1
        width = self.epw - (CODE_SIZE + 4 if first and self.address else 0)
        self.set_y(MARGIN)
        self._strong(self.heading_text, 15 if first else 9.5, width)
        if first and self.subtitle:
            self.plain(soft=True)
            self._lines(width, self.subtitle)
        if first and self.address:
            self.draw_code(self.address, self.w - MARGIN - CODE_SIZE, MARGIN)
            self.set_y(max(self.get_y(), MARGIN + CODE_SIZE))
        self.ln(1.5)
        self.set_draw_color(*LINE)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self.ln(2.5)
        self.plain()

    def footer(self) -> None:
        """When it was made, where its live page is, and which page of how many."""
        self.set_y(-MARGIN)
        self.plain(7.5, soft=True)
        made = _("Jinzu · as of %(moment)s") % {"moment": moment(self.made_at)}
        self.cell(self.epw * 0.8, 4, f"{made}   {self.address}".rstrip())
        self.cell(self.epw * 0.2, 4, f"{self.page_no()} / {{nb}}", align="R")

    def heading(self, text: str) -> None:
        """A section; it is not left alone at the foot of a page."""
        if self.will_page_break(18):
            self.add_page()
        self.ln(2)
        self._strong(text, self.body_size + 2.5, self.epw)
        self.ln(0.5)
        self.plain()

    def paragraph(self, text: str, *, soft: bool = False, size: float | None = None) -> None:
        self.plain(size, soft=soft)
        self._lines(self.epw, text)
        self.plain()

    def facts(self, pairs: Iterable[tuple[str, object]], *, label_width: float = 34) -> None:
        """Label and value, line by line; pairs without a value are left out."""
        for label, value in pairs:
            if value in (None, ""):
                continue
            width = self.epw - label_width
            self._room_for(str(value), width)
            top = self.get_y()
            self.plain(soft=True)
            self.cell(label_width, self.font_size * LEADING, label)
            self.plain()
            self.set_xy(self.l_margin + label_width, top)
            self._lines(width, str(value))
        self.ln(1.5)

    def grid(
        self, head: Sequence[str], rows: Rows, *, widths: Sequence[float], size: float | None = None
    ) -> None:
        """A table with a head that is repeated on every page; `widths` are shares. Cells never break over pages."""
        self.plain(size or self.body_size - 1)
        self.set_draw_color(*LINE)
        style = FontFace(color=SOFT, fill_color=SHADE)
        with self.table(
            col_widths=tuple(widths), headings_style=style, borders_layout="HORIZONTAL_LINES",
            line_height=self.font_size * 1.4, text_align="LEFT", padding=(0.6, 1), align="LEFT",
        ) as table:  # fmt: skip
            table.row([str(cell) for cell in head])
            for row in rows:
                table.row(["" if cell is None else str(cell) for cell in row])
        self.plain()
        self.ln(1.5)

    def finished(self) -> bytes:
        """The whole file."""
        return bytes(self.output())

    def _strong(self, text: str, size: float, width: float) -> None:
        """The one weight we carry, with an outline: a second weight would double every file's fonts."""
        self.plain(size)
        self.set_draw_color(*INK)
        with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=size * 0.012):
            self._lines(width, text)
        self.set_draw_color(*LINE)

    def _lines(self, width: float, text: str) -> None:
        height = self.font_size * LEADING
        self.multi_cell(width, height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def _room_for(self, text: str, width: float) -> None:
        line = self.font_size * LEADING
        height = self.multi_cell(width, line, text, dry_run=True, output=MethodReturnValue.HEIGHT)
        assert isinstance(height, float)  # what was asked for
        if height < self.eph / 2 and self.will_page_break(height):
            self.add_page()

    def draw_code(self, text: str, x: float, y: float, *, side: float = CODE_SIZE) -> None:
        """An address as a code, drawn as runs of squares: sharp at any size, and no picture to embed."""
        rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=0))
        side = side / len(rows)
        self.set_fill_color(0, 0, 0)
        for down, row in enumerate(rows):
            start = None
            for across, dark in enumerate([*row, 0]):
                if dark and start is None:
                    start = across
                elif not dark and start is not None:
                    self.rect(x + start * side, y + down * side, (across - start) * side, side, style="F")
                    start = None

"""A call sheet on paper: two A4 pages at most, also for a crew of ninety."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from fpdf.enums import TextMode

from config.formats import day as day_words
from config.formats import moment
from config.paper import FONT, INK, LINE, SHADE, Paper
from jobs.models import ExtrasCall
from jobs.queries.call_sheets import Line, Sheet

MOST_PAGES = 2
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
"""Points of the body, the largest that fits first."""

PINE, LAMP = (12, 95, 78), (150, 60, 20)
GUTTER = 5.0
POINT = 0.3528
"""Millimetres."""


def build(sheet: Sheet, *, address: str, now: datetime) -> bytes:
    """Return the PDF of a sheet in the reader's language; `address` is the live page its code leads to."""
    for size in SIZES:
        paper = _Drawn(sheet, address=address, now=now, size=size)
        paper.draw()
        if paper.page_no() <= MOST_PAGES:
            break
    return paper.finished()


class _Drawn(Paper):
    """One try at a size. Measures are millimetres."""

    def __init__(self, sheet: Sheet, *, address: str, now: datetime, size: float) -> None:
        self.sheet = sheet
        made = sheet.call_sheet
        state = (
            _("version %(version)s, %(at)s") % {"version": made.version, "at": moment(made.published_at)}
            if made
            else _("not published yet")
        )
        number = _("day %(number)s of %(total)s") % {"number": sheet.number, "total": sheet.total}
        super().__init__(
            title=f"{_('Call sheet')} · {sheet.shoot.title}",
            subtitle=f"{_long_day(sheet.day)} · {number} · {state}\n{sheet.shoot.crew.name}",
            address=address,
            made_at=now,
            size=size,
        )

    @property
    def row(self) -> float:
        return self.body_size * POINT * 1.62

    def draw(self) -> None:
        self._times()
        self._about()
        if self.sheet.call_sheet and self.sheet.call_sheet.note:
            self._note(self.sheet.call_sheet.note)
        if self.sheet.scenes:
            self._scenes()
        self._people()

    def _times(self) -> None:
        """The three figures everybody looks for first."""
        made = self.sheet.call_sheet
        figures = [(_("General call"), f"{self.sheet.general_call:%H:%M}")]
        if made and made.night_call:
            figures.append((_("Night call"), f"{made.night_call:%H:%M}"))
        if made and made.wrap:
            figures.append((_("Expected wrap"), f"{made.wrap:%H:%M}"))
        figures.append((_("People called"), str(self.sheet.people)))
        width, top, height = self.epw / len(figures), self.get_y(), 15.0
        self.set_fill_color(*SHADE)
        self.rect(self.l_margin, top, self.epw, height, style="F")
        for index, (label, value) in enumerate(figures):
            left = self.l_margin + index * width
            if index:
                self.set_draw_color(*LINE)
                self.line(left, top + 3, left, top + height - 3)
            self.set_xy(left + 3, top + 2)
            self.plain(7, soft=True)
            self.cell(width - 6, 3.2, label)
            self.set_xy(left + 3, top + 5.6)
            self.set_font(FONT, size=18)
            self.set_text_color(*(PINE if index == 0 else INK))
            with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.2):
                self.set_draw_color(*(PINE if index == 0 else INK))
                self.cell(width - 6, 8, value)
        self.set_draw_color(*LINE)
        # A table fills its rows with what was set last.
        self.set_fill_color(255, 255, 255)
        self.set_y(top + height + 3)
        self.plain()

    def _about(self) -> None:
        shoot, made = self.sheet.shoot, self.sheet.call_sheet
        places = [f"{each.name} {each.hours}".strip() for each in self.sheet.places]
        if made and made.place:
            places.append(made.place)
        base = f"{shoot.base.hub.name} {shoot.base.name}  {shoot.base.address or shoot.base.district}"
        pairs = [
            (_("Base"), base.strip()),
            (_("Where we shoot"), _(", ").join(places)),
            (_("Weather"), made.weather if made else ""),
            (
                _("Meals"),
                (made.meals if made else "") or (_("provided") if shoot.meals else _("not provided")),
            ),
            (_("Transport"), made.transport if made else ""),
            (_("Nearest hospital"), self.sheet.hospital or _("Not on file: call 120")),
        ]
        self.facts(pairs, label_width=28)

    def _note(self, text: str) -> None:
        top = self.get_y()
        self.set_x(self.l_margin + 3)
        self.plain(self.body_size + 0.5)
        self.multi_cell(self.epw - 3, self.font_size * 1.45, text, new_x="LMARGIN", new_y="NEXT")
        self.set_fill_color(*PINE)
        self.rect(self.l_margin, top + 0.4, 0.8, self.get_y() - top - 0.8, style="F")
        self.set_fill_color(255, 255, 255)
        self.ln(1.5)
        self.plain()

    def _scenes(self) -> None:
        scenes = self.sheet.scenes
        words = ngettext("%(n)s scene", "%(n)s scenes", len(scenes)) % {"n": len(scenes)}
        if self.sheet.pages:
            words += " · " + _("%(n)s pages") % {"n": self.sheet.pages.normalize().to_eng_string()}
        self.heading(f"{_('Scenes')} · {words}")
        head = [
            _("Scene"),
            _("Where and when"),
            _("Script pages"),
            _("Cast"),
            _("What happens, what is needed"),
        ]
        rows = [
            [each.number, each.heading, "" if each.pages is None else f"{each.pages.normalize():f}", each.cast, each.note]
            for each in scenes
        ]  # fmt: skip
        self.grid(head, rows, widths=(9, 30, 8, 25, 40), size=self.body_size - 0.5)

    def _people(self) -> None:
        """Departments in columns, filled one after the other; a column that is full goes on in the next."""
        called = [
            (group.department.name, [line for line in group.lines if not line.off])
            for group in self.sheet.listed
        ]
        called = [(name, lines) for name, lines in called if lines]
        if self.sheet.extras_call:
            self._extras(self.sheet.extras_call)
        if not called and not self.sheet.extras:
            self.heading(_("Who is called"))
            self.paragraph(_("Nobody is booked for this day yet."), soft=True)
            return
        rows = sum(self._height(line, index) for _name, lines in called for index, line in enumerate(lines))
        columns = 3 if rows > 20 * self.row else 2
        if self.h - self.b_margin - self.get_y() < 10 * self.row:
            self.add_page()
        self.heading(_("Who is called"))
        self._columns(called, columns, rows)

    def _extras(self, call: ExtrasCall) -> None:
        """Extras are a line: their names stand on their own list at the meeting point."""
        self.heading(_("Extras"))
        words = ngettext("%(n)s extra", "%(n)s extras", self.sheet.extras) % {"n": self.sheet.extras}
        self.paragraph(" · ".join(part for part in (f"{call.call:%H:%M}", words, call.meeting_point) if part))

    def _height(self, line: Line, index: int) -> float:
        """What a line takes, the head of its department included."""
        return self.row * ((1.5 if index == 0 else 0) + 1 + (0.7 if line.note else 0))

    def _columns(self, called: Sequence[tuple[str, list[Line]]], columns: int, left_over: float) -> None:
        """Draw them; `left_over` is their height in one column. The last page's columns end level."""
        width = (self.epw - GUTTER * (columns - 1)) / columns
        bottom = self.h - self.b_margin
        top = y = lowest = self.get_y()
        limit, column = self._level(top, left_over, columns), 0
        for name, lines in called:
            for index, line in enumerate(lines):
                # A department does not begin with one name at the foot of a column.
                need = self._height(line, index) + (self.row if index == 0 and len(lines) > 1 else 0)
                if y + need > limit:
                    column, y = column + 1, top
                    if column == columns:
                        self.add_page()
                        column, top = 0, self.get_y()
                        y = lowest = top
                        limit = self._level(top, left_over, columns)
                left = self.l_margin + column * (width + GUTTER)
                if index == 0 or y == top:
                    y = self._department(name, len(lines), left, y, width, first=y == top)
                y = self._person(line, left, y, width)
                lowest = max(lowest, y)
                left_over -= self._height(line, index)
        self.set_y(min(lowest + 2, bottom - 1))

    def _level(self, top: float, height: float, columns: int) -> float:
        """Where columns end: at the foot of the page, or where what is left is shared evenly among them."""
        return min(self.h - self.b_margin, top + height / columns + 3 * self.row)

    def _department(
        self, name: str, people: int, left: float, y: float, width: float, *, first: bool
    ) -> float:
        y += 0 if first else self.row * 0.4
        self.set_xy(left, y)
        self.plain(self.body_size)
        with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.06):
            self.set_draw_color(*INK)
            self.cell(width - 8, self.row * 1.1, name)
        self.plain(self.body_size - 1, soft=True)
        self.cell(8, self.row * 1.1, str(people), align="R")
        y += self.row * 1.1
        self.set_draw_color(*INK)
        self.set_line_width(0.25)
        self.line(left, y, left + width, y)
        self.set_line_width(0.2)
        self.set_draw_color(*LINE)
        return y

    def _person(self, line: Line, left: float, y: float, width: float) -> float:
        self.plain(self.body_size)
        self.set_xy(left, y)
        time_width = self.body_size * POINT * 3.4
        names = (width - time_width) * 0.44
        self.cell(names, self.row, self._short(line.name, names))
        self.plain(self.body_size - 1, soft=True)
        roles = width - time_width - names
        self.cell(roles, self.row, self._short(line.role, roles))
        self.plain(self.body_size)
        if line.own:
            self.set_text_color(*LAMP)
            self.set_draw_color(*LAMP)
            with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.06):
                self.cell(time_width, self.row, f"{line.call:%H:%M}", align="R")
        else:
            self.cell(time_width, self.row, f"{line.call:%H:%M}", align="R")
        y += self.row
        if line.note:
            self.set_xy(left, y - self.row * 0.15)
            self.plain(self.body_size - 1.5, soft=True)
            self.cell(width, self.row * 0.8, self._short(line.note, width))
            y += self.row * 0.7
        self.set_draw_color(*LINE)
        self.line(left, y, left + width, y)
        self.plain()
        return y

    def _short(self, text: str, width: float) -> str:
        """Cut a text to the width, with a sign that it goes on."""
        room = width - 2 * self.c_margin
        if self.get_string_width(text) <= room:
            return text
        while text and self.get_string_width(text + "…") > room:
            text = text[:-1]
        return text + "…"


def _long_day(day: date) -> str:
    return day_words(day)

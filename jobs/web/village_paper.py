"""Village mode on paper: the day's sheet for the notice board, and the cards with the numbers. Large type throughout."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from fpdf.enums import TextMode

from config.formats import day as day_words
from config.formats import dialled, yuan
from config.paper import FONT, INK, LINE, MARGIN, SHADE, Paper
from hubs.timespan import SHANGHAI
from jobs.queries.villages import CallDay
from profiles.models import Coordinator, Villager
from profiles.models.village_code import in_fours

LETTERS, CALL_LETTERS = 13.0, 17.0
"""Points: read at arm's length without glasses; the time of the call from further away."""

CARDS_A_PAGE, CARD_HEIGHT, GAP = 4, 57.0, 4.0


def sheet(office: Coordinator, found: CallDay, *, address: str, now: datetime) -> bytes:
    """Return the PDF of a village's day: who, when, where, with which crew and for how much."""
    paper = Paper(
        title=f"{office.village} · {day_words(found.day)}",
        subtitle=_("Questions: %(name)s, %(phone)s")
        % {"name": office.user.name, "phone": dialled(office.phone)},
        address=address,
        made_at=now,
        size=LETTERS,
    )
    groups: dict[str, list] = {}
    for call in found.called:
        shoot = call.booking.role.shoot
        place = f"{shoot.base.hub.name} · {shoot.base.name}"
        meeting = call.meeting or office.meeting_point or shoot.base.address or shoot.base.district
        groups.setdefault(f"{shoot.title}\n{place}\n{meeting}", []).append(call)
    for where, calls in groups.items():
        _group(paper, where.split("\n"), calls)
    paper.ln(2)
    paper.paragraph(
        _("Own days, hours and pay: type the number of your card at %(address)s, on any phone.")
        % {"address": address},
        size=11.5,
    )
    paper.paragraph(_("Nobody may ask you for money, a deposit or your identity card."), size=11.5)
    return paper.finished()


def _group(paper: Paper, where: Sequence[str], calls: list) -> None:
    """Everybody of one shoot: the place once, then a line a person."""
    title, place, meeting = where
    paper.heading(title)
    paper.paragraph(place)
    if meeting:
        paper.paragraph(_("Meet: %(place)s") % {"place": meeting})
    for call in calls:
        _line(paper, call)
    paper.ln(2)


def _line(paper: Paper, call) -> None:
    height = 11.5
    if paper.will_page_break(height):
        paper.add_page()
    top, widths = paper.get_y(), (26.0, 46.0, paper.epw - 104, 32.0)
    time = f"{call.call.astimezone(SHANGHAI):%H:%M}"
    cells = (
        (time, CALL_LETTERS, True),
        (call.name, LETTERS + 1, True),
        (call.booking.role.role_type.name, LETTERS - 1, False),
        (yuan(call.booking.day_rate), LETTERS, False),
    )
    left = paper.l_margin
    for (text, size, strong), width in zip(cells, widths, strict=True):
        paper.set_xy(left, top)
        _strong_cell(paper, text, size, width, height, strong=strong)
        left += width
    paper.set_draw_color(*LINE)
    paper.line(paper.l_margin, top + height, paper.w - MARGIN, top + height)
    paper.set_xy(paper.l_margin, top + height)
    if call.note:
        paper.paragraph(call.note, size=11)


def _strong_cell(paper: Paper, text: str, size: float, width: float, height: float, *, strong: bool) -> None:
    """A cell in one line: letters grow smaller rather than run out of it, but never under eleven points."""
    paper.set_font(FONT, size=size)
    while size > 11 and paper.get_string_width(text) > width - 2:
        size -= 0.5
        paper.set_font(FONT, size=size)
    while len(text) > 2 and paper.get_string_width(text) > width - 2:
        text = text[:-2] + "…"
    paper.set_text_color(*INK)
    if strong:
        paper.set_draw_color(*INK)
        with paper.local_context(text_mode=TextMode.FILL_STROKE, line_width=size * 0.012):
            paper.cell(width, height, text)
    else:
        paper.cell(width, height, text)


def cards(made: Sequence[tuple[Villager, str]], *, address: str, now: datetime) -> bytes:
    """Return the PDF of cards, four on a page, each to be cut out: name, number, address, whom to call."""
    paper = Paper(
        title=_("Cards: cut along the lines and hand each to its person"),
        made_at=now,
        size=11.5,
    )
    paper.set_auto_page_break(False)  # four cards fill a page; a line of the last one may not begin another
    for index, (villager, code) in enumerate(made):
        place = index % CARDS_A_PAGE
        if index and not place:
            paper.add_page()
        _card(paper, villager, code, address, top=28 + place * (CARD_HEIGHT + GAP))
    return paper.finished()


def _card(paper: Paper, villager: Villager, code: str, address: str, *, top: float) -> None:
    left, width = paper.l_margin, paper.epw
    paper.set_draw_color(*LINE)
    paper.set_dash_pattern(dash=2, gap=2)
    paper.rect(left, top, width, CARD_HEIGHT)
    paper.set_dash_pattern()
    office = villager.coordinator
    paper.draw_code(address, left + width - 36, top + 6, side=30)
    _say(paper, left + 6, top + 5, villager.profile.user.name, 18, width - 46, strong=True)
    paper.set_fill_color(*SHADE)
    paper.rect(left + 6, top + 17, width - 48, 14, style="F")
    _say(paper, left + 9, top + 19, in_fours(code), 22, width - 52, strong=True)
    lines = (
        _("Type this number at %(address)s: your days, hours and pay.") % {"address": address},
        _("It is yours alone. Show it to nobody; a lost card is made anew."),
        _("Questions: %(name)s, %(phone)s") % {"name": office.user.name, "phone": dialled(office.phone)},
    )
    for number, text in enumerate(lines):
        _say(paper, left + 6, top + 33.5 + number * 7.4, text, 11.5, width - 12)


def _say(
    paper: Paper, x: float, y: float, text: str, size: float, width: float, *, strong: bool = False
) -> None:
    paper.set_xy(x, y)
    _strong_cell(paper, text, size, width, size * 0.3528 * 1.4, strong=strong)
    paper.set_xy(paper.l_margin, y)

"""Two charts of the market room that speak of shares: the three kinds of work, and who fills the places in time."""

from dataclasses import replace

from django.utils.translation import gettext as _

from jobs.models.market_room import Grain
from jobs.queries.market_room import SHARES, Line, Point, Room
from jobs.web.charts import Chart, Table
from jobs.web.market_drawing import NOT_SHOWN, breakdown, get, number, over_time

WEEK = 7
ENOUGH = 10
"""A share is drawn of this many and more: of two people, one is no half."""


def kinds(room: Room) -> Chart:
    """The three categories, beside the jobs that are published for them."""
    chart = breakdown(room, "categories", _("By category"), room.categories, "category")
    here, there = room.totals.get("places") or 0, sum(_published(line) for line in room.categories)
    bars, rows = [], []
    for line, bar in zip(room.categories, chart.bars, strict=True):
        shares = {"here": _percent(line.places, here), "there": _percent(_published(line), there)}
        said = _("%(here)s of the places here, %(there)s of the jobs in the industry") % shares
        bars.append(replace(bar, more=said))
        published = number(_published(line)) if line.figure else NOT_SHOWN
        rows.append(
            [line.name, number(line.places), number(line.booked), number(line.open), shares["here"], published,
             shares["there"]]
        )  # fmt: skip
    heads = [*chart.table.heads, _("Share here"), _("Jobs in the industry"), _("Share there")]
    most = max(room.categories, key=lambda line: line.places, default=None)
    text = (
        _("%(name)s has most places: %(places)s.") % {"name": most.name, "places": number(most.places)}
        if most
        else ""
    )
    return replace(chart, text=text, bars=bars if here else [], table=Table(heads, rows))


def _published(line: Line) -> int:
    return int(line.figure.value) if line.figure else 0


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else NOT_SHOWN


def filled(room: Room) -> Chart:
    """How much of what began was filled, and how many of those booked were new: by month, or over the last seven days."""
    run = WEEK if room.grain == Grain.DAY else 1
    points = [
        Point(point.day, _shares(room.series[max(0, at + 1 - run) : at + 1]))
        for at, point in enumerate(room.series)
    ]
    said = {
        "share": _of(room.share("due_filled", "due")),
        "first": _of(room.share("first_timers", "filled")),
    }
    text = _(
        "%(share)s of the places were filled when they began; %(first)s of those booked were here for the first time."
    )
    text = text % said
    if run > 1:
        text += " " + _("A day stands for the seven days up to it.")
    lines = [
        ("is-booked", _("filled when they began, %"), get("due_filled")),
        ("is-free", _("first-timers among those booked, %"), get("first_timers")),
    ]
    beside = [(_("Places that began"), get("due")), (_("Places booked"), get("filled"))]
    return over_time(
        room,
        key="filled",
        title=_("Filled in time, and by whom"),
        text=text,
        lines=lines,
        points=points,
        beside=beside,
    )


def _of(share: float | None) -> str:
    return NOT_SHOWN if share is None else f"{share:.0%}"


def _shares(points: list[Point]) -> dict[str, int | None]:
    out: dict[str, int | None] = {}
    for part, whole in zip(SHARES, ("due", "filled"), strict=True):
        above, below = (sum(point.values[name] or 0 for point in points) for name in (part, whole))
        # Rounded each for itself, a part may seem more than its whole.
        out[part] = min(100, round(100 * above / below)) if below >= ENOUGH else None
        out[whole] = below
    return out

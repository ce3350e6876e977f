"""What the charts of the market room are drawn with: lines over time and bars of parts, with their tables."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from config import formats
from jobs.models.market_room import Grain
from jobs.queries.market_room import Line, Look, Point, Room
from jobs.web.charts import Bar, Chart, Path, Table, nice_top, path, segments

NOT_SHOWN = "–"


def number(count: int | None) -> str:
    """A count, or that nothing may be said. As `formats.count` writes whole numbers, which takes ten times as long."""
    return NOT_SHOWN if count is None else f"{count:,}"


def address(look: Look, **changes: str) -> str:
    """The market room with another view of it."""
    said = {
        "span": look.span,
        "hub": look.hub,
        "category": look.category,
        "department": look.department,
    } | changes
    query = urlencode(
        {name: value for name, value in said.items() if value and (name, value) != ("span", "60")}
    )
    return reverse("market_room") + (f"?{query}" if query else "")


def over_time(
    room: Room,
    *,
    key: str,
    title: str,
    text: str,
    lines: list[tuple[str, str, Callable]],
    points: list[Point],
    beside: Sequence[tuple[str, Callable]] = (),
) -> Chart:
    """A chart over time: one line for each of (class, name, value of a point); the first one is filled.

    `beside` are columns of the table alone, (name, value of a point).
    """
    columns = [[value(point.values) for point in points] for _kind, _name, value in lines]
    more = [[value(point.values) for point in points] for _name, value in beside]
    most = max((value for column in columns for value in column if value is not None), default=0)
    top = nice_top(most) if most else 1
    shape = formats.day if room.grain == Grain.DAY else month
    named = date.isoformat if room.grain == Grain.DAY else month  # with its year, as a spreadsheet reads it
    paths = []
    for (kind, _name, _value), column in zip(lines, columns, strict=True):
        line, area = path(column, top)
        paths.append(Path(kind, line, area if kind == lines[0][0] else ""))
    heads = [_("Day") if room.grain == Grain.DAY else _("Month"), *(name for _kind, name, _value in lines)]
    heads += [name for name, _value in beside]
    rows = [
        [named(point.day), *(number(column[at]) for column in (*columns, *more))]
        for at, point in enumerate(points)
    ]
    drawable = len(points) > 0 and most > 0
    return Chart(
        key=key, title=title, text=text, table=Table(heads, rows, by_time=True), paths=paths if drawable else [],
        legend=[(kind, name) for kind, name, _value in lines] if len(lines) > 1 else [], top=formats.count(top),
        middle=formats.count(top // 2) if top % 2 == 0 else "",
        first=shape(points[0].day) if points else "", last=shape(points[-1].day) if points else "",
    )  # fmt: skip


def of_every_trade(room: Room) -> str:
    """Words for a chart that the choice of a category or a department does not narrow."""
    narrowed = room.look.category or room.look.department
    return " " + _("Counted for all trades together.") if narrowed else ""


def month(day: Any) -> str:
    return f"{day:%Y-%m}"


def minus(a: str, b: str) -> Callable[[dict], int | None]:
    def value(values: dict) -> int | None:
        return None if values.get(a) is None or values.get(b) is None else max(0, values[a] - values[b])

    return value


def get(name: str) -> Callable[[dict], int | None]:
    return lambda values: values.get(name)


def breakdown(room: Room, key: str, title: str, lines: list[Line], into: str) -> Chart:
    most = max((line.places for line in lines), default=0)
    bars = [
        Bar(
            label=line.name,
            said=_("%(open)s open of %(places)s")
            % {"open": number(line.open), "places": number(line.places)},
            segments=segments([("is-booked", min(line.booked, line.places)), ("is-open", line.open)], most),
            url=address(room.look, **{into: line.code}),
        )
        for line in lines
    ]
    rows = [[line.name, number(line.places), number(line.booked), number(line.open)] for line in lines]
    text = (
        _("%(name)s has most places: %(places)s.")
        % {"name": lines[0].name, "places": number(lines[0].places)}
        if lines
        else ""
    )
    return Chart(
        key=key, title=title, text=text, bars=bars,
        table=Table([title, _("Places in all"), _("Booked"), _("Open")], rows),
        legend=[("is-booked", _("booked")), ("is-open", _("open"))],
    )  # fmt: skip

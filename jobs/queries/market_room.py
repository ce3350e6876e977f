"""The market room: what the facts say of a span of time, for an admin, and for everybody with small numbers hidden.

Pages read rows of facts only, never the tables of work: ten years cost a hundred and twenty months.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Func, Max, QuerySet, Sum

from hubs.models import Figure, Hub, RoleType
from jobs.models import HubFact, MarketFact
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries.market import FIGURE_OF

LEAST_SHOWN = 5
"""Counts of people below this are hidden from the public: from "one focus puller declined" one could infer who."""

SPANS = {"30": 30, "60": 60, "365": 365, "all": 0}
BY_DAY_AT_MOST = 92
GAPS_SHOWN = 12


@dataclass(frozen=True)
class Look:
    """What is asked for: `span` of SPANS, and a hub's slug, a category or a department's code; empty = all."""

    span: str = "60"
    hub: str = ""
    category: str = ""
    department: str = ""

    def narrow(self, rows: QuerySet) -> QuerySet:
        for value, path in (
            (self.hub, "hub__slug"),
            (self.category, "role_type__category"),
            (self.department, "role_type__department__code"),
        ):
            if value:
                rows = rows.filter(**{path: value})
        return rows


@dataclass(frozen=True)
class Line:
    """One row of a breakdown. `booked` is None where it is too small to be shown."""

    code: str
    name: str
    places: int
    booked: int | None
    figure: Figure | None = None

    @property
    def open(self) -> int | None:
        return None if self.booked is None else self.places - self.booked


@dataclass(frozen=True)
class Gap:
    """Places of one role type free next week in one hub, and people who would take one. None = too few to show."""

    hub: Hub
    role_type: RoleType
    wanted: int
    free: int | None

    @property
    def lacking(self) -> int:
        """How many more would be needed; below 0 where there are more than that, 0 where it is not shown."""
        return 0 if self.free is None else self.wanted - self.free


@dataclass(frozen=True)
class Point:
    """One day or month of a series: columns of the facts, summed; None where hidden."""

    day: date
    values: dict[str, int | None]


@dataclass
class Room:
    """What the page shows. `as_of` is the last day that was counted, None where none was."""

    look: Look
    as_of: date | None
    grain: str
    series: list[Point] = field(default_factory=list)
    hubs: list[Line] = field(default_factory=list)
    departments: list[Line] = field(default_factory=list)
    categories: list[Line] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    totals: dict[str, int | None] = field(default_factory=dict)
    fill_spans: list[int | None] = field(default_factory=list)
    reasons: dict[str, int | None] = field(default_factory=dict)
    hub_series: list[Point] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float | None:
        """`part` of `whole`, 0 to 1; None where there is nothing to divide by, or too little to be shown."""
        above, below = self.totals.get(part), self.totals.get(whole)
        return None if above is None or not below else above / below

    @property
    def hours_to_fill(self) -> float | None:
        """Mean hours from a shoot's publication to a booking."""
        return self.share("fill_hours", "filled")

    @property
    def paid_day_index(self) -> float | None:
        """Paid days of thirty, for one who worked at all in them: paid days / (30 x people)."""
        share = self.share("paid_days_30", "people")
        return None if share is None else share / 30


Hide = Callable[[int], int | None]


def _whole(count: int) -> int | None:
    return count


def _public(count: int) -> int | None:
    return None if 0 < count < LEAST_SHOWN else count


FLOWS = (
    "sent", "accepted", "declined", "expired", "withdrawn", "filled", "fill_hours", "first_timers", "due", "due_filled",
    "paid_days",
)  # fmt: skip
OF_PEOPLE = (
    "booked",
    "accepted",
    "declined",
    "expired",
    "filled",
    "first_timers",
    "due_filled",
    "people",
    "late_wages",
)


def room(look: Look, *, public: bool) -> Room:
    """Return the market room. Nine queries, whatever the span and the size of the market."""
    hide: Hide = _public if public else _whole
    as_of = HubFact.objects.filter(grain=Grain.DAY, hub=None).aggregate(day=Max("day"))["day"]
    if as_of is None:
        return Room(look, None, Grain.DAY)
    facts, since, grain = _facts(look, as_of)
    out = Room(look, as_of, grain)
    stock = look.narrow(MarketFact.objects.filter(grain=Grain.DAY, day=as_of))
    rows = list(stock.values("hub", "role_type", "places", "booked", "wanted", "free_people"))
    types = RoleType.objects.select_related("department").in_bulk({row["role_type"] for row in rows})
    hubs = Hub.objects.in_bulk({row["hub"] for row in rows})
    figures = {
        figure.code: figure for figure in Figure.objects.published().filter(code__in=FIGURE_OF.values())
    }
    _breakdowns(out, rows, types, hubs, figures, hide)
    out.gaps = _gaps(rows, types, hubs, hide)
    out.series = _series(facts, hide, public=public)
    _totals(out, rows, facts, public=public)
    _of_hubs(out, look, since, grain, public=public, hide=hide)
    return out


def _facts(look: Look, as_of: date) -> tuple[QuerySet[MarketFact], date, str]:
    """The rows of the span asked for: days up to three months, months beyond."""
    days = SPANS.get(look.span, SPANS["60"])
    grain = Grain.DAY if 0 < days <= BY_DAY_AT_MOST else Grain.MONTH
    since = as_of - timedelta(days=days - 1) if days else date(2000, 1, 1)
    if grain == Grain.MONTH:
        since = since.replace(day=1)
    return look.narrow(MarketFact.objects.filter(grain=grain, day__gte=since, day__lte=as_of)), since, grain


def _breakdowns(
    out: Room,
    rows: list[dict],
    types: dict[int, RoleType],
    hubs: dict[int, Hub],
    figures: dict[str, Figure],
    hide: Hide,
) -> None:
    by_hub = _summed(rows, lambda row: (hubs[row["hub"]].slug, hubs[row["hub"]].name))
    by_department = _summed(
        rows, lambda row: (types[row["role_type"]].department.code, types[row["role_type"]].department.name)
    )
    by_category = _summed(rows, lambda row: (types[row["role_type"]].category,) * 2)
    out.hubs = _lines(by_hub, hide)
    out.departments = _lines(by_department, hide)
    counted = dict(by_category)
    out.categories = [
        Line(
            code=str(code),
            name=str(code.label),
            places=counted.get((str(code),) * 2, (0, 0))[0],
            booked=hide(counted.get((str(code),) * 2, (0, 0))[1]),
            figure=figures.get(figure),
        )
        for code, figure in FIGURE_OF.items()
    ]


def _summed(
    rows: list[dict], key: Callable[[dict], tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, int]]:
    out: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        places, booked = out.get(key(row), (0, 0))
        out[key(row)] = (places + row["places"], booked + row["booked"])
    return out


def _lines(counted: dict[tuple[str, str], tuple[int, int]], hide: Hide) -> list[Line]:
    lines = [
        Line(code, name, places, hide(booked)) for (code, name), (places, booked) in counted.items() if places
    ]
    lines.sort(key=lambda line: (-line.places, line.code))
    hidden = [line for line in lines if line.booked is None]
    shown = [line for line in lines if line.booked is not None]
    if len(hidden) == 1 and shown:
        # One hidden number among shown ones could be had by taking them from the total: hide the next smallest with it.
        least = min(shown, key=lambda line: (line.booked or 0, line.code))
        lines[lines.index(least)] = Line(least.code, least.name, least.places, None)
    return lines


def _gaps(rows: list[dict], types: dict[int, RoleType], hubs: dict[int, Hub], hide: Hide) -> list[Gap]:
    """Where most is lacking first, then where it is tightest; where nobody is sought there is no gap."""
    found = [
        Gap(hubs[row["hub"]], types[row["role_type"]], row["wanted"], hide(row["free_people"]))
        for row in rows
        if row["wanted"]
    ]
    found.sort(
        key=lambda gap: (
            -max(gap.lacking, 0),
            (gap.free or 0) / gap.wanted,
            -gap.wanted,
            gap.hub.slug,
            gap.role_type.code,
        )
    )
    return found[:GAPS_SHOWN]


def _series(facts: QuerySet[MarketFact], hide: Hide, *, public: bool) -> list[Point]:
    names = ("places", "booked", *FLOWS)
    rows: Iterable[Mapping[str, Any]] = (
        facts.values("day").order_by("day").annotate(**{f"n_{name}": Sum(name) for name in names})
    )
    return [
        Point(
            row["day"],
            {name: hide(row[f"n_{name}"]) if name in OF_PEOPLE else row[f"n_{name}"] for name in names},
        )
        for row in rows
    ]


def _totals(out: Room, rows: list[dict], facts: QuerySet[MarketFact], *, public: bool) -> None:
    summed = facts.aggregate(**{f"n_{name}": Sum(name) for name in FLOWS}, **_span_sums())
    totals = {name: summed[f"n_{name}"] or 0 for name in FLOWS}
    totals |= {name: sum(row[name] for row in rows) for name in ("places", "booked", "wanted")}
    hide = _public if public else _whole
    out.totals |= {name: hide(count) if name in OF_PEOPLE else count for name, count in totals.items()}
    out.fill_spans = [hide(summed[f"span_{n}"] or 0) for n in range(len(FILL_HOURS) + 1)]


def _span_sums() -> dict[str, Any]:
    """Sums of the places of an array, which the ORM has no word for."""
    return {
        f"span_{n}": Sum(Func(F("fill_spans"), template=f"(%(expressions)s)[{n + 1}]"))
        for n in range(len(FILL_HOURS) + 1)
    }


def _of_hubs(out: Room, look: Look, since: date, grain: str, *, public: bool, hide: Hide) -> None:
    """What is not a matter of a trade: shoots at work, the paid-day index, why offers were declined, rest, late pay."""
    where = {"hub__slug": look.hub} if look.hub else {"hub": None}
    rows = list(
        HubFact.objects.filter(grain=grain, day__gte=since, day__lte=out.as_of, **where).order_by("day")
    )
    names = ("shoot_days", "people", "paid_days_30", "late_wages", "late_yuan", "rest_breaches")
    reasons: Counter[str] = Counter()
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        if public and hide(row.people) is None:
            values |= {"people": None, "paid_days_30": None}
        values["per_day"] = round(row.shoot_days / max(row.days, 1))
        out.hub_series.append(Point(row.day, values))
        reasons.update(row.reasons)
    last = out.hub_series[-1].values if out.hub_series else {}
    out.totals |= {name: last.get(name) for name in ("people", "paid_days_30", "late_wages", "late_yuan")}
    out.totals["rest_breaches"] = sum(point.values["rest_breaches"] or 0 for point in out.hub_series)
    days = sum(row.days for row in rows)
    out.totals["shoots_a_day"] = round(sum(row.shoot_days for row in rows) / days) if days else None
    out.reasons = {code: hide(count) for code, count in reasons.most_common()}


def hub_rows(as_of: date) -> Iterable[HubFact]:
    """The last day of every hub: breaches of rest and late pay side by side, for admins. One query."""
    rows = HubFact.objects.filter(grain=Grain.DAY, day=as_of, hub__isnull=False)
    return rows.select_related("hub").order_by("-late_yuan", "hub")

"""The market room: what was counted over a span of time, for an admin as it was counted, for everybody rounded.

Pages read sums only, never the tables of work: ten years are a hundred and twenty months of some twenty rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from hubs.models import Department, Figure, Hub, RoleType
from jobs.models import HubFact, MarketFact, MarketSum
from jobs.models.market_room import Grain
from jobs.queries import market_rounding as rounding
from jobs.queries.market import FIGURE_OF
from jobs.queries.market_public import ENOUGH
from jobs.queries.market_sums import BY_HOURS, EXACT, FLOWS, STOCKS, span_sums

SPANS = {"30": 30, "60": 60, "365": 365, "all": 0}
BY_DAY_AT_MOST = 92
SHARES = ("due_filled", "first_timers")
"""Parts of a whole: rounded each for itself, a part may seem more than all of it."""
FOR_ADMINS = ("late_wages", "late_yuan", "rest_breaches")


@dataclass(frozen=True)
class Look:
    """What is asked for: `span` of SPANS, and a hub's slug, a category or a department's code; empty = all."""

    span: str = "60"
    hub: str = ""
    category: str = ""
    department: str = ""

    def narrow(self, rows: QuerySet, to: str = "") -> QuerySet:
        """Rows of what was asked for; `to` is the path to what has a department and a category."""
        for value, path in (
            (self.hub, "hub__slug"),
            (self.category, f"{to}category"),
            (self.department, f"{to}department__code"),
        ):
            if value:
                rows = rows.filter(**{path: value})
        return rows


@dataclass(frozen=True)
class Line:
    """One row of a breakdown."""

    code: str
    name: str
    places: int
    booked: int
    figure: Figure | None = None

    @property
    def open(self) -> int:
        # Rounded each for itself, more may seem booked than there is.
        return max(0, self.places - self.booked)


@dataclass(frozen=True)
class Gap:
    """Places of one role type free next week in one hub, and people who would take one."""

    hub: Hub
    role_type: RoleType
    wanted: int
    free: int

    @property
    def lacking(self) -> int:
        """How many more would be needed; below 0 where there are more than that."""
        return self.wanted - self.free


@dataclass(frozen=True)
class Point:
    """One day or month of a series: columns of the facts, summed; None where nothing may be said."""

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
    reasons: dict[str, int] = field(default_factory=dict)
    hub_series: list[Point] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float | None:
        """`part` of `whole`, 0 to 1; None where there is nothing to divide by, or too little to be shown."""
        above, below = self.totals.get(part), self.totals.get(whole)
        return (
            None
            if above is None or not below
            else (min(above / below, 1.0) if part in SHARES else above / below)
        )

    @property
    def hours_to_fill(self) -> float | None:
        """Mean hours from a shoot's publication to a booking."""
        return self.share("fill_hours", "filled")

    @property
    def paid_day_index(self) -> float | None:
        """Paid days of thirty, for one who worked at all in them: paid days / (30 x people)."""
        share = self.share("paid_days_30", "people")
        return None if share is None else share / 30


@dataclass(frozen=True)
class Count:
    """Places of one hub, department and category, and how many of them are booked."""

    hub: Hub
    department: Department
    category: str
    places: int
    booked: int


def last_counted() -> HubFact | None:
    """The country on the last day that was counted and added up; each count makes it anew, with a key of its own."""
    return HubFact.objects.filter(grain=Grain.DAY, rounded=True, hub=None).order_by("-day").first()


def room(look: Look, as_of: date | None, *, public: bool) -> Room:
    """Return the market room up to the day `as_of`. Eight queries, whatever the span and the size of the market."""
    if as_of is None:
        return Room(look, None, Grain.DAY)
    since, grain = since_of(look, as_of)
    out = Room(look, as_of, grain)
    sums = MarketSum.objects.filter(rounded=public)
    _stands(out, look.narrow(sums.filter(grain=Grain.DAY, day=as_of, hub__isnull=False)))
    out.gaps = _gaps(look, as_of, public=public)
    of_hub = sums if look.hub else sums.filter(hub=None)
    span = look.narrow(of_hub.filter(grain=grain, day__gte=since, day__lte=as_of))
    out.series = _series(span)
    _totals(out)
    if public:
        _mean(out, look, since)
    _of_hubs(out, look, since, public=public)
    return out


def since_of(look: Look, as_of: date) -> tuple[date, str]:
    """The first day of the span asked for, and its grain: days up to three months, months beyond."""
    days = SPANS.get(look.span, SPANS["60"])
    grain = Grain.DAY if 0 < days <= BY_DAY_AT_MOST else Grain.MONTH
    since = as_of - timedelta(days=days - 1) if days else date(2000, 1, 1)
    return (since.replace(day=1) if grain == Grain.MONTH else since), grain


def _stands(out: Room, rows: QuerySet[MarketSum]) -> None:
    """What stands on the last day. Four queries."""
    found = list(rows.values_list("hub", "department", "category", *STOCKS))
    hubs, departments = Hub.objects.in_bulk({row[0] for row in found}), Department.objects.in_bulk()
    counts = [Count(hubs[row[0]], departments[row[1]], *row[2:]) for row in found]
    breakdowns(out, counts)
    out.totals["places"] = sum(each.places for each in counts)
    out.totals["booked"] = sum(each.booked for each in counts)


def breakdowns(out: Room, counts: list[Count]) -> None:
    """Write what stands by hub, department and category, the latter beside the published figures. One query."""
    out.hubs = _lines(counts, lambda each: (each.hub.slug, each.hub.name))
    out.departments = _lines(counts, lambda each: (each.department.code, each.department.name))
    published = Figure.objects.published().filter(code__in=FIGURE_OF.values())
    figures = {figure.code: figure for figure in published}
    found = {line.code: line for line in _lines(counts, lambda each: (each.category, each.category))}
    out.categories = [
        Line(
            code=str(code),
            name=str(code.label),
            places=found[code].places if code in found else 0,
            booked=found[code].booked if code in found else 0,
            figure=figures.get(figure),
        )
        for code, figure in FIGURE_OF.items()
    ]


def _lines(counts: list[Count], key: Callable[[Count], tuple[str, str]]) -> list[Line]:
    summed: dict[tuple[str, str], tuple[int, int]] = {}
    for each in counts:
        places, booked = summed.get(key(each), (0, 0))
        summed[key(each)] = (places + each.places, booked + each.booked)
    lines = [Line(code, name, places, booked) for (code, name), (places, booked) in summed.items() if places]
    return sorted(lines, key=lambda line: (-line.places, line.code))


def _gaps(look: Look, as_of: date, *, public: bool) -> list[Gap]:
    """Next week by hub and role type, where most is lacking first, then where it is tightest. One query."""
    facts = look.narrow(MarketFact.objects.filter(day=as_of, wanted__gt=0), "role_type__")
    rows = list(facts.select_related("hub", "role_type"))
    numbers = [(row.wanted, row.free_people) for row in rows]
    if public:
        numbers = rounding.pairs(numbers, [("gap", row.hub_id, row.role_type_id) for row in rows])
    found = [
        Gap(row.hub, row.role_type, wanted, free)
        for row, (wanted, free) in zip(rows, numbers, strict=True)
        if wanted
    ]
    return sorted(found, key=_tightness)


def _tightness(gap: Gap) -> tuple:
    return (
        -max(gap.lacking, 0),
        gap.free / gap.wanted,
        -gap.wanted,
        gap.hub.slug,
        gap.role_type.code,
    )


def _series(rows: QuerySet[MarketSum]) -> list[Point]:
    names = (*STOCKS, *FLOWS, *EXACT, *BY_HOURS)
    sums = {f"n_{name}": Sum(name) for name in (*STOCKS, *FLOWS, *EXACT)}
    found = rows.order_by("day").values_list("day").annotate(**sums, **span_sums())
    return [Point(row[0], dict(zip(names, row[1:], strict=True))) for row in found]


def _totals(out: Room) -> None:
    for name in (*FLOWS, *EXACT, *BY_HOURS):
        out.totals[name] = sum(point.values[name] or 0 for point in out.series)
    out.fill_spans = [out.totals.pop(name) for name in BY_HOURS]


def _mean(out: Room, look: Look, since: date) -> None:
    """The mean of what was counted, where it is one of enough: no rounded row carries hours. One query."""
    rows = MarketSum.objects.filter(grain=out.grain, rounded=False, day__gte=since, day__lte=out.as_of)
    counted = look.narrow(rows if look.hub else rows.filter(hub=None)).aggregate(
        n=Sum("filled"), hours=Sum("fill_hours")
    )
    shown = out.totals["filled"] or 0
    mean = round(counted["hours"] / counted["n"]) if counted["n"] else 0
    out.totals["fill_hours"] = mean * shown if shown >= ENOUGH and counted["n"] else None


def _of_hubs(out: Room, look: Look, since: date, *, public: bool) -> None:
    """What is not a matter of a trade: shoots at work, the paid-day index, why offers were declined, rest, late pay."""
    where = {"hub__slug": look.hub} if look.hub else {"hub": None}
    facts = HubFact.objects.filter(
        grain=out.grain, rounded=public, day__gte=since, day__lte=out.as_of, **where
    )
    rows = list(facts.order_by("day"))
    names = ["shoot_days", "people", "paid_days_30", *([] if public else FOR_ADMINS)]
    reasons: Counter[str] = Counter()
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        values["per_day"] = round(row.shoot_days / max(row.days, 1))
        if public and row.people < ENOUGH:
            values["paid_days_30"] = None
        out.hub_series.append(Point(row.day, values))
        reasons.update(row.reasons)
    last = out.hub_series[-1].values if out.hub_series else {}
    out.totals |= {name: last.get(name) for name in names if name not in ("shoot_days", "rest_breaches")}
    if not public:
        out.totals["rest_breaches"] = sum(row.rest_breaches for row in rows)
    days = sum(row.days for row in rows)
    out.totals["shoots_a_day"] = round(sum(row.shoot_days for row in rows) / days) if days else None
    out.reasons = dict(reasons.most_common())


def hub_rows(as_of: date) -> Iterable[HubFact]:
    """The last day of every hub: breaches of rest and late pay side by side, for admins. One query."""
    rows = HubFact.objects.filter(grain=Grain.DAY, rounded=False, day=as_of, hub__isnull=False)
    return rows.select_related("hub").order_by("-late_yuan", "hub")

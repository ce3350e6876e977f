"""The market room: what the facts say of a span of time, for an admin; `market_public` says it to everybody.

Pages read rows of facts only, never the tables of work: ten years cost a hundred and twenty months.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Func, IntegerField, Max, QuerySet, Sum
from django.db.models.functions import Coalesce

from hubs.models import Department, Figure, Hub, RoleType
from jobs.models import HubFact, MarketFact
from jobs.models.market_room import FILL_HOURS, Grain
from jobs.queries.market import FIGURE_OF

SPANS = {"30": 30, "60": 60, "365": 365, "all": 0}
BY_DAY_AT_MOST = 92
GAPS_SHOWN = 12
SHARES = ("due_filled", "first_timers")
"""Parts of a whole: rounded each for itself, a part may seem more than all of it."""


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


FLOWS = (
    "sent", "accepted", "declined", "expired", "withdrawn", "filled", "fill_hours", "first_timers", "due", "due_filled",
    "paid_days",
)  # fmt: skip


@dataclass(frozen=True)
class Count:
    """Places of one hub, department and category, and how many of them are booked."""

    hub: Hub
    department: Department
    category: str
    places: int
    booked: int


def room(look: Look) -> Room:
    """Return the market room as an admin reads it. Nine queries, whatever the span and the size of the market."""
    as_of = HubFact.objects.filter(grain=Grain.DAY, hub=None).aggregate(day=Max("day"))["day"]
    if as_of is None:
        return Room(look, None, Grain.DAY)
    since, grain = since_of(look, as_of)
    facts = look.narrow(MarketFact.objects.filter(grain=grain, day__gte=since, day__lte=as_of))
    out = Room(look, as_of, grain)
    stock = look.narrow(MarketFact.objects.filter(grain=Grain.DAY, day=as_of))
    rows = list(stock.values("hub", "role_type", "places", "booked", "wanted", "free_people"))
    types = RoleType.objects.select_related("department").in_bulk({row["role_type"] for row in rows})
    hubs = Hub.objects.in_bulk({row["hub"] for row in rows})
    breakdowns(out, [_count(row, hubs, types) for row in rows])
    out.gaps = in_order(
        Gap(hubs[row["hub"]], types[row["role_type"]], row["wanted"], row["free_people"]) for row in rows
    )
    out.series = _series(facts)
    _totals(out, rows, facts)
    _of_hubs(out, look, since, grain)
    return out


def since_of(look: Look, as_of: date) -> tuple[date, str]:
    """The first day of the span asked for, and its grain: days up to three months, months beyond."""
    days = SPANS.get(look.span, SPANS["60"])
    grain = Grain.DAY if 0 < days <= BY_DAY_AT_MOST else Grain.MONTH
    since = as_of - timedelta(days=days - 1) if days else date(2000, 1, 1)
    return (since.replace(day=1) if grain == Grain.MONTH else since), grain


def _count(row: dict, hubs: dict[int, Hub], types: dict[int, RoleType]) -> Count:
    kind = types[row["role_type"]]
    return Count(hubs[row["hub"]], kind.department, kind.category, row["places"], row["booked"])


def breakdowns(out: Room, counts: Iterable[Count]) -> None:
    """Write what stands by hub, department and category, the latter beside the published figures. One query."""
    counts = list(counts)
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


def in_order(gaps: Iterable[Gap]) -> list[Gap]:
    """Where most is lacking first, then where it is tightest; where nobody is sought there is no gap."""
    found = [gap for gap in gaps if gap.wanted]
    found.sort(
        key=lambda gap: (
            -max(gap.lacking, 0),
            gap.free / gap.wanted,
            -gap.wanted,
            gap.hub.slug,
            gap.role_type.code,
        )
    )
    return found[:GAPS_SHOWN]


def _series(facts: QuerySet[MarketFact]) -> list[Point]:
    names = ("places", "booked", *FLOWS)
    rows: Iterable[Mapping[str, Any]] = (
        facts.values("day").order_by("day").annotate(**{f"n_{name}": Sum(name) for name in names})
    )
    return [Point(row["day"], {name: row[f"n_{name}"] for name in names}) for row in rows]


def _totals(out: Room, rows: list[dict], facts: QuerySet[MarketFact]) -> None:
    summed = facts.aggregate(**{f"n_{name}": Sum(name) for name in FLOWS}, **span_sums())
    out.totals |= {name: summed[f"n_{name}"] or 0 for name in FLOWS}
    out.totals |= {name: sum(row[name] for row in rows) for name in ("places", "booked")}
    out.fill_spans = [summed[f"span_{n}"] or 0 for n in range(len(FILL_HOURS) + 1)]


def span_sums() -> dict[str, Any]:
    """Sums of the places of an array, which the ORM has no word for; 0 where a row has none yet."""
    return {
        f"span_{n}": Coalesce(
            Sum(Func(F("fill_spans"), template=f"(%(expressions)s)[{n + 1}]", output_field=IntegerField())), 0
        )
        for n in range(len(FILL_HOURS) + 1)
    }


def _of_hubs(out: Room, look: Look, since: date, grain: str) -> None:
    """What is not a matter of a trade: shoots at work, the paid-day index, why offers were declined, rest, late pay."""
    where = {"hub__slug": look.hub} if look.hub else {"hub": None}
    rows = list(
        HubFact.objects.filter(grain=grain, day__gte=since, day__lte=out.as_of, **where).order_by("day")
    )
    names = ("shoot_days", "people", "paid_days_30", "late_wages", "late_yuan", "rest_breaches")
    reasons: Counter[str] = Counter()
    for row in rows:
        values = {name: getattr(row, name) for name in names}
        values["per_day"] = round(row.shoot_days / max(row.days, 1))
        out.hub_series.append(Point(row.day, values))
        reasons.update(row.reasons)
    last = out.hub_series[-1].values if out.hub_series else {}
    out.totals |= {name: last.get(name) for name in ("people", "paid_days_30", "late_wages", "late_yuan")}
    out.totals["rest_breaches"] = sum(point.values["rest_breaches"] or 0 for point in out.hub_series)
    days = sum(row.days for row in rows)
    out.totals["shoots_a_day"] = round(sum(row.shoot_days for row in rows) / days) if days else None
    out.reasons = dict(reasons.most_common())


def hub_rows(as_of: date) -> Iterable[HubFact]:
    """The last day of every hub: breaches of rest and late pay side by side, for admins. One query."""
    rows = HubFact.objects.filter(grain=Grain.DAY, day=as_of, hub__isnull=False)
    return rows.select_related("hub").order_by("-late_yuan", "hub")

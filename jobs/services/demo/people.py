"""The graduates of the demo market, as roster rows."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hubs.models import RoleType
from jobs.models import TemplateLine
from profiles.services.roster import RosterRow

from . import words

HUB_SHARES = {"zhengzhou": 50, "xian": 25, "hengdian": 17, "zhongtong": 8}
WINDOW_DAYS = 75
SCARCE, SCARCE_IN = "focus-puller", "xian"
"""A trade that nobody in a hub wants most, so that the demo has a shortage to show; see `shortage`."""

REMOTE = (
    ("script-translator", "en"),
    ("dubbing-artist", "es"),
    ("subtitler", "en"),
    ("prompt-engineer", "en"),
    ("ai-image-artist", "en"),
)
"""Trades that are done from anywhere, and the language that goes with them; one in sixteen would do one of them too."""

SPARE_PEOPLE_A_TYPE = 12  # so that even a role with one place a crew has a choice


def rows(rng: Random, count: int, today: date) -> list[RosterRow]:
    """Return `count` roster rows whose trades are spread as crews need them."""
    types = list(RoleType.objects.select_related("department").prefetch_related("typical_skills"))
    demand = {line.role_type_id: line.headcount for line in TemplateLine.objects.filter(template__code="75")}
    crew_types = [one for one in types if one.department.field == "crew"]
    cast_types = [one for one in types if one.department.field == "cast"]
    weights = [demand.get(one.pk, 0) + 1.2 for one in crew_types]
    people = []
    for number in range(count):
        if number < SPARE_PEOPLE_A_TYPE * len(crew_types):
            first = crew_types[number % len(crew_types)]
        elif rng.random() < 0.16 and cast_types:
            first = rng.choice(cast_types)
        else:
            first = rng.choices(crew_types, weights)[0]
        row = _scarce(_row(rng, number, first, crew_types, today))
        people.append(_remote(row, number // 16) if number % 16 == 5 else row)
    return people


def _remote(row: RosterRow, turn: int) -> RosterRow:
    code, language = REMOTE[turn % len(REMOTE)]
    wanted = [*list(row.wanted_roles)[:3], code]
    return replace(row, wanted_roles=wanted, languages=[*row.languages, language], day_rate_floor=180)


def _scarce(row: RosterRow) -> RosterRow:
    first, *others = row.wanted_roles
    if first != SCARCE or not others or SCARCE_IN not in (row.home_hub, *row.willing_hubs):
        return row
    return replace(row, wanted_roles=[*others, first])


def _row(rng: Random, number: int, first: RoleType, crew_types: list[RoleType], today: date) -> RosterRow:
    sex = rng.choice(["female", "male"])
    near = [one for one in crew_types if one.department_id == first.department_id and one != first]
    entry = [one for one in crew_types if one.entry_level and one != first]
    also = rng.sample(near, min(len(near), rng.randint(1, 3))) + rng.sample(entry, min(len(entry), 2))
    wanted = list(dict.fromkeys([first, *also]))
    home = rng.choices(list(HUB_SHARES), list(HUB_SHARES.values()))[0]
    school, degree = rng.choice(words.SCHOOLS)
    age = rng.choices([22, 23, 24, 25, 26, 28, 31, 36, 45], [20, 22, 18, 12, 10, 8, 5, 3, 2])[0]
    acting = first.department.field == "cast"
    plays = max(16, age - rng.randint(2, 5))
    return RosterRow(
        name=words.person_name(rng, sex),
        email=f"graduate{number:05d}@demo.jinzu.example",
        birth_date=today - timedelta(days=age * 365 + rng.randrange(365)),
        headline=rng.choice(words.LINES),
        home_hub=home,
        willing_hubs=sorted(rng.sample(list(HUB_SHARES), rng.randint(1, 3))),
        day_rate_floor=_floor(rng, wanted),
        wanted_roles=[one.code for one in wanted],
        skills=_skills(rng, wanted),
        languages=["zh"],
        days=_days(rng, today),
        acting=acting,
        sex=sex if acting else "",
        playable_ages=(plays, plays + rng.randint(6, 14)) if acting else None,
        height_cm=rng.randint(155, 186) if acting else None,
        reliability=rng.randint(110, 200),
        waiting_since=today - timedelta(days=rng.randint(1, 400)),
        school=school,
        degree=degree,
        major=rng.choice(words.MAJORS),
        graduated=today.year - max(0, age - 22),
    )


def _floor(rng: Random, wanted: list[RoleType]) -> int:
    """Most ask for less than the cheapest trade they want usually pays; one in eight holds out for more."""
    lowest = min((one.rate_low for one in wanted if one.rate_low), default=200)
    return round(lowest * (1.15 if rng.random() < 0.125 else rng.uniform(0.6, 0.98)) / 10) * 10


def _skills(rng: Random, wanted: list[RoleType]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for rank, role_type in enumerate(wanted):
        for skill in role_type.typical_skills.all():
            if rng.random() < (0.85 if rank == 0 else 0.45):
                found[skill.code] = max(found.get(skill.code, 0), rng.choices([1, 2, 3], [3, 5, 2])[0])
    return sorted(found.items())


def _days(rng: Random, today: date) -> list[tuple[date, date, str]]:
    """Free spans over the window, with one to three stretches taken out."""
    start, end = today + timedelta(days=1), today + timedelta(days=WINDOW_DAYS)
    part = rng.choices(["both", "day"], [7, 3])[0]
    busy = sorted(rng.sample(range(WINDOW_DAYS - 8), rng.randint(0, 2)))
    spans, cursor = [], start
    for offset in busy:
        stop = start + timedelta(days=offset)
        if stop > cursor:
            spans.append((cursor, stop, part))
        cursor = max(cursor, stop + timedelta(days=rng.randint(3, 8)))
    if cursor < end:
        spans.append((cursor, end, part))
    return spans

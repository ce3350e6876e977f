"""Small matching problems: one pair that fits, to be bent by a test, and random ones for brute force."""

import datetime as dt
import random

from jobs.matching import BookedSpan, FreeSpan, PersonRow, RoleRow, build_problem

FIRST = dt.date(2026, 12, 1)
DAYS = 14


def day(index):
    """The date of day `index` of the window."""
    return FIRST + dt.timedelta(days=index)


def person(id=1, **changes):
    """A gaffer of thirty from Zhengzhou, free all the time, who fits `role()`."""
    given = {
        "wants": {"gaffer"},
        "primary": "gaffer",
        "skills": {"lighting": 2},
        "rate_floor": 400,
        "home_hub": "zhengzhou",
        "willing_hubs": {"zhengzhou"},
        "languages": {"mandarin"},
        "born": dt.date(1996, 5, 5),
        "sex": 1,
        "playable_ages": (20, 30),
        "height_cm": 165,
        "free": [FreeSpan(day(0), day(DAYS - 1))],
        "credits": 4,
        "reliability": 150,
    }
    return PersonRow(id=id, **(given | changes))


def role(id=1, **changes):
    """Five days of gaffer's work in Zhengzhou, days 2 to 6."""
    given = {
        "role_type": "gaffer",
        "hub": "zhengzhou",
        "first": day(2),
        "last": day(6),
        "company": "north",
        "part": 1,
        "day_rate": 600,
        "must_skills": {"lighting": 2},
        "languages_all": {"mandarin"},
    }
    return RoleRow(id=id, **(given | changes))


def problem(people, roles, **changes):
    """A problem of these rows; Xi'an is a travel day from Zhengzhou."""
    given = {"travel_days": {("zhengzhou", "xian"): 1}}
    return build_problem(window_start=FIRST, days=DAYS, people=people, roles=roles, **(given | changes))


def random_problem(seed, people=4, roles=4, pins=0):
    """Few people and roles with many clashes between them."""
    draw = random.Random(seed)
    types, hubs = ["gaffer", "grip"], ["zhengzhou", "xian"]
    rows = [
        person(
            id=100 + i,
            wants=set(draw.sample(types, draw.randint(1, 2))),
            willing_hubs=set(draw.sample(hubs, draw.randint(1, 2))),
            home_hub=draw.choice(hubs),
            skills={"lighting": draw.randint(1, 3)},
            credits=draw.choice([0, 0, 1, 5, 20]),
            reliability=draw.randint(0, 200),
            rate_floor=draw.choice([300, 500, 700]),
            free=[FreeSpan(day(draw.randint(0, 3)), day(draw.randint(8, DAYS - 1)))],
            booked=[BookedSpan(day(12), day(13), "xian")] if draw.random() < 0.2 else [],
            look=draw.choice([None, None, "beard", "shaved"]),
            look_until=day(draw.randint(0, 9)),
            starred_types=set(draw.sample(types, draw.randint(0, 1))),
        )
        for i in range(people)
    ]
    openings = []
    for i in range(roles):
        first = draw.randint(0, 9)
        openings.append(
            role(
                id=500 + i,
                role_type=draw.choice(types),
                hub=draw.choice(hubs),
                first=day(first),
                last=day(first + draw.randint(0, 4)),
                part=draw.choice([1, 1, 2, 3]),
                headcount=draw.randint(1, 2),
                must_skills={"lighting": draw.randint(1, 2)},
                entry_level=draw.random() < 0.5,
                company=draw.choice(["north", "south"]),
                category=draw.choice([0, 0, 1]),
                look=draw.choice([None, "beard", "shaved"]),
            )
        )
    liked = [(p.id, "north") for p in rows if draw.random() < 0.3]
    marks = [
        (p.id, crew, draw.randint(1, 6)) for p in rows for crew in ("north", "south") if draw.random() < 0.3
    ]
    known = {"stars": liked, "marks": marks}
    made = problem(rows, openings, **known)
    if not pins:
        return made
    return problem(rows, openings, pins=_pins(draw, rows, openings, pins), **known)


def _pins(draw, rows, openings, most):
    pairs = [(p.id, r.id) for p in rows for r in openings]
    draw.shuffle(pairs)
    kept = []
    for pair in pairs:
        if len(kept) < most and pair[0] not in {w for w, _ in kept} and pair[1] not in {o for _, o in kept}:
            kept.append(pair)
    return kept

"""Random markets in which every rule has something to say, for tests that compare two ways of counting."""

import datetime as dt
import random

from jobs.matching import BookedSpan, FreeSpan, build_problem
from tests.instances.small import DAYS, FIRST, day, person, role

TYPES, HUBS, SKILLS = (
    ["gaffer", "grip", "lead"],
    ["zhengzhou", "xian", "hengdian"],
    ["lighting", "rigging", "voice"],
)
SPOKEN, CREWS, LOOKS = (
    ["mandarin", "henan", "yue"],
    ["north", "south", "east"],
    [None, None, "beard", "shaved"],
)


def wild_problem(seed, people=12, roles=6, pins=0):
    """A problem of these sizes: one pair in twelve may be, and of the others each rule alone keeps some apart."""
    draw = random.Random(seed)
    persons = [_person(draw, i) for i in range(people)]
    openings = [_role(draw, i) for i in range(roles)]
    ids = [p.id for p in persons]
    liked = [(w, crew) for w in ids for crew in CREWS if draw.random() < 0.2]
    marks = [(w, crew, draw.randint(1, 6)) for w in ids for crew in CREWS if draw.random() < 0.2]
    blocks = [(w, crew) for w in ids for crew in CREWS if draw.random() < 0.1]
    kept: list[tuple[int, int]] = []
    for pinned in draw.sample([(w, r.id) for w in ids for r in openings], min(pins * 4, people * roles)):
        if (
            len(kept) < pins
            and pinned[0] not in {w for w, _ in kept}
            and pinned[1] not in {o for _, o in kept}
        ):
            kept.append(pinned)
    return build_problem(
        window_start=FIRST,
        days=DAYS,
        people=persons,
        roles=openings,
        travel_days={("zhengzhou", "xian"): 1, ("zhengzhou", "hengdian"): 2, ("xian", "hengdian"): 2},
        pins=kept,
        blocks=blocks,
        marks=marks,
        stars=liked,
    )


def _some(draw, codes, least=0):
    return set(draw.sample(codes, draw.randint(least, len(codes))))


def _pair(draw, low, high, width):
    first = draw.randint(low, high)
    return first, first + draw.randint(0, width)


def _person(draw, i):
    low, high = _pair(draw, 0, 2, 3)
    return person(
        id=100 + 7 * i % 1000,
        wants=_some(draw, TYPES, 2),
        primary=draw.choice([None, *TYPES]),
        skills={s: draw.randint(1, 3) for s in _some(draw, SKILLS, 2)},
        rate_floor=draw.choice([0, 300, 300, 300, 450, 700]),
        home_hub=draw.choice([None, *HUBS]),
        willing_hubs=_some(draw, HUBS, 2),
        languages=_some(draw, SPOKEN, draw.choice([1, 2])),
        born=draw.choice([None, *[dt.date(2009, 6, 1)] * 4, dt.date(2011, 1, 1), *[dt.date(1990, 1, 1)] * 6]),
        guardian_consent=draw.random() < 0.7,
        sex=draw.randint(0, 2),
        playable_ages=draw.choice([None, *[_pair(draw, 16, 25, 25)] * 4]),
        height_cm=draw.choice([0, 160, 175, 175, 175, 185]),
        appearance_until=draw.choice([None, None, day(draw.randint(0, 8))]),
        free=[FreeSpan(day(low), day(high + 8), draw.choice([1, 3, 3, 3]))],
        booked=[
            BookedSpan(day(b), day(b + 1), draw.choice(["zhengzhou", *HUBS]), draw.randint(1, 3))
            for b in draw.sample(range(-3, 18), draw.choice([0, 1, 1]))
        ],
        credits=draw.choice([0, 0, 1, 5, 20]),
        reliability=draw.choice([0, 100, 100, 200]),
        last_company=draw.choice([None, *CREWS]),
        last_hub=draw.choice([None, *HUBS]),
        last_end=draw.choice([None, day(-draw.randint(1, 40))]),
        waiting_days=draw.randint(0, 200),
        look=draw.choice(LOOKS),
        look_until=draw.choice([None, *[day(draw.randint(0, 12))] * 3]),
        starred_types=set(draw.sample(TYPES, draw.randint(0, 1))),
    )


def _role(draw, i):
    first, last = _pair(draw, 0, 8, 3)
    return role(
        id=500 + 3 * i,
        shoot=i // 3,
        role_type=draw.choice(TYPES),
        hub=draw.choice(["zhengzhou", *HUBS]),
        first=day(first),
        last=day(last),
        part=draw.choice([1, 1, 2, 3]),
        headcount=draw.randint(1, 3),
        day_rate=draw.choice([400, 500, 600, 900]),
        must_skills={s: draw.randint(1, 2) for s in draw.sample(SKILLS, draw.choice([0, 0, 0, 1, 2]))},
        nice_skills=set(draw.sample(SKILLS, draw.randint(0, 1))),
        languages_all=set(draw.sample(SPOKEN, draw.choice([0, 0, 0, 1]))),
        languages_any=set(draw.sample(SPOKEN, draw.choice([0, 0, 0, 1, 2]))),
        ages=draw.choice([None, None, _pair(draw, 16, 40, 20)]),
        sex=draw.choice([0, 0, 0, 1, 2]),
        heights=draw.choice([None, None, (165, 0), (0, 180), (150, 180)]),
        category=draw.randint(0, 2),
        entry_level=draw.random() < 0.5,
        hazard=draw.random() < 0.3,
        company=draw.choice(CREWS),
        look=draw.choice(LOOKS),
        urgency=draw.randint(0, 3),
    )

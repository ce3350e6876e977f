"""What happens at the places of the demo market: example sets, booked and waited for, and job fairs to come.

The sets and fairs made here are examples and say so; the published ones come from the data files.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F
from psycopg.types.range import DateRange

from hubs.models import Base, Hub, JobFair, Service, Set
from hubs.timespan import DaySpan, shoot_day_of
from jobs.enums import Right, SetPart, ShootState
from jobs.models import Shoot
from jobs.services import fairs, set_bookings
from jobs.services.set_bookings import Wish
from profiles.models import User

from . import base_pages

NOTE_ZH, NOTE_EN = "演示市场的示例", "Example of the demo market"
BUSY_SHOOTS = 30
"""Shoots that book their base; more of them would only make the start slower."""

SETS = [
    ("ceo-office", Set.Kind.OFFICE, "总裁办公室", "CEO's office"),
    ("open-office", Set.Kind.OFFICE, "开放式办公区", "Open-plan office"),
    ("villa", Set.Kind.HOME, "别墅客厅", "Villa living room"),
    ("old-flat", Set.Kind.HOME, "老小区两居室", "Old two-room flat"),
    ("ward", Set.Kind.MEDICAL, "抢救室与走廊", "Emergency room and corridor"),
    ("classroom", Set.Kind.SCHOOL, "高中教室", "Secondary-school classroom"),
    ("court", Set.Kind.COURT, "法庭", "Court room"),
    ("night-street", Set.Kind.STREET, "夜市街口", "Night-market corner"),
    ("tea-shop", Set.Kind.SHOP, "奶茶店", "Milk-tea shop"),
    ("bridal-chamber", Set.Kind.PERIOD, "古装洞房", "Bridal chamber, costume"),
    ("yard", Set.Kind.VILLAGE, "农家院", "Farmyard"),
]
FAIRS = [
    ("zhengzhou", 12, 1, "郑州微短剧双选会", "Zhengzhou micro-drama crew fair", 300),
    ("xian", 19, 2, "西安剧组见面日", "Xi'an meet-the-crews days", 200),
    ("hengdian", 33, 1, "横店新人试镜日", "Hengdian newcomers' casting day", 80),
]


def write(mei: User, bo: User, *, today: date, now: datetime) -> None:
    """Fill the bases and announce the fairs; the same `now` writes the same."""
    rng = Random(61)
    for base in Base.objects.order_by("pk"):
        _sets(rng, base)
    base_pages.write()
    _businesses()
    _bookings(rng, mei, now)
    _fairs(bo, today, now)


def _sets(rng: Random, base: Base) -> None:
    chosen = rng.sample(SETS, 6 if base.slug == "dazhi" else 5)
    Set.objects.bulk_create(
        [
            Set(
                base=base, slug=f"example-{slug}", kind=kind, name_zh=zh, name_en=en, intro_zh=NOTE_ZH,
                intro_en=NOTE_EN, makeup_room_adjacent=rng.random() < 0.7, edited_by_hand=True,
            )
            for slug, kind, zh, en in SETS
            if (slug, kind, zh, en) in chosen
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _businesses() -> None:
    kinds = (
        (Service.Kind.RESTAURANT, "老街小馆（示例）", "Old-street kitchen (example)"),
        (Service.Kind.HOTEL, "车站商务酒店（示例）", "Business hotel by the station (example)"),
    )
    Service.objects.bulk_create(
        [
            Service(
                code=f"example-{hub.slug}-{kind}", hub=hub, kind=kind, name_zh=zh, name_en=en, intro_zh=NOTE_ZH,
                intro_en=NOTE_EN, source_zh=NOTE_ZH, source_en=NOTE_EN, edited_by_hand=True,
            )
            for hub in Hub.objects.exclude(slug="zhongtong").order_by("pk")
            for kind, zh, en in kinds
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _bookings(rng: Random, mei: User, now: datetime) -> None:
    """Most shoots have their base and a set a day; Mei has two days of sets and waits for a third."""
    # A shoot that has begun books nothing for the days gone by.
    coming = Shoot.objects.filter(days__startswith__gt=shoot_day_of(now))
    live = coming.filter(state=ShootState.OPEN, crew__state="verified").select_related("crew", "base")
    by_base: dict[int, list[Set]] = {}
    for place in Set.objects.order_by("pk"):
        by_base.setdefault(place.base_id, []).append(place)
    busiest = F("base__daily_crew_capacity").desc(nulls_last=True)
    others = live.exclude(crew__memberships__user=mei).order_by(busiest, "pk")
    for shoot in others[:BUSY_SHOOTS]:
        by = shoot.crew.memberships.get(right=Right.OWNER).user
        set_bookings.ask(shoot, _wishes(rng, shoot, by_base.get(shoot.base_id, [])), by=by, now=now)
    for shoot in live.filter(crew__memberships__user=mei).order_by("pk"):
        set_bookings.ask(shoot, _mei_wishes(shoot, by_base.get(shoot.base_id, [])), by=mei, now=now)


def _wishes(rng: Random, shoot: Shoot, sets: list[Set]) -> list[Wish]:
    wishes = []
    for day in DaySpan(shoot.days.lower, shoot.days.upper):
        if sets and rng.random() < 0.75:
            part = rng.choice([SetPart.DAY, SetPart.DAY, SetPart.NIGHT, SetPart.BOTH])
            wishes.append(Wish(day, part, rng.choice(sets)))
        else:
            wishes.append(Wish(day))
    return wishes


def _mei_wishes(shoot: Shoot, sets: list[Set]) -> list[Wish]:
    first = shoot.days.lower
    return [
        Wish(first + timedelta(days=number), part, place)
        for number, part in ((0, SetPart.DAY), (1, SetPart.BOTH), (2, SetPart.NIGHT))
        for place in sets[number : number + 2]
    ]


def _fairs(bo: User, today: date, now: datetime) -> None:
    simulated = list(User.objects.filter(kind=User.Kind.GRADUATE).exclude(pk=bo.pk).order_by("pk")[:80])
    for number, (slug, ahead, length, zh, en, capacity) in enumerate(FAIRS):
        first = today + timedelta(days=ahead)
        fair, _made = JobFair.objects.get_or_create(
            slug=f"example-{slug}",
            defaults={
                "hub": Hub.objects.get(slug=slug),
                "name_zh": f"{zh}（示例）",
                "name_en": f"{en} (example)",
                "intro_zh": "剧组带着近期开机的岗位来，新人带着作品来，当面聊。不收任何费用。",
                "intro_en": "Crews bring the roles of their next shoots, newcomers their work. It costs nothing.",
                "days": DateRange(first, first + timedelta(days=length)),
                "opens": time(9, 30),
                "closes": time(17, 0),
                "capacity": capacity,
                "source_zh": NOTE_ZH,
                "source_en": NOTE_EN,
                "edited_by_hand": True,
            },
        )
        for user in simulated[: 80 if capacity == 80 else 25 + number * 9]:
            fairs.sign_up(fair, by=user, now=now)
        if number == 0:
            fairs.sign_up(fair, by=bo, now=now)

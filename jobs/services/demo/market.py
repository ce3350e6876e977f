"""The demo market, seeded: 3,000 graduates, 60 crews, 120 shoots, some of them staffed already."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Sum

from hubs.models import Base, Hub, RoleType
from hubs.timespan import shoot_day_of
from jobs.enums import MatchState, Right
from jobs.models import Crew, CrewTemplate, Match, Offer, Shoot
from jobs.services import crews, matching, offers, roles, shoots, taxonomy
from profiles.models import User
from profiles.services import roster

from . import bo as his
from . import (
    cases,
    casting,
    history,
    onset,
    people,
    places,
    promises,
    queue,
    remote,
    room,
    trust,
    village,
    words,
)
from . import crews as desk

SEED = 2026
PASSWORD = "jinzu-demo"  # noqa: S105 - printed at the start of the demo market, worthless anywhere else
LOGINS = [
    {"kind": "manager", "login": "mei@demo.jinzu.example", "password": PASSWORD, "name": "梅若溪"},
    {"kind": "graduate", "login": "bo@demo.jinzu.example", "password": PASSWORD, "name": "薄一帆"},
    {"kind": "admin", "login": "admin@demo.jinzu.example", "password": PASSWORD, "name": "运营管理员"},
    {
        "kind": "hub editor",
        "login": "editor-zhengzhou@demo.jinzu.example",
        "password": PASSWORD,
        "name": "郝编辑",
    },
    {"kind": "hub editor", "login": "editor-xian@demo.jinzu.example", "password": PASSWORD, "name": "秦编辑"},
    {"kind": "coordinator", "login": village.COORDINATOR, "password": PASSWORD, "name": "余秋莲"},
    # The card of a villager: typed at /v/, no log-in at all.
    {"kind": "card, at /v/", "login": village.CARD, "password": "", "name": "王桂英"},
]
TEMPLATE_SHARES = {"75": 5, "30": 4, "12": 3}
GENRES = ["modern", "costume", "suspense", "family", "comedy", "fantasy", "rural"]


def is_empty() -> bool:
    return not Crew.objects.exists()


def build(
    *, now: datetime, graduates: int = 3000, crew_count: int = 60, shoot_count: int = 120, staffed: int = 4
) -> None:
    """Build the market around `now`. The same `now` and seed build the same market."""
    rng = Random(SEED)
    today = shoot_day_of(now)
    taxonomy.load_crew_templates()
    taxonomy.load_filing_rules()
    roster.register_many(rows=people.rows(rng, graduates, today), now=now, simulated=True)
    mei, bo, admin = _named_people(today, now)
    _count_rows()
    crew_list = [_mei_crew(mei, admin, now)] + [
        _crew(rng, number, admin, now) for number in range(1, crew_count)
    ]
    history.write(Random(SEED), crew_list, bo, today, now)
    _count_rows()
    made = _shoots(rng, crew_list, shoot_count, today, now)
    _count_rows()
    others = [one for one in made if one.crew_id != crew_list[0].pk]
    for shoot in others[: staffed - 1]:
        _staff(shoot, share=rng.choice([0.6, 0.8, 1.0]), now=now)
    if staffed and (large := _largest(others[staffed:])):
        # The front page shows a crew that fills: one of 75 and more, most of them booked.
        _staff(large, share=0.7, now=now)
    _mei_shoots(crew_list[0], mei, today, now - timedelta(hours=26))
    _count_rows()
    desk.write(crew_list[0], owner=mei, admin=admin, password=PASSWORD, today=today, now=now)
    onset.write(crew_list[0], by=mei, today=today, now=now, most_extras=min(80, graduates // 20))
    his.offer(bo, made, now)
    his.keep_searches(bo, now)
    casting.write(crew_list[0], mei, seed=SEED, today=today, now=now)
    _count_rows()
    trust.write([mei, bo], now=now)
    places.write(mei, bo, today=today, now=now)
    promises.write(Random(SEED), crew_list, mei, bo, admin, today, now)
    cases.write(admin, now=now, password=PASSWORD)
    remote.write(mei, bo, admin, today=today, now=now)
    village.write(admin, password=PASSWORD, today=today, now=now)
    room.write(Random(SEED), now=now)
    queue.drain(now=now)
    write_logins()


def _count_rows() -> None:
    """Let the database count its rows. All of this is one transaction, of which its own counting sees nothing: it would
    take tables of ten thousand rows for empty and join them row by row, for minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_logins(path: Path | None = None) -> None:
    """Leave the log-ins where the start-up prints them from."""
    path = path or settings.LOCAL_DIR / "demo-logins.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(LOGINS, ensure_ascii=False, indent=1), encoding="utf-8")


def _named_people(today: date, now: datetime) -> tuple[User, User, User]:
    mei, bo, admin = LOGINS[:3]
    mei_user = User.objects.create_user(
        email=mei["login"],
        password=PASSWORD,
        name=mei["name"],
        kind=User.Kind.MANAGER,
        mobile="+8613800000001",
    )
    admin_user = User.objects.create_superuser(email=admin["login"], password=PASSWORD, name=admin["name"])
    row = roster.RosterRow(
        name=bo["name"],
        email=bo["login"],
        mobile="+8613800000002",
        birth_date=today.replace(year=today.year - 23, day=1),
        headline="广播电视编导专业，跟过两个毕业作品，想从场记做起。",
        home_hub="zhengzhou",
        willing_hubs=["zhengzhou", "xian"],
        day_rate_floor=260,
        wanted_roles=_entry_types(),
        skills=[
            (skill.code, 2) for skill in RoleType.objects.get(code=_entry_types()[0]).typical_skills.all()
        ],
        languages=["zh"],
        days=[(today + timedelta(days=1), today + timedelta(days=60), "both")],
        waiting_since=today - timedelta(days=40),
        school="郑州工程技术学院",
        degree="bachelor",
        major="广播电视编导",
        graduated=today.year,
    )
    (profile,) = roster.register_many(rows=[row], now=now)
    profile.user.set_password(PASSWORD)
    profile.user.save(update_fields=["password"])
    return mei_user, profile.user, admin_user


def _entry_types() -> list[str]:
    """The entry-level crew trades, script supervisor first."""
    codes = list(
        RoleType.objects.filter(entry_level=True, department__field="crew").values_list("code", flat=True)
    )
    return sorted(codes, key=lambda code: (code != "script-supervisor", code))[:4]


def _mei_crew(mei: User, admin: User, now: datetime) -> Crew:
    crew = crews.apply(
        name="晨光剧组",
        company_name="郑州晨光影视文化有限公司",
        credit_code=words.credit_code(1),
        home_hub=Hub.objects.get(slug="zhengzhou"),
        by=mei,
        now=now,
    )
    crews.verify(crew=crew, by=admin, now=now)
    return crew


def _crew(rng: Random, number: int, admin: User, now: datetime) -> Crew:
    owner = User.objects.create_user(
        email=f"crew{number:03d}@demo.jinzu.example",
        name=words.person_name(rng, rng.choice(["female", "male"])),
        kind=User.Kind.MANAGER,
    )
    slug = rng.choices(list(people.HUB_SHARES), list(people.HUB_SHARES.values()))[0]
    brand = words.COMPANIES[number % len(words.COMPANIES)] + (
        "" if number < len(words.COMPANIES) else "二三四"[number // 20 - 1] + "部"
    )
    crew = crews.apply(
        name=f"{brand}剧组",
        company_name=f"{brand}影视传媒有限公司",
        credit_code=words.credit_code(100 + number),
        home_hub=Hub.objects.get(slug=slug),
        by=owner,
        now=now,
    )
    if number % 15:  # a few are still being checked, so that the admin's desk is not empty
        crews.verify(crew=crew, by=admin, now=now)
    return crew


def _shoots(rng: Random, crew_list: list[Crew], count: int, today: date, now: datetime) -> list[Shoot]:
    templates = {template.code: template for template in CrewTemplate.objects.all()}
    bases = list(Base.objects.select_related("hub"))
    owners = dict(Crew.objects.filter(memberships__right=Right.OWNER).values_list("pk", "memberships__user"))
    users = User.objects.in_bulk(owners.values())
    verified = [
        crew
        for crew in Crew.objects.filter(pk__in=[crew.pk for crew in crew_list]).order_by("pk")
        if crew.is_verified
    ]
    made = []
    for number, title in enumerate(words.titles(rng, count)):
        crew = verified[number % len(verified)]
        near = [base for base in bases if base.hub_id == crew.home_hub_id] or bases
        first = today + timedelta(days=rng.randint(4, 40))
        code = rng.choices(list(TEMPLATE_SHARES), list(TEMPLATE_SHARES.values()))[0]
        by = users[owners[crew.pk]]
        shoot = shoots.create(
            crew=crew,
            by=by,
            title=title,
            genre=rng.choice(GENRES),
            base=rng.choice(near),
            first_day=first,
            last_day=first + timedelta(days=rng.randint(5, 10) - 1),
            template=templates[code],
            lodging=rng.random() < 0.8,
            now=now,
        )
        if rng.random() < 0.5:
            _add_cast(rng, shoot, by, now)
        if number % 12:
            shoots.publish(shoot=shoot, by=by, now=now)
            made.append(shoot)
    return made


def _add_cast(rng: Random, shoot: Shoot, by: User, now: datetime) -> None:
    for category, headcount in (("leads", rng.randint(1, 2)), ("extras", rng.randint(5, 20))):
        role_type = rng.choice(list(RoleType.objects.filter(category=category, department__field="cast")))
        first = shoot.days.lower + timedelta(days=rng.randint(0, 1))
        days = DateRange(first, shoot.days.upper if category == "leads" else first + timedelta(days=2))
        roles.add(
            shoot=shoot,
            role_type=role_type,
            headcount=headcount,
            day_rate=taxonomy.usual_rate(role_type),
            days=days,
            by=by,
            now=now,
        )


def _staff(shoot: Shoot, *, share: float, now: datetime) -> None:
    """Match a shoot and let the first `share` of the people asked accept."""
    by = shoot.crew.memberships.get(right=Right.OWNER).user
    run = matching.ask(shoot=shoot, by=by, now=now, seed=SEED)
    queue.drain(now=now)
    run.refresh_from_db(fields=["state"])
    offers.send_all(run=run, by=by, now=now)
    chosen = Match.objects.filter(run=run, state=MatchState.CHOSEN).count()
    for offer in _open_offers(shoot)[: round(chosen * share)]:
        offers.accept(offer=offer, by=offer.profile.user, now=now)


def _largest(made: list[Shoot]) -> Shoot | None:
    counted = Shoot.objects.filter(pk__in=[shoot.pk for shoot in made]).annotate(
        places=Sum("roles__headcount")
    )
    return counted.select_related("crew").order_by("-places", "pk").first()


def _open_offers(shoot: Shoot) -> list[Offer]:
    """The open offers of a shoot, in the order they were sent."""
    return list(
        Offer.objects.filter(role__shoot=shoot, state="open")
        .select_related("profile__user", "role__shoot")
        .order_by("pk")
    )


def _mei_shoots(crew: Crew, mei: User, today: date, now: datetime) -> None:
    """Mei has one shoot that is staffed already; the next one she makes herself."""
    shoot = shoots.create(
        crew=crew,
        by=mei,
        title="黄河岸的灯火",
        genre="family",
        base=Base.objects.get(slug="dazhi"),
        first_day=today + timedelta(days=20),
        last_day=today + timedelta(days=26),
        template=CrewTemplate.objects.get(code="30"),
        synopsis="渡口边的修船铺里，三代人守着一盏灯，等一个离家十年的人回来。",
        now=now,
    )
    shoots.publish(shoot=shoot, by=mei, now=now)
    _staff(shoot, share=1.0, now=now)

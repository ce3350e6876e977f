"""Village mode in the demo market: a coordinator of Zhongtong, twenty people without smartphones, and their shoots.

One shoot lies behind them with hours and pay in every state, one is on set, one asks for tomorrow. Names are made up.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.models import Base, Hub, Language, RoleType
from hubs.timespan import start_of
from jobs.enums import Right
from jobs.models import Booking, Crew, CrewTemplate, Role, Shoot, Wage
from jobs.services import (
    attendance,
    call_sheets,
    coordinators,
    extras,
    notices,
    offers,
    roles,
    shoots,
    village_calls,
    villages,
    wages,
)
from profiles.models import Coordinator, DayPart, User, Villager
from profiles.models.village_code import typed
from profiles.services import villagers
from profiles.services.spoken import Heard
from profiles.services.villagers import Told

COORDINATOR = "coordinator@demo.jinzu.example"
CARD = "6000 2026 1121 0013"
"""The number on the first villager's card, printed at the start of the demo market."""

PEOPLE = (
    ("王桂英", "female", 71, "王小军"), ("李大山", "male", 66, "李春花"), ("周水生", "male", 58, "周小妹"),
    ("陈秀兰", "female", 63, "陈志"), ("吴根发", "male", 69, "吴建平"), ("刘菊香", "female", 55, "刘涛"),
    ("黄火根", "male", 73, "黄燕"), ("徐金莲", "female", 60, "徐斌"), ("彭木生", "male", 52, "彭丽"),
    ("熊春娥", "female", 67, "熊杰"), ("胡老四", "male", 62, "胡敏"), ("祝银花", "female", 57, "祝强"),
    ("邓和平", "male", 54, "邓芳"), ("万细妹", "female", 70, "万军"), ("涂国庆", "male", 74, "涂静"),
    ("占荷花", "female", 59, "占伟"), ("桂长庚", "male", 65, "桂玲"), ("倪冬梅", "female", 61, "倪勇"),
    ("童有福", "male", 68, "童霞"), ("艾腊梅", "female", 56, "艾鹏"),
)  # fmt: skip
"""Name, sex, age, and who sat beside them when they were asked."""

FOLK = (("extra", 16, 100), ("foreground", 6, 180))
"""Role type, places, yuan a day: the plain rates of the seed's villages."""


def write(admin: User, *, password: str, today: date, now: datetime) -> None:
    """Build it all in its own time; the same `now` builds the same."""
    rng = Random(3800)
    hub = Hub.objects.get(slug="zhongtong")
    office = _office(hub, admin, password, at=start_of(today) - timedelta(days=40))
    people = _people(office, rng, today=today, at=start_of(today) - timedelta(days=38))
    crew = _crew(hub)
    base = Base.objects.filter(hub=hub).order_by("slug").first()
    if crew is None or base is None:
        return
    by = crew.memberships.get(right=Right.OWNER).user
    _past(crew, base, by, people[:8], office, today)
    running = _shoot("渡口人家", crew, base, by, today - timedelta(days=1), 6)
    _booked(running, people[:12], by, office, start_of(today) - timedelta(days=4))
    _yesterday(running, today)
    _call(running, by, office, today, now)
    notices.mark_read(office.user, now=now)  # what is past; the offers below are news
    coming = _shoot("稻花香里", crew, base, by, today + timedelta(days=6), 5)
    open_roles = list(Role.objects.filter(shoot=coming, category="extras").order_by("pk"))
    for number, villager in enumerate(people[:5]):
        role = Role.objects.get(pk=open_roles[number % len(open_roles)].pk)
        offers.send(role, villager.profile, by=by, now=now, open_for=timedelta(days=2))


def _office(hub: Hub, admin: User, password: str, *, at: datetime) -> Coordinator:
    office = coordinators.appoint(
        name="余秋莲",
        email=COORDINATOR,
        mobile="+8613800000031",
        hub=hub,
        village_zh="老街村",
        village_en="Laojie village",
        phone="13800000031",
        meeting_point="老街村委会门口",
        by=admin,
        now=at,
    )
    office.user.set_password(password)
    office.user.save(update_fields=["password"])
    return office


def _people(office: Coordinator, rng: Random, *, today: date, at: datetime) -> list[Villager]:
    extra = RoleType.objects.filter(code__in=[code for code, _places, _rate in FOLK]).order_by("-position")
    spoken = list(Language.objects.filter(code__in=["zh", "gan"]))
    made = []
    for number, (name, sex, age, witness) in enumerate(PEOPLE):
        phone_of = ("hers", "hers", "family", "nobody")[number % 4]
        told = Told(
            name=name,
            birth_date=date(at.year - age, 1 + number % 12, 3 + number),
            phone="" if phone_of == "nobody" else f"1380000{4100 + number}",
            phone_of=phone_of,
            sex=sex,
            height_cm=150 + rng.randint(2, 24),
            day_rate_floor=rng.choice([0, 80, 100]),
            wanted_roles=list(extra),
            languages=spoken,
        )
        heard = Heard(witness=witness, witness_is="family")
        when = at + timedelta(minutes=20 * number)
        villager = villagers.register(
            told=told, heard=heard, contact=number % 3 != 1, by=office.user, now=when
        )
        if number < 15:
            code = typed(CARD) if number == 0 else None
            villagers.issue_code(villager, by=office.user, now=when, code=code)
        made.append(villager)
    _free_days(office, made, rng, today)
    return made


def _free_days(office: Coordinator, people: list[Villager], rng: Random, today: date) -> None:
    """Farm work leaves most days free; three have not said theirs yet."""
    for villager in people[:17]:
        ahead = [today + timedelta(days=number) for number in range(villagers.AHEAD)]
        said = {day: DayPart.DAY if rng.random() < 0.8 else None for day in ahead}
        villagers.set_days(villager, days=said, by=office.user, today=today)


def _crew(hub: Hub) -> Crew | None:
    near = Crew.objects.filter(state="verified", home_hub=hub).order_by("pk").first()
    return near or Crew.objects.filter(state="verified").order_by("-pk").first()


def _shoot(title: str, crew: Crew, base: Base, by: User, first: date, length: int) -> Shoot:
    then = start_of(first) - timedelta(days=9)
    shoot = shoots.create(
        crew=crew,
        by=by,
        title=title,
        genre="rural",
        base=base,
        first_day=first,
        last_day=first + timedelta(days=length - 1),
        template=CrewTemplate.objects.get(code="12"),
        call_time=time(7),
        now=then,
    )
    for code, places, rate in FOLK:
        roles.add(
            shoot=shoot,
            role_type=RoleType.objects.get(code=code),
            headcount=places,
            day_rate=rate,
            days=DateRange(first, first + timedelta(days=4)),
            by=by,
            now=then,
        )
    shoots.publish(shoot, by=by, now=then)
    return shoot


def _booked(shoot: Shoot, people: list[Villager], by: User, office: Coordinator, at: datetime) -> None:
    """Asked by the crew, answered through the coordinator: every yes with its witness."""
    places = [
        role
        for role in Role.objects.filter(shoot=shoot, category="extras").order_by("pk")
        for _place in range(role.headcount)
    ]
    for villager, role in zip(people, places, strict=False):
        offer = offers.send(
            Role.objects.get(pk=role.pk), villager.profile, by=by, now=at, open_for=timedelta(hours=20)
        )
        witness = next(each[3] for each in PEOPLE if each[0] == villager.profile.user.name)
        heard = Heard(witness=witness, witness_is="family", manner="phone" if villager.pk % 2 else "face")
        villages.answer(offer, accepts=True, heard=heard, by=office.user, now=at + timedelta(hours=1))


def _held(shoot: Shoot) -> list[Booking]:
    held = Booking.objects.filter(role__shoot=shoot, role__category="extras")
    return list(held.select_related("profile__user", "role__shoot__crew").order_by("pk"))


def _worked(booking: Booking, day: date) -> None:
    morning = start_of(day) + timedelta(hours=1, minutes=20 + booking.pk % 25)
    attendance.check_in(booking, by=booking.profile.user, now=morning)
    attendance.check_out(booking, by=booking.profile.user, now=morning + timedelta(hours=9 + booking.pk % 3))


def _past(crew: Crew, base: Base, by: User, people: list[Villager], office: Coordinator, today: date) -> None:
    """Wrapped two weeks ago: paid and had, paid and unanswered, paid and not arrived, not paid yet."""
    first = today - timedelta(days=22)
    shoot = _shoot("晒谷场", crew, base, by, first, 5)
    _booked(shoot, people, by, office, start_of(first) - timedelta(days=6))
    for booking in _held(shoot):
        for number in range((booking.days.upper - booking.days.lower).days):
            _worked(booking, first + timedelta(days=number))
    wrapped = start_of(shoot.days.upper) - timedelta(hours=9)
    shoots.wrap(shoot, by=by, now=wrapped)
    owed = Wage.objects.filter(booking__role__shoot=shoot).select_related(
        "booking__profile__user", "booking__role__shoot__crew", "booking__offer__role__role_type",
        "booking__offer__role__shoot__crew", "booking__offer__role__shoot__base__hub",
    )  # fmt: skip
    paid, heard = wrapped + timedelta(days=6), Heard(witness="村医 老桂", witness_is="other")
    for number, wage in enumerate(owed.order_by("pk")):
        if number % 4 == 3:
            continue
        wages.mark_paid(wage, by=by, now=paid)
        if number % 4 < 2:
            villages.say_of_wage(
                wage, received=number % 4 == 0, heard=heard, by=office.user, now=paid + timedelta(days=1)
            )


def _yesterday(shoot: Shoot, today: date) -> None:
    for booking in _held(shoot):
        if booking.days.lower < today:
            _worked(booking, today - timedelta(days=1))


def _call(shoot: Shoot, by: User, office: Coordinator, today: date, now: datetime) -> None:
    """Today's sheet went out last evening; tomorrow's extras are called to the market gate, and half are texted."""
    call_sheets.publish(
        shoot,
        today,
        by=by,
        now=start_of(today) - timedelta(hours=9),
        general_call=time(6, 40),
        wrap=time(17, 30),
        place="眼镜市场二楼老街景",
        transport="中巴 06:10 老街村委会门口",
        meals="早 06:30 · 午 12:00，食堂",
        reason="赶早市的戏",
    )
    village_calls.call(office, today, by=office.user, now=min(start_of(today) - timedelta(hours=8), now))
    extras.open_call(
        shoot,
        today + timedelta(days=1),
        by=by,
        now=now,
        call=time(6, 20),
        meeting_point="眼镜市场东门候场棚",
        add_ons=[("台词", 30), ("淋雨", 10)],
    )

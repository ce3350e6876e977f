"""A shoot of Mei's that is on set today: a call sheet in its second version, eighty extras at the meeting point, and a
plan for tomorrow that leaves the lighting too little rest.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.models import Base, RoleType, Set
from hubs.timespan import start_of
from jobs.enums import OfferState
from jobs.models import Booking, CallSheet, Crew, CrewTemplate, ExtrasCall, Role, Shoot
from jobs.queries import call_sheets as questions
from jobs.services import attendance, call_sheet_news, call_sheets, extras, offers, roles, shoots
from jobs.services.call_sheets import OwnTimes, Scene
from profiles.models import Profile, User

TITLE = "长风渡"
EXTRAS = (("extra", 56, 150), ("foreground", 24, 220))
"""Role type, how many of the eighty, yuan a day."""

SCENES = (
    Scene(
        "12-3", "帝王大殿 日 内", Decimal("2.4"), "顾长风 太后 百官", "朝堂对峙，群演 56 人列班；第一条长镜头"
    ),
    Scene("12-5", "帝王大殿 日 内", Decimal("1.2"), "顾长风 沈渡", "台阶上独白，撤百官"),
    Scene("15-1", "御花园 日 外", Decimal("1.8"), "沈渡 宫女 24", "雨戏，洒水车就位；备姜茶和干毛巾"),
    Scene("18-2", "御书房 夜 内", Decimal("2.1"), "顾长风 沈渡", "烛光，注意明火，安全员在场"),
    Scene("18-4", "宫道 夜 外", Decimal("0.9"), "沈渡 侍卫 6", "追逐，威亚备用"),
)


def write(crew: Crew, *, by: User, today: date, now: datetime, most_extras: int = 80) -> Shoot:
    """Build the shoot in its own time: staffed last week, called yesterday, on set since this morning."""
    rng = Random(1912)
    shoot = _staffed(crew, by, today, now, most_extras)
    for booking in _crew_of(shoot, today):
        _worked(booking, today - timedelta(days=1), hours=rng.choice([9, 10, 10, 11]))
    _sheet(shoot, by, today, now, rng)
    _extras_day(shoot, by, today, now, rng)
    _tomorrow(shoot, by, today, now)
    return shoot


def _staffed(crew: Crew, by: User, today: date, now: datetime, most_extras: int) -> Shoot:
    first = today - timedelta(days=1)
    then = start_of(first) - timedelta(days=6)
    base = Base.objects.filter(hub=crew.home_hub).order_by("slug").first()
    if base is None:
        raise LookupError(f"no base at {crew.home_hub}")
    shoot = shoots.create(
        crew=crew,
        by=by,
        title=TITLE,
        genre="costume",
        base=base,
        first_day=first,
        last_day=first + timedelta(days=6),
        template=CrewTemplate.objects.get(code="30"),
        call_time=time(7, 30),
        now=then,
    )
    places = [role for role in shoot.roles.order_by("pk") for _place in range(role.headcount)]
    for code, share, rate in EXTRAS:
        role = roles.add(
            shoot=shoot,
            role_type=RoleType.objects.get(code=code),
            headcount=min(share, 60),
            day_rate=rate,
            days=DateRange(today, today + timedelta(days=1)),
            by=by,
            now=then,
        )
        places += [role] * (share * most_extras // 80)
    shoots.publish(shoot, by=by, now=then)
    idle = Profile.objects.filter(simulated=True, home_hub=crew.home_hub, bookings__isnull=True)
    people = idle.exclude(offers__state=OfferState.OPEN).select_related("user")
    for profile, role in zip(people.order_by("-pk")[: len(places)], places, strict=False):
        offer = offers.send(Role.objects.get(pk=role.pk), profile, by=by, now=then)
        offers.accept(offer, by=profile.user, now=then)
    return shoot


def _crew_of(shoot: Shoot, day: date) -> list[Booking]:
    """The crew without the extras."""
    booked = questions.booked_on(shoot, day).select_related("role__shoot__crew")
    return [each for each in booked if each.role.category != RoleType.Category.EXTRAS]


def _worked(booking: Booking, day: date, *, hours: int) -> None:
    morning = start_of(day) + timedelta(hours=2, minutes=booking.pk % 35)
    attendance.check_in(booking, by=booking.profile.user, now=morning)
    attendance.check_out(booking, by=booking.profile.user, now=morning + timedelta(hours=hours))


def _sheet(shoot: Shoot, by: User, today: date, now: datetime, rng: Random) -> None:
    """Version 1 yesterday evening, version 2 two hours later for a few; most have confirmed."""
    team = _crew_of(shoot, today)
    evening = start_of(today) - timedelta(hours=9)
    sets = list(Set.objects.filter(base=shoot.base_id).order_by("pk")[:2])
    makeup = {
        booking.pk: OwnTimes(call=time(6, 30), note="古装造型先行")
        for booking in team
        if booking.role.role_type.department.code in ("costume", "makeup")
    }
    first = call_sheets.publish(
        shoot,
        today,
        by=by,
        now=evening,
        general_call=time(7, 30),
        wrap=time(18, 30),
        sets=sets,
        place="御花园外景（二号门进）",
        weather="小雨转晴，4 至 11 度，北风三级",
        meals="早 06:45 · 午 12:00 · 晚 18:00，B 棚东侧",
        transport="大巴 06:40 酒店北门发车，07:00 第二班",
        note="大殿现场收声，手机静音。下午拍雨戏，灯光、摄影带雨衣。",
        scenes=SCENES,
        lines=makeup,
    )
    _read(first, team, rng, at=evening + timedelta(minutes=20), confirm=0.85)
    late = {
        booking.pk: OwnTimes(call=time(12, 30), wrap=time(23), note="夜戏灯位")
        for booking in team
        if booking.role.role_type.department.code == "lighting"
    }
    second = call_sheets.publish(
        shoot,
        today,
        by=by,
        now=evening + timedelta(hours=2),
        lines=makeup | late,
        weather="阴，5 至 12 度，北风三级",
        reason="宫道夜景只有今晚能用，灯光组同意，明天晚到",
    )
    touched = [booking for booking in team if booking.pk in late]
    _read(second, touched, rng, at=evening + timedelta(hours=3), confirm=0.3)


def _read(sheet: CallSheet, people: list[Booking], rng: Random, *, at: datetime, confirm: float) -> None:
    for number, booking in enumerate(people):
        when, user = at + timedelta(minutes=3 * number), booking.profile.user
        if rng.random() < confirm:
            call_sheet_news.confirm(sheet, by=user, now=when)
        elif rng.random() < 0.6:
            call_sheet_news.see(sheet, by=user, now=when)


def _extras_day(shoot: Shoot, by: User, today: date, now: datetime, rng: Random) -> None:
    """Called three days ago; since this morning most of them are here, in costume, some in the rain."""
    if not any(True for _each in questions.booked_on(shoot, today).filter(role__category="extras")[:1]):
        return
    call = extras.open_call(
        shoot,
        today,
        by=by,
        now=start_of(today) - timedelta(days=3),
        call=time(6),
        meeting_point="二号门内候场棚",
        overtime_rate=15,
        add_ons=[("淋雨", 10), ("台词", 30), ("血浆泥浆", 10), ("换装", 30)],
    )
    leaders = [each for each in _crew_of(shoot, today) if each.role.role_type.department.code == "directing"]
    for group, leader in zip(call.groups.order_by("number"), leaders, strict=False):
        extras.set_leader(group, leader, by=by, now=start_of(today) - timedelta(days=2))
    _arrivals(call, by, today, now, rng)


def _arrivals(call: ExtrasCall, by: User, today: date, now: datetime, rng: Random) -> None:
    rain, words = call.add_ons.order_by("position")[:2]
    lines = call.lines.select_related("call__shoot__crew", "group__leader__profile", "booking")
    for line in lines.order_by("number"):
        if rng.random() < 0.12:
            continue
        arrived = min(start_of(today) + timedelta(minutes=40 + rng.randint(0, 45)), now)
        extras.check_in(line, by=by, now=arrived)
        if rng.random() < 0.8:
            ticked = [each.pk for each in (rain, words) if rng.random() < (0.4 if each is rain else 0.1)]
            extras.tick(
                line, by=by, now=min(arrived + timedelta(minutes=50), now), costume_on=True, add_ons=ticked
            )


def _tomorrow(shoot: Shoot, by: User, today: date, now: datetime) -> None:
    """A draft with an early call: who lights tonight's scenes would have under eight hours."""
    call_sheets.save(
        shoot,
        today + timedelta(days=1),
        by=by,
        now=now,
        general_call=time(6, 45),
        wrap=time(18),
        note="外景转场，请看大巴时间。",
        scenes=[Scene("21-1", "城门 日 外", Decimal("2.0"), "顾长风 商队", "马队，动物在场")],
    )

"""What a visitor sees of overseas and AI work: remote roles by the piece, a floor under the hour, a request to Bo."""

from datetime import date, datetime, timedelta

from hubs.models import RoleType
from jobs.enums import BookingState, MadeWith, PieceUnit, ShootState
from jobs.models import Booking, Shoot
from jobs.services import floors, likeness, roles
from jobs.services.likeness import Terms
from profiles.models import Profile, User

LINES = (
    ("script-translator", PieceUnit.CHARACTERS, 36, 75, 90, 1, ("en",), "八十集剧本中译英，术语表由剧组提供"),
    ("dubbing-artist", PieceUnit.MINUTE, 25, 95, 120, 1, ("es",), "西语配音，自备安静录音环境"),
    ("subtitler", PieceUnit.EPISODE, 30, 80, 110, 1, (), "逐集校轴与双语字幕"),
    ("prompt-engineer", PieceUnit.SHOT, 90, 28, 35, 2, (), "水面与战场空镜，提示词与参考图一并交付"),
    ("ai-image-artist", PieceUnit.SHOT, 80, 24, 30, 2, (), "分镜定稿后的画面生成，人物形象不在其内"),
)
"""Role type, unit, units a place, yuan a unit, minutes a unit, rounds of changes, languages, note."""
FLOOR = 30
AI_USE = "水面、战场与城市空镜的画面生成；人物全部由真人演出"
USE = "水面与战场空镜的生成；个别危险镜头由替身换脸"


def write(mei: User, bo: User, admin: User, *, today: date, now: datetime) -> None:
    """A floor everywhere; remote roles on Mei's open shoots; her AI-assisted title asks Bo, who has answered another."""
    floors.set_floor(
        hub=None,
        yuan=FLOOR,
        from_day=today,
        source="演示数据：按当地非全日制小时最低工资另加三成",
        by=admin,
        now=now,
    )
    mine = Shoot.objects.filter(
        crew__memberships__user=mei, state=ShootState.OPEN, days__startswith__gt=today
    ).select_related("crew", "base__hub")
    shoots = list(mine.order_by("pk")[:2])
    # Who makes pictures with a machine does so on a title that says what AI is used for.
    titles = [shoot.pk for shoot in shoots]
    Shoot.objects.filter(pk__in=titles, ai_use="").update(made_with=MadeWith.AI, ai_use=AI_USE)
    types = {row.code: row for row in RoleType.objects.filter(code__in=[line[0] for line in LINES])}
    for number, (code, unit, count, yuan, minutes, rounds, spoken, note) in enumerate(LINES):
        if shoots and code in types:
            roles.add(
                shoot=shoots[number % len(shoots)],
                role_type=types[code],
                headcount=2,
                remote=True,
                piece_unit=unit,
                piece_count=count,
                piece_yuan=yuan,
                piece_minutes=minutes,
                piece_revisions=rounds,
                languages=spoken,
                note=note,
                by=mei,
                now=now,
            )
    _requests(bo, today, now)


def _requests(bo: User, today: date, now: datetime) -> None:
    """The titles that booked Bo ask for his likeness: the newest waits for his word, an older one he took back."""
    profile = Profile.objects.select_related("user").get(user=bo)
    held = Booking.objects.filter(
        profile=profile, state__in=[BookingState.CONFIRMED, BookingState.SERVED]
    ).select_related("role__shoot__crew")
    titles = list(
        {booking.role.shoot_id: booking.role.shoot for booking in held.order_by("-days", "-pk")}.values()
    )
    for number, shoot in enumerate(titles[:3]):
        at = now - timedelta(days=24 * number, hours=5)
        _asks(shoot, profile, training=number == 0, at=at, today=today)
        row = profile.likenesses.filter(shoot=shoot).first()
        if row is None or number == 0:
            continue
        likeness.give(row, parts=["face"], training=False, by=bo, now=at + timedelta(hours=9))
        if number == 2:
            likeness.revoke(row, by=bo, now=at + timedelta(days=11))


def _asks(shoot: Shoot, profile: Profile, *, training: bool, at: datetime, today: date) -> None:
    owner = shoot.crew.memberships.filter(right="owner").select_related("user").first()
    if owner is None:
        return
    Shoot.objects.filter(pk=shoot.pk).update(made_with=MadeWith.AI, ai_use=USE, scans=True)
    shoot.refresh_from_db()
    terms = Terms(
        ["face", "motion"],
        "危险镜头的替身换脸，第 31–34 集",
        "mainland",
        today + timedelta(days=365),
        600,
        training,
    )
    likeness.ask(shoot=shoot, profile=profile, terms=terms, by=owner.user, now=at)

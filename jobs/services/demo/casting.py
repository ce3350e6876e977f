"""What a visitor sees of the casting board: a crew in every state, people kept and noted, and a unit that is asked."""

from datetime import date, datetime, timedelta
from random import Random

from config.errors import DomainError
from hubs.models import Base
from jobs.enums import DeclineReason, MatchState, OfferState
from jobs.models import Crew, CrewTemplate, Match, MatchRun, Offer, Shoot
from jobs.queries import matching as questions
from jobs.services import applications, bonds, casting, matching, offers, shoots, unit_offers, units
from profiles.models import Profile, User

from . import queue

NOTES = ("守时，话不多，重活不推。", "上次夜戏扛到最后，值得长期合作。", "手快，器材爱惜；需要提前一天确认。")
UNIT, FRIENDS = "三盏灯班组", 3


def write(crew: Crew, mei: User, *, seed: int, today: date, now: datetime) -> None:
    """Staff a shoot of 75 half way: a match, a unit asked as one, others asked, booked, kept and struck."""
    rng = Random(seed)
    made = _a_shoot(crew, mei, today, now)
    unit = _unit(made, now)
    run = matching.ask(shoot=made, by=mei, now=now, seed=seed)
    queue.drain(now=now)
    run = MatchRun.objects.defer("record").get(pk=run.pk)
    if unit is not None:
        _quietly(lambda: unit_offers.offer(unit, made, by=mei, now=now))
    asked = _pairs(run, MatchState.CHOSEN)
    casting.offer(made, asked[: len(asked) * 2 // 3], by=mei, now=now)
    for number, offer in enumerate(_open(made)):
        if offer.unit_offer_id or number % 5 == 4:
            continue
        if number % 7 == 3:
            offers.decline(offer, by=offer.profile.user, now=now, reason=DeclineReason.DAYS)
        elif number % 3:
            _quietly(lambda offer=offer: offers.accept(offer, by=offer.profile.user, now=now))
    left = _pairs(run, MatchState.CHOSEN)[len(asked) * 2 // 3 :]
    casting.pin(made, left[:3], by=mei, now=now)
    casting.strike(made, left[-1:], by=mei, now=now)
    _applications(made, now)
    _remembered(crew, mei, rng, now)


def _unit(shoot: Shoot, now: datetime):
    """Three people who fit roles of this shoot and want to come together."""
    role = shoot.roles.filter(headcount__gte=FRIENDS).order_by("pk").first()
    if role is None:
        return None
    best = questions.best_now(role, count=FRIENDS * 4, without=set(), now=now).best
    people = [profile for profile, _score in best][:FRIENDS]
    if len(people) < FRIENDS:
        return None
    since = now - timedelta(days=9)
    unit = units.found(profile=people[0], name=UNIT, keep="all", least=0, by=people[0].user, now=since)
    for person in people[1:]:
        units.join(unit, profile=person, by=person.user, now=since)
    return unit


def _pairs(run: MatchRun, state: str) -> list[tuple[int, int]]:
    rows = Match.objects.filter(run=run, state=state, offers__isnull=True).order_by("role", "rank", "pk")
    return list(rows.values_list("role_id", "profile_id"))


def _open(shoot: Shoot) -> list[Offer]:
    rows = Offer.objects.filter(role__shoot=shoot, state=OfferState.OPEN)
    return list(rows.select_related("profile__user", "role__shoot__crew").order_by("pk"))


def _applications(shoot: Shoot, now: datetime) -> None:
    """Two people ask by themselves for the entry-level roles."""
    for role in shoot.roles.filter(entry_level=True).select_related("shoot", "role_type").order_by("-pk")[:2]:
        wanting = Profile.objects.filter(wanted_roles=role.role_type_id, listed=True, offers__isnull=True)
        for person in wanting.select_related("user").order_by("pk")[:2]:
            _quietly(
                lambda role=role, person=person: applications.apply(
                    role, by=person.user, now=now, message="跟过两部短剧，离基地近，随叫随到。"
                )
            )


def _remembered(crew: Crew, mei: User, rng: Random, now: datetime) -> None:
    """What the crew thinks of people it has had."""
    people = Profile.objects.filter(bookings__role__shoot__crew=crew).distinct().order_by("pk")[:12]
    for number, person in enumerate(people):
        bonds.mark(person, crew=crew, value=rng.choice([4, 5, 5, 6]), by=mei, now=now)
        if number < len(NOTES):
            bonds.note(person, crew=crew, words=NOTES[number], by=mei, now=now)


def _quietly(act) -> None:
    """Do it where the market allows it: a person may be taken by now."""
    try:
        act()
    except DomainError:
        return


def _a_shoot(crew: Crew, mei: User, today: date, now: datetime) -> Shoot:
    """Mei's shoot that is half staffed when a visitor comes."""
    shoot = shoots.create(
        crew=crew,
        by=mei,
        title="长安夜行人",
        genre="costume",
        base=Base.objects.get(slug="dazhi"),
        first_day=today + timedelta(days=33),
        last_day=today + timedelta(days=41),
        template=CrewTemplate.objects.get(code="75"),
        synopsis="宵禁之后的长安城，一个更夫和一个女医追着一味失传的药。",
        now=now,
    )
    shoots.publish(shoot=shoot, by=mei, now=now)
    return shoot

"""A rush in Xi'an: four titles begin within the week with two units each, and there are too few focus pullers for them.

So the market room has something to say on the first day. Who could do it wants other work more (`people.SCARCE`).
"""

from datetime import date, datetime, timedelta

from hubs.models import Base, RoleType
from hubs.timespan import shoot_day_of
from jobs.enums import CrewState, Right
from jobs.models import Crew
from jobs.services import roles, shoots
from jobs.services.demo.people import SCARCE, SCARCE_IN
from profiles.models import User

TITLES = (
    ("长安夜未眠", "suspense"),
    ("秦岭来信", "family"),
    ("城墙下的账本", "modern"),
    ("大雁塔前见", "comedy"),
)
PLACES = ((SCARCE, 10), ("camera-assistant", 4), ("electrician", 4))
"""Role type and headcount on each of the titles: two units, five focus pullers each."""


def write(*, now: datetime) -> None:
    """Publish the four titles, each by another crew of the hub; nothing where the hub has no base or no such crew."""
    bases = list(Base.objects.filter(hub__slug=SCARCE_IN).order_by("pk"))
    kinds = {row.code: row for row in RoleType.objects.filter(code__in=[code for code, _n in PLACES])}
    crews = Crew.objects.filter(home_hub__slug=SCARCE_IN, state=CrewState.VERIFIED).order_by("pk")
    if not bases or len(kinds) < len(PLACES):
        return
    for number, crew in enumerate(crews[: len(TITLES)]):
        by = crew.memberships.get(right=Right.OWNER).user
        _title(crew, number, bases[number % len(bases)], kinds, by, shoot_day_of(now), now)


def _title(
    crew: Crew, number: int, base: Base, kinds: dict[str, RoleType], by: User, today: date, now: datetime
) -> None:
    title, genre = TITLES[number]
    first = today + timedelta(days=4 + number % 3)
    shoot = shoots.create(
        crew=crew,
        by=by,
        title=title,
        genre=genre,
        base=base,
        first_day=first,
        last_day=first + timedelta(days=6),
        synopsis="两组同拍，七天杀青。",
        lodging=True,
        now=now,
    )
    for code, headcount in PLACES:
        kind = kinds[code]
        roles.add(
            shoot=shoot,
            role_type=kind,
            headcount=headcount,
            day_rate=kind.rate_high or kind.rate_low or 500,
            by=by,
            now=now,
        )
    shoots.publish(shoot=shoot, by=by, now=now)

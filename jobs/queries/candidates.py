"""One person before one role, as her possible crew may see her; and finding people by name."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from hubs.queries import spelling
from hubs.timespan import shoot_day_of
from jobs import matching as engine
from jobs.enums import OFFER_LIVE, ApplicationState, BookingState, MatchState, OfferState
from jobs.models import Application, Booking, Match, Offer, Pin, Role
from jobs.queries import desk, matching, problems, units
from jobs.queries.matching import Pair, plain
from jobs.queries.roles import with_place
from jobs.queries.schedule import STANDING
from profiles.models import Profile

FOUND_AT_MOST = 8
MOST_APPLICANTS = 60
LOOKED_AT = 5000
"""Names that are read for one look; those near the shoot come first."""


@dataclass(frozen=True)
class Sight:
    """What a crew sees of a person beside a role: how she fits, how she stands, what it remembers of her.

    `match` is the newest run's; `live` her open offer or booking on this shoot; `worked` days served for this crew.
    """

    pair: Pair
    match: Match | None
    live: Offer | None
    application: Application | None
    pinned: bool
    struck: bool
    worked: int
    block: units.Block | None
    memory: desk.Memory

    @property
    def mark(self) -> int | None:
        return self.memory.marks.get(self.pair.profile.pk)

    @property
    def note(self) -> str:
        return self.memory.notes.get(self.pair.profile.pk, "")

    @property
    def blocked(self) -> bool:
        return self.pair.profile.pk in self.memory.blocked


def people() -> QuerySet[Profile]:
    return Profile.objects.select_related("user", "home_hub")


def may_look_at(role: Role, profile_id: int) -> bool:
    """Whether the crew of a role has a reason to look at a person: she is on its board, or looks for this work."""
    here = {"role__shoot": role.shoot_id, "profile": profile_id}
    return (
        Match.objects.filter(**here).exists()
        or Offer.objects.filter(**here).exists()
        or Application.objects.filter(**here).exists()
        or Pin.objects.filter(**here).exists()
        or desk.people_near(role).filter(pk=profile_id, wanted_roles=role.role_type_id).exists()
    )


def sight(*, profile: Profile, role: Role, now: datetime) -> Sight:
    """Return it in a fixed number of queries."""
    newest = matching.newest_published(role.shoot)
    match = Match.objects.filter(run=newest, role=role, profile=profile).first() if newest else None
    waiting = [ApplicationState.SENT, ApplicationState.OFFERED]
    live = Offer.objects.filter(role__shoot=role.shoot_id, profile=profile, state__in=OFFER_LIVE)
    served = Booking.objects.filter(
        profile=profile, role__shoot__crew=role.shoot.crew_id, state=BookingState.SERVED
    )
    return Sight(
        pair=_for_the_crew(matching.fit(profile=profile, role=role, now=now), role),
        match=match,
        live=live.select_related("role__role_type").order_by("-pk").first(),
        application=Application.objects.filter(role=role, profile=profile, state__in=waiting).first(),
        pinned=Pin.objects.filter(role=role, profile=profile).exists(),
        struck=match is not None and match.state == MatchState.STRUCK,
        worked=sum((each.upper - each.lower).days for each in served.values_list("days", flat=True)),
        block=units.on_board(role.shoot, [profile.pk]).get(profile.pk),
        memory=desk.memory(role.shoot, {profile.pk}),
    )


def _for_the_crew(pair: Pair, role: Role) -> Pair:
    """Her own booking on this very role is no reason why she does not fit it."""
    if not Booking.objects.filter(role=role, profile=pair.profile, state__in=STANDING).exists():
        return pair
    return replace(
        pair, barriers=[each for each in pair.barriers if each["barrier"] not in ("booked", "travel", "rest")]
    )


def named(role: Role, typed: str, now: datetime) -> list[tuple[Pair, str]]:
    """Return (how she fits, state of her live offer here or "") for people of this name who look for this work.

    Chinese is found anywhere in a name, Latin letters as pinyin or initials. At most FOUND_AT_MOST, those first whom
    nothing keeps from the role.
    """
    words = spelling.terms(typed)
    if not words:
        return []
    rows = desk.people_near(role).filter(
        Q(wanted_roles=role.role_type_id) | Q(applications__role__shoot=role.shoot_id)
    )
    if not typed.isascii():
        rows = rows.filter(user__name__icontains=typed.strip())
    names = list(rows.order_by().distinct().values_list("pk", "user__name", "home_hub")[: 4 * LOOKED_AT])
    names.sort(key=lambda row: (row[2] != role.shoot.base.hub_id, row[0]))
    ids = [pk for pk, name, _hub in names[:LOOKED_AT] if all(spelling.finds(word, (name,)) for word in words)]
    found = people().in_bulk(ids[:FOUND_AT_MOST])
    live = dict(
        Offer.objects.filter(
            role__shoot=role.shoot_id, profile__in=found, state__in=[OfferState.OPEN, OfferState.ACCEPTED]
        ).values_list("profile", "state")
    )
    known = fits(role, [found[pk] for pk in ids[:FOUND_AT_MOST] if pk in found], now)
    pairs = [(pair, live.get(pk, "")) for pk, pair in known.items()]
    return sorted(pairs, key=lambda line: (len(line[0].barriers), -line[0].score, line[0].profile.pk))


def fits(role: Role, profiles: list[Profile], now: datetime) -> dict[int, Pair]:
    """Return by profile id how each of these people fits a role; a fixed number of queries."""
    if not profiles:
        return {}
    row = with_place(Role.objects).get(pk=role.pk)
    problem = problems.build(
        roles=[row],
        slots={row.pk: max(1, row.open_slots)},
        people=Profile.objects.filter(pk__in=[each.pk for each in profiles]),
        today=shoot_day_of(now),
        offers_block=False,
    )
    at = {pk: place for place, pk in enumerate(problem.people.person_ids.tolist())}
    return {
        each.pk: Pair(
            role=row,
            profile=each,
            score=engine.score(problem, at[each.pk], 0),
            contributions=[plain(said) for said in engine.contributions(problem, at[each.pk], 0)],
            barriers=[plain(said) for said in engine.barriers(problem, at[each.pk], 0)],
        )
        for each in profiles
    }


def applicants(role: Role, now: datetime) -> list[tuple[Application, Pair]]:
    """Who has applied for a role and waits, with how she fits; the best first."""
    waiting = Application.objects.filter(role=role, state=ApplicationState.SENT).order_by("pk")
    numbers = list(waiting.values_list("pk", flat=True)[:MOST_APPLICANTS])
    if not numbers:  # of most roles: the wide question takes four times as long to ask
        return []
    beside = ("profile__user", "profile__home_hub", "unit")
    asked = list(waiting.filter(pk__in=numbers).select_related(*beside))
    pairs = fits(role, [each.profile for each in asked], now)
    rows = [(each, pairs[each.profile_id]) for each in asked]
    return sorted(rows, key=lambda row: (len(row[1].barriers), -row[1].score, row[0].pk))

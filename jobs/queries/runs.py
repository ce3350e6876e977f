"""Questions about a run: what it changed, what it left empty, what it was solved from, and the runs of whole markets."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from jobs import policies
from jobs.enums import MatchState, RunState
from jobs.matching import replay
from jobs.models import MarketRun, Match, MatchRun, Offer, Role
from profiles.models import Profile, User

HEAVY = ("record", "prices", "fairness")
"""Columns that lists leave in the table."""


@dataclass(frozen=True)
class Change:
    """One person and one role; `before` is the role she was proposed for last time, where she moved."""

    profile: Profile
    role: Role
    before: Role | None = None


@dataclass(frozen=True)
class Changes:
    """What differs from the run before: who is new, who is gone and was not asked, who moved to another role.

    `kept` counts those who stayed; those who were asked or booked in between are settled and belong to no list.
    """

    previous: MatchRun | None
    new: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.left or self.moved)

    def only(self, role_ids: Collection[int]) -> "Changes":
        """The same for these roles alone: a department head's part of it."""
        return replace(
            self,
            new=[each for each in self.new if each.role.pk in role_ids],
            left=[each for each in self.left if each.role.pk in role_ids],
            moved=[each for each in self.moved if each.role.pk in role_ids],
        )

    @property
    def by_role(self) -> list[tuple[Role, list[tuple[str, Change]]]]:
        """The changes under the role they concern now, each with "new", "left" or "moved"."""
        kinds = (("new", self.new), ("moved", self.moved), ("left", self.left))
        out: dict[int, tuple[Role, list[tuple[str, Change]]]] = {}
        for kind, changes in kinds:
            for change in changes:
                out.setdefault(change.role.pk, (change.role, []))[1].append((kind, change))
        return [out[key] for key in sorted(out)]


@dataclass(frozen=True)
class _Compared:
    """Pairs (role id, profile id): `moved` with the role before."""

    new: list[tuple[int, int]]
    left: list[tuple[int, int]]
    moved: list[tuple[tuple[int, int], int]]
    kept: int


def _compared(run: MatchRun, previous_id: int) -> _Compared:
    """Set two runs side by side; two queries."""
    now: set[tuple[int, int]] = set()
    then: set[tuple[int, int]] = set()
    chosen = Match.objects.filter(run__in=[run.pk, previous_id], state=MatchState.CHOSEN)
    for run_id, role, person in chosen.values_list("run_id", "role_id", "profile_id"):
        (now if run_id == run.pk else then).add((role, person))
    fresh: dict[int, list[int]] = {}
    for role, person in sorted(now - then):
        fresh.setdefault(person, []).append(role)
    moved, left = [], []
    for role, person in sorted(then - now):
        if fresh.get(person):
            moved.append(((fresh[person].pop(0), person), role))
        else:
            left.append((role, person))
    asked = Offer.objects.filter(role__shoot=run.shoot_id).values_list("role_id", "profile_id")
    settled = set(asked.filter(profile__in=[person for _, person in left]))
    return _Compared(
        new=sorted((role, person) for person, roles in fresh.items() for role in roles),
        left=[pair for pair in left if pair not in settled],
        moved=moved,
        kept=len(now & then),
    )


def _previous(run: MatchRun) -> QuerySet[MatchRun]:
    earlier = MatchRun.objects.filter(shoot=run.shoot_id, state=RunState.PUBLISHED, pk__lt=run.pk)
    return earlier.defer(*HEAVY).order_by("-pk")


def changes(run: MatchRun) -> Changes:
    """Compare a published run with the published run of the shoot before it; 5 queries, 4 for the first run."""
    previous = _previous(run).first()
    if previous is None:
        chosen = Match.objects.filter(run=run, state=MatchState.CHOSEN).order_by("role_id", "profile_id")
        return Changes(
            None, new=_named([(pair, None) for pair in chosen.values_list("role_id", "profile_id")])
        )
    found = _compared(run, previous.pk)
    lines = [*((pair, None) for pair in found.new), *found.moved, *((pair, None) for pair in found.left)]
    words = _named(lines)
    new, moved = len(found.new), len(found.moved)
    return Changes(previous, words[:new], words[new + moved :], words[new : new + moved], found.kept)


def new_on(run: MatchRun, role: Role) -> frozenset[int]:
    """Profile ids of those proposed for a role whom the run before did not propose for it; none at a first run."""
    previous = _previous(run).values_list("pk", flat=True).first()
    if previous is None:
        return frozenset()
    chosen = Match.objects.filter(role=role, run__in=[run.pk, previous], state=MatchState.CHOSEN)
    pairs = list(chosen.values_list("run_id", "profile_id"))
    then = {person for run_id, person in pairs if run_id == previous}
    return frozenset(person for run_id, person in pairs if run_id == run.pk and person not in then)


@dataclass(frozen=True)
class Count:
    """The changes of a run in figures."""

    new: int
    left: int
    moved: int


def count_changes(run: MatchRun) -> Count | None:
    """Count what differs from the run before; 3 queries. None for a first run, or where nothing does."""
    previous = _previous(run).values_list("pk", flat=True).first()
    if previous is None:
        return None
    found = _compared(run, previous)
    if not (found.new or found.left or found.moved):
        return None
    return Count(len(found.new), len(found.left), len(found.moved))


def _named(lines: list[tuple[tuple[int, int], int | None]]) -> list[Change]:
    people = Profile.objects.select_related("user").in_bulk({pair[1] for pair, _ in lines})
    wanted = {pair[0] for pair, _ in lines} | {before for _, before in lines if before}
    roles = Role.objects.select_related("role_type").in_bulk(wanted)
    return [
        Change(people[pair[1]], roles[pair[0]], roles.get(before) if before else None)
        for pair, before in lines
    ]


@dataclass(frozen=True)
class EmptyRole:
    """A role with places that a run could not fill; `reason` is a code of `matching.WhyUnfilled`."""

    role: Role
    slots: int
    reason: str
    eligible: int


def empty_roles(run: MatchRun, visible: QuerySet[Role]) -> list[EmptyRole]:
    """The roles that a run left places of empty, and why; those of `visible` only. One query."""
    roles = visible.select_related("role_type").in_bulk([each["role"] for each in run.unfilled])
    return [
        EmptyRole(roles[each["role"]], each["slots"], each["reason"], each["eligible"])
        for each in run.unfilled
        if each["role"] in roles
    ]


# -- the record -------------------------------------------------------------------------------------------


def record(run: MatchRun) -> replay.Replay | None:
    """What a run was solved from and what came out; a part of a market run shares the market's. One query, or none."""
    if run.market_id:
        return _loaded(MarketRun, run.market_id)
    return _loaded(MatchRun, run.pk)


@lru_cache(maxsize=4)
def _kept(model: type[MatchRun | MarketRun], pk: int, size: int) -> replay.Replay:
    return replay.load(bytes(model._default_manager.values_list("record", flat=True).get(pk=pk) or b""))


def _loaded(model: type[MatchRun | MarketRun], pk: int) -> replay.Replay | None:
    """A record never changes once it is written; unpacking that of a hub takes a while, so the last few are kept."""
    size = model._default_manager.filter(pk=pk).values_list(Length("record"), flat=True).first()
    return _kept(model, pk, size) if size else None


# -- markets ----------------------------------------------------------------------------------------------


def market_runs(user: User) -> QuerySet[MarketRun]:
    """Market runs, newest first, without their records."""
    return whole_market_runs(user).defer("record", "fairness", "breaches").order_by("-pk")


def whole_market_runs(user: User) -> QuerySet[MarketRun]:
    """The same with their fairness reports and what the check found."""
    return policies.visible_market_runs(user).defer("record").select_related("hub", "asked_by")


def parts(run: MarketRun) -> QuerySet[MatchRun]:
    """A market run's shoots: those withheld first, then by places left empty."""
    first = Case(
        When(state=RunState.QUARANTINED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = MatchRun.objects.filter(market=run).defer(*HEAVY).select_related("shoot__crew")
    return rows.order_by(first, F("filled") - F("slots"), "pk")

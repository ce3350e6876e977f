"""The casting board in words: who sits where, how well it fits, and what the crew remembers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hubs.models import Department
from jobs.models import Match, Role, Shoot
from jobs.queries import desk as questions
from jobs.queries.shoots import Board, Slot
from jobs.queries.units import Block
from jobs.web import reasons
from profiles.models import Profile

STAGES = ("confirmed", "accepted", "offered", "proposed", "empty")


@dataclass(frozen=True)
class Seat:
    """One person on one role. `stage` is one of STAGES, or "standby"; `key` names the pair in forms."""

    role: Role
    profile: Profile
    stage: str
    score: int | None = None
    why: str = ""
    expires_at: datetime | None = None
    pinned: bool = False
    block: Block | None = None
    mark: int | None = None
    noted: bool = False

    @property
    def key(self) -> str:
        return f"{self.role.pk}-{self.profile.pk}"


@dataclass(frozen=True)
class Line:
    """A role: its people, how many places are empty, who stands by (`standby_total` in all), who has applied."""

    role: Role
    seats: list[Seat]
    empty: int
    standby: list[Seat] = field(default_factory=list)
    standby_total: int = 0
    applications: int = 0

    def count(self, *stages: str) -> int:
        return sum(seat.stage in stages for seat in self.seats)

    @property
    def taken(self) -> int:
        return self.count("confirmed", "accepted")

    @property
    def standby_more(self) -> int:
        return self.standby_total - len(self.standby)


@dataclass(frozen=True)
class Group:
    """A department with its lines. One with holes is open; one that is full is folded."""

    department: Department
    lines: list[Line]

    @property
    def headcount(self) -> int:
        return sum(line.role.headcount for line in self.lines)

    @property
    def taken(self) -> int:
        return sum(line.taken for line in self.lines)

    @property
    def people(self) -> int:
        return sum(len(line.seats) for line in self.lines)

    @property
    def stages(self) -> list[str]:
        """The state of each place, for the strip beside the name."""
        return [seat.stage for line in self.lines for seat in line.seats] + ["empty"] * sum(
            line.empty for line in self.lines
        )

    @property
    def open(self) -> bool:
        return self.taken < self.headcount


@dataclass(frozen=True)
class Page:
    """The board as the page draws it: those departments first that have holes."""

    groups: list[Group]

    def count(self, stage: str) -> int:
        return sum(group.stages.count(stage) for group in self.groups)

    @property
    def confirmed(self) -> int:
        return self.count("confirmed")

    @property
    def accepted(self) -> int:
        return self.count("accepted")

    @property
    def taken(self) -> int:
        return self.confirmed + self.accepted

    @property
    def offered(self) -> int:
        return self.count("offered")

    @property
    def proposed(self) -> int:
        return self.count("proposed")

    @property
    def empty(self) -> int:
        return self.count("empty")

    @property
    def headcount(self) -> int:
        return sum(group.headcount for group in self.groups)

    @property
    def stages(self) -> list[str]:
        """Every place of the crew in the order of the legend."""
        return [stage for stage in STAGES for _n in range(self.count(stage))]


FOR = {
    "offer": ("proposed",),
    "pin": ("proposed",),
    "strike": ("proposed",),
    "compare": ("proposed",),
    "write": ("offered", "accepted", "confirmed"),
}
"""Of a whole role or department, whom an act is about: who is asked already is not asked again."""


def everybody(page: Page, chosen: Iterable[str], act: str) -> list[tuple[int, int]]:
    """Return (role id, profile id) of those an act is about, in roles and departments chosen as "role-7" or "dept-3"."""
    wanted = set(chosen)
    return [
        (line.role.pk, seat.profile.pk)
        for group in page.groups
        for line in group.lines
        if wanted & {f"dept-{group.department.pk}", f"role-{line.role.pk}"}
        for seat in line.seats
        if (seat.pinned if act == "unpin" else seat.stage in FOR.get(act, ()))
    ]


def page(shoot: Shoot, board: Board) -> Page:
    """Return the page of a board; at most 13 queries beside those of the board."""
    seated = {
        slot.person.pk
        for part in board.departments
        for line in part.roles
        for slot in line.slots
        if slot.person
    }
    found = questions.desk(shoot, board.published, seated)
    names = reasons.Names()
    groups = [
        Group(part.department, [_line(line.role, line.slots, found, names) for line in part.roles])
        for part in board.departments
    ]
    return Page(sorted(groups, key=lambda group: not group.open))


def _line(role: Role, slots: list[Slot], found: questions.Desk, names: reasons.Names) -> Line:
    pinned = {one.pk: one for one in found.pins.get(role.pk, [])}
    seats = [
        _seat(role, slot.person, _stage(slot, found), slot.match, found, names, slot.expires_at)
        for slot in slots
        if slot.person is not None
    ]
    here = {seat.profile.pk for seat in seats}
    left = len(slots) - len(seats)
    by_hand = [one for one in pinned.values() if one.pk not in here][:left]
    seats += [_seat(role, one, "proposed", None, found, names) for one in by_hand]
    waiting = found.standby.get(role.pk, questions.Standby())
    return Line(
        role=role,
        seats=seats,
        empty=max(0, role.headcount - len(seats)),
        standby=[
            _seat(role, match.profile, "standby", match, found, names)
            for match in waiting.first
            if match.profile_id not in pinned
        ],
        standby_total=waiting.total,
        applications=found.applications.get(role.pk, 0),
    )


def _stage(slot: Slot, found: questions.Desk) -> str:
    if slot.state != "booked":
        return slot.state
    served = slot.booking is not None and slot.booking.state == "served"
    again = slot.booking is not None and slot.booking.pk in found.confirmed
    return "confirmed" if served or again else "accepted"


def _seat(
    role: Role,
    profile: Profile,
    stage: str,
    match: Match | None,
    found: questions.Desk,
    names: reasons.Names,
    expires_at: datetime | None = None,
) -> Seat:
    fit = reasons.fit(match, names, to_her=False) if match and match.contributions else None
    return Seat(
        role=role,
        profile=profile,
        stage=stage,
        score=fit.score if fit else None,
        why=fit.sentence if fit else "",
        expires_at=expires_at,
        pinned=profile.pk in {one.pk for one in found.pins.get(role.pk, [])},
        block=found.blocks.get(profile.pk),
        mark=found.memory.marks.get(profile.pk),
        noted=profile.pk in found.memory.notes,
    )

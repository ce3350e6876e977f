"""What waits for an admin: crews to check, cases to decide. And what a case is about, as it stands now."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from jobs.enums import ApplicationState, CrewState, Right, ShootState
from jobs.models import Application, Case, Crew, Entry, Hold, Membership, Role, Shoot
from jobs.models.moderation import CaseState, CaseSubject

LISTED = 40


@dataclass
class Waiting:
    """How much waits in each queue."""

    crews: int
    cases: int
    appeals: int

    @property
    def total(self) -> int:
        return self.crews + self.cases + self.appeals


def crews_waiting() -> QuerySet[Crew]:
    """Crews that wait for their check, the oldest first, with `cases_before`: how often one was upheld against them."""
    upheld = Count("cases", filter=Q(cases__state=CaseState.UPHELD))
    rows = Crew.objects.filter(state=CrewState.APPLIED).select_related("home_hub")
    return rows.annotate(cases_before=upheld).order_by("applied_at", "pk")


@dataclass
class CrewPapers:
    """What there is to check a crew by: who asks, and others with the like company or person."""

    owners: list[Membership] = field(default_factory=list)
    like: list[Crew] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)


def papers(crews: list[Crew]) -> dict[int, CrewPapers]:
    """Return the papers of several crews. Three queries."""
    out = {crew.pk: CrewPapers() for crew in crews}
    owners = Membership.objects.filter(crew__in=out, right=Right.OWNER).select_related("user")
    for row in owners.order_by("pk"):
        out[row.crew_id].owners.append(row)
    stems = {crew.pk: crew.company_name[:4] for crew in crews}
    near = Q(pk__in=[])
    for stem in set(stems.values()):
        near |= Q(company_name__startswith=stem)
    others = list(Crew.objects.filter(near).exclude(pk__in=out)[:LISTED])
    for pk, stem in stems.items():
        out[pk].like = [other for other in others if other.company_name.startswith(stem)]
    subjects = {f"crew:{pk}": pk for pk in out}
    for entry in Entry.objects.filter(subject__in=subjects).select_related("by").order_by("pk"):
        out[subjects[entry.subject]].history.append(entry)
    return out


def cases_waiting() -> QuerySet[Case]:
    """Cases without a decision: those of the guard and of fees first, then the oldest."""
    rows = Case.objects.filter(state=CaseState.OPEN).select_related("crew", "reporter")
    return rows.order_by("-by_guard", "made_at", "pk")


def before_of(cases: list[Case]) -> dict[int, tuple[int, int]]:
    """How often cases about the same crews were upheld and dismissed, by crew. One query."""
    rows = Case.objects.filter(crew__in={case.crew_id for case in cases if case.crew_id}).values("crew")
    counted = rows.annotate(
        upheld=Count("pk", filter=Q(state=CaseState.UPHELD)),
        dismissed=Count("pk", filter=Q(state=CaseState.DISMISSED)),
    ).order_by()
    return {row["crew"]: (row["upheld"], row["dismissed"]) for row in counted}


def held() -> QuerySet[Hold]:
    """Roles that are off the list."""
    return Hold.objects.select_related("role__role_type", "role__shoot__crew", "case").order_by("-made_at")


def subject_of(
    subject: str, pk: int, user: Any, *, visible: QuerySet[Role]
) -> Role | Crew | Application | None:
    """Return what a person wants to report, where she may see it: a role, its crew, or a message she is party to.

    `visible` are the roles she may see.
    """
    if subject == CaseSubject.ROLE:
        return visible.filter(pk=pk).select_related("shoot__crew", "role_type").first()
    if subject == CaseSubject.CREW:
        there = Shoot.objects.filter(crew=pk, state__in=[ShootState.OPEN, ShootState.WRAPPED])
        return Crew.objects.filter(pk=pk).first() if there.exists() else None
    rows = Application.objects.select_related("role__shoot__crew", "role__role_type", "profile__user")
    if subject == CaseSubject.REPLY:
        closed = [ApplicationState.CLOSED]
        return rows.filter(pk=pk, profile__user=user, state__in=closed).exclude(reply="").first()
    if subject == CaseSubject.APPLICATION:
        runs = Membership.objects.filter(user=user, right__in=[Right.OWNER, Right.MANAGER]).values("crew")
        return rows.filter(pk=pk, role__shoot__crew__in=runs).exclude(message="").first()
    return None

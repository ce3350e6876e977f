"""A casting board with 90 places and 400 proposals, in bare Django views of the same run: p95 of both, in turn."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import figure, spread
from tests.benchmarks.site.pages import get, server, signed_in

PLACES, PROPOSALS, ROLES = 90, 400, 30
VISITS = 60
PATHS = {
    "board": ("board of 90 places, 400 proposals", "/shoots/{shoot}/"),
    "board_live": ("the same, the part that is asked for again", "/shoots/{shoot}/slots/"),
}


def figures(log: Path) -> list[dict[str, Any]]:
    """p95 of a visit, divided by the p95 of a view that does nothing, measured between the visits."""
    shoot, user = _board()
    cookie = signed_in(user)
    bare: list[float] = []
    took: dict[str, list[float]] = {key: [] for key in PATHS}
    with server(log) as port:
        for visit in range(VISITS + 1):
            bare.append(_ms(port, "/bench/hello", ""))
            for key, (_, path) in PATHS.items():
                took[key].append(_ms(port, path.format(shoot=shoot), cookie))
            if not visit:  # the first visit warms caches
                bare.clear()
                for each in took.values():
                    each.clear()
    hello = spread(bare)
    out = []
    for key, (name, _) in PATHS.items():
        mine = spread(took[key])
        ratio = mine["p95"] / hello["p95"]
        note = f"p95 {mine['p95']:.1f} ms against {hello['p95']:.2f} ms for a view that does nothing, {VISITS} visits"
        out.append(
            figure(
                key,
                f"page: {name}",
                f"{ratio:.1f} hellos at p95",
                note,
                ratio=ratio,
                **mine,
                hello_p95=hello["p95"],
            )
        )
    return out


def _ms(port: int, path: str, cookie: str) -> float:
    began = time.perf_counter()
    get(port, path, cookie)
    return (time.perf_counter() - began) * 1000


def _board():
    """Thirty roles of three places each; a run proposes 90 people and 310 stand by, with reasons."""
    from django.utils import timezone
    from psycopg.types.range import DateRange

    from hubs.models import RoleType
    from jobs.enums import Right, RunState, ShootState
    from jobs.models import Crew, MatchRun, Role, Shoot

    crew = Crew.objects.filter(state="verified", memberships__right=Right.OWNER).order_by("pk")[0]
    now = timezone.now()
    first = now.date() + timedelta(days=25)
    days = DateRange(first, first + timedelta(days=7))
    base = Shoot.objects.order_by("pk")[0].base
    shoot = Shoot.objects.create(
        crew=crew, title="九十人", base=base, days=days, state=ShootState.OPEN, published_at=now
    )
    kinds = list(RoleType.objects.filter(category="production").order_by("pk")[:ROLES])
    roles = Role.objects.bulk_create(
        Role(
            shoot=shoot,
            role_type=kinds[number % len(kinds)],
            category="production",
            days=days,
            day_rate=350,
            headcount=PLACES // ROLES,
        )
        for number in range(ROLES)
    )
    run = MatchRun.objects.create(
        shoot=shoot, state=RunState.PUBLISHED, asked_at=now, started_at=now, ended_at=now, slots=PLACES
    )
    _propose(run, roles)
    owner = crew.memberships.filter(right=Right.OWNER).select_related("user").order_by("pk")[0].user
    return shoot.pk, owner


def _propose(run, roles):
    """Seat the first people, let the others stand by; each with three reasons."""
    from jobs.enums import MatchState
    from jobs.models import Match
    from profiles.models import Profile

    people = list(Profile.objects.order_by("pk").values_list("pk", flat=True)[:PROPOSALS])
    reasons = [
        {"rule": "primary", "amount": 60, "facts": {}},
        {"rule": "reliability", "amount": 200, "facts": {"reliability": 180}},
        {"rule": "experience", "amount": 100, "facts": {"credits": 3}},
    ]
    Match.objects.bulk_create(
        Match(
            run=run,
            role=roles[number % ROLES],
            profile_id=person,
            state=MatchState.CHOSEN if number < PLACES else MatchState.STANDBY,
            rank=number // ROLES + 1,
            score=600 - number,
            contributions=reasons,
            facts={} if number < PLACES else {"status": "standby", "place": number // ROLES - 2},
        )
        for number, person in enumerate(people)
    )

"""Rows in PostgreSQL to a problem in memory: what a match and a shortlist wait for first."""

from __future__ import annotations

import time
from typing import Any

from tests.benchmarks.figure import figure, spread

TIMES = 7


def figures() -> list[dict[str, Any]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from jobs.models import Shoot
    from jobs.queries.matching import load_problem

    now = timezone.now()
    shoots = [
        shoot for shoot in Shoot.objects.filter(state="open").order_by("pk") if shoot.days.lower > now.date()
    ]
    shoot = max(shoots, key=lambda shoot: shoot.roles.count())
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        problem = load_problem(shoot, now)
        took.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as asked:
        load_problem(shoot, now)
    found = spread(took)
    note = f"{problem.n_people:,} of 3,000 people, {problem.n_roles} roles, {len(asked)} queries"
    numbers = found | {"people": problem.n_people, "roles": problem.n_roles, "queries": len(asked)}
    return [
        figure("load_problem", "load the problem of a shoot", f"p50 {found['p50']:.0f} ms", note, **numbers)
    ]

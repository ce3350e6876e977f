"""A nation in the memory of one process: loading it, keeping it current, pages that answer from it; and its clearing."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import figure, spread
from tests.benchmarks.site import clearing, nation
from tests.benchmarks.site.pages import get, server, signed_in

PEOPLE, ROLES, SLOTS, BOOKINGS = 690_000, 81_134, 240_572, 230_000
LOADS, CHANGES, PAGES, PATIENCE = 5, 500, 60, 60
BARE = "/notices/"


def figures(
    log: Path, *, people: int = PEOPLE, roles: int = ROLES, slots: int = SLOTS, bookings: int = BOOKINGS
) -> Iterator[dict[str, Any]]:
    from django.utils import timezone

    nation.pour(people, roles=roles, slots=slots, bookings=bookings, today=timezone.now().date())
    yield from loading()
    yield from keeping()
    yield page(log)
    yield from clearing.figures()


def loading() -> Iterator[dict[str, Any]]:
    from jobs.queries.snapshot import Snapshot

    took, ready = [], []
    for _ in range(LOADS):
        began = time.perf_counter()
        snapshot = Snapshot.load()
        took.append(time.perf_counter() - began)
        snapshot.base.prepare()
        ready.append(time.perf_counter() - began)
    base = snapshot.base
    arrays = [base.people, base.held, snapshot.roles, snapshot.bonds, *base.wanted, *base.quick.values()]
    held = sum(array.nbytes for array in arrays) / 1e6
    load, whole = statistics.median(took), statistics.median(ready)
    note = f"{len(base.people):,} people, {len(base.held):,} bookings, {len(snapshot.roles):,} roles;"
    note += f" {whole:.2f} s until ready, {held:.0f} MB held, median of {LOADS}"
    yield figure(
        "snapshot_load",
        "load the market into memory",
        f"{load:.2f} s",
        note,
        seconds=load,
        ready=whole,
        mb=held,
    )


def keeping() -> Iterator[dict[str, Any]]:
    from jobs.queries.snapshot import Snapshot
    from profiles.models import Profile

    snapshot = Snapshot.load()
    idle = []
    for _ in range(50):
        began = time.perf_counter()
        snapshot = snapshot.caught_up()
        idle.append((time.perf_counter() - began) * 1000)
    Profile.objects.filter(pk__in=range(nation.FIRST, nation.FIRST + CHANGES)).update(reliability=101)
    began = time.perf_counter()
    snapshot.caught_up()
    took = (time.perf_counter() - began) * 1000
    found = spread(idle)
    note = f"a look where nothing changed: p95 {found['p95']:.1f} ms; read once a second"
    yield figure(
        "snapshot_follow",
        f"follow {CHANGES} changed people",
        f"{took:.0f} ms",
        note,
        ms=took,
        idle=found["p95"],
    )


def page(log: Path) -> dict[str, Any]:
    """The review of a role before its first match, beside a page of the same site for the same person, in turn."""
    from jobs.models import Membership, Role

    member = (
        Membership.objects.filter(right="owner", crew__state="verified")
        .select_related("user")
        .order_by("pk")[0]
    )
    chosen = Role.objects.filter(pk__gte=nation.FIRST, shoot__crew=member.crew_id).order_by("pk")
    every = list(chosen.values_list("shoot_id", "pk"))
    some = every[:: max(1, len(every) // PAGES)][:PAGES]
    cookie = signed_in(member.user)
    ours, bare = [], []
    with server(log, SNAPSHOT_SECONDS="1") as port:
        end = time.monotonic() + PATIENCE
        while b"data-as-of" not in get(port, _address(*some[0]), cookie):  # until then the tables answer
            if time.monotonic() > end:
                raise RuntimeError("the web process has no snapshot")
            time.sleep(0.5)
        for shoot, role in some:
            bare.append(_timed(port, BARE, cookie))
            ours.append(_timed(port, _address(shoot, role), cookie))
    mine, plain = spread(ours), spread(bare)
    above = mine["p95"] - plain["p95"]
    note = f"p95 {mine['p95']:.1f} ms against {plain['p95']:.1f} ms for a page of notices; p50 {mine['p50']:.1f} and"
    note += f" {plain['p50']:.1f}; {len(some)} roles, each asked once"
    return figure(
        "shortlist_page", "page: who fits a role now", f"+{above:.1f} ms", note,
        above=above, p50=mine["p50"], p95=mine["p95"], bare=plain["p95"],
    )  # fmt: skip


def _address(shoot: int, role: int) -> str:
    return f"/shoots/{shoot}/roles/{role}/"


def _timed(port: int, address: str, cookie: str) -> float:
    began = time.perf_counter()
    get(port, address, cookie)
    return (time.perf_counter() - began) * 1000

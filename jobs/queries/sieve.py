"""What most people and most roles fail on, asked of packed rows: place, pay, days, skills. The engine decides."""

from __future__ import annotations

import numpy as np

from jobs.queries.packed import ANYWHERE, LISTED, PERSON, RING


def obstacles(person: np.void, roles: np.ndarray) -> np.ndarray:
    """int64[m]: how many of the simple things (place, pay, days, skills) keep one person from each of the roles."""
    willing = np.unpackbits(person["willing"]).astype(bool)
    return (
        (~(willing[roles["hub"]] | (roles["hub"] == ANYWHERE))).astype(np.int64)
        + (person["rate_floor"] > roles["day_rate"])
        + ~_free_for(person, roles)
        + ((roles["must_low"] | roles["must_high"]) & ~(person["skills_low"] | person["skills_high"])).any(
            axis=1
        )
    )


def _free_for(person: np.void, roles: np.ndarray) -> np.ndarray:
    """bool[m]: she says that she is free on all days of each role, by the part of the day it takes."""
    out = np.ones(len(roles), bool)
    base = int(person["base"])
    for part, name in ((1, "free_day"), (2, "free_night")):
        ring = np.unpackbits(person[name])
        said = np.concatenate([[0], np.cumsum(np.roll(ring, -(base % RING)))])  # days free from `base` on
        first = np.clip(roles["first"].astype(np.int64) - base, 0, RING)
        after = np.clip(roles["last"].astype(np.int64) + 1 - base, 0, RING)
        days = roles["last"].astype(np.int64) - roles["first"] + 1
        out &= ((roles["part"] & part) == 0) | (said[after] - said[first] == days)
    return out


def looking(people: np.ndarray, roles: np.ndarray, also: np.ndarray, *, hub: int | None) -> np.ndarray:
    """bool[n]: whoever is listed and wants one of these ROLE rows' types, at `hub` or, None, anywhere; remote work is
    done from everywhere. `also` are ids of people who are asked nothing but whether they are listed.
    """
    every, remote = (_types(some) for some in (roles, roles[roles["hub"] == ANYWHERE]))
    here = np.ones(len(people), bool) if hub is None else bit(people["willing"], hub)
    wanted = here & (people["wants"] & every).any(axis=1) | (people["wants"] & remote).any(axis=1)
    return (wanted | np.isin(people["id"], also)) & ((people["flags"] & LISTED) > 0)


def _types(roles: np.ndarray) -> np.ndarray:
    """uint8[bytes]: the bits of their role types."""
    out = np.zeros(PERSON["wants"].itemsize * 8, np.uint8)
    out[roles["role_type"][roles["role_type"] >= 0]] = 1
    return np.packbits(out)


def goes(role: np.void, willing: np.ndarray, floor: np.ndarray, flags: np.ndarray) -> np.ndarray:
    goes = role["hub"] == ANYWHERE or bit(willing, int(role["hub"]))
    return goes & (floor <= role["day_rate"]) & ((flags & LISTED) > 0)


def able(role: np.void, people: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Those of `rows` who have the must skills, at whatever level, and are free on all days. May err towards yes."""
    days = np.arange(int(role["first"]), int(role["last"]) + 1) % RING
    mask = np.zeros(RING, np.uint8)
    mask[days] = 1
    asked = [("skills", role["must_low"] | role["must_high"])]
    asked += [
        (name, np.packbits(mask))
        for part, name in ((1, "free_day"), (2, "free_night"))
        if role["part"] & part
    ]
    for name, wanted in asked:
        for byte in np.flatnonzero(wanted):
            if name == "skills":
                has = people["skills_low"][rows, byte] | people["skills_high"][rows, byte]
            else:
                has = people[name][rows, byte]
            rows = rows[(has & wanted[byte]) == wanted[byte]]
    return rows


def bit(packed: np.ndarray, position: int) -> np.ndarray:
    return (packed[:, position // 8] & (128 >> position % 8)) > 0

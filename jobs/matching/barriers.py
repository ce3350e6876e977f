"""The named no's: why a person may not be put on a role.

The core speaks codes and facts only. The doors turn a code into a sentence in the reader's language,
and the database keeps the code, so a code is never renamed once released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Barrier(StrEnum):
    """One name for each hard rule of `eligibility.HARD_RULES`, in the same order."""

    WRONG_ROLE_TYPE = "wrong_role_type"
    HUB_NOT_WANTED = "hub_not_wanted"
    RATE_FLOOR = "rate_floor"
    MISSING_SKILL = "missing_skill"
    SKILL_LEVEL = "skill_level"
    LANGUAGE = "language"
    NOT_FREE = "not_free"
    AGE_UNKNOWN = "age_unknown"
    TOO_YOUNG = "too_young"
    GUARDIAN_CONSENT = "guardian_consent"
    NIGHT_MINOR = "night_minor"
    HAZARD_MINOR = "hazard_minor"
    CHARACTER_AGE = "character_age"
    CHARACTER_SEX = "character_sex"
    HEIGHT = "height"
    APPEARANCE = "appearance"
    LOOK_KEPT = "look_kept"
    BOOKED = "booked"
    TRAVEL = "travel"
    REST = "rest"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class BarrierFact:
    """A barrier between one person and one role, with the figures that make it one.

    `facts` holds plain values only (str, int, None, lists of these; dates as ISO text), so it goes into JSON
    as it is.
    """

    barrier: Barrier
    facts: Mapping[str, object] = field(default_factory=dict)

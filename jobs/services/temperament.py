"""How a simulated graduate of the demo market answers: decided by the offer's number alone, so it can be told again."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2b

ACCEPTS_FIRST, DECLINES_FIRST = 0.82, 0.12
ACCEPTS_REFILL = 0.94
"""Shares of the answers. The rest of a first round stays silent until the offer expires; a refill never does."""

SLOWEST_FIRST, SLOWEST_REFILL = 20, 3
"""Seconds to the answer, at most. A demo must be full within two minutes, so the second round is brisk."""


class Mood(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    SILENT = "silent"


@dataclass(frozen=True)
class Temperament:
    mood: Mood
    delay: timedelta


def of(offer_id: int, *, refill: bool) -> Temperament:
    """Return what the person will do with the offer, and after how long."""
    digest = blake2b(f"offer {offer_id}".encode(), digest_size=8).digest()
    chance = int.from_bytes(digest[:4], "big") / 2**32
    share = int.from_bytes(digest[4:], "big") / 2**32
    if refill:
        mood = Mood.ACCEPT if chance < ACCEPTS_REFILL else Mood.DECLINE
        return Temperament(mood, timedelta(seconds=1 + share * (SLOWEST_REFILL - 1)))
    if chance < ACCEPTS_FIRST:
        mood = Mood.ACCEPT
    else:
        mood = Mood.DECLINE if chance < ACCEPTS_FIRST + DECLINES_FIRST else Mood.SILENT
    return Temperament(mood, timedelta(seconds=2 + share * (SLOWEST_FIRST - 2)))

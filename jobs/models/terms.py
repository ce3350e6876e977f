"""What it costs to give a booking up, for either side: agreed with the offer and kept on it as it was. Plain Python."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Step:
    """Under `within` hours before the first call: the crew owes `percent` of the first day, she has `strikes`.

    A step without either still counts: it is a late cancellation on the record of who cancels.
    """

    within: int
    percent: int
    strikes: int


@dataclass(frozen=True)
class CancelTerms:
    """The table that both sides accept with an offer.

    Within `grace` minutes after the booking either side may step back free of charge, unless the first call is within
    the hour. `unconfirmed` and `no_show` are the strikes for a missed confirmation and for not showing up.
    """

    grace: int
    steps: tuple[Step, ...]
    unconfirmed: int
    no_show: int

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "CancelTerms":
        """Return the terms as an offer keeps them."""
        return cls(
            grace=kept["grace"],
            steps=tuple(Step(**step) for step in kept["steps"]),
            unconfirmed=kept["unconfirmed"],
            no_show=kept["no_show"],
        )

    def step(self, left: timedelta) -> Step | None:
        """Return the step that is reached with `left` until the first call, or None while all is free."""
        reached = [step for step in self.steps if left < step.within * HOUR]
        return min(reached, key=lambda step: step.within) if reached else None

    def in_grace(self, since: timedelta, left: timedelta) -> bool:
        """Whether a booking made `since` ago, with `left` until the first call, may still be taken back for free."""
        return since <= timedelta(minutes=self.grace) and left > HOUR


def house_terms() -> dict[str, Any]:
    """Return the terms that go with an offer made today, ready to be kept. Offers already sent keep theirs."""
    return {
        "grace": 15,
        "steps": [
            {"within": 72, "percent": 0, "strikes": 0},
            {"within": 24, "percent": 50, "strikes": 1},
            {"within": 6, "percent": 100, "strikes": 2},
        ],
        "unconfirmed": 1,
        "no_show": 3,
    }

"""How long the refill leaves people to answer: the nearer the first call, the shorter, and at last three at once."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hubs.timespan import SHANGHAI

HOUR = timedelta(hours=1)
NIGHT_FROM, MORNING = time(22), time(9)
"""A window that would end in these hours, in Shanghai, ends in the morning: whoever sleeps must not lose a place."""


@dataclass(frozen=True)
class Stage:
    """While at least `from_left` is left until the first call, `at_once` people have `window` to answer."""

    from_left: timedelta
    window: timedelta
    at_once: int


STAGES = (
    Stage(72 * HOUR, 12 * HOUR, 1),
    Stage(24 * HOUR, 2 * HOUR, 1),
    Stage(6 * HOUR, timedelta(minutes=20), 1),
    Stage(timedelta.min, timedelta(minutes=10), 3),
)
"""The stated table; its hours are those of the table of cancelling, so that one sentence explains both."""


def stage(first_call: datetime, now: datetime) -> Stage:
    """Return the stage of a slot whose first call is at `first_call`; after it, the last one."""
    left = first_call - now
    return next(each for each in STAGES if left >= each.from_left)


def until(first_call: datetime, now: datetime) -> datetime:
    """Return when an offer of the refill ends that is sent now.

    The night is left out, unless the first call is today or tomorrow; no window reaches past a first call that is
    still to come.
    """
    end = now + stage(first_call, now).window
    local, call_day = now.astimezone(SHANGHAI), first_call.astimezone(SHANGHAI).date()
    if (call_day - local.date()).days > 1:
        end = _after_the_night(end)
    return min(end, first_call) if first_call > now else end


def _after_the_night(moment: datetime) -> datetime:
    local = moment.astimezone(SHANGHAI)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    if local.time() >= NIGHT_FROM:
        return morning + timedelta(days=1)
    return morning if local.time() < MORNING else moment

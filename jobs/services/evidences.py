"""That an evidence pack was made, with the check sum of its content: the log is append-only, so it proves itself."""

from datetime import datetime

from jobs.models import Booking
from jobs.services import locks, log
from profiles.models import User


def note(booking: Booking, *, digest: str, by: User, now: datetime) -> None:
    """Write down who made a pack of which content."""
    with locks.act():
        log.write("evidence_made", booking, by=by, now=now, sha256=digest)

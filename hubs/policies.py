"""Who may mend places. Seeing them needs no policy: hubs, bases, training and figures are public."""

from typing import Any


def may_curate(user: Any) -> bool:
    """Tell whether this person may change hubs, bases, training and figures."""
    return bool(user.is_active and user.is_staff)

from .age import FULL_AGE, WORKING_AGE, age_on, today_at
from .availability import Availability, DayPart
from .consent import Consent, Leaving
from .credit import Credit, Education
from .outbox import OutboxItem
from .profile import Profile, ProfileSkill, WantedRole
from .user import User

__all__ = [
    "FULL_AGE",
    "WORKING_AGE",
    "Availability",
    "Consent",
    "Credit",
    "DayPart",
    "Education",
    "Leaving",
    "OutboxItem",
    "Profile",
    "ProfileSkill",
    "User",
    "WantedRole",
    "age_on",
    "today_at",
]

from .age import FULL_AGE, WORKING_AGE, age_on, today_at
from .availability import Availability, DayPart
from .credit import Credit, Education
from .profile import Profile, ProfileSkill, WantedRole
from .user import User

__all__ = [
    "FULL_AGE",
    "WORKING_AGE",
    "Availability",
    "Credit",
    "DayPart",
    "Education",
    "Profile",
    "ProfileSkill",
    "User",
    "WantedRole",
    "age_on",
    "today_at",
]

from .age import FULL_AGE, WORKING_AGE, age_on, today_at
from .availability import Availability, DayPart
from .calendar import BusySpan, DaysBefore, HeldSpan, OutsideCalendar, Pattern
from .consent import Consent, Leaving
from .credit import Credit, Education
from .outbox import OutboxItem
from .portfolio import Photo, Training, WorkLink
from .profile import Profile, ProfileSkill, WantedRole
from .user import User
from .village import Coordinator, SpokenConsent, Villager

__all__ = [
    "FULL_AGE",
    "WORKING_AGE",
    "Availability",
    "BusySpan",
    "Consent",
    "Coordinator",
    "Credit",
    "DayPart",
    "DaysBefore",
    "Education",
    "HeldSpan",
    "Leaving",
    "OutboxItem",
    "OutsideCalendar",
    "Pattern",
    "Photo",
    "Profile",
    "ProfileSkill",
    "SpokenConsent",
    "Training",
    "User",
    "Villager",
    "WantedRole",
    "WorkLink",
    "age_on",
    "today_at",
]

from .availability import Availability
from .credit import Credit, Education
from .profile import Profile, ProfileSkill, WantedRole
from .user import User

__all__ = ["Availability", "Credit", "Education", "Profile", "ProfileSkill", "User", "WantedRole"]

"""A CV: what a person has done and can do, in the order a crew reads it."""

from dataclasses import dataclass
from itertools import groupby

from profiles.models import Credit, Education, Profile, ProfileSkill

from .people import with_everything

MOST_CREDITS = 12
"""As many as fit on one printed page beside the rest."""


@dataclass(frozen=True)
class Cv:
    """`credits` holds the latest of `credit_count`, proven ones first within a year; `days` counts all proven days.

    `skills` pairs each level's name with its skills, the highest level first.
    """

    profile: Profile
    credits: list[Credit]
    credit_count: int
    days: int
    skills: list[tuple[str, list[ProfileSkill]]]
    educations: list[Education]


def whole(profile_id: int) -> Profile:
    """Return a profile with all that hangs on it, in a constant number of queries."""
    return with_everything(Profile.objects.filter(pk=profile_id)).get()


def public(token: str) -> Profile | None:
    """Return the profile behind an open public page; None for a wrong address or a closed account."""
    return with_everything(Profile.objects.filter(page_token=token, user__is_active=True)).first()


def cv(profile: Profile) -> Cv:
    """Put a profile read by one of the two above in order; no further query."""
    credits = sorted(profile.credits.all(), key=lambda each: (-each.year, not each.proven, -each.pk))
    levels = sorted(profile.skill_levels.all(), key=lambda each: (-each.level, each.pk))
    return Cv(
        profile=profile,
        credits=credits[:MOST_CREDITS],
        credit_count=len(credits),
        days=sum(each.days_served for each in credits if each.proven),
        skills=[
            (str(ProfileSkill.Level(level).label), list(each))
            for level, each in groupby(levels, key=lambda one: one.level)
        ],
        educations=list(profile.educations.all()),
    )

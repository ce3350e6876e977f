"""What of a profile is said already, and what is still worth adding."""

from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from profiles.models import Profile


@dataclass(frozen=True)
class Step:
    """A section of the profile. A `needed` one must be done before the engine can propose her."""

    key: str
    done: bool
    needed: bool


@dataclass(frozen=True)
class Completeness:
    """All sections in the order of the page."""

    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def missing(self) -> tuple[Step, ...]:
        """What must still be said before she can be matched."""
        return tuple(step for step in self.steps if step.needed and not step.done)

    @property
    def matchable(self) -> bool:
        return not self.missing


def still_needed(profile: Profile, *, today: date) -> tuple[Step, ...]:
    """Say which sections must still be filled in before she can be matched; three queries at most."""
    free = profile.availabilities.filter(days__overlap=DateRange(today, date.max)).exists()
    steps = [
        Step("roles", profile.wanted.exists(), needed=True),
        Step("places", profile.home_hub_id is not None, needed=True),
        Step("availability", free, needed=True),
    ]
    return tuple(step for step in steps if not step.done)


def completeness(profile: Profile, *, today: date) -> Completeness:
    """Say which sections are done. With the prefetches of people.whole() it costs one query.

    The acting card counts only for people who want acting work: for others there is nothing to add.
    """
    free = profile.availabilities.filter(days__overlap=DateRange(today, date.max)).exists()
    steps = [
        Step("basics", bool(profile.user.name and profile.headline), needed=False),
        Step("roles", bool(profile.wanted.all()), needed=True),
        Step("skills", bool(profile.skill_levels.all()), needed=False),
        Step("places", profile.home_hub_id is not None, needed=True),
        Step("availability", free, needed=True),
        Step("languages", bool(profile.languages.all()), needed=False),
        Step("education", bool(profile.educations.all()), needed=False),
        Step("credits", bool(profile.credits.all()), needed=False),
        Step("contact", bool(profile.contact_wechat or profile.user.mobile), needed=False),
    ]
    if profile.acting:
        card = profile.height_cm is not None and profile.playable_age_min is not None and bool(profile.sex)
        steps.insert(6, Step("acting", card, needed=False))
    return Completeness(tuple(steps))

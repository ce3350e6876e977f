"""The words for the rules of rest, told to whoever plans a day."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from config.formats import duration
from jobs.matching import rest
from jobs.matching.rest import Flag
from jobs.models import Role
from jobs.queries import rest as questions
from profiles.models import Profile


@dataclass(frozen=True)
class RestLine:
    """A sentence and how grave it is: "warn", "reason" or "refused"."""

    text: str
    level: str

    @property
    def badge(self) -> str:
        """The look of its badge."""
        return {rest.WARN: "proposed", rest.REASON: "open", rest.REFUSED: "declined"}[self.level]


def lines(flags: list[Flag]) -> list[RestLine]:
    """Return a sentence a flag, gravest first as they come."""
    return [RestLine(_words(flag), flag.level) for flag in flags]


def _words(flag: Flag) -> str:
    facts = flag.facts
    if flag.rule == "turnaround":
        terms = {"rest": duration(timedelta(minutes=facts["minutes"]))}
        if facts["ahead"]:
            return _("Only %(rest)s of rest before the next call elsewhere") % terms
        return _("Only %(rest)s of rest since the last wrap") % terms
    if flag.rule == "long_day":
        return _("%(length)s from call to wrap") % {"length": duration(timedelta(minutes=facts["minutes"]))}
    if flag.rule == "sixth_day":
        return _("Day %(n)s in a row without a free one") % {"n": facts["days"]}
    if flag.rule == "nights":
        return _("Night %(n)s in a row") % {"n": facts["nights"]}
    return _("Under 18: no work between 22:00 and 06:00")


def of_people(role: Role, profiles: list[Profile]) -> list[tuple[Profile, list[RestLine]]]:
    """Return those for whom the role and their other work leave too little rest, each kind said once."""
    if not profiles:
        return []
    found = questions.of_role(role, profiles)
    people = []
    for profile in profiles:
        said: dict[str, Flag] = {}
        for finding in found[profile.pk]:
            for flag in finding.flags:
                said.setdefault(flag.rule, flag)
        if said:
            people.append((profile, lines(list(said.values()))))
    return people

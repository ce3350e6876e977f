"""Words for the named no's: a short label to count by, and a sentence with the facts for the person herself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.formats import day, yuan

DAYS_NAMED = 3

LABELS = {
    "wrong_role_type": gettext_lazy("looking for other work"),
    "hub_not_wanted": gettext_lazy("working in other hubs only"),
    "rate_floor": gettext_lazy("asking for more pay"),
    "missing_skill": gettext_lazy("without a skill that is a must"),
    "skill_level": gettext_lazy("below the skill level asked for"),
    "language": gettext_lazy("not speaking the language asked for"),
    "not_free": gettext_lazy("not free on all days"),
    "age_unknown": gettext_lazy("without a date of birth on file"),
    "too_young": gettext_lazy("under 16"),
    "guardian_consent": gettext_lazy("under 18, without a guardian's consent"),
    "night_minor": gettext_lazy("under 18, and it is night work"),
    "hazard_minor": gettext_lazy("under 18, and the work is dangerous"),
    "character_age": gettext_lazy("not playing the character's age"),
    "character_sex": gettext_lazy("not playing the character's sex"),
    "height": gettext_lazy("not of the height asked for"),
    "appearance": gettext_lazy("not ready for the camera yet"),
    "look_kept": gettext_lazy("keeping another look for another part"),
    "booked": gettext_lazy("booked on these days"),
    "travel": gettext_lazy("not able to travel in time"),
    "rest": gettext_lazy("without rest after a night shoot"),
    "blocked": gettext_lazy("not working with this crew"),
}
"""Read after a number of people, or after one name: "812 not free on all days"."""


def label(code: str) -> str:
    """Return the words after a count of people. Raises KeyError for an unknown code."""
    return str(LABELS[code])


def sentence(code: str, facts: Mapping, names, *, to_her: bool) -> str:
    """Return one barrier in a sentence. To the crew only the label: the facts are private."""
    if not to_her:
        return label(code)
    return _SENTENCES[code](facts, names)


def _names(codes, table: Mapping) -> str:
    return _(", ").join(str(table.get(code, code)) for code in codes)


def _days(iso: list[str]) -> str:
    shown = _(", ").join(day(date.fromisoformat(each)) for each in iso[:DAYS_NAMED])
    return _("%(days)s and more") % {"days": shown} if len(iso) > DAYS_NAMED else shown


def _role_type(facts: Mapping, names: Any) -> str:
    role_type = facts.get("role_type")
    return _("%(role)s is not among the work you look for.") % {
        "role": names.role_types.get(role_type, role_type)
    }


def _hub(facts: Mapping, names: Any) -> str:
    hub = facts.get("hub")
    return _("%(hub)s is not among the hubs you would work in.") % {"hub": names.hubs.get(hub, hub)}


def _rate(facts: Mapping, names: Any) -> str:
    return _("It pays %(offered)s a day; your lowest rate is %(floor)s.") % {
        "offered": yuan(facts.get("offered", 0)),
        "floor": yuan(facts.get("floor", 0)),
    }


def _missing(facts: Mapping, names: Any) -> str:
    return _("It needs a skill that is not in your profile: %(skills)s.") % {
        "skills": _names(facts.get("skills", []), names.skills)
    }


def _level(facts: Mapping, names: Any) -> str:
    skills = [each["skill"] for each in facts.get("skills", [])]
    return _("It asks for a higher level in: %(skills)s.") % {"skills": _names(skills, names.skills)}


def _language(facts: Mapping, names: Any) -> str:
    codes = [*facts.get("missing", []), *facts.get("one_of", [])]
    return _("It asks for a language that is not in your profile: %(languages)s.") % {
        "languages": _names(codes, names.languages)
    }


def _free(facts: Mapping, names: Any) -> str:
    iso = facts.get("days") or facts.get("nights") or []
    if not facts.get("days") and facts.get("nights"):
        return _("You are not marked as free on the nights of: %(days)s.") % {"days": _days(iso)}
    return _("You are not marked as free on: %(days)s.") % {"days": _days(iso)}


def _ages(facts: Mapping, names: Any) -> str:
    low, high = facts.get("needed", [0, 0])
    return _("The character is between %(low)d and %(high)d; you play other ages.") % {
        "low": low,
        "high": high,
    }


def _height(facts: Mapping, names: Any) -> str:
    low, high = facts.get("needed", [0, 0])
    if not high:
        return _("The character is %(low)d cm or taller.") % {"low": low}
    return _("The character is between %(low)d and %(high)d cm tall.") % {"low": low, "high": high}


def _look(facts: Mapping, names: Any) -> str:
    until = facts.get("until")
    if not until:
        return _("Your look belongs to another part for now.")
    return _("Your look belongs to another part until %(day)s.") % {"day": day(date.fromisoformat(until))}


def _with(facts: Mapping, words: str) -> str:
    first = (facts.get("with") or [{}])[0]
    if not first:
        return words % {"days": ""}
    span = _("%(first)s to %(last)s") % {
        "first": day(date.fromisoformat(first["first"])),
        "last": day(date.fromisoformat(first["last"])),
    }
    return words % {"days": span}


_SENTENCES = {
    "wrong_role_type": _role_type,
    "hub_not_wanted": _hub,
    "rate_floor": _rate,
    "missing_skill": _missing,
    "skill_level": _level,
    "language": _language,
    "not_free": _free,
    "age_unknown": lambda facts, names: _("Your profile has no date of birth; the law asks for it."),
    "too_young": lambda facts, names: _("Nobody under 16 may be placed in work."),
    "guardian_consent": lambda facts, names: _("Until you are 18 a guardian's consent must be on file."),
    "night_minor": lambda facts, names: _("It is night work, which is closed to people under 18."),
    "hazard_minor": lambda facts, names: _("The work is dangerous, and closed to people under 18."),
    "character_age": _ages,
    "character_sex": lambda facts, names: _("The character is of another sex than the one you play."),
    "height": _height,
    "appearance": lambda facts, names: _(
        "You cannot be on camera yet: your look still belongs to another part."
    ),
    "look_kept": _look,
    "booked": lambda facts, names: _with(facts, _("You are booked on these days: %(days)s.")),
    "travel": lambda facts, names: _with(
        facts, _("Your booking on %(days)s leaves too little time to travel.")
    ),
    "rest": lambda facts, names: _with(facts, _("Your night shoot on %(days)s leaves no time to rest.")),
    "blocked": lambda facts, names: _("You and this crew do not work together."),
}

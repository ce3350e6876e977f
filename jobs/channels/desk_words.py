"""The words of notices from the casting board: units, messages of a crew, answers to applications."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubs.models.bilingual import in_reader_language

Facts = dict[str, Any]
Said = tuple[str, str, str]
"""Title, text, path."""


def unit_changed(facts: Facts) -> Said:
    """Somebody joined or left, the term is another, or the unit has applied."""
    said = {
        "joined": (_("%(person)s has joined “%(name)s”"), _("From now on you are asked together.")),
        "left": (_("%(person)s is no longer in “%(name)s”"), _("Your unit goes on with the others.")),
        "term": (
            _("“%(name)s” has a new term"),
            _("%(person)s has changed it. It binds you when you have agreed to it."),
        ),
        "applied": (
            _("“%(name)s” has applied: %(title)s"),
            _(
                "%(person)s has asked for places for all of you. You can take it back on the page of your unit."
            ),
        ),
    }
    title, text = said[facts["what"]]
    return title % facts, text % facts, reverse("my_unit")


def unit_applied(facts: Facts) -> Said:
    """A unit has asked for places on a shoot, told to its managers."""
    title = _("A unit applies: %(person)s, %(title)s") % facts
    text = ngettext(
        "%(people)d person who wants to come with the others. The next match will consider them as one.",
        "%(people)d people who want to come together. The next match will consider them as one.",
        facts["people"],
    )
    return title, text % facts, reverse("shoots:board", args=[facts["shoot"]])


def unit_settled(facts: Facts) -> Said:
    """The term of a unit was met, or it was not and the rest was let go."""
    to_crew = facts.get("to") == "crew"
    path = reverse("shoots:board", args=[facts["shoot"]]) if to_crew else reverse("my_unit")
    if facts["state"] == "kept":
        title = _("“%(name)s” comes together: %(title)s") % facts
        text = ngettext(
            "%(people)d of the unit has accepted. The places are firm.",
            "%(people)d of the unit have accepted. The places are firm.",
            facts["people"],
        )
        return title, text % facts, path
    title = _("“%(name)s” does not come together: %(title)s") % facts
    if to_crew:
        text = _(
            "%(needed)d had to accept and %(people)d did. The places are free again and go to the next people."
        )
    else:
        text = _(
            "%(needed)d of you had to accept in time and %(people)d did, so the places were released. "
            "It counts against nobody, and your days are free again."
        )
    return title, text % facts, path


def crew_message(facts: Facts) -> Said:
    """What a crew writes to several people at once."""
    title = _("%(crew)s writes: %(title)s") % facts
    return title, facts["words"], reverse("notices")


def application_closed(facts: Facts) -> Said:
    """A crew has answered an application with no, and says so kindly."""
    role = in_reader_language(facts["role_zh"], facts["role_en"])
    title = _("Not this time: %(role)s, %(title)s") % {"role": role, "title": facts["title"]}
    return title, facts["words"], reverse("for_me")

"""The words of notices about likeness: a request to her, her answer to the crew."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config import formats
from jobs.enums import LikenessPart, LikenessState

Said = tuple[str, str, str]
"""Title, text, path."""


def asked(facts: dict[str, Any]) -> Said:
    """A crew asks for her face, voice or movement."""
    terms = _terms(facts)
    return (
        _("%(crew)s asks for your likeness: %(title)s") % terms,
        _(
            "They ask for: %(parts)s, until %(until)s, for %(fee)s. Say yes or no when you like: a no changes nothing "
            "about the job, your fit or later offers."
        )
        % terms,
        reverse("my_likeness"),
    )


def answered(facts: dict[str, Any]) -> Said:
    """She has said yes, said no, or taken a yes back."""
    terms = _terms(facts)
    title, text = {
        LikenessState.GIVEN: (
            _("%(person)s has agreed: %(title)s"),
            _("You may use: %(parts)s, until %(until)s. Nothing beyond that."),
        ),
        LikenessState.REFUSED: (
            _("%(person)s has said no: %(title)s"),
            _("The booking stands as it is. Plan the shot without a copy of this person."),
        ),
        LikenessState.REVOKED: (
            _("%(person)s has taken the consent back: %(title)s"),
            _("From now on nothing new may be made with it, and the scans are to be deleted."),
        ),
    }[LikenessState(facts["state"])]
    return title % terms, text % terms, reverse("likeness_of_shoot", args=[facts["shoot"]])


def _terms(facts: dict[str, Any]) -> dict[str, str]:
    # Translators: between the parts of a list in running text.
    parts = _(", ").join(str(LikenessPart(part).label) for part in facts["parts"])
    return {
        "crew": facts["crew"],
        "title": facts["title"],
        "person": facts["person"],
        "parts": parts,
        "until": formats.day(date.fromisoformat(facts["until"])),
        "fee": formats.yuan(facts["fee"]),
    }

"""The words of a role that has fallen below the floor of piecework."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config import formats
from hubs.models.bilingual import in_reader_language


def below(facts: dict[str, Any]) -> tuple[str, str, str]:
    """Return title, text and path for ROLE_BELOW_FLOOR."""
    terms = {
        "role": in_reader_language(facts["role_zh"], facts["role_en"]),
        "title": facts["title"],
        "hour": formats.yuan(facts["hour"]),
        "floor": formats.yuan(facts["floor"]),
        "least": formats.yuan(facts["least"]),
    }
    return (
        _("Off the list until it pays more: %(role)s on “%(title)s”") % terms,
        _(
            "An hour of this work comes to %(hour)s; from today at least %(floor)s is asked for. Nobody new is asked "
            "before a unit pays %(least)s or more. Whoever is booked or asked already keeps what was promised."
        )
        % terms,
        reverse("shoots:role", args=[facts["shoot"], facts["role"]]),
    )

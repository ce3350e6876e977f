"""The words of a set that came free."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config import formats
from hubs.models.bilingual import in_reader_language
from jobs.enums import SetPart


def free(facts: dict[str, Any]) -> tuple[str, str, str]:
    """Return title, text and path for SET_FREE."""
    terms = {
        "place": in_reader_language(facts["place_zh"], facts["place_en"]),
        "title": facts["title"],
        "day": formats.day(date.fromisoformat(facts["day"])),
        "part": SetPart(facts["part"]).label,
        "until": formats.moment(datetime.fromisoformat(facts["expires_at"])),
    }
    return (
        _("Free for you: %(place)s, %(day)s") % terms,
        _(
            "“%(title)s” was next on the waiting list for %(place)s, %(day)s, %(part)s. It is held for you until "
            "%(until)s: confirm it by then, or it goes to the next crew."
        )
        % terms,
        reverse("shoots:sets", args=[facts["shoot"]]),
    )

"""The words of notices about reports, as (title, text, path); see `words`."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.models.moderation import CaseState


def decided(facts: dict[str, Any]) -> tuple[str, str, str]:
    """An admin has decided: to the one who reported, and to the crew it was about."""
    said = {"about": facts["about"], "reason": facts["reason"]}
    upheld = facts["state"] == CaseState.UPHELD
    if facts["side"] == "reporter":
        title = (
            _("Your report about “%(about)s” was right")
            if upheld
            else _("Your report about “%(about)s” is closed")
        )
        text = (
            _("Thank you. Why it was decided so: %(reason)s")
            if upheld
            else _("Nothing was taken down. Why it was decided so: %(reason)s")
        )
        return title % said, text % said, reverse("notices")
    title = _("“%(about)s”: a report was upheld") if upheld else _("“%(about)s”: a report was dismissed")
    text = (
        _(
            "What it was about is off the list. Mend the words, then it is looked at again. The reason: %(reason)s"
        )
        if upheld
        else _("Nothing changes for you; what was held back is on the list again. The reason: %(reason)s")
    )
    return title % said, text % said, reverse("shoots:list")

"""The words of refusals about remote work, work by the piece and likeness; `wording` joins them with the others."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    return {
        "remote_crew_work": _("Only crew work by day can be remote. Choose day, or leave “remote” unticked."),
        "piece_number": _("Write a whole number from %(low)s to %(high)s."),
        "piece_too_much": _(
            "That is more than %(hours)s hours a day. Over these days one person can do %(most)s units at most: "
            "offer fewer, or add places."
        ),
        "below_floor": _(
            "That comes to %(hour)s yuan an hour; the floor here is %(floor)s. Raise to at least %(least)s yuan per unit."
        ),
        "role_below_floor": _(
            "“%(role)s” comes to %(hour)s yuan an hour; the floor here is %(floor)s. "
            "Raise it to at least %(least)s yuan per unit first."
        ),
        "floor_range": _("Write whole yuan an hour between 1 and %(highest)s."),
        "floor_past": _(
            "A floor holds from today or a later day: what was listed before was within the rules."
        ),
        "likeness_needs_booking": _("Only people who hold an offer or a booking of this title can be asked."),
        "likeness_needs_ai_use": _(
            "First say on the title what AI is used for, and tick that scans are taken; it stands on every role."
        ),
        "likeness_parts": _("Choose at least one of face, voice and movement."),
        "likeness_not_asked": _(
            "You can only agree to what was asked for. Reload the page and choose again."
        ),
        "likeness_until": _(
            "Choose an end from today on, at most ten years ahead. There is no “for ever” here."
        ),
        "likeness_fee": _(
            "Write a fee of 1 to %(highest)s yuan: a likeness is not given away with the day rate."
        ),
        "likeness_live": _(
            "This person has been asked for this title already. Wait for the answer, or take the request back first."
        ),
        "likeness_over": _("That has been answered or taken back already. Nothing was changed."),
    }

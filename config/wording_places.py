"""The words of refusals about sets, bases and job fairs; `wording` joins them with the others."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    return {
        "set_hours": _(
            "Write hours that lie in one shoot day, from 05:00 to 05:00, the end after the beginning."
        ),
        "set_none_chosen": _("Tick at least one set or day, then press the button again."),
        "set_too_many": _("That is more than fits in one go: at most %(most)s. Book the rest afterwards."),
        "set_day_past": _("That day has gone by. Choose a day from today on."),
        "set_yours_already": _(
            "You have that already, or wait for it. Untick it, or give the old one back first."
        ),
        "set_offer_over": _(
            "The time to confirm has run out, so it went to the next crew. You can wait again."
        ),
        "shoot_over": _("This shoot has ended, so nothing can be booked for it any more."),
        "fair_no_sign_up": _("There is no sign-up for this fair here."),
        "fair_over": _("This fair has begun or is over."),
        "fair_full": _("Every seat of this fair is taken. Look in again: seats are given back."),
    }

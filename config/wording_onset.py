"""The words of refusals about rest, call sheets and extras days; `wording` joins them with the others."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    return {
        "rest_refused": _(
            "%(names)s: too little rest or too long a day; no reason carries that. Take the proposed call or a day off."
        ),
        "rest_needs_reason": _(
            "%(names)s: a rule of rest is touched. Take the proposed calls, or write down why not."
        ),
        "rest_too_short": _(
            "This person's other work leaves too little rest around these days: %(minutes)s minutes from wrap to call."
        ),
        "no_lawful_call": _(
            "No later call of that day leaves enough rest. An earlier wrap or a free day would."
        ),
        "sheet_superseded": _("There is a newer version of this call sheet. Reload the page."),
        "too_many_scenes": _("A call sheet has at most %(most)s scenes."),
        "extras_called": _("The extras of this day are called already."),
        "no_extras": _("No extra is booked for this day yet. They are called once they are booked."),
        "large_call_notice": _(
            "A call of %(most)s extras or more is made two days ahead. Write down why it is later, or choose another day."
        ),
        "extras_closed": _("This extras day is wrapped: what it pays stays as it is."),
        "extras_on_set": _("%(n)s extras are still on set. Check them out, or wrap the day for all of them."),
        "code_expired": _("This code has run out. Scan the newest one at the meeting point."),
        "not_called": _("You are not among the extras of this day. Ask the leader at the meeting point."),
        "leader_unknown": _("A leader is somebody who is booked on this day."),
    }

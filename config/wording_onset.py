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
        "walk_in_on_list": _("You are on the list of today: check in with the same code."),
        "walk_in_no_room": _("Every place of today is taken."),
        "walk_in_refused": _("There is no place for you today. It counts against nothing."),
        "walk_in_decided": _("Somebody has answered this person already. Reload the page."),
        "hours_too_late": _("Hours can be disputed for %(days)s days after the shoot day."),
        "hours_ahead": _("This time has not come yet. Say it once you have left."),
        "hours_answered": _("The crew has answered this already. Both words stand in your evidence pack."),
        "hours_need_words": _("Say why what was noted stands: she reads it, and it goes into the evidence."),
        "paper_too_big": _("This PDF is too big: at most %(most)s MB. A photo of the page does as well."),
        "paper_acts": _(
            "This PDF holds scripts, attachments or a lock. Print it into a plain PDF, or take a photo of the page."
        ),
        "paper_cut": _("This PDF is not whole. Save it again, or take a photo of the page."),
        "paper_unreadable": _("We could not read this file. A photo (JPEG, PNG, WebP) or a PDF works."),
        "leader_unknown": _("A leader is somebody who is booked on this day."),
    }

"""The words for each refusal code. Facts are filled in here, at the door, in the reader's language."""

from django.utils.translation import gettext as _

from config.errors import DomainError
from config.wording_onset import sentences as onset
from config.wording_people import sentences as people
from config.wording_places import sentences as places
from config.wording_remote import sentences as remote
from config.wording_village import sentences as village


def sentence(error: DomainError) -> str:
    """Return what happened and what to do next, for a code of the house; facts fill the gaps."""
    words = _sentences().get(error.code)
    if words is None:
        return _("That could not be done (%(code)s).") % {"code": error.code}
    return words % error.facts if error.facts else words


def _sentences() -> dict[str, str]:
    return {
        **places(),
        **onset(),
        **people(),
        **remote(),
        **village(),
        "offer_expired": _(
            "This offer ended at its deadline. Nothing was booked; the place went to the next person."
        ),
        "offer_not_open": _("This offer has already been answered or was withdrawn. Nothing was changed."),
        "role_full": _("All places of this role are taken by now."),
        "double_booked": _("Those days are already booked: %(title)s, %(days)s. Give that shoot back first."),
        "travel_too_short": _("Between this shoot and %(title)s there is not enough time to travel."),
        "not_free": _("You are not marked as free on all of these days."),
        "offer_live": _("This person already holds an offer for this role."),
        "shoot_not_open": _("This shoot is not open for that. Publish it first, or look at its state."),
        "run_in_progress": _(
            "A match for this shoot is running already. Its progress is shown on the shoot."
        ),
        "nothing_open": _("Nothing is open there in the coming month, so there is nothing to match."),
        "not_a_must": _("This skill is not a must any more. Reload the page to see the role as it is."),
        "move_not_allowed": _(
            "From “%(state)s” this step is not possible. Reload the page to see where it stands."
        ),
        "busy": _("Many people are pressing at once. Please try again in a moment; nothing was lost."),
        "not_yours": _("That belongs to somebody else."),
        "too_young": _("Jinzu is for people of 16 and over. Nothing you typed was kept."),
        "shoot_days": _("A shoot has 5 to 10 shoot days. Change the first or the last day."),
        "overlapping_days": _("These days overlap with days you have already entered."),
        "crew_not_verified": _(
            "This crew is still being checked. You can prepare a shoot; publishing opens when the check is done."
        ),
        "pins_full": _("Every place of this role has somebody you keep for it. Let one of them go first."),
        "pin_barred": _("A requirement keeps this person from the role. Her page on the board names it."),
        "too_many_at_once": _("That are too many people at once. Choose up to 100."),
        "message_empty": _("Write a few words first."),
        "nobody_to_write_to": _(
            "You can write to people who are asked, booked or have applied. None of those chosen is."
        ),
        "note_too_long": _("A note has 300 characters at most."),
        "no_unit": _("You are in no unit any more. Found one, or join one with its number."),
        "unknown_reason": _("Choose one of the reasons of the list, or say nothing."),
        "unknown_step": _("This page does not know that step. Reload it and try again."),
        "unit_name": _("Give the unit a name of 1 to 40 characters, so that crews can call it something."),
        "unit_least": _("Say how many of you have to be there: two to eight."),
        "unit_already": _(
            "You are in a unit already. Leave it first; a person moves with one unit at a time."
        ),
        "unit_full": _("This unit has its eight people."),
        "unit_gone": _("This unit was dissolved, or its number was changed. Ask for the new one."),
        "unit_offer_open": _("This unit is being asked for the shoot right now. Wait until it is decided."),
        "unit_too_small": _("A unit binds from two people on. Send your number to the others first."),
        "unit_no_seats": _(
            "There are not enough open places on this shoot that the people of the unit may take."
        ),
        "unit_not_together": _(
            "%(person)s is not to be had any more, so the unit cannot come as it wants to."
        ),
        "moves_with_unit": _("This person moves with the unit “%(unit)s”. Ask the unit as one."),
        "already_applied": _("You have applied for this role already."),
        # Work: shoots, roles, offers, crews.
        "no_rest": _(
            "Between this shoot and %(title)s there is no night's rest: a day would follow a night."
        ),
        "shoot_past": _("These days have begun or gone by. Choose a first shoot day from today on."),
        "shoot_too_far": _(
            "That is more than a year ahead. Choose a first shoot day within the next twelve months."
        ),
        "shoot_not_over": _(
            "A shoot is wrapped on its last shoot day or after it. To end it earlier, call it off."
        ),
        "no_roles": _("This shoot has no roles yet. Add some, or start from a crew template."),
        "role_started": _("This role has begun already, so nobody can join it any more."),
        "role_days": _("The days of a role lie within the shoot: %(first)s to %(last)s."),
        "role_has_offers": _(
            "People hold offers or bookings for this role, so this stays as it was promised."
        ),
        "below_booked": _("%(taken)s places are booked or offered already: the headcount cannot be smaller."),
        "headcount": _("A role of this kind has 1 to %(most)s places."),
        "day_rate": _("Write a day rate between 1 and 100,000 yuan. Unpaid work cannot be posted here."),
        "hours_per_day": _("A shoot day has 1 to 12 working hours."),
        "ai_use_required": _("Say in a few words what AI is used for; it stands on every role."),
        "live_without_ai": _("Live action uses no AI: empty that line, or choose “AI-assisted”."),
        "filing_number_required": _("Write the number it was filed under, or choose “pending”."),
        "rights_holder_required": _("Name who holds the rights in the story."),
        "passport_unknown": _("Choose one of the answers in the list."),
        "cost_out_of_range": _("Write whole yuan between 0 and %(highest)s."),
        "budget": _("Write whole yuan, or leave it empty."),
        "whole_number": _("Write a whole number, without decimals."),
        "day_unreadable": _("Write the day as year-month-day, such as 2026-12-05."),
        "language_not_listed": _("No language is called “%(name)s”. Choose one from the list."),
        "role_type_unknown": _("No role type is called “%(name)s”. Choose one from the list."),
        "skill_unknown": _("No skill is called “%(name)s”. Choose one from the list."),
        "add_on": _("An add-on is whole yuan between 0 and %(highest)s."),
        "terms_unknown": _("Choose one of the answers in the list."),
        "changed_meanwhile": _("Somebody else has changed this while you looked. Choose which value holds."),
        "days_hold_offers": _("People hold offers or bookings: days and base stay as they were promised."),
        "list_unreadable": _("This file cannot be read as a list. Save it as CSV or XLSX and try again."),
        "list_too_big": _("This list is too long: at most %(most)s lines and 1 MB."),
        "list_empty": _("There is no line in this file. Its first line names the columns."),
        "list_needs_columns": _("Say which column holds the role, and which the day rate or the headcount."),
        "trait_on_crew_role": _("Age, sex and height may be asked of a character only, not of crew members."),
        "unknown_field": _("One of these fields cannot be changed. Reload the page and try again."),
        "crew_is_full": _("Every place is booked or offered already: there is nothing left to match."),
        "run_not_ready": _("This match is not ready to be sent. Look at its state, or ask for a new one."),
        "not_listed": _("This person is not open to offers at the moment."),
        "person_taken": _("This person is booked on these days, or on the road."),
        "asked_elsewhere": _(
            "This person holds another offer for these days. Wait for the answer, or ask the next one."
        ),
        "not_a_graduate": _("Only graduates with a profile can apply. Make a profile first."),
        "not_a_manager": _("Only crew managers can enter a crew. Sign up with an account of that kind."),
        "credit_code": _(
            "A unified social credit code has 18 letters and digits. Check it on the business licence."
        ),
        "credit_code_check": _(
            "The last sign does not fit the others: one of the 18 was mistyped. Compare it with the business licence."
        ),
        "crew_decided": _("This crew is verified or suspended already; its application cannot be changed."),
        "last_owner": _("A crew needs an owner. Make somebody else an owner first."),
        "right_unknown": _("Choose owner, manager, department head or viewer."),
        "already_member": _(
            "Somebody with this address is in the crew already. Change the right on the list."
        ),
        "already_invited": _(
            "An invitation to this address is standing already. Take it back to send another."
        ),
        "too_many_invitations": _(
            "%(most)s invitations are waiting, which is the most. Take one back first."
        ),
        "invitation_over": _(
            "This invitation was taken back, used, or has run out. Ask the crew for a new one."
        ),
        "invitation_of_another": _(
            "This invitation was sent to another address. Sign in with the account of that address."
        ),
        "crew_known": _("This company has a crew here already. Ask its owner to add you."),
        "head_needs_department": _("Choose the department this person leads."),
        "not_a_shoot_day": _("This is not a day of the shoot."),
        "set_elsewhere": _("One of the sets belongs to another base."),
        "booking_over": _("Your days on this shoot are over, so there is nothing left to give back."),
        "booking_not_standing": _("This booking was cancelled, so there is nothing to check in to."),
        "not_your_shoot_day": _("Check in on the shoot day itself; a shoot day runs from 05:00 to 05:00."),
        "not_checked_in": _("Check in first, then check out."),
        "no_call_sheet": _("This call sheet has not been published yet."),
        "somebody_faster": _(
            "Somebody was faster: the place was held out to several people at once, and another said yes first. "
            "It does not count against you."
        ),
        "not_asked_yet": _("There is nothing to confirm yet. Two days before the first call you are asked."),
        "confirmation_missed": _(
            "The time to confirm has passed, and the place went to the next person. If it was not your doing, appeal."
        ),
        "booking_gone": _("This booking has ended, so there is nothing to confirm."),
        "not_called_yet": _(
            "That can be noted from the time of the call on, on a day this person is booked for."
        ),
        "is_on_set": _("This person has checked in today, so the place is not empty."),
        "ground_unknown": _("Choose what kept you: one of the grounds in the list."),
        "appeal_words": _("Write in a few words what happened."),
        "appeal_proof": _(
            "Name the proof: the number of the warning, the notice of the office, the certificate, or an address."
        ),
        "appeal_too_late": _("An appeal can be made within five days, and only against what counts."),
        "appealed_already": _("An appeal about this has been made already."),
        "decision_reason": _(
            "Write the reason of the decision, in at most 500 characters: both sides read it."
        ),
        "crew_owes": _(
            "Your crew owes pay for 30 days or more, so nothing new can be published and nobody new can be asked. "
            "Pay it, mark it as paid, and everything opens at once."
        ),
        "wage_not_marked": _("The crew has not said that it paid, so there is nothing to deny."),
        "wage_not_overdue": _("An answer can be written once a wage is seven days overdue."),
        "wage_marked": _("That had been noted already. Nothing was changed."),
        "search_saved": _("You keep this search already. Its name and alerts can be changed on its page."),
        "search_empty": _("Choose at least one filter or word first; then the search can be kept."),
        "too_many_searches": _("You keep %(most)s searches, which is the most. Forget one first."),
        "alert_unknown": _("Choose at once, once a day, or never."),
        "nothing_to_fix": _("Nothing stands in the way any more. Reload the page."),
        "cannot_be_fixed": _("A tap cannot change that. Look at your profile."),
        "chain_changed": _(
            "While you looked, a shoot of this plan was taken or changed. Here is the best plan as things stand now."
        ),
        "chain_empty": _("A plan has one to ten shoots. Reload the page for the newest."),
        "no_chain": _("You hold no plan at the moment."),
        "aim_unknown": _("Choose best fit, most paid days, or most yuan."),
        # Pages of work.
        "managers_only": _("This page is for crew managers. Your account is of another kind."),
        "admins_only": _("This page is for the people who run the site."),
        "no_proposals": _(
            "There is nothing to send yet. Press Match first; the proposals then stand on the board."
        ),
        "not_applied": _("You have no open application for this role, so there is nothing to take back."),
        "message_too_long": _("Shorten your message to 300 characters, then send it again."),
        # The curation desk.
        "reason_required": _("Say why: it stands in the history, and the people concerned read it."),
        "own_review": _(
            "You asked for this review yourself. Another editor of the hub, or an admin, publishes it."
        ),
        "merge_itself": _("Choose two different rows of one kind."),
        "merge_other_hub": _(
            "These two lie in different hubs. Move one of them first, if they are the same place."
        ),
        "photo_of_another_base": _("Choose a set of this base, or none."),
        "sheet_required": _("Choose a workbook."),
        "sheet_too_big": _("The workbook may have %(most)d MB at most. Send it in parts."),
        "sheet_too_long": _("A sheet may have %(most)d lines at most. Send it in parts."),
        "sheet_unreadable": _("This is not an .xlsx workbook. Save it as one and send it again."),
        "sheet_columns": _(
            "The sheet “%(sheet)s” needs its columns in the first line: %(columns)s … Start from the export."
        ),
        # Reports and the zero-fee guard.
        "role_held": _(
            "This role is held back: its words ask for money, or a report was upheld. Mend the words first."
        ),
        "role_off_the_list": _(
            "This role is off the list while something about it is put right. Look again tomorrow, or see what else fits."
        ),
        "already_reported": _(
            "You have reported this already. An admin looks at it; you will be told how it ends."
        ),
        "words_required": _("Say in a few words what happened."),
        "reason_unknown": _("Choose what it is about."),
        "case_decided": _("Somebody else has just decided this one. Reload the page to see the rest."),
    }

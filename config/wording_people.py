"""The words of refusals about accounts, profiles and free days; `wording` joins them with the others."""

from django.utils.translation import gettext as _


def sentences() -> dict[str, str]:
    return {
        "graduates_only": _("This page is for graduates. Your account is of another kind."),
        "sign_in_wrong": _("This sign-in does not fit. Check the address or number, and the password."),
        "kind_unknown": _("Choose whether you look for work or run a crew."),
        "account_exists": _(
            "There is an account with these details already. Sign in, or ask for a new password."
        ),
        "login_missing": _("Give a mobile number or an e-mail address: your code goes there."),
        "no_text_messages": _(
            "This site cannot send text messages yet. Use an e-mail address instead of the number."
        ),
        "consent_matching": _(
            "You have taken back your consent to be matched. Give it again under Account, My data, then set this."
        ),
        "terms_end_account": _("Without these rules there is no account. To end it, delete your account."),
        "contacts_closed": _("This booking has ended, and with it the right to the contact details."),
        "crew_needs_owner": _(
            "You are the only owner of a crew with open shoots. Hand it to somebody or end its shoots first."
        ),
        "admins_stay": _("An account that runs the site is closed by another admin, not on this page."),
        "leaving_already": _("Your account is marked for deletion already."),
        "not_leaving": _("Your account is not marked for deletion."),
        "copy_asked": _("A copy is being made already. You get a notice when it is ready."),
        "copy_gone": _("This copy has been deleted. Ask for a new one."),
        "consent_unknown": _("There is nothing of that name to agree to. Reload the page."),
        "email_unknown": _("Write an e-mail address like name@example.com."),
        "mobile_unknown": _("Write a mainland mobile number with 11 digits, such as 138 0013 8000."),
        "mobile_unusable": _(
            "This number cannot be added to your account. Check its digits, or use another one."
        ),
        "login_needed": _(
            "Keep this number: without it and without an e-mail address you could not sign in."
        ),
        "language_unknown": _("Choose one of the languages in the list."),
        "birth_date_required": _(
            "Give your date of birth: work may be offered only to people of 16 and over."
        ),
        "birth_date_impossible": _(
            "Check your date of birth: it lies in the future or more than 100 years back."
        ),
        "text_required": _("Fill this in: it may not stay empty."),
        "text_too_long": _("Shorten this to at most %(longest)s characters."),
        "text_unreadable": _("Remove the hidden or unreadable characters, then save again."),
        "waiting_since_impossible": _("Choose a day between 1 January 2000 and today, or leave it empty."),
        "weekdays_needed": _("Choose at least one day of the week."),
        "nothing_to_undo": _("There is no change to take back."),
        "calendar_address": _(
            "Paste an address that begins with https:// or webcal://, as your calendar shows it under “secret address”."
        ),
        "calendar_unreadable": _("This is not a calendar file. Export it as iCalendar (.ics) and try again."),
        "calendar_too_big": _(
            "This calendar is too big for us: at most %(most)s MB. Export only the coming months."
        ),
        "calendar_private": _("This address does not lead to a calendar on the open internet."),
        "calendar_away": _("The calendar did not answer in time."),
        "calendar_refused": _("The calendar did not let us read it. Copy its secret address anew."),
        "photo_required": _("Choose a photo first."),
        "photo_too_big": _("This photo is too big: at most %(most)s MB."),
        "photo_unreadable": _("We could not read this as a photo. JPEG, PNG and WebP work."),
        "photo_too_small": _("This photo is too small: at least %(least)s pixels on each side."),
        "link_unusable": _("Write a whole address that begins with https://"),
        "link_twice": _("This link is in your list already."),
        "training_twice": _("This course is in your list already."),
        "roles_twice": _("A role type stands in your list twice. Keep it once."),
        "skills_twice": _("A skill stands in your list twice. Keep it once."),
        "too_many": _("That is more than we can keep: at most %(most)s. Remove some first."),
        "level_unknown": _("Choose a level: has tried it, works alone, or leads others."),
        "rate_out_of_range": _("Write whole yuan between 0 and %(highest)s."),
        "sex_unknown": _("Choose one of the answers in the list."),
        "ages_together": _("Give both ages, the youngest and the oldest you can play, or neither."),
        "ages_out_of_range": _("Ages run from 1 to 100."),
        "ages_in_order": _("The oldest age you can play may not be below the youngest."),
        "height_out_of_range": _("Write your height in centimetres, between 80 and 230."),
        "school_required": _("Choose your school in the list, or write its name."),
        "degree_unknown": _("Choose a degree in the list."),
        "year_out_of_range": _("Write a year between %(first)s and %(last)s."),
        "days_out_of_range": _("Write a number of days between 0 and 366."),
        "credit_proven": _("This credit grew from a booking here and proves your work, so it stays."),
        "part_unknown": _("Choose day, night, or day and night."),
        "day_past": _("Days that are over stay as they were. Choose today or a later day."),
        "day_too_far": _("Choose a day within the next %(most)s days."),
        "day_out_of_month": _("One of the days is not in this month. Reload the page and mark it again."),
        "day_unknown": _("One of the days could not be read. Write it like 2026-12-05."),
        "days_in_order": _("The last day may not be before the first."),
        "nothing_chosen": _("Choose at least one day, then press the button again."),
        "too_many_tries": _("Too many tries. Wait a little, then try again."),
    }

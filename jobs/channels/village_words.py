"""The words for a villager: a text message on a plain phone has no link and no page behind it, so it says all there is.

Short, in the order in which she needs it: when, where, what, how much, whom to tell.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from config import formats
from hubs.models.bilingual import in_reader_language
from jobs.enums import NoticeKind
from profiles.queries.villages import Address

Facts = dict[str, Any]
Said = tuple[str, str, str]


def plain_text(kind: str, facts: Facts, told: Address) -> str:
    """Return the whole text for a villager; a plain sentence where a fact is missing or the kind has no words here."""
    terms = {"coordinator": told.coordinator, "phone": formats.dialled(told.phone)}
    try:
        said = _TEXTS[kind](facts) % {**_terms(facts), **terms}
    except (KeyError, TypeError, ValueError):
        said = _("There is news about your work. Ask %(coordinator)s, %(phone)s.") % terms
    if not told.hers:
        said = _("For %(name)s: %(text)s") % {"name": told.name, "text": said}
    return _("Jinzu: %(text)s") % {"text": said}


def _offer(facts: Facts) -> str:
    return _(
        "%(crew)s asks for you: %(role)s, %(days)s, %(base)s, %(pay)s a day. "
        "Tell %(coordinator)s yes or no by %(until)s: %(phone)s."
    )


def _call(facts: Facts) -> str:
    if facts.get("meeting"):
        return _(
            "%(day)s: be there at %(call)s. %(meeting)s. %(base)s, %(role)s, %(pay)s. Questions: %(phone)s."
        )
    return _("%(day)s: be there at %(call)s. %(base)s, %(role)s, %(pay)s. Questions: %(phone)s.")


def _call_sheet(facts: Facts) -> str:
    if facts.get("off"):
        return _("%(day)s is free for you: do not come. The other days stay. Questions: %(phone)s.")
    if facts["version"] > 1:
        return _("Changed! %(day)s: be there at %(call)s, “%(title)s”. Questions: %(phone)s.")
    return _("%(day)s: be there at %(call)s, “%(title)s”. Questions: %(phone)s.")


def _booked(facts: Facts) -> str:
    return _(
        "You are booked: %(days)s, %(base)s, %(role)s, %(pay)s a day. The day before, you are told when to come."
    )


def _cancelled(facts: Facts) -> str:
    return _("Called off: %(days)s, “%(title)s”. Do not come. Questions: %(coordinator)s, %(phone)s.")


def _gone(facts: Facts) -> str:
    return _("The place of %(days)s has gone to somebody else. That does not count against you.")


def _confirm(facts: Facts) -> str:
    return _("Are you coming? %(days)s, %(base)s. Tell %(coordinator)s by %(until)s: %(phone)s.")


def _paid(facts: Facts) -> str:
    return _(
        "%(crew)s says that it has paid you %(amount)s. Tell %(coordinator)s whether it is there: %(phone)s."
    )


def _overdue(facts: Facts) -> str:
    return _("%(crew)s owes you %(amount)s and is late. %(coordinator)s helps you: %(phone)s.")


def _handed_on(facts: Facts) -> str:
    if facts.get("about") != "handed_on":
        raise ValueError
    return _("From now on %(coordinator)s speaks for you: %(phone)s. Your card stays good.")


def _leaving(facts: Facts) -> str:
    return _("On %(until_day)s everything about you is deleted, as you asked. Changed your mind? %(phone)s.")


_TEXTS: dict[str, Callable[[Facts], str]] = {
    NoticeKind.OFFER_RECEIVED: _offer,
    NoticeKind.OFFER_WITHDRAWN: _gone,
    NoticeKind.OFFER_EXPIRED: _gone,
    NoticeKind.BOOKING_CONFIRMED: _booked,
    NoticeKind.BOOKING_CANCELLED: _cancelled,
    NoticeKind.CONFIRM_ASKED: _confirm,
    NoticeKind.CALL_SHEET: _call_sheet,
    NoticeKind.VILLAGE_CALL: _call,
    NoticeKind.VILLAGE_NEWS: _handed_on,
    NoticeKind.WAGE_PAID: _paid,
    NoticeKind.WAGE_OVERDUE: _overdue,
    NoticeKind.LEAVING: _leaving,
}
TEXTED = frozenset(_TEXTS)
"""What a villager is texted. Everything else her coordinator sees on her page."""


def call(facts: Any) -> Said:
    """The call for tomorrow, as it stands among the notices of a person who has taken her account over."""
    terms = {**_terms(facts), "title": facts["title"]}
    return (
        _("%(day)s, %(call)s: %(title)s") % terms,
        _("%(base)s, %(role)s, %(pay)s.") % terms,
        reverse("my_work"),
    )


def handed_on(facts: Any) -> Said:
    """Another coordinator speaks for her from now on."""
    terms = {"coordinator": facts["coordinator"], "phone": formats.dialled(facts["phone"])}
    return (
        _("From now on %(coordinator)s speaks for you") % terms,
        _("%(phone)s. Your card stays good.") % terms,
        reverse("home"),
    )


def taken_over(facts: Any) -> Said:
    """For the coordinator: one of her people answers for herself from now on."""
    terms = {"person": facts["person"]}
    return (
        _("%(person)s has a phone now and has taken the account over") % terms,
        _("From now on %(person)s answers alone. Nothing is lost: days, hours and pay stay.") % terms,
        reverse("village:desk"),
    )


NEWS: dict[str, Callable[[Any], Said]] = {"handed_on": handed_on, "taken_over": taken_over}
"""News of the village that are no other notice's words."""


def _terms(facts: Facts) -> dict[str, str]:
    """The facts that are there, as the reader's language writes them."""
    terms: dict[str, str] = {
        name: str(facts[name]) for name in ("crew", "title", "call", "meeting") if name in facts
    }
    for name in ("role", "base"):
        if f"{name}_zh" in facts:
            terms[name] = in_reader_language(facts[f"{name}_zh"], facts[f"{name}_en"])
    if "first_day" in facts:
        last = date.fromisoformat(facts["last_day"]) + timedelta(days=1)
        terms["days"] = formats.day_span(DateRange(date.fromisoformat(facts["first_day"]), last))
    for name, key in (("pay", "day_rate"), ("amount", "amount")):
        if key in facts:
            terms[name] = formats.yuan(facts[key])
    if facts.get("expires_at"):
        terms["until"] = formats.moment(datetime.fromisoformat(facts["expires_at"]))
    if "day" in facts:
        terms["day"] = formats.day(date.fromisoformat(facts["day"]))
    if "until" in facts:
        terms["until_day"] = formats.moment(datetime.fromisoformat(facts["until"]))
    return terms

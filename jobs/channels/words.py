"""The words of a notice: put on when it is read or sent, in the language that is active then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from psycopg.types.range import DateRange

from config import formats
from hubs.models.bilingual import in_reader_language
from jobs.channels import (
    case_words,
    crew_words,
    desk_words,
    floor_words,
    likeness_words,
    promise_words,
    set_words,
    village_words,
)
from jobs.enums import NoticeKind

Facts = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What a notice says: a title, a sentence or two, and the path of the page that has the rest (may be empty)."""

    title: str
    text: str
    path: str


def words(kind: str, facts: Facts) -> Words:
    """Return the words for a notice of `kind`; a plain sentence where a fact is missing or cannot be read.

    Rows outlive the code that wrote them: one that has lost a fact may not take the whole page with it.
    """
    try:
        return _WRITERS[kind](_Readable(facts))
    except (KeyError, TypeError, ValueError, NoReverseMatch):
        return plain(kind)


def plain(kind: str) -> Words:
    """What is said of a notice whose facts cannot be read: its kind, and where things stand."""
    label = dict(NoticeKind.choices).get(kind, "")
    return Words(
        _("News: %(kind)s") % {"kind": label} if label else _("News from your crew or the site"),
        _("The details of this message are no longer there. Your pages show how things stand."),
        reverse("home"),
    )


class _Readable(dict):
    """Facts with their values as the reader's language writes them."""

    @property
    def role(self) -> str:
        return in_reader_language(self["role_zh"], self["role_en"])

    @property
    def base(self) -> str:
        if self.get("remote"):
            return _("remote, from anywhere")
        return in_reader_language(self["base_zh"], self["base_en"])

    @property
    def days(self) -> str:
        last = date.fromisoformat(self["last_day"])
        return formats.day_span(DateRange(date.fromisoformat(self["first_day"]), last + timedelta(days=1)))

    @property
    def pay(self) -> str:
        return formats.yuan(self["day_rate"])

    @property
    def until(self) -> str:
        return formats.moment(datetime.fromisoformat(self["expires_at"]))

    def terms(self) -> dict[str, str]:
        return {
            "role": self.role, "title": self["title"], "base": self.base, "days": self.days, "pay": self.pay,
            "crew": self["crew"],
        }  # fmt: skip


def _offer_received(facts: _Readable) -> Words:
    terms = facts.terms() | {"until": facts.until}
    return Words(
        _("Offer: %(role)s, %(title)s") % terms,
        _(
            "%(crew)s would like you as %(role)s for “%(title)s”: %(pay)s a day, %(days)s, %(base)s. "
            "The offer stands until %(until)s. If you decline or let it pass, nothing bad happens."
        )
        % terms,
        reverse("offers:detail", args=[facts["offer"]]),
    )


def _offer_expired(facts: _Readable) -> Words:
    return Words(
        _("Offer expired: %(role)s, %(title)s") % facts.terms(),
        _("Nobody answered in time, so the place went to the next person. It does not count against you."),
        reverse("offers:detail", args=[facts["offer"]]),
    )


def _booking_confirmed(facts: _Readable) -> Words:
    return Words(
        _("You are booked: %(role)s, %(title)s") % facts.terms(),
        _("%(days)s, %(base)s, %(pay)s a day, with %(crew)s. The shoot is in your calendar.") % facts.terms(),
        reverse("my_calendar") + f"?month={facts['first_day'][:7]}",
    )


def _market_ended(facts: _Readable) -> Words:
    place = in_reader_language(facts["hub_zh"], facts["hub_en"]) or _("the whole country")
    path = reverse("markets:detail", args=[facts["market"]])
    if facts["state"] == "withheld":
        return Words(
            _("Parts of a plan were withheld: %(place)s") % {"place": place},
            _("They failed the independent check. What passed has been proposed; the page names the rules."),
            path,
        )
    return Words(
        _("A market run failed: %(place)s") % {"place": place},
        _("It could not be finished. What it had proposed until then stays; you can ask for a new one."),
        path,
    )


def _match_ready(facts: _Readable) -> Words:
    if "market" in facts:
        return _market_ended(facts)
    path = reverse("runs:detail", args=[facts["run"]])
    if facts["state"] == "withheld":
        return Words(
            _("A match was withheld: %(title)s") % facts,
            _("The result failed its independent check, so nobody was proposed. An admin has been told."),
            path,
        )
    if facts["state"] == "failed":
        return Words(
            _("A match failed: %(title)s") % facts,
            _("The run could not be finished. You can ask for a new one; an admin has been told."),
            path,
        )
    if facts["state"] == "renewed":
        return Words(
            _("New proposals: %(title)s") % facts,
            ngettext(
                "Matched together with all shoots of the hub: %(new)s person is newly proposed, "
                "%(filled)s of %(slots)s places have a proposal.",
                "Matched together with all shoots of the hub: %(new)s people are newly proposed, "
                "%(filled)s of %(slots)s places have a proposal.",
                facts["new"],
            )
            % facts,
            path,
        )
    return Words(
        _("The match is ready: %(title)s") % facts,
        _("%(filled)s of %(slots)s places have a proposal. Look at the reasons, then send the offers.")
        % facts,
        reverse("shoots:board", args=[facts["shoot"]]),
    )


def _offer_answered(facts: _Readable) -> Words:
    terms = facts.terms() | {"person": facts["person"]}
    if facts["answer"] == "accepted":
        title, text = _("%(person)s is in: %(role)s") % terms, _("Booked for %(days)s.") % terms
    else:
        title = _("%(person)s has declined: %(role)s") % terms
        text = _("The place is being offered to the next person.")
    return Words(title, f"{facts['title']} · {text}", reverse("shoots:board", args=[facts["shoot"]]))


def _crew_full(facts: _Readable) -> Words:
    return Words(
        _("The crew is complete: %(title)s") % facts,
        _("All %(people)s places are booked. The call sheet can be printed.") % facts,
        reverse("shoots:board", args=[facts["shoot"]]),
    )


def _application_received(facts: _Readable) -> Words:
    if "unit" in facts:
        return Words(*desk_words.unit_applied(facts))
    terms = {"person": facts["person"], "role": facts.role, "title": facts["title"]}
    return Words(
        _("Application: %(role)s, %(title)s") % terms,
        _("%(person)s has applied. The next match will consider her.") % terms,
        reverse("shoots:role", args=[facts["shoot"], facts["role"]]),
    )


def _search_found(facts: _Readable) -> Words:
    terms = facts.terms() | {"name": facts["name"], "more": facts["count"] - 1}
    text = _("%(role)s for “%(title)s”: %(pay)s a day, %(days)s, %(base)s.") % terms
    if not terms["more"]:
        return Words(
            _("New for “%(name)s”: %(role)s") % terms, text, reverse("roles:detail", args=[facts["role"]])
        )
    more = ngettext("And %(more)d more role.", "And %(more)d more roles.", terms["more"]) % terms
    title = ngettext(
        "%(count)d new role for “%(name)s”", "%(count)d new roles for “%(name)s”", facts["count"]
    ) % {"count": facts["count"], "name": facts["name"]}
    query = urlencode({**facts["query"], "order": "newest"})
    return Words(title, f"{text} {more}", f"{reverse('roles:list')}?{query}")


def _call_sheet(facts: _Readable) -> Words:
    day = formats.day(date.fromisoformat(facts["day"]))
    terms = {"title": facts["title"], "day": day, "call": facts["call"], "version": facts["version"]}
    if "off" not in facts:
        what = _("Version %(version)s. General call %(call)s; your own time and place stand on the sheet.")
    elif facts["off"]:
        what = _("Version %(version)s. You have this day free.")
    else:
        what = _("Version %(version)s. Your call is %(call)s; place and scenes stand on the sheet.")
    first = facts["version"] == 1
    title = _("Call sheet: %(title)s, %(day)s") if first else _("Call sheet changed: %(title)s, %(day)s")
    return Words(
        title % terms,
        what % terms,
        reverse("shoots:call_sheet", args=[facts["shoot"], facts["day"]]),
    )


def _export_ready(facts: _Readable) -> Words:
    until = formats.moment(datetime.fromisoformat(facts["until"]))
    return Words(
        _("The copy of your data is ready"),
        _("You can fetch it until %(until)s; after that it is deleted.") % {"until": until},
        reverse("my_data"),
    )


def _leaving(facts: _Readable) -> Words:
    until = formats.moment(datetime.fromisoformat(facts["until"]))
    return Words(
        _("Your account will be deleted on %(until)s") % {"until": until},
        _("Until then you can change your mind. No crew finds you any more."),
        reverse("my_data"),
    )


def _village_news(facts: _Readable) -> Words:
    if facts["about"] in village_words.NEWS:
        return Words(*village_words.NEWS[facts["about"]](facts))
    told = words(facts["about"], dict(facts))
    title = _("For %(person)s: %(title)s") % {"person": facts["person"], "title": told.title}
    return Words(title, told.text, reverse("village:person", args=[facts["villager"]]))


_WRITERS: dict[str, Callable[[_Readable], Words]] = {
    NoticeKind.OFFER_RECEIVED: _offer_received,
    NoticeKind.OFFER_WITHDRAWN: lambda facts: Words(*promise_words.offer_withdrawn(facts)),
    NoticeKind.OFFER_EXPIRED: _offer_expired,
    NoticeKind.BOOKING_CONFIRMED: _booking_confirmed,
    NoticeKind.BOOKING_CANCELLED: lambda facts: Words(*promise_words.booking_cancelled(facts)),
    NoticeKind.MATCH_READY: _match_ready,
    NoticeKind.OFFER_ANSWERED: _offer_answered,
    NoticeKind.CREW_FULL: _crew_full,
    NoticeKind.APPLICATION_RECEIVED: _application_received,
    NoticeKind.WAGE_PAID: lambda facts: Words(*promise_words.wage_paid(facts)),
    NoticeKind.CALL_SHEET: _call_sheet,
    NoticeKind.EXPORT_READY: _export_ready,
    NoticeKind.LEAVING: _leaving,
    NoticeKind.SEARCH_FOUND: _search_found,
    NoticeKind.UNIT_CHANGED: lambda facts: Words(*desk_words.unit_changed(facts)),
    NoticeKind.UNIT_SETTLED: lambda facts: Words(*desk_words.unit_settled(facts)),
    NoticeKind.CREW_MESSAGE: lambda facts: Words(*desk_words.crew_message(facts)),
    NoticeKind.APPLICATION_CLOSED: lambda facts: Words(*desk_words.application_closed(facts)),
    NoticeKind.CONFIRM_ASKED: lambda facts: Words(*promise_words.confirm_asked(facts)),
    NoticeKind.STRIKE: lambda facts: Words(*promise_words.strike(facts)),
    NoticeKind.APPEAL_FILED: lambda facts: Words(*promise_words.appeal_filed(facts)),
    NoticeKind.APPEAL_DECIDED: lambda facts: Words(*promise_words.appeal_decided(facts)),
    NoticeKind.WAGE_OVERDUE: lambda facts: Words(*promise_words.wage_overdue(facts)),
    NoticeKind.WAGE_DENIED: lambda facts: Words(*promise_words.wage_denied(facts)),
    NoticeKind.HOURS_DISPUTED: lambda facts: Words(*promise_words.hours_disputed(facts)),
    NoticeKind.HOURS_ANSWERED: lambda facts: Words(*promise_words.hours_answered(facts)),
    NoticeKind.REFILL_STUCK: lambda facts: Words(*promise_words.refill_stuck(facts)),
    NoticeKind.CREW_DECIDED: lambda facts: Words(*crew_words.decided(facts)),
    NoticeKind.SET_FREE: lambda facts: Words(*set_words.free(facts)),
    NoticeKind.CASE_DECIDED: lambda facts: Words(*case_words.decided(facts)),
    NoticeKind.LIKENESS_ASKED: lambda facts: Words(*likeness_words.asked(facts)),
    NoticeKind.LIKENESS_ANSWERED: lambda facts: Words(*likeness_words.answered(facts)),
    NoticeKind.ROLE_BELOW_FLOOR: lambda facts: Words(*floor_words.below(facts)),
    NoticeKind.CREW_RIGHT: lambda facts: Words(*crew_words.right(facts)),
    NoticeKind.VILLAGE_CALL: lambda facts: Words(*village_words.call(facts)),
    NoticeKind.VILLAGE_NEWS: _village_news,
}

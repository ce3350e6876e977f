"""The words of several notices of one topic, shown as one line."""

from collections.abc import Callable

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jobs.channels.words import Facts, Words, plain, words
from jobs.enums import NoticeKind


def several(kind: str, facts: Facts, *, count: int, accepted: int) -> Words:
    """Return the words for `count` notices of one topic, the newest of which has these facts."""
    if count < 2:
        return words(kind, facts)
    try:
        return _TOGETHER[kind](facts, count, accepted)
    except (KeyError, TypeError, ValueError, NoReverseMatch):
        return plain(kind)


def _answers(facts: Facts, count: int, accepted: int) -> Words:
    terms = {"count": count, "title": facts["title"], "accepted": accepted, "declined": count - accepted}
    return Words(
        _("%(count)d answers: %(title)s") % terms,
        _("%(accepted)d are in, %(declined)d declined. Places that are free are offered on.") % terms,
        reverse("shoots:board", args=[facts["shoot"]]),
    )


def _applications(facts: Facts, count: int, accepted: int) -> Words:
    terms = {"count": count, "title": facts["title"], "person": facts["person"]}
    return Words(
        _("%(count)d applications: %(title)s") % terms,
        _("%(person)s is the newest. The next match will consider them.") % terms,
        reverse("shoots:board", args=[facts["shoot"]]),
    )


_TOGETHER: dict[str, Callable[[Facts, int, int], Words]] = {
    NoticeKind.OFFER_ANSWERED: _answers,
    NoticeKind.APPLICATION_RECEIVED: _applications,
}

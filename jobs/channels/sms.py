"""A notice as a text message: its title and one address, in the recipient's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.channels.village_words import plain_text
from jobs.channels.words import words
from jobs.models import Notice
from profiles.channels import sms
from profiles.models import User
from profiles.queries import villages

LONGEST = 60
"""Signs of the title: with the address, a Chinese text message stays within two parts."""


def wanted(notice: Notice) -> bool:
    return notice.by_sms


def reachable(user: User) -> bool:
    """Whether a text message may go to a user: a proved number, an active account, and no simulated person.

    A villager's number was told to her coordinator face to face: it is texted, and opens nothing.
    """
    profile = getattr(user, "profile", None)
    proved = user.spoken_for or bool(user.mobile and user.mobile_verified)
    return bool(sms.available() and user.is_active and proved and not (profile and profile.simulated))


def send(found: list[Notice]) -> None:
    """Send one text message for these notices of one person; raises whatever the gateway refuses with."""
    recipient = found[0].recipient
    if (told := villages.address(recipient)) is not None:
        for notice in found:  # each by itself: she has no page on which the others would stand
            with translation.override(recipient.language or settings.LANGUAGE_CODE):
                said = plain_text(notice.kind, notice.facts, told)
            sms.send(to=told.to, text=said, key=f"notice-{notice.pk}")
        return
    sms.send(to=recipient.mobile or "", text=text(found), key=f"notice-{found[-1].pk}")


def text(found: list[Notice]) -> str:
    """Write the text: what happened and where to read it, or how many things happened. It answers nothing."""
    with translation.override(found[0].recipient.language or settings.LANGUAGE_CODE):
        said = words(found[0].kind, found[0].facts)
        title, path = said.title[:LONGEST], said.path
        if len(found) > 1:
            count = {"count": len(found)}
            title = ngettext("%(count)d notice for you", "%(count)d notices for you", len(found)) % count
            path = reverse("notices")
        return _("Jinzu: %(title)s %(link)s") % {"title": title, "link": settings.SITE_URL.rstrip("/") + path}

"""A notice as a text message: its title and one address, in the recipient's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.channels.words import words
from jobs.models import Notice
from profiles.channels import sms
from profiles.models import User

LONGEST = 60
"""Signs of the title: with the address, a Chinese text message stays within two parts."""


def wanted(notice: Notice) -> bool:
    return notice.by_sms


def reachable(user: User) -> bool:
    """Whether a text message may go to a user: a proved number, an active account, and no simulated person."""
    profile = getattr(user, "profile", None)
    proved = bool(user.mobile and user.mobile_verified)
    return bool(sms.available() and user.is_active and proved and not (profile and profile.simulated))


def send(found: list[Notice]) -> None:
    """Send one text message for these notices of one person; raises whatever the gateway refuses with."""
    recipient = found[0].recipient
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

"""The letter that asks somebody into a crew. She may have no account, so it goes to an address, not to a user."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jobs.models import CrewInvitation
from jobs.models.crew import invitation_key


def message(invitation: CrewInvitation) -> EmailMultiAlternatives:
    """Write the letter in the language of who invites: the invited one's is not known yet."""
    by = invitation.invited_by
    with translation.override((by and by.language) or settings.LANGUAGE_CODE):
        path = reverse("crews:join", args=[invitation_key(invitation)])
        context = {
            "crew": invitation.crew.name,
            "company": invitation.crew.company_name,
            "by": by.name if by else "",
            "right": invitation.get_right_display(),
            "until": invitation.expires_at,
            "link": settings.SITE_URL.rstrip("/") + path,
        }
        return EmailMultiAlternatives(
            _("%(crew)s asks you to join it on Jinzu") % context,
            render_to_string("emails/crew-invitation.txt", context),
            to=[invitation.email],
            headers={"Message-ID": _message_id(invitation), "Auto-Submitted": "auto-generated"},
        )


def _message_id(invitation: CrewInvitation) -> str:
    """The same for every copy, so that a second one can be known as such."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "jinzu.example"
    return f"<crew-invitation-{invitation.pk}@{domain}>"

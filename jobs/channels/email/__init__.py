"""A notice as an e-mail, in the recipient's language. The link opens a page; reading a page never answers anything."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from jobs.channels.words import Words, words
from jobs.enums import NoticeKind
from jobs.models import Notice
from jobs.models.offer import answer_key
from profiles.models import User


def reachable(user: User) -> bool:
    """Whether an e-mail may go to a user: an active account with an address, and a person, not a simulated one."""
    profile = getattr(user, "profile", None)
    return bool(user.is_active and user.email and not (profile and profile.simulated))


def message_id(notice: Notice) -> str:
    """Return the Message-ID of a notice: the same for every copy, so that a second one can be known as such."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "jinzu.example"
    return f"<notice-{notice.pk}@{domain}>"


def send(notice: Notice) -> None:
    """Send the e-mail of a notice; raises whatever the mail server refuses with. `notice.recipient` is read."""
    message(notice).send()


def message(notice: Notice) -> EmailMultiAlternatives:
    """Write the e-mail of a notice: subject, plain text and HTML from three templates."""
    recipient = notice.recipient
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        said = words(notice.kind, notice.facts)
        context = {
            "words": said,
            "name": recipient.name,
            "link": settings.SITE_URL.rstrip("/") + _path(notice, said),
            "language": translation.get_language(),
            "operator_name": settings.OPERATOR_NAME,
            "hr_licence_number": settings.HR_LICENCE_NUMBER,
        }
        subject = " ".join(render_to_string("emails/notice-subject.txt", context).split())
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("emails/notice-body.txt", context),
            to=[recipient.email] if recipient.email else [],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("emails/notice-body.html", context), "text/html")
    return mail


def _path(notice: Notice, said: Words) -> str:
    """An offer's e-mail carries its key, so that she may answer on a phone that is not signed in."""
    if notice.kind == NoticeKind.OFFER_RECEIVED:
        return reverse("answer", args=[answer_key(notice.facts["offer"], notice.recipient_id)])
    return said.path

"""A notice as an e-mail, in the recipient's language. The link opens a page; reading a page never answers anything."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

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


def wanted(notice: Notice) -> bool:
    return notice.by_mail


def send(found: list[Notice]) -> None:
    """Send one mail for these notices of one person; raises whatever the mail server refuses with."""
    (message(found[0]) if len(found) == 1 else digest(found)).send()


def digest(found: list[Notice]) -> EmailMultiAlternatives:
    """Write one mail for many notices, oldest first: a line and an address for each."""
    recipient = found[0].recipient
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        lines = [(said := words(each.kind, each.facts), _link(_path(each, said))) for each in found]
        title = ngettext("%(count)d notice for you", "%(count)d notices for you", len(lines))
        context = _house(recipient) | {
            "lines": [{"words": said, "link": link} for said, link in lines],
            "title": title % {"count": len(lines)},
            "link": _link(reverse("notices")),
        }
        mail = EmailMultiAlternatives(
            f"{context['title']}: {lines[0][0].title}"[:150],
            render_to_string("emails/digest-body.txt", context),
            to=[recipient.email] if recipient.email else [],
            headers={"Message-ID": message_id(found[-1]), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("emails/digest-body.html", context), "text/html")
    return mail


def message(notice: Notice) -> EmailMultiAlternatives:
    """Write the e-mail of a notice: subject, plain text and HTML from three templates."""
    recipient = notice.recipient
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        said = words(notice.kind, notice.facts)
        context = _house(recipient) | {"words": said, "link": _link(_path(notice, said))}
        subject = " ".join(render_to_string("emails/notice-subject.txt", context).split())
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("emails/notice-body.txt", context),
            to=[recipient.email] if recipient.email else [],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("emails/notice-body.html", context), "text/html")
    return mail


def _house(recipient: User) -> dict:
    return {
        "name": recipient.name,
        "choices": _link(reverse("my_notice_choices")),
        "language": translation.get_language(),
        "operator_name": settings.OPERATOR_NAME,
        "hr_licence_number": settings.HR_LICENCE_NUMBER,
    }


def _link(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def _path(notice: Notice, said: Words) -> str:
    """An offer's e-mail carries its key, so that she may answer on a phone that is not signed in."""
    if notice.kind == NoticeKind.OFFER_RECEIVED and "offer" in notice.facts:
        return reverse("answer", args=[answer_key(notice.facts["offer"], notice.recipient_id)])
    return said.path

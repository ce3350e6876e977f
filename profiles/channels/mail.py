"""Mail of the demo market: rows on the outbox page, where a visitor finds her code."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from profiles.models import OutboxItem


class OutboxBackend(BaseEmailBackend):
    """Keeps every mail as a row, one for each recipient. Chosen by `EMAIL_URL=outbox://`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            OutboxItem(
                channel=OutboxItem.Channel.MAIL, recipient=to, subject=mail.subject[:200], text=str(mail.body)
            )
            for mail in email_messages
            for to in mail.recipients()
        ]
        OutboxItem.objects.bulk_create(rows)
        return len(email_messages)

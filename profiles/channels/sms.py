"""Text messages. Which gateway carries them is a setting; the house knows one method of it."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from profiles.models import OutboxItem


class Gateway(Protocol):
    """What a gateway must be able to do. A class of the operator's provider is named in `SMS_GATEWAY`."""

    def send(self, *, to: str, text: str, key: str) -> None:
        """Hand over `text` for the number `to` (+86 and 11 digits), or raise.

        `key` is the same for every try of the same message: give it to the provider, so that it arrives once.
        """


class Outbox:
    """The gateway of development and of the demo market: a row, shown on the outbox page."""

    def send(self, *, to: str, text: str, key: str) -> None:
        OutboxItem.objects.create(channel=OutboxItem.Channel.SMS, recipient=to, text=text)


def available() -> bool:
    """Whether this site can send text messages at all; without a gateway nobody is asked for a number's code."""
    return bool(settings.SMS_GATEWAY)


def gateway() -> Gateway:
    return import_string(settings.SMS_GATEWAY)()


def send(*, to: str, text: str, key: str) -> None:
    """Send one text message through the site's gateway; raises whatever it refuses with."""
    gateway().send(to=to, text=text, key=key)

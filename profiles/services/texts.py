"""Text messages that must leave at once: codes. What can wait is a notice, a floor above."""

from config.errors import Invalid
from profiles.channels import sms


def send(*, to: str, text: str, key: str) -> None:
    """Send one text message; raise Invalid `no_text_messages` on a site without a gateway."""
    if not sms.available():
        raise Invalid("no_text_messages", field="login")
    sms.send(to=to, text=text, key=key)

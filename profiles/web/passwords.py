"""What a password has to be, in words that our catalogue holds: Django's own sentence has lost its Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """As Django's, with the remedy in the reader's language."""

    def get_error_message(self) -> str:
        return _("Too short: a password has %(least)d characters or more.") % {"least": self.min_length}

"""Fields of forms that more than one page has."""

from django.forms import CharField, TextInput, ValidationError

from config.errors import DomainError
from config.wording import sentence
from profiles.services.mobile import clean_mobile


class MobileField(CharField):
    """A mainland mobile number in any spelling; its value is +86 and 11 digits."""

    widget = TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: str) -> str:
        typed = super().clean(value)
        try:
            return clean_mobile(typed) if typed else ""
        except DomainError as error:
            raise ValidationError(sentence(error), code=error.code) from error

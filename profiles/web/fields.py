"""Fields of forms that more than one page has."""

from typing import NamedTuple

from django.forms import CharField, TextInput, ValidationError

from config.errors import DomainError
from config.wording import sentence
from profiles.services.accounts import clean_email
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


class Login(NamedTuple):
    """What somebody signs in with. `kind` is "phone" or "email", allauth's words for them."""

    kind: str
    value: str


class LoginField(CharField):
    """A mobile number in any spelling or an e-mail address; its value is a Login."""

    widget = TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def clean(self, value: str) -> Login | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        try:
            if "@" in typed or "＠" in typed:
                return Login("email", clean_email(typed.replace("＠", "@"), field="login"))
            return Login("phone", clean_mobile(typed, field="login"))
        except DomainError as error:
            raise ValidationError(sentence(error), code=error.code) from error

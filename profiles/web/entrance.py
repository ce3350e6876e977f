"""The forms of signing up and in. allauth loads them by name, and asks them in its own steps."""

from allauth.account import forms as stock
from allauth.socialaccount import forms as social
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from config.errors import Conflict, DomainError, Invalid
from config.wording import sentence
from profiles.channels import sms
from profiles.models import User, today_at
from profiles.services import accounts
from profiles.services.text import clean_line

from .fields import Login, LoginField


class _WhoSheIs(forms.Form):
    """What every new account is asked, whichever way somebody comes: name, kind, number or address, consent."""

    kind = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=[(User.Kind.GRADUATE, _("I look for work")), (User.Kind.MANAGER, _("I run a crew"))],
        initial=User.Kind.GRADUATE,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        error_messages={
            "required": _("Give your date of birth: work may be offered only to people of 16 and over.")
        },
        help_text=_(
            "Only if you look for work. Work may be offered to people of 16 and over; no crew sees the date."
        ),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    login = LoginField(
        label=_("Mobile number or e-mail address"),
        help_text=_("Your code goes there. Only a crew whose offer you accept sees it."),
    )
    agree = forms.BooleanField(
        label=_("I have read and agree to the rules of the house"),
        error_messages={
            "required": _("Read what you agree to, then set the mark: without it there is no account.")
        },
    )

    account_already_exists: bool  # allauth sets it while it cleans

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # One field for both; allauth's own two are filled from it.
        for field in ("email", "phone"):
            self.fields.pop(field, None)
        # Asked of graduates only: what is not needed of a person is not collected.
        self.fields["birth_date"].required = self.data.get("kind") != User.Kind.MANAGER
        self.fields["agree"].help_text = format_html(
            '<a href="{}">{}</a>', reverse("promises"), _("What you agree to, in ten sentences")
        )
        if not sms.available():
            self.fields["login"].label = _("E-mail address")

    def clean_name(self) -> str:
        try:
            return clean_line(self.cleaned_data["name"], field="name", longest=80, required=True)
        except DomainError as error:
            raise forms.ValidationError(sentence(error), code=error.code) from error

    def clean_login(self) -> Login | None:
        login = self.cleaned_data["login"]
        if login and login.kind == "phone" and not sms.available():
            raise forms.ValidationError(sentence(Invalid("no_text_messages")), code="no_text_messages")
        return login

    def clean(self) -> dict:
        """Check the age. Under 16 the answer is a page of refusal: nothing typed is kept or shown again."""
        if login := self.cleaned_data.get("login"):
            self.cleaned_data[login.kind] = login.value
            if login.kind == "email":
                self.cleaned_data["email"] = self.validate_unique_email(login.value)  # type: ignore[attr-defined]
        said = super().clean() or self.cleaned_data
        if said.get("kind") != User.Kind.GRADUATE or "birth_date" in self.errors:
            said["birth_date"] = None
            return said
        try:
            accounts.check_birth_date(said.get("birth_date"), today=today_at(timezone.now()))
        except DomainError as error:
            if error.code == "too_young":
                raise
            self.add_error("birth_date", sentence(error))
        return said

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing is left to do here: the service has made the whole account."""

    def try_save(self, request: HttpRequest):
        """Save; when somebody took the address in the same second, answer as if it had always been taken."""
        if self.account_already_exists:
            # Making an account takes as long as hashing a password; so must not making one.
            make_password(self.cleaned_data.get("password1") or None)
            return super().try_save(request)  # type: ignore[misc]
        try:
            return super().try_save(request)  # type: ignore[misc]
        except Conflict:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]


class SignUpForm(_WhoSheIs, stock.SignupForm):
    """A new account: a code to the number or address proves it. A password is a matter of taste."""

    field_order = ["kind", "name", "birth_date", "login", "password1", "agree"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password1"]
        password.label = _("Password")
        password.help_text = _("Leave it empty to sign in with codes. Otherwise 8 characters or more.")
        password.widget.attrs.pop("placeholder", None)


class WeixinSignUpForm(_WhoSheIs, social.SignupForm):
    """The rest of an account that begins with Weixin."""

    field_order = ["kind", "name", "birth_date", "login", "agree"]


class SignInForm(stock.LoginForm):
    """One field for either way in: an e-mail address or a mobile number in any spelling."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Mobile number or e-mail address"), _("Password")
        login.widget.attrs["autocomplete"] = "username"
        login.max_length = 254
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["maxlength"] = "254"

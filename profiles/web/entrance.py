"""The forms of signing up and in. allauth loads them by name, and asks them in its own steps."""

from allauth.account import forms as stock
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.errors import Conflict, DomainError
from config.wording import sentence
from profiles.models import User, today_at
from profiles.services import accounts
from profiles.services.text import clean_line


class SignUpForm(stock.SignupForm):
    """Name, kind, e-mail, password; from graduates the date of birth, from nobody else."""

    field_order = ["kind", "name", "birth_date", "email", "password1"]

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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Asked of graduates only: what is not needed of a person is not collected.
        self.fields["birth_date"].required = self.data.get("kind") != User.Kind.MANAGER
        email, password = self.fields["email"], self.fields["password1"]
        email.label, password.label = _("E-mail address"), _("Password")
        email.help_text = _("We send a code there. Only a crew whose offer you accept sees it.")
        password.help_text = _("At least 8 characters, not only digits. A sentence is good.")
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)

    account_already_exists: bool  # allauth sets it while it cleans

    def clean_name(self) -> str:
        try:
            return clean_line(self.cleaned_data["name"], field="name", longest=80, required=True)
        except DomainError as error:
            raise forms.ValidationError(sentence(error), code=error.code) from error

    def clean(self) -> dict:
        """Check the age. Under 16 the answer is a page of refusal: nothing typed is kept or shown again."""
        said = super().clean()
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
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            return super().try_save(request)
        except Conflict:
            self.account_already_exists = True
            return super().try_save(request)


class SignInForm(stock.LoginForm):
    """One field for either way in: an e-mail address or a mobile number in any spelling."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail address or mobile number"), _("Password")
        login.widget.attrs["autocomplete"] = "username"
        login.max_length = 254
        password.help_text = ""
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["maxlength"] = "254"

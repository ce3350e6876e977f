"""Forms that ask for a one-time code and take it, and the page that lets somebody in with one. allauth loads them."""

from allauth.account import forms as stock
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import context, ratelimit
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from profiles.services import accounts

from .fields import LoginField


class AskCodeForm(forms.Form):
    """One field for either way: the code goes to the mailbox or to the phone. Silent about who has an account."""

    login = LoginField(label=_("Mobile number or e-mail address"))

    _user = None  # allauth's view reads it

    def clean(self) -> dict:
        said = super().clean() or {}
        if not (login := said.get("login")):
            return said
        if not ratelimit.consume(context.request, action="request_login_code", key=login.value):
            raise get_adapter().validation_error("too_many_login_attempts")
        said[login.kind] = login.value
        self._user = accounts.by_login(email=said.get("email"), mobile=said.get("phone"))
        return said


class _SixDigits(forms.Form):
    """How every code is typed: digits on the keyboard, offered by the phone itself, spaces forgiven."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "12"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()  # type: ignore[misc]


class CodeForm(_SixDigits, stock.ConfirmLoginCodeForm):
    """The code that signs her in."""


class NumberCodeForm(_SixDigits, stock.VerifyPhoneForm):
    """The code that proves a number."""


class AddressCodeForm(_SixDigits, stock.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class ChangeNumberForm(stock.ChangePhoneForm):
    """The new number. It replaces the old one only when its code was typed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("New mobile number")
        self.fields["phone"].help_text = _("A mainland number; spaces and +86 are fine.")


class NewAddressForm(stock.AddEmailForm):
    """The new address. It replaces the old one only when its code was typed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def save(self, request) -> None:
        address = flows.email_verification.EmailAddress(user=self.user, email=self.cleaned_data["email"])
        flows.email_verification.send_verification_email_to_address(request, address)


class AddPasskeyForm(AddWebAuthnForm):
    """A key that opens the account by itself, with the phone's own lock; another kind is not offered."""

    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = _("Name of this device"), 40
        name.initial = self.initial["name"] = _("My phone")
        name.help_text = _("So that you know it again in the list.")
        name.widget.attrs["maxlength"] = "40"


class CodeSignIn(ConfirmLoginCodeView):
    """Signing in with a code. Whoever holds the mailbox or the phone owns the account."""

    def _verify_form_valid(self, form) -> HttpResponse:
        # Somebody may have signed up with a number or an address that was not his, with a password he knows.
        accounts.claim(self._process.user)
        return super()._verify_form_valid(form)


code_sign_in = CodeSignIn.as_view()

"""How allauth speaks to our user: e-mail or mobile number, no user name."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.errors import DomainError
from profiles.models import User
from profiles.services import accounts
from profiles.services.mobile import clean_mobile

from .fields import MobileField
from .requests import PersonRequest


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our user, our services behind allauth's pages.

    One sentence for every way a sign-in can fail: which part was wrong, and whether the account exists, is
    nobody's business but the owner's.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This sign-in does not fit. Check the address or number, and the password."
        ),
        "phone_password_mismatch": _(
            "This sign-in does not fit. Check the address or number, and the password."
        ),
        "username_password_mismatch": _(
            "This sign-in does not fit. Check the address or number, and the password."
        ),
        "invalid_login": _("This sign-in does not fit. Check the address or number, and the password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "incorrect_code": _("That is not the code we sent. Check the newest mail."),
        "enter_current_password": _("Type your present password."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("Too many tries. Wait a little, then try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        """Make the account through the one service that does. Raises Conflict when it exists."""
        said = form.cleaned_data
        return accounts.sign_up(
            kind=said["kind"],
            name=said["name"],
            email=said["email"],
            password=said["password1"],
            birth_date=said.get("birth_date"),
            language=get_language() or "zh-hans",
            now=timezone.now(),
        )

    def generate_email_verification_code(self) -> str:
        """Six digits: quick to type on a phone. Three tries and 15 minutes keep them from being guessed."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def get_signup_redirect_url(self, request: PersonRequest) -> str:
        return reverse("my_profile" if request.user.is_graduate else "home")

    def get_login_stages(self) -> list[str]:
        theirs, ours = (
            "allauth.account.stages.EmailVerificationStage",
            "profiles.web.stages.ConfirmEmailStage",
        )
        return [ours if path == theirs else path for path in super().get_login_stages()]

    def phone_form_field(self, **kwargs) -> MobileField:
        kwargs.setdefault("label", _("Mobile number"))
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(mobile=clean_mobile(phone)).first()
        except DomainError:
            return None

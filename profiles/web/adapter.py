"""How allauth speaks to our user: e-mail or mobile number, no user name."""

import secrets
import time
from typing import TYPE_CHECKING

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config import entrance
from config.errors import DomainError
from profiles.models import User
from profiles.services import accounts, texts
from profiles.services.mobile import clean_mobile

from .fields import MobileField
from .requests import PersonRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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
        "incorrect_code": _("That is not the code we sent. Check the newest message."),
        "phone_taken": _(
            "This number cannot be added to your account. Check its digits, or use another one."
        ),
        "email_taken": _("This address cannot be added to your account. Check it, or use another one."),
        "duplicate_email": _("This is your address already."),
        "same_as_current": _("This is your number already."),
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
            email=said.get("email"),
            mobile=said.get("phone"),
            password=said.get("password1") or None,
            birth_date=said.get("birth_date"),
            language=get_language() or "zh-hans",
            now=timezone.now(),
        )

    def generate_email_verification_code(self) -> str:
        """Six digits: quick to type on a phone. Three tries and 15 minutes keep them from being guessed."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def generate_login_code(self) -> str:
        return self.generate_email_verification_code()

    def generate_phone_verification_code(self, *, user: User, phone: str) -> str:
        return self.generate_email_verification_code()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs) -> None:
        self._text(
            phone, _("%(code)s is your Jinzu code, good for 15 minutes. Tell it to nobody.") % {"code": code}
        )

    def send_unknown_account_sms(self, phone: str, **kwargs) -> None:
        # Known and unknown numbers cost the same time and both get a message, on the page nothing differs.
        self._text(phone, _("There is no Jinzu account with this number. If it was you: sign up first."))

    def send_account_already_exists_sms(self, phone: str) -> None:
        self._text(phone, _("You have a Jinzu account already. Sign in with this number and a code."))

    def _text(self, phone: str, text: "str | _StrPromise") -> None:
        if not ratelimit.consume(self.request, action="send_text", key=phone):
            raise ImmediateHttpResponse(ratelimit.respond_429(self.request))
        texts.send(to=phone, text=str(text), key=secrets.token_urlsafe(16))

    def get_signup_redirect_url(self, request: PersonRequest) -> str:
        return reverse("my_profile" if request.user.is_graduate else "home")

    def get_login_stages(self) -> list[str]:
        ours = {
            "allauth.account.stages.EmailVerificationStage": "profiles.web.stages.ConfirmEmailStage",
            "allauth.account.stages.PhoneVerificationStage": "profiles.web.stages.ConfirmMobileStage",
            # A passkey is another way in, not a second lock: a lost phone must not shut her out.
            "allauth.mfa.stages.AuthenticateStage": "",
            "allauth.mfa.stages.TrustStage": "",
        }
        steps = [step for path in super().get_login_stages() if (step := ours.get(path, path))]
        return [*steps, *entrance.STAGES]

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever has signed in within the last minutes has just shown who she is, by whichever way."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = any(time.time() - each["at"] < app_settings.REAUTHENTICATION_TIMEOUT for each in records)
        return not fresh and super().is_reauthentication_required(app=app)

    def phone_form_field(self, **kwargs) -> MobileField:
        kwargs.setdefault("label", _("Mobile number"))
        return MobileField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        accounts.set_mobile(user=user, mobile=phone, proved=verified)

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            return User.objects.filter(mobile=clean_mobile(phone)).first()
        except DomainError:
            return None


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys in our words."""

    def _get_site_name(self) -> str:
        return "Jinzu 进组"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return str(_("My phone"))


class WeixinAdapter(DefaultSocialAccountAdapter):
    """Sign-in with Weixin: it brings a name; the rest of an account is asked here, as of everybody."""

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None) -> User:
        """Make the account through the one service that does, then tie the Weixin account to it."""
        user = AccountAdapter(request).save_user(request, sociallogin.user, form)
        sociallogin.user = user
        sociallogin.save(request)
        return user

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        sociallogin.user.name = (data.get("name") or "")[:80]
        return sociallogin.user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict:
        return {"name": sociallogin.user.name}

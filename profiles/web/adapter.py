"""How allauth speaks to our user: e-mail or mobile number, no user name."""

from allauth.account.adapter import DefaultAccountAdapter

from profiles.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Phone methods for allauth's sign-in by mobile number."""

    def get_phone(self, user):
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user, phone: str, verified: bool):
        user.mobile, user.mobile_verified = phone, verified
        user.save(update_fields=["mobile", "mobile_verified"])

    def set_phone_verified(self, user, phone: str):
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str):
        return User.objects.filter(mobile=phone).first()

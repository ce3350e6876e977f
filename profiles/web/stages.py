"""The steps between a right password and being in. allauth loads them by name, from the adapter's list."""

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, PhoneVerificationStage


class ConfirmEmailStage(EmailVerificationStage):
    """Asks for the code from the mail, but only of addresses that were typed at sign-up.

    An account that the house made itself (the demo market, a roster, an admin) has no address row: nobody
    claimed that address here, and nothing is left to be proved by a code.
    """

    def handle(self):
        user = self.login.user
        if user is not None and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        return super().handle()


class ConfirmMobileStage(PhoneVerificationStage):
    """Asks for the code from the text message, but only where the number is her only way in.

    Whoever has an address has proved it; a number beside it that was never proved stays unproved and opens
    nothing by itself.
    """

    def handle(self):
        user = self.login.user
        if user is not None and user.email:
            return None, True
        return super().handle()

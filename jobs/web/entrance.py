"""A step of signing in that this floor adds. allauth loads it by name, from `config.entrance`."""

from allauth.account.stages import LoginStage
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.services import takeovers


class KnownInVillageStage(LoginStage):
    """Who was registered by a coordinator and signs up herself finds what was kept for her.

    The last step: the number is proved by now, and until now nothing on any page said that it is known.
    """

    key = "known_in_village"

    def handle(self):
        user = self.login.user
        villager = takeovers.at_sign_up(user, now=timezone.now()) if user is not None else None
        if villager is not None:
            self.login.user = villager.profile.user
            said = _("What %(coordinator)s kept for you in %(village)s is yours now: days, work and pay.")
            office = villager.coordinator
            messages.success(
                self.request, said % {"coordinator": office.user.name, "village": office.village}
            )
        return None, True

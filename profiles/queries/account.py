"""What the account page shows of the ways into an account."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from profiles.models import Consent, Leaving, OutboxItem, User


@dataclass(frozen=True)
class Ways:
    """How somebody can get into an account."""

    passkeys: int
    password: bool
    leaving: Leaving | None


def ways(user: User) -> Ways:
    """Return the ways into `user`'s account, and the wish to delete it where one stands. Two queries."""
    return Ways(
        passkeys=Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count(),
        password=user.has_usable_password(),
        leaving=leaving(user),
    )


def leaving(user: User) -> Leaving | None:
    """Return the standing wish to delete the account, or None."""
    return Leaving.objects.filter(user=user, taken_back_at__isnull=True, done_at__isnull=True).first()


def consents(user: User) -> list[Consent]:
    """What she has agreed to and taken back, newest first."""
    return list(Consent.objects.filter(user=user).order_by("-given_at", "-pk"))


def outbox(*, most: int = 40) -> list[OutboxItem]:
    """The newest messages that the demo market did not send."""
    return list(OutboxItem.objects.order_by("-pk")[:most])

"""What a person agrees to: given at sign-up, withdrawn and given again on her page of data."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.errors import Invalid, NotAllowed
from profiles.models import Consent, Profile, User

Purpose = Consent.Purpose


@dataclass(frozen=True)
class Wording:
    """The words of one agreement. A change of words is a new `version`; old rows keep the version they were given."""

    version: str
    title: str | Promise
    points: tuple[str | Promise, ...]


WORDINGS: dict[str, Wording] = {
    Purpose.TERMS: Wording(
        "2026-11",
        _("Rules of the house and handling of personal data"),
        (
            _("We keep what you type: name, date of birth, number or address, profile, days, offers, bookings."),
            _("It is used to find work and crews, to tell you of it, and for what the law asks of such a site."),
            _("One crew only sees your number, address and Weixin: the one whose offer you accept."),
            _("You can see who looked at them, and when."),
            _("Nothing is sold and nothing goes to advertisers."),
            _("You can take a copy of everything, or delete your account, at any time."),
            _("Nobody here may ask you for money, a deposit or your identity card."),
        ),
    ),
    Purpose.MATCHING: Wording(
        "2026-11",
        _("Being matched with roles and offered to crews"),
        (
            _("A program compares your profile and your days with open roles and proposes you, with its reasons."),
            _("A person of the crew decides whom to ask, and you decide whether to accept."),
            _("Without this you can still look for roles and apply by yourself."),
        ),
    ),
}  # fmt: skip


def give_at_sign_up(*, user: User, now: datetime) -> None:
    """Note what a new person has agreed to by making her account."""
    purposes = [Purpose.TERMS, Purpose.MATCHING] if user.is_graduate else [Purpose.TERMS]
    Consent.objects.bulk_create(
        [Consent(user=user, purpose=each, version=WORDINGS[each].version, given_at=now) for each in purposes]
    )


@transaction.atomic
def give(*, user: User, purpose: str, by: User, now: datetime) -> None:
    """Agree (again) to `purpose` in its present wording. Raises NotAllowed `not_yours`, Invalid `consent_unknown`."""
    _check(user, purpose, by)
    version = WORDINGS[purpose].version
    standing = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at__isnull=True)
    standing.exclude(version=version).update(withdrawn_at=now)
    if not standing.exists():
        Consent.objects.bulk_create(
            [Consent(user=user, purpose=purpose, version=version, given_at=now)], ignore_conflicts=True
        )
    if purpose == Purpose.MATCHING:
        Profile.objects.filter(user=user).update(listed=True)


@transaction.atomic
def withdraw(*, user: User, purpose: str, by: User, now: datetime) -> None:
    """Take a yes back. Without MATCHING she is out of every match at once; without TERMS there is no account.

    Raises NotAllowed `not_yours`, Invalid `consent_unknown`, Invalid `terms_end_account`: for that she deletes it.
    """
    _check(user, purpose, by)
    if purpose == Purpose.TERMS:
        raise Invalid("terms_end_account")
    Consent.objects.filter(user=user, purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
    Profile.objects.filter(user=user).update(listed=False)


def withdrawn(*, user: User, purpose: str) -> bool:
    """Whether she took this agreement back and has not given it again. Who was never asked has taken nothing back."""
    rows = Consent.objects.filter(user=user, purpose=purpose).values_list("withdrawn_at", flat=True)
    return bool(rows) and all(rows)


def _check(user: User, purpose: str, by: User) -> None:
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    if purpose not in WORDINGS:
        raise Invalid("consent_unknown")

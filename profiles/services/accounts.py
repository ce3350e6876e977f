"""Accounts: signing up, and the few things a person changes about how she is reached."""

from datetime import date, datetime
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from config.errors import Conflict, Invalid, NotAllowed
from profiles.models import WORKING_AGE, Profile, User, age_on, today_at

from . import consents
from .mobile import clean_mobile
from .text import clean_line

OLDEST = 100
LANGUAGES = ("zh-hans", "en")


def check_birth_date(birth_date: date | None, *, today: date) -> date:
    """Return `birth_date` if a graduate born then may have an account on `today`.

    Raises Invalid `too_young` under 16, `birth_date_required`, `birth_date_impossible` for a day to come or
    more than a hundred years ago. Nothing is written: who is refused leaves no trace.
    """
    if birth_date is None:
        raise Invalid("birth_date_required", field="birth_date")
    if birth_date > today or age_on(birth_date, today) > OLDEST:
        raise Invalid("birth_date_impossible", field="birth_date")
    if age_on(birth_date, today) < WORKING_AGE:
        raise Invalid("too_young", field="birth_date")
    return birth_date


def sign_up(
    *,
    kind: str,
    name: str,
    now: datetime,
    email: str | None = None,
    password: str | None = None,
    birth_date: date | None = None,
    mobile: str | None = None,
    language: str = "zh-hans",
) -> User:
    """Make an account of `kind` "graduate" (with an empty profile; needs `birth_date`) or "manager".

    She is reached by `email`, by `mobile`, or by both; both wait for their code. What she agreed to is noted.
    Raises Invalid for what cannot be right (see check_birth_date, clean_line, clean_mobile; `kind_unknown`,
    `email_unknown`, `login_missing` with neither), Conflict `account_exists` when the address or number is taken.
    The door decides how much of that it tells.
    """
    if kind not in (User.Kind.GRADUATE, User.Kind.MANAGER):
        raise Invalid("kind_unknown", field="kind")
    graduate = kind == User.Kind.GRADUATE
    born = check_birth_date(birth_date, today=today_at(now)) if graduate else None
    name = clean_line(name, field="name", longest=80, required=True)
    number = clean_mobile(mobile) if mobile else None
    address = clean_email(email) if email else None
    if not address and not number:
        raise Invalid("login_missing", field="login")
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email=address,
                mobile=number,
                password=password,
                kind=kind,
                name=name,
                language=language if language in LANGUAGES else "zh-hans",
                joined_at=now,
            )
            if born:
                Profile.objects.create(user=user, birth_date=born)
            consents.give_at_sign_up(user=user, now=now)
    except IntegrityError as error:
        # The unique columns decide, not a look beforehand: two sign-ups in the same second both pass a look.
        raise Conflict("account_exists") from error
    return user


def for_office(*, name: str, email: str, mobile: str, now: datetime) -> User:
    """Return the account of a village coordinator with this address or number; a new one signs in with codes.

    Raises Invalid (`login_missing` with neither, and what clean_line, clean_email and clean_mobile raise), Conflict
    `account_exists` where the address or number belongs to an account of another kind, or to two accounts.
    """
    name = clean_line(name, field="name", longest=80, required=True)
    address = clean_email(email) if email else None
    number = clean_mobile(mobile) if mobile else None
    if not address and not number:
        raise Invalid("login_missing", field="email")
    theirs = [Q(**{name: value}) for name, value in (("email", address), ("mobile", number)) if value]
    known = list(User.objects.filter(reduce(or_, theirs))[:2])
    if len(known) > 1 or any(not each.is_coordinator or not each.is_active for each in known):
        by_address = any(each.email == address for each in known)
        raise Conflict("account_exists", field="email" if address and by_address else "mobile")
    if known:
        return known[0]
    user = User.objects.create_user(
        email=address, mobile=number, kind=User.Kind.VILLAGE, name=name, joined_at=now
    )
    consents.give_at_sign_up(user=user, now=now)
    return user


def clean_email(value: str, *, field: str = "email") -> str:
    """Return the address in lower case; raise Invalid `email_unknown`."""
    address = value.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("email_unknown", field=field) from error
    if len(address) > 254:
        raise Invalid("email_unknown", field=field)
    return address


def by_login(*, email: str | None = None, mobile: str | None = None) -> User | None:
    """Return the active account with this address or number, both already cleaned, or None."""
    if not email and not mobile:
        return None
    wanted = {"email": email} if email else {"mobile": mobile}
    return User.objects.filter(**wanted, is_active=True).first()


def claim(user: User | None) -> None:
    """Take the password away from an account nobody had proved to own until now.

    Called when a code was typed that went to its address or number. Whoever signed up with somebody else's
    number knows the password he chose; the owner of the number does not, and signs in with codes.
    """
    if user is None or not user.has_usable_password():
        return
    addresses = EmailAddress.objects.filter(user=user)
    if user.mobile_verified or any(row.verified for row in addresses):
        return
    if user.email and not addresses:
        return  # made by the house, with a password the house handed over
    user.set_unusable_password()
    user.save(update_fields=["password"])


def set_mobile(*, user: User, mobile: str, proved: bool) -> User:
    """Set the number she signs in with. `proved`: its code was typed; only a sign-up sets one without.

    Raises Invalid `mobile_unknown`, Conflict `mobile_unusable` where it is somebody else's by now.
    """
    number = clean_mobile(mobile)
    previous = (user.mobile, user.mobile_verified)
    user.mobile, user.mobile_verified = number, proved
    try:
        with transaction.atomic():
            user.save(update_fields=["mobile", "mobile_verified"])
    except IntegrityError as error:
        user.mobile, user.mobile_verified = previous
        raise Conflict("mobile_unusable", field="mobile") from error
    return user


def remove_mobile(*, user: User, by: User) -> User:
    """Take her number away. Raises NotAllowed `not_yours`, Invalid `login_needed` where no address would be left."""
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    if not user.email:
        raise Invalid("login_needed", field="mobile")
    user.mobile, user.mobile_verified = None, False
    user.save(update_fields=["mobile", "mobile_verified"])
    return user


def set_language(*, user: User, language: str, by: User) -> User:
    """Choose the language of messages. Raises NotAllowed `not_yours`, Invalid `language_unknown`."""
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    if language not in LANGUAGES:
        raise Invalid("language_unknown", field="language")
    if language != user.language:
        user.language = language
        user.save(update_fields=["language"])
    return user

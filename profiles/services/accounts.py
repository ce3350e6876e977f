"""Accounts: signing up, and the few things a person changes about how she is reached."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from profiles.models import WORKING_AGE, Profile, User, age_on, today_at

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
    email: str,
    now: datetime,
    password: str | None = None,
    birth_date: date | None = None,
    mobile: str | None = None,
    language: str = "zh-hans",
) -> User:
    """Make an account of `kind` "graduate" (with an empty profile; needs `birth_date`) or "manager".

    Raises Invalid for what cannot be right (see check_birth_date, clean_line, clean_mobile; `kind_unknown`,
    `email_unknown`), Conflict `account_exists` when the address or number is taken. The door decides how much
    of that it tells.
    """
    if kind not in (User.Kind.GRADUATE, User.Kind.MANAGER):
        raise Invalid("kind_unknown", field="kind")
    graduate = kind == User.Kind.GRADUATE
    born = check_birth_date(birth_date, today=today_at(now)) if graduate else None
    name = clean_line(name, field="name", longest=80, required=True)
    number = clean_mobile(mobile) if mobile else None
    address = clean_email(email)
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
    except IntegrityError as error:
        # The unique columns decide, not a look beforehand: two sign-ups in the same second both pass a look.
        raise Conflict("account_exists") from error
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


def set_mobile(*, user: User, mobile: str, by: User) -> User:
    """Set the number she may sign in with; "" removes it. It stays unconfirmed until a code was sent to it.

    Raises NotAllowed `not_yours`, Invalid `mobile_unknown`, Invalid `login_needed` where nothing would be
    left to sign in with, Conflict `mobile_unusable`: without a reason, since the reason may be somebody else.
    """
    if by.pk != user.pk:
        raise NotAllowed("not_yours")
    number = clean_mobile(mobile) if mobile.strip() else None
    if number == user.mobile:
        return user
    if number is None and not user.email:
        raise Invalid("login_needed", field="mobile")
    previous = (user.mobile, user.mobile_verified)
    user.mobile, user.mobile_verified = number, False
    try:
        with transaction.atomic():
            user.save(update_fields=["mobile", "mobile_verified"])
    except IntegrityError as error:
        user.mobile, user.mobile_verified = previous
        raise Conflict("mobile_unusable", field="mobile") from error
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

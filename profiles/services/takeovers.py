"""A villager gets a phone of her own and takes her account over: from then on nobody speaks for her.

By her card (`ask`, `finish`), or by signing up like everybody with the number she is registered with (`known`,
`recognise`).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from config.errors import Conflict, Gone, Invalid
from profiles.models import Consent, Profile, User, Villager

from . import texts
from .mobile import clean_mobile

SALT = "profiles.take-over"
GOOD_FOR = timedelta(minutes=15)


def ask(villager: Villager, *, mobile: str) -> str:
    """Text a code of six digits to the number she wants to sign in with; return what `finish` needs with it.

    The door has seen her card. Raise Invalid `mobile_unknown`, `no_text_messages`, Gone `villager_gone`.
    """
    if villager.taken_over_at:
        raise Gone("villager_gone")
    number = clean_mobile(mobile)
    code = f"{secrets.randbelow(1_000_000):06d}"
    words = _("%(code)s is your Jinzu code, good for 15 minutes. Tell it to nobody.") % {"code": code}
    texts.send(to=number, text=words, key=secrets.token_urlsafe(16))
    # The code itself is in no page: only its keyed hash travels, and only the site knows the key.
    return signing.dumps([villager.pk, number, _hash(villager.pk, number, code)], salt=SALT)


def finish(villager: Villager, *, token: str, code: str, now: datetime) -> User:
    """Give her the account with the number that was proved; her card dies. Return her user.

    Raise Invalid `take_over_code` for a wrong or old code, Gone `villager_gone` where she did it already, Conflict
    `mobile_unusable` where somebody signs in with that number.
    """
    number = _proved(villager.pk, token, code)
    with transaction.atomic():
        row = _locked(villager.pk)
        if row is None:
            raise Gone("villager_gone")
        return _hand_over(row, number, now)


def known(user: User) -> Villager | None:
    """Return whom somebody turns out to be who has just signed up with a number that a coordinator wrote down as hers.

    She is known by the number, which `user` has proved, and by her date of birth; `user` is an account nobody has used
    yet. None for everybody else. One query for who signs in with a number, none for others.
    """
    if not (user.mobile and user.mobile_verified and user.is_graduate) or user.email or user.last_login:
        return None
    found = Villager.objects.filter(
        phone=user.mobile,
        phone_of=Villager.PhoneOf.HERS,
        profile__birth_date__in=Profile.objects.filter(user=user).values("birth_date"),
        profile__user__is_active=True,
        taken_over_at__isnull=True,
    ).first()
    return found if found and _unused(user) else None


@transaction.atomic
def recognise(villager: Villager, *, user: User, now: datetime) -> Villager | None:
    """Give `user`, whom `known` has found to be her, what was kept for her in the village; None where it came too late.

    The villager's own account stays with everything in it and takes over how she signs in; the empty one goes.
    """
    row = _locked(villager.pk)
    if row is None or row.phone != user.mobile:
        return None
    hers, number, password = row.profile.user, row.phone, user.password
    _move_log_ins(user, hers, now)
    User.objects.filter(pk=user.pk).delete()
    hers.password, hers.language = password, user.language
    hers.save(update_fields=["password", "language"])
    _hand_over(row, number, now)
    return row


def _locked(villager_id: int) -> Villager | None:
    """The row, held until the end of the transaction; None where she has taken over already."""
    return (
        Villager.objects.select_for_update(of=("self",))
        .select_related("profile__user", "coordinator__user")
        .filter(pk=villager_id, taken_over_at__isnull=True)
        .first()
    )


def _hand_over(row: Villager, number: str, now: datetime) -> User:
    row.taken_over_at, row.code_hash, row.code_made_at = now, None, None
    row.phone, row.phone_of = "", Villager.PhoneOf.NOBODY
    row.save(update_fields=["taken_over_at", "code_hash", "code_made_at", "phone", "phone_of"])
    user = row.profile.user
    user.spoken_for, user.mobile, user.mobile_verified = False, number, True
    try:
        with transaction.atomic():
            user.save(update_fields=["spoken_for", "mobile", "mobile_verified"])
    except IntegrityError as error:
        raise Conflict("mobile_unusable", field="mobile") from error
    return user


OF_SIGNING_UP = frozenset({User, Profile, Consent, SocialAccount})
"""What signing up writes. An account with any other row has been used, or was made by the house."""


def _unused(user: User) -> bool:
    found = Collector(using=DEFAULT_DB_ALIAS)
    try:
        found.collect([user])
    except (ProtectedError, RestrictedError):
        return False
    rows = [model for model, each in found.data.items() if each]
    rows += [each.model for each in found.fast_deletes if each.exists()]
    rows += [
        field.model
        for (field, _value), each in found.field_updates.items()
        if any(bool(held) for held in each)
    ]
    return OF_SIGNING_UP.issuperset(rows)


def _move_log_ins(user: User, hers: User, now: datetime) -> None:
    """What she typed herself today stands before what was written down for her: her agreement, her Weixin."""
    SocialAccount.objects.filter(user=user).update(user=hers)
    Consent.objects.filter(user=hers, withdrawn_at__isnull=True).update(withdrawn_at=now)
    Consent.objects.filter(user=user).update(user=hers)


def _proved(villager_id: int, token: str, code: str) -> str:
    try:
        said: Any = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        asked_for, number, right = said
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Invalid("take_over_code", field="code") from error
    typed = "".join(code.split())[:12]
    if asked_for != villager_id or not constant_time_compare(right, _hash(villager_id, number, typed)):
        raise Invalid("take_over_code", field="code")
    return str(number)


def _hash(villager_id: int, number: str, code: str) -> str:
    return salted_hmac(SALT, f"{villager_id}:{number}:{code}", algorithm="sha256").hexdigest()

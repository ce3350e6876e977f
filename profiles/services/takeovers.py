"""A villager gets a phone of her own and takes her account over: from then on nobody speaks for her."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from config.errors import Conflict, Gone, Invalid
from profiles.models import User, Villager

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
        row = (
            Villager.objects.select_for_update(of=("self",))
            .select_related("profile__user")
            .get(pk=villager.pk)
        )
        if row.taken_over_at:
            raise Gone("villager_gone")
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

"""The code of a villager: sixteen digits in fours, as on a bank card, so that hands know how to copy it.

Fifteen are drawn at random (50 bits), the last one checks them: a slip of the hand is told from a code that has died.
Only a keyed hash is stored.
"""

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

DIGITS = 16
SALT = "profiles.village-code"


def new_code() -> str:
    """Draw a code; it exists in this string and nowhere else."""
    drawn = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return drawn + _check_digit(drawn)


def typed(text: str) -> str | None:
    """Return what somebody typed as sixteen digits, or None where it cannot be a code. Spaces and full width are fine."""
    digits = "".join(
        each
        for each in unicodedata.normalize("NFKC", text[:80])
        if not each.isspace() and each not in "-–—.·"
    )
    right = len(digits) == DIGITS and digits.isascii() and digits.isdigit()
    return digits if right and digits[-1] == _check_digit(digits[:-1]) else None


def hashed(code: str) -> str:
    """Return what is stored of a code: it needs the secret of the site, so a copy of the table opens nothing."""
    return salted_hmac(SALT, code, algorithm="sha256").hexdigest()


def in_fours(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, DIGITS, 4))


def _check_digit(digits: str) -> str:
    """The digit of Luhn: it finds every single wrong digit and nearly every swap of two neighbours."""
    total = 0
    for place, each in enumerate(reversed(digits)):
        value = int(each) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)

"""Mainland mobile numbers, however they were typed."""

import re
import unicodedata

from config.errors import Invalid

_MAINLAND = re.compile(r"1[3-9][0-9]{9}")
_BETWEEN = re.compile(r"[\s\-‐-―().·]+")


def clean_mobile(value: str, *, field: str = "mobile") -> str:
    """Return `value` as +86 and 11 digits; spaces, hyphens, full-width digits and a leading 86 are fine.

    Raises Invalid `mobile_unknown` for everything that is not a mainland mobile number.
    """
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", value[:64]))
    for prefix in ("+86", "0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            digits = digits[len(prefix) :]
            break
    if not _MAINLAND.fullmatch(digits):
        raise Invalid("mobile_unknown", field=field)
    return f"+86{digits}"

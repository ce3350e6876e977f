"""Words that people typed, made fit to be stored and shown to others."""

import re
import unicodedata

from config.errors import Invalid

# Zero-width signs that only hide words; the joiner U+200D stays, because emoji are built with it.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x2060, 0xFEFF])
# Direction overrides can make one word read as another.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPACES = re.compile(r"\s+")


def readable(value: str, *, field: str, longest: int) -> str:
    """Return words of several lines as typed, without space around them; no longer ones are looked at.

    Raises Invalid `text_too_long` far beyond `longest`, `text_unreadable` for what no database or page can carry.
    """
    if len(value) > longest * 4:
        raise Invalid("text_too_long", field=field, longest=longest)
    if any(_unreadable(char) for char in value if char not in "\r\n\t"):
        raise Invalid("text_unreadable", field=field)
    return value.strip()


def _unreadable(char: str) -> bool:
    return char in _OVERRIDES or unicodedata.category(char) in ("Cc", "Cs", "Cn")


def clean_line(value: str, *, field: str, longest: int, required: bool = False) -> str:
    """Return `value` as one tidy line: normalised, without invisible signs, single spaces.

    Raises Invalid: `text_required`, `text_too_long` (with `longest`), or `text_unreadable` for control signs,
    direction overrides and halves of signs, which no database or page can carry safely.
    """
    if len(value) > longest * 4:
        # Measured before it is normalised: ten megabytes must not cost ten megabytes of work.
        raise Invalid("text_too_long", field=field, longest=longest)
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", value.translate(_INVISIBLE))).strip()
    if any(_unreadable(char) for char in line):
        raise Invalid("text_unreadable", field=field)
    if required and not line.replace("\u200d", "").strip():
        raise Invalid("text_required", field=field)
    if len(line) > longest:
        raise Invalid("text_too_long", field=field, longest=longest)
    return line

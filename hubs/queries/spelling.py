"""Finding by name, whichever way a person types it: 灯光助理, dengguang, dgzl, Lighting.

Chinese is found anywhere in a text, Latin letters at the start of a word or of a syllable: "an" does not find guang.
Tones, case, width and the spaces between syllables do not matter.
"""

import re
import unicodedata
from functools import lru_cache

MOST_TERMS = 6
LONGEST = 60

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_APART = re.compile(r"[\s,;:/|·，、；：。'’\"“”()（）]+")


def terms(typed: str) -> tuple[str, ...]:
    """Return what a person looks for, word by word, folded; at most six words. Unprintable signs are dropped."""
    parts = _APART.split(folded(typed)[:LONGEST])
    return tuple(part for part in parts if any(sign.isalnum() for sign in part))[:MOST_TERMS]


def folded(text: str) -> str:
    """Return `text` in one width and one case, without signs that cannot be seen."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in wide if not unicodedata.category(sign).startswith("C"))


def finds(term: str, texts: tuple[str, ...]) -> bool:
    """Say whether a folded term is in one of the texts."""
    return any(_finds_in(term, text) for text in texts)


def _finds_in(term: str, text: str) -> bool:
    if not text:
        return False
    plain, syllables = _read(text)
    if _CHINESE.search(term):
        return term in plain
    if any(word.startswith(term) for word in _APART.split(plain)):
        return True
    return any(
        "".join(syllables[at:]).startswith(term)
        # One letter would find every other name; two are an abbreviation: dg for 灯光.
        or (len(term) > 1 and "".join(each[0] for each in syllables[at:]).startswith(term))
        for at in range(len(syllables))
    )


@lru_cache(maxsize=20_000)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text folded, and its Chinese read aloud, syllable by syllable (empty where there is none)."""
    plain = folded(text)
    if not _CHINESE.search(plain):
        return plain, ()
    from pypinyin import lazy_pinyin  # many words: a worker that never searches does without

    spoken = (_APART.sub("", each) for each in lazy_pinyin(plain))
    return plain, tuple(each for each in spoken if each)

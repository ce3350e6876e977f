"""The zero-fee guard: words with which money is asked of somebody who looks for work. Plain text in, findings out.

A text is read as a person reads it: full-width letters, spaces, signs and invisible characters between the characters
of a word do not hide it. "No deposit" is a promise, not a demand, and is left alone.
"""

import unicodedata
from dataclasses import dataclass

TERMS = (
    "培训费", "押金", "保证金", "服装费", "建档费", "模卡费", "介绍费", "返点", "报名费", "中介费", "试镜费", "茶水费",
    "定金", "入组费", "资料费", "体检费",
    "training fee", "deposit", "agency fee", "kickback", "registration fee", "casting fee",
)  # fmt: skip
"""Fees that a crew or an agent may not ask for, as people write them in listings and messages."""

DENIALS = (
    "不收", "不用交", "不交", "无需", "不需要", "无", "免", "没有", "零", "谢绝", "拒绝", "禁止", "严禁", "谨防", "从不",
    "绝不", "不要", "no", "without", "never", "zero",
)  # fmt: skip
DEMANDS = ("但", "需", "须", "交", "付", "先", "另", "but", "pay")
"""Words that end what a denial covers: "no agency fee, but pay a deposit" is a demand."""

REACH = 14
"""How far before a term a denial may stand, in characters that count; "no training fee, no deposit" denies both."""

SHOWN = 24


@dataclass(frozen=True)
class Finding:
    """A term in a text: `term`, and the words around it as they were written."""

    term: str
    around: str


def scan(text: str) -> list[Finding]:
    """Return the terms found in `text`, each once, in the order of the list."""
    plain, places = _read(text)
    found = []
    for term in TERMS:
        bare = term.replace(" ", "")
        at = plain.find(bare)
        while at >= 0:
            if not _denied(plain[max(0, at - REACH) : at]):
                first, last = places[at], places[at + len(bare) - 1]
                around = text[max(0, first - SHOWN) : last + 1 + SHOWN].strip()
                found.append(Finding(term, around))
                break
            at = plain.find(bare, at + 1)
    return found


def _read(text: str) -> tuple[str, list[int]]:
    """Return the characters that count, and where each stood."""
    plain, places = [], []
    for at, sign in enumerate(text):
        for each in unicodedata.normalize("NFKC", sign).lower():
            if each.isalnum():
                plain.append(each)
                places.append(at)
    return "".join(plain), places


def _denied(before: str) -> bool:
    ends = [before.rfind(word) + len(word) for word in DENIALS if word in before]
    return bool(ends) and not any(word in before[max(ends) :] for word in DEMANDS)

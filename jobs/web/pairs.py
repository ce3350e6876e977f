"""Pairs of role and person as they stand in forms and addresses: "12-340"."""

from collections.abc import Iterable

MOST = 200


def pairs_of(typed: Iterable[str]) -> list[tuple[int, int]]:
    """Return (role id, profile id) for each pair that can be read, in order, each once; nonsense is left out."""
    out: dict[tuple[int, int], None] = {}
    for text in list(typed)[:MOST]:
        role, _dash, person = text.partition("-")
        if _number(role) and _number(person):
            out[int(role), int(person)] = None
    return list(out)


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19

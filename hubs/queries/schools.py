"""Schools by name: in Chinese, pinyin, English, or by the short name everybody uses (北电, BFA)."""

from hubs.models import Institution

from . import spelling

MOST = 8

_COLUMNS = ("pk", "name_zh", "name_en", "also_called", "city_zh", "city_en")


def find(typed: str, *, most: int = MOST) -> list[Institution]:
    """Return up to `most` schools that fit all words typed, the closest first; two queries, none for nothing typed.

    A short name or the beginning of a name counts before a word within it, and that before the city.
    """
    words = spelling.terms(typed)
    if not words:
        return []
    whole = "".join(words)
    ranked = []
    for pk, *texts in Institution.objects.published().values_list(*_COLUMNS):
        if all(spelling.finds(word, tuple(texts)) for word in words):
            ranked.append((_distance(whole, words, texts), len(texts[0]), pk))
    best = [pk for _, _, pk in sorted(ranked)[:most]]
    rows = Institution.objects.in_bulk(best)
    return [rows[pk] for pk in best]


def named(typed: str) -> Institution | None:
    """Return the one school with exactly this name or short name, or None."""
    wanted = spelling.folded(typed).strip()
    if not wanted:
        return None
    found = [
        pk
        for pk, name_zh, name_en, also, *_city in Institution.objects.published().values_list(*_COLUMNS)
        if wanted in {spelling.folded(name) for name in (name_zh, name_en, *also.split())}
    ]
    return Institution.objects.get(pk=found[0]) if len(found) == 1 else None


def _distance(whole: str, words: tuple[str, ...], texts: list[str]) -> int:
    name_zh, name_en, also, *_city = texts
    if whole in spelling.folded(also).split():
        return 0
    names = (name_zh, name_en)
    if any(spelling.folded(name).startswith(words[0]) for name in names):
        return 1
    return 2 if all(spelling.finds(word, (*names, also)) for word in words) else 3

"""Skills and role types by name, in Chinese, pinyin (whole or initials) and English."""

from hubs.models import RoleType, Skill

from . import spelling


def find_skills(typed: str, *, most: int = 12) -> list[Skill]:
    """Return skills that fit all words typed, those whose name begins with them first; one query, none for nothing."""
    words = spelling.terms(typed)
    if not words:
        return []
    found = [row for row in Skill.objects.all() if _fits(words, row.name_zh, row.name_en)]
    return sorted(found, key=lambda row: _rank(words, row.name_zh, row.name_en))[:most]


def find_role_types(typed: str, *, most: int = 12) -> list[RoleType]:
    """Return role types that fit all words typed in name or department, entry-level ones first; one query."""
    words = spelling.terms(typed)
    if not words:
        return []
    rows = RoleType.objects.select_related("department")
    found = [
        row
        for row in rows
        if _fits(words, row.name_zh, row.name_en, row.department.name_zh, row.department.name_en)
    ]
    return sorted(found, key=lambda row: (not row.entry_level, _rank(words, row.name_zh, row.name_en)))[:most]


def _fits(words: tuple[str, ...], *texts: str) -> bool:
    return all(spelling.finds(word, texts) for word in words)


def _rank(words: tuple[str, ...], *texts: str) -> tuple[bool, int]:
    begins = any(spelling.folded(text).startswith(words[0]) for text in texts)
    return not begins, len(texts[0])

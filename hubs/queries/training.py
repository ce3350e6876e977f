"""The catalogue of training, narrowed down: by kind, length, trade it leads to, and words."""

from dataclasses import dataclass

from hubs.models import Programme, RoleType, Skill

from . import places, spelling

SHORT_DAYS = 14
"""What is called a short programme on the page."""

LENGTHS = ("short", "long")


@dataclass(frozen=True)
class Wanted:
    """What a person looks for; empty = all. `length` is "short" (up to two weeks) or "long"; codes as in the files."""

    kind: str = ""
    length: str = ""
    role_type: str = ""
    skill: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.kind, self.length, self.role_type, self.skill, self.words))


@dataclass(frozen=True)
class Choices:
    """What the fields of the filter offer: trades and skills that some programme leads to or teaches."""

    role_types: list[RoleType]
    skills: list[Skill]


def catalogue(wanted: Wanted) -> list[Programme]:
    """Return the public programmes that fit, shortest first; three queries, whatever is wanted."""
    terms = spelling.terms(wanted.words)
    found = [row for row in places.programmes() if _fits(row, wanted, terms)]
    return sorted(found, key=lambda row: (row.length_days is None, row.length_days or 0, row.slug))


def choices() -> Choices:
    """Return the trades and skills of the catalogue; two queries."""
    taught = {"programmes__in": Programme.objects.published().values("pk")}
    return Choices(
        list(RoleType.objects.filter(**taught).distinct().order_by("position")),
        list(Skill.objects.filter(**taught).distinct().order_by("pk")),
    )


def _fits(row: Programme, wanted: Wanted, terms: tuple[str, ...]) -> bool:
    short = row.length_days is not None and row.length_days <= SHORT_DAYS
    if wanted.kind and row.kind != wanted.kind:
        return False
    if wanted.length and short != (wanted.length == "short"):
        return False
    if wanted.role_type and wanted.role_type not in {each.code for each in row.leads_to.all()}:
        return False
    if wanted.skill and wanted.skill not in {each.code for each in row.teaches.all()}:
        return False
    texts: tuple[str, ...] = (
        row.name_zh,
        row.name_en,
        row.institution.name_zh,
        row.institution.name_en,
        row.institution.also_called,
        *row.covers_zh.splitlines(),
        *row.covers_en.splitlines(),
    )
    return all(spelling.finds(term, texts) for term in terms)

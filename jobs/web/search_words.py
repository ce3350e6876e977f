"""A search in words: the parts of it as chips on the page, and a name for one that is kept."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from config.formats import day, yuan
from hubs.models import Base, Department, Hub, RoleType
from jobs.models import Shoot
from jobs.queries.search import Search


@dataclass(frozen=True)
class Part:
    """One condition of a search: the field it stands in, its words, and the query string of the search without it."""

    field: str
    words: str
    without: str


def parts(search: Search) -> list[Part]:
    """Return the conditions of a search in the reader's language; one query for each name it needs."""
    said = {
        "q": f"“{search.q}”" if search.q else "",
        "hub": _name(Hub, "slug", search.hub),
        "base": _name(Base, "slug", search.base),
        "category": dict(RoleType.Category.choices).get(search.category, ""),
        "department": _name(Department, "code", search.department),
        "role_type": _name(RoleType, "code", search.role_type),
        "min_rate": _("from %(pay)s a day") % {"pay": yuan(search.min_rate)} if search.min_rate else "",
        "first_day": _("from %(day)s") % {"day": day(search.first_day)} if search.first_day else "",
        "last_day": _("until %(day)s") % {"day": day(search.last_day)} if search.last_day else "",
        "part": {"day": _("no night work"), "night": _("night work only")}.get(search.part, ""),
        "entry_level": _("first-timers welcome") if search.entry_level else "",
        "lodging": _("with lodging") if search.lodging else "",
        "remote": _("remote work") if search.remote else "",
        "shoot": _title(search.shoot),
    }
    query = search.as_query()
    return [
        Part(
            field,
            str(words),
            "?" + urlencode({name: value for name, value in query.items() if name != field}),
        )
        for field, words in said.items()
        if words
    ]


def name(search: Search) -> str:
    """Return a name for a search that is kept, short enough for its field."""
    return " · ".join(part.words for part in parts(search))[:80]


def _name(model, key: str, value: str) -> str:
    row = model.objects.filter(**{key: value}).first() if value else None
    return row.name if row else ""


def _title(shoot: int | None) -> str:
    # Only what is published has a name here.
    title = (
        Shoot.objects.filter(pk=shoot, state="open").values_list("title", flat=True).first() if shoot else ""
    )
    return title or ""

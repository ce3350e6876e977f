"""Bring the data files of this app into the tables. Running it twice changes nothing.

Every row is known by its slug or code. A row that is missing is created, a row that differs from the files
is brought up to them, and a row that an admin has edited (`edited_by_hand`) is left alone, links included.
Nothing is ever deleted: what an admin has added stays, and a row taken out of the files stays until an
admin removes it.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction

from hubs.models import (
    Base,
    Department,
    Figure,
    Hub,
    Institution,
    JobFair,
    Language,
    Programme,
    RoleType,
    Service,
    Set,
    Skill,
    Statement,
    Step,
)

DATA = Path(__file__).resolve().parent.parent / "data"

Row = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """What happened to the rows of one table."""

    table: str
    created: int
    updated: int
    unchanged: int
    kept: int


@transaction.atomic
def load_hubs(folder: Path = DATA) -> list[Loaded]:
    """Load every data file, ground first; return a line for each table.

    The number of queries depends on the number of tables, never on the number of rows.
    Raises KeyError where a row names a slug or code that is in no file and no table.
    """
    skills = _Table(Skill, "code").bring(_read(folder, "skills"))
    languages = _Table(Language, "code").bring(_read(folder, "languages"))
    departments = _Table(Department, "code").bring(_read(folder, "departments"))
    role_types = _Table(RoleType, "code", {"department": departments}, {"typical_skills": skills})
    hubs = _Table(Hub, "slug").bring(_read(folder, "hubs"))
    base_rows = _read(folder, "bases")
    sets, services = _inner_rows(base_rows)
    bases = _Table(Base, "slug", {"hub": hubs})
    places = {"hub": hubs, "base": bases}
    institutions = _Table(Institution, "slug", {"hub": hubs})
    of_institution = {"institution": institutions, "hub": hubs}
    return [
        skills.loaded,
        languages.loaded,
        departments.loaded,
        role_types.bring(_read(folder, "role_types")).loaded,
        _Table(Step, "below above", {"below": role_types, "above": role_types})
        .bring(_read(folder, "ladder"))
        .loaded,
        hubs.loaded,
        bases.bring(base_rows).loaded,
        _Table(Set, "base slug", {"base": bases}).bring(sets).loaded,
        _Table(Service, "code", places).bring(services + _read(folder, "town_services")).loaded,
        # Those with programmes of the trade are told at length; the others are names to choose from.
        institutions.bring(_read(folder, "institutions") + _schools(folder)).loaded,
        _Table(Programme, "slug", of_institution, {"leads_to": role_types, "teaches": skills})
        .bring(_read(folder, "programmes"))
        .loaded,
        _Table(JobFair, "slug", of_institution).bring(_read(folder, "job_fairs")).loaded,
        _Table(Figure, "code", places).bring(_read(folder, "figures")).loaded,
        _Table(Statement, "code", places).bring(_read(folder, "statements")).loaded,
    ]


def _read(folder: Path, name: str) -> list[Row]:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _schools(folder: Path) -> list[Row]:
    """Names of schools share one source, written once on top of their file."""
    listed: Any = _read(folder, "schools")
    rows = listed.pop("rows")
    return [{**row, **listed} for row in rows]


def _inner_rows(bases: list[Row]) -> tuple[list[Row], list[Row]]:
    """Take the sets and services out of the bases they are written under."""
    sets, services = [], []
    for base in bases:
        sets += [{**row, "base": base["slug"]} for row in base.pop("sets")]
        services += [{**row, "hub": base["hub"], "base": base["slug"]} for row in base.pop("services")]
    return sets, services


class _Table:
    """One table on its way in: `key` its unique columns, `parents` and `links` the tables it points to."""

    def __init__(
        self,
        model: type[models.Model],
        key: str,
        parents: dict[str, "_Table"] | None = None,
        links: dict[str, "_Table"] | None = None,
    ) -> None:
        self.model, self.key = model, key.split()
        self.parents, self.links = parents or {}, links or {}
        self.rows: dict[tuple, Any] = {}
        self.loaded: Loaded

    def bring(self, rows: list[Row]) -> "_Table":
        """Write `rows` and their links; afterwards `self.rows` holds every row of the table by its key."""
        # Locked, so that an admin who saves meanwhile waits, and her edit is not half overwritten.
        manager = self.model._default_manager
        self.rows = {self._key_of(row): row for row in manager.select_for_update().order_by("pk")}
        wanted = [self._values(row) for row in rows]
        fresh, changed, kept, same = [], [], 0, 0
        for values in wanted:
            here = self.rows.get(tuple(values[name] for name in self._key_columns))
            if here is None:
                fresh.append(self.model(**values))
            elif here.edited_by_hand:
                kept += 1
            elif _differs(here, values):
                changed.append(here)
            else:
                same += 1
        if fresh:
            for made in manager.bulk_create(fresh):
                self.rows[self._key_of(made)] = made
        if changed:
            manager.bulk_update(changed, [name for name in wanted[0] if name not in self._key_columns])
        for name in self.links:
            self._link(name, [(values, row[name]) for values, row in zip(wanted, rows, strict=True)])
        self.loaded = Loaded(self.model._meta.model_name or "", len(fresh), len(changed), same, kept)
        return self

    def find(self, *key: str) -> Any:
        """Return the row with this key. Raises KeyError where there is none."""
        return self.rows[key]

    @property
    def _key_columns(self) -> list[str]:
        return [f"{name}_id" if name in self.parents else name for name in self.key]

    def _key_of(self, row: Any) -> tuple:
        return tuple(getattr(row, name) for name in self._key_columns)

    def _values(self, row: Row) -> Row:
        """Turn a row of the file into column values: slugs to keys, text to dates and numbers."""
        values: Row = {}
        for name, value in row.items():
            if name in self.links:
                continue
            if name in self.parents:
                values[f"{name}_id"] = None if value is None else self.parents[name].find(value).pk
            elif value is None:
                values[name] = None
            else:
                values[name] = _to_column(self.model._meta.get_field(name), value)
        return values

    def _link(self, name: str, wanted: list[tuple[Row, list[str]]]) -> None:
        """Make the many-to-many `name` what the files say, for rows that no admin has edited."""
        field: Any = self.model._meta.get_field(name)
        through, other = field.remote_field.through, self.links[name]
        ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        owned, pairs = set(), set()
        for values, codes in wanted:
            row = self.rows[tuple(values[column] for column in self._key_columns)]
            if row.edited_by_hand:
                continue
            owned.add(row.pk)
            pairs |= {(row.pk, other.find(code).pk) for code in codes}
        there = {
            (link[ours], link[theirs]): link["pk"]
            for link in through.objects.filter(**{f"{ours}__in": owned}).values("pk", ours, theirs)
        }
        extra = [pk for pair, pk in there.items() if pair not in pairs]
        if extra:
            through.objects.filter(pk__in=extra).delete()
        if missing := sorted(pairs - there.keys()):
            through.objects.bulk_create([through(**{ours: a, theirs: b}) for a, b in missing])


def _to_column(field: Any, value: Any) -> Any:
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        return Decimal(value)
    return value


def _differs(row: Any, values: Row) -> bool:
    """Bring `row` up to `values`; return whether anything had to be changed."""
    changed = False
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed

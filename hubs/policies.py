"""Who curates what: one module answers "may she change this?" and "which of these may she change?".

Reading what is published needs no policy. At the desk an admin curates everything; a hub editor (an account that may
open the desk and has hubs of her own) sees and changes what lies in her hubs, and nothing else is there for her.
Accounts belong to a floor above: here they are anything with `is_staff`, `is_admin` and `hubs`.
"""

from typing import Any

from django.db.models import Model, Q, QuerySet

from hubs.enums import STATUS_MOVES, Status
from hubs.models import (
    Base,
    CurationEntry,
    Department,
    Figure,
    Hub,
    Institution,
    JobFair,
    Language,
    PlacePhoto,
    Programme,
    Reviewed,
    RoleType,
    Service,
    Set,
    Skill,
    Statement,
    Step,
)

LIES_IN: dict[type[Model], tuple[str, ...]] = {
    Hub: ("pk",),
    Base: ("hub",),
    Set: ("base__hub",),
    Service: ("hub",),
    PlacePhoto: ("base__hub",),
    Institution: ("hub",),
    Programme: ("institution__hub",),
    JobFair: ("hub", "institution__hub"),
    Figure: ("hub", "base__hub"),
    Statement: ("hub",),
}
"""By which relation a row lies in a hub: the first one that is not empty counts."""

FOR_ALL: tuple[type[Model], ...] = (Department, RoleType, Skill, Language, Step)
"""Words of the trade, the same in every hub: an admin's. Editors look up trades and skills."""

LOOKED_UP: tuple[type[Model], ...] = (RoleType, Skill)


def may_curate(user: Any) -> bool:
    """Tell whether this person may work at the desk of places at all."""
    return is_head(user) or bool(_own_hubs(user))


def is_head(user: Any) -> bool:
    """An admin: curates every hub, publishes, merges, and keeps the words of the trades."""
    return bool(user.is_active and user.is_staff and (user.is_superuser or getattr(user, "is_admin", False)))


def _own_hubs(user: Any) -> frozenset[int]:
    """Ids of the hubs she edits; asked once a request, because an account object lives that long."""
    if not (user.is_active and user.is_staff):
        return frozenset()
    # Not vars(): a request's user is a lazy stand-in whose own dictionary never holds what was set on the account.
    if getattr(user, "_own_hubs", None) is None:
        user._own_hubs = frozenset(user.hubs.values_list("pk", flat=True))
    return user._own_hubs


def editable(user: Any, model: type[Model]) -> QuerySet:
    """The rows of `model` she may see and change at the desk."""
    rows = model._default_manager.all()
    if is_head(user):
        return rows
    hubs = _own_hubs(user)
    if not hubs or model not in LIES_IN:
        return rows.none()
    first, *others = LIES_IN[model]
    hers, before = Q(**{f"{first}__in": hubs}), Q(**{f"{first}__isnull": True})
    for path in others:
        hers |= before & Q(**{f"{path}__in": hubs})
        before &= Q(**{f"{path}__isnull": True})
    return rows.filter(hers)


def may_edit(user: Any, row: Model) -> bool:
    """The same question for one row; a test makes the two agree."""
    return editable(user, type(row)).filter(pk=row.pk).exists()


def may_add(user: Any, model: type[Model]) -> bool:
    """A new hub, and a new word of the trades, is an admin's."""
    return is_head(user) or (model in LIES_IN and model is not Hub and bool(_own_hubs(user)))


def may_look_up(user: Any, model: type[Model]) -> bool:
    """Lists from which a form of hers lets her choose."""
    return may_curate(user) and model in LOOKED_UP


def may_remove(user: Any) -> bool:
    """A row is retired, not deleted; only an admin removes one for good."""
    return is_head(user)


def may_merge(user: Any) -> bool:
    return is_head(user)


def may_move(user: Any, row: Reviewed, to: str, *, asked_by: int | None = None) -> bool:
    """Whether she may take this step, where the table allows it from where the row stands.

    `asked_by`: who put it into review. What an editor has asked for, somebody else publishes; an admin needs nobody.
    """
    if to not in STATUS_MOVES[Status(row.status)] or not may_edit(user, row):
        return False
    if is_head(user):
        return True
    return to != Status.PUBLISHED or (asked_by is not None and asked_by != user.pk)


def readable_book(user: Any) -> QuerySet[CurationEntry]:
    """Lines of the curation book about rows she may change."""
    lines = CurationEntry.objects.all()
    if is_head(user):
        return lines
    about = Q(pk__in=[])
    for model in LIES_IN:
        rows = editable(user, model).values("pk")
        about |= Q(label=model._meta.model_name, object_id__in=rows)
    return lines.filter(about)

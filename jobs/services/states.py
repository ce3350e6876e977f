"""The only door of change for states: a compare-and-set by the tables of `jobs.enums`."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from config.errors import Conflict
from jobs.enums import (
    APPEAL_MOVES,
    APPLICATION_MOVES,
    BOOKING_MOVES,
    CREW_MOVES,
    LIKENESS_MOVES,
    MATCH_MOVES,
    OFFER_MOVES,
    RUN_MOVES,
    SET_BOOKING_MOVES,
    SHOOT_MOVES,
    UNIT_OFFER_MOVES,
)
from jobs.models import (
    Appeal,
    Application,
    Booking,
    Crew,
    Likeness,
    MarketRun,
    Match,
    MatchRun,
    Offer,
    SetBooking,
    Shoot,
    UnitOffer,
)

Moving = (
    Appeal
    | Shoot
    | Offer
    | Booking
    | Application
    | MatchRun
    | MarketRun
    | Match
    | Crew
    | Likeness
    | SetBooking
    | UnitOffer
)
"""A row with a state."""

MOVES: dict[type[Model], dict[Any, set]] = {
    Appeal: APPEAL_MOVES,
    Shoot: SHOOT_MOVES,
    Offer: OFFER_MOVES,
    Booking: BOOKING_MOVES,
    Application: APPLICATION_MOVES,
    MatchRun: RUN_MOVES,
    MarketRun: RUN_MOVES,
    Match: MATCH_MOVES,
    UnitOffer: UNIT_OFFER_MOVES,
    Crew: CREW_MOVES,
    Likeness: LIKENESS_MOVES,
    SetBooking: SET_BOOKING_MOVES,
}


def sources(model: type[Model], to: str) -> list[str]:
    """Return the states from which `to` may be reached."""
    return [state for state, targets in MOVES[model].items() if to in targets]


def move(row: Moving, to: str, *, only_where: dict[str, Any] | None = None, **fields: Any) -> None:
    """Move one row to state `to`, setting `fields` with it; raise Conflict("move_not_allowed") where it stands elsewhere.

    One conditional UPDATE: of two who press at once, one counts a row and the other does not.
    `only_where` adds conditions (a deadline); `row` is brought up to date when the move was made.
    """
    if not try_move(row, to, only_where=only_where, **fields):
        state = type(row)._default_manager.filter(pk=row.pk).first()
        label = state.get_state_display() if state is not None else ""
        raise Conflict("move_not_allowed", state=str(label))


def try_move(row: Moving, to: str, *, only_where: dict[str, Any] | None = None, **fields: Any) -> bool:
    """Like `move`, but say False instead of raising."""
    moved = move_all(type(row)._default_manager.filter(pk=row.pk, **(only_where or {})), to, **fields)
    if moved:
        for name, value in {"state": to, **fields}.items():
            setattr(row, name, value)
    return bool(moved)


def move_all(rows: QuerySet, to: str, **fields: Any) -> int:
    """Move every row of a queryset that may go to `to`; return how many did."""
    allowed: Collection[str] = sources(rows.model, to)
    return rows.filter(state__in=allowed).update(state=to, **fields)

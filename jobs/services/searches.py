"""Saved searches: keep one, change it, forget it; and tell people of new roles that fit theirs.

A shoot that opens and a role that changes each ask for one piece of later work, which writes a row for every
search and role that fit. The row is unique, so nobody is told of a role twice, however often the work is repeated.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI, shoot_day_of
from jobs.enums import AlertPace, NoticeKind, ShootState, WorkKind
from jobs.models import Role, SavedSearch, SearchHit, Shoot
from jobs.queries import roles as questions
from jobs.queries import searches as found
from jobs.queries.search import Search
from jobs.services import notices
from jobs.services.later import Ask, enqueue, enqueue_all
from jobs.services.notices import Message
from profiles.models import Profile, User
from profiles.services.text import clean_line

MOST = 20
"""Searches one person may keep."""

TOLD_AT = time(8, 0)
"""When those who want to hear once a day are told, in Shanghai: the quiet hours end then."""

COALESCE = timedelta(minutes=1)
"""Changes of one minute are looked at together: a crew that corrects ten fields causes one look, not ten."""


# -- a person's own ---------------------------------------------------------------------------------------


def save(*, profile: Profile, by: User, name: str, search: Search, alert: str, now: datetime) -> SavedSearch:
    """Keep a search under a name.

    Raise NotAllowed("not_yours"), Invalid "alert_unknown", "search_empty" or what clean_line says of the name,
    Conflict "search_saved" (the same one twice) or "too_many_searches".
    """
    _check(profile, by, alert)
    if not search:
        raise Invalid("search_empty")
    name = clean_line(name, field="name", longest=80, required=True)
    if SavedSearch.objects.filter(profile=profile).count() >= MOST:
        raise Conflict("too_many_searches", most=MOST)
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(
                profile=profile, name=name, query=search.as_query(), alert=alert, created_at=now
            )
    except IntegrityError as error:
        raise Conflict("search_saved") from error


def change(saved: SavedSearch, *, by: User, name: str, alert: str) -> SavedSearch:
    """Give a search another name or pace. Raise what `save` raises of them."""
    _check(saved.profile, by, alert)
    saved.name = clean_line(name, field="name", longest=80, required=True)
    saved.alert = alert
    saved.save(update_fields=["name", "alert"])
    return saved


def forget(saved: SavedSearch, *, by: User) -> None:
    """Delete a search with what was found for it. Raise NotAllowed("not_yours")."""
    _check(saved.profile, by, saved.alert)
    saved.delete()


def _check(profile: Profile, by: User, alert: str) -> None:
    if profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    if alert not in AlertPace.values:
        raise Invalid("alert_unknown", field="alert")


# -- later work -------------------------------------------------------------------------------------------


def ask_for_shoot(shoot: Shoot, *, now: datetime) -> None:
    """Have a shoot that opened held against all saved searches; call it in the transaction of the act."""
    _ask(WorkKind.SEARCH_SHOOT, shoot.pk, now)


def ask_for_role(role: Role, *, now: datetime) -> None:
    """Have a new or changed role of an open shoot held against all saved searches."""
    if role.shoot.state == ShootState.OPEN:
        _ask(WorkKind.SEARCH_ROLE, role.pk, now)


def _ask(kind: WorkKind, subject_id: int, now: datetime) -> None:
    minute = int(now.timestamp()) // 60
    enqueue(kind, subject_id, f"{kind}:{subject_id}:{minute}", now + COALESCE, now=now)


def look_at_shoot(shoot_id: int, *, now: datetime) -> int:
    """Tell of the open roles of a shoot; return how many search-and-role pairs were new."""
    roles = list(questions.open_roles(Search(shoot=shoot_id), today=shoot_day_of(now)))
    return _look(roles, now, kept_before=roles[0].shoot.published_at if roles else None)


def look_at_role(role_id: int, *, now: datetime) -> int:
    """Tell of one role, if it is still open."""
    return _look(list(questions.open_roles(today=shoot_day_of(now)).filter(pk=role_id)), now)


def _look(roles: list[Role], now: datetime, kept_before: datetime | None = None) -> int:
    if not roles:
        return 0
    told = 0
    for batch in found.listening(roles[0].shoot.base.hub.slug, kept_before=kept_before):
        fresh = found.fresh_hits(batch, roles)
        told += len(fresh)
        SearchHit.objects.bulk_create(
            [
                SearchHit(
                    search=search,
                    role=role,
                    found_at=now,
                    told_at=now if search.alert == AlertPace.AT_ONCE else None,
                )
                for search, role in fresh
            ],
            ignore_conflicts=True,
        )
        _tell_at_once(fresh, now)
        _tell_daily({search.pk for search, _ in fresh if search.alert == AlertPace.DAILY}, now)
    return told


def _tell_at_once(fresh: list[tuple[SavedSearch, Role]], now: datetime) -> None:
    by_search: dict[int, tuple[SavedSearch, list[Role]]] = {}
    for search, role in fresh:
        if search.alert == AlertPace.AT_ONCE:
            by_search.setdefault(search.pk, (search, []))[1].append(role)
    notices.write_all(
        [
            # Two workers that look at the same shoot at once find the same first role: one of the notices stays.
            _message(search, roles, f"search:{search.pk}:role:{roles[0].pk}")
            for search, roles in by_search.values()
        ],
        now=now,
    )


def _tell_daily(search_ids: set[int], now: datetime) -> None:
    due = next_telling(now)
    day = due.astimezone(SHANGHAI).date().isoformat()
    asks = [
        Ask(WorkKind.TELL_SEARCH, search_id, f"search:{search_id}:daily:{day}", due)
        for search_id in sorted(search_ids)
    ]
    if asks:
        enqueue_all(asks, now=now)


def next_telling(now: datetime) -> datetime:
    """Return the next 08:00 in Shanghai after `now`."""
    local = now.astimezone(SHANGHAI)
    today = datetime.combine(local.date(), TOLD_AT, SHANGHAI)
    return today if local < today else today + timedelta(days=1)


def tell(search_id: int, *, now: datetime) -> None:
    """Write the daily notice of a search: all that was found and not told, if it is still open and she still asks."""
    saved = SavedSearch.objects.select_related("profile").filter(pk=search_id).first()
    if saved is None:
        return
    untold = SearchHit.objects.filter(search=saved, told_at__isnull=True)
    ids = list(untold.values_list("role_id", flat=True))
    roles = list(questions.open_roles(today=shoot_day_of(now)).filter(pk__in=ids))
    untold.filter(role__in=ids).update(told_at=now)
    if roles and saved.alert != AlertPace.NEVER:
        day = shoot_day_of(now).isoformat()
        notices.write_all([_message(saved, roles, f"search:{saved.pk}:daily:{day}")], now=now)


def _message(saved: SavedSearch, roles: list[Role], key: str) -> Message:
    best = max(roles, key=lambda role: (role.day_rate, -role.pk))
    facts: dict[str, Any] = {
        "search": saved.pk,
        "name": saved.name,
        "query": saved.query,
        "count": len(roles),
        "role": best.pk,
        "title": best.shoot.title,
        "role_zh": best.role_type.name_zh,
        "role_en": best.role_type.name_en,
        "base_zh": best.shoot.base.name_zh,
        "base_en": best.shoot.base.name_en,
        "remote": best.remote,
        "crew": best.shoot.crew.name,
        "day_rate": best.day_rate,
        "first_day": best.days.lower.isoformat(),
        "last_day": (best.days.upper - timedelta(days=1)).isoformat(),
    }
    return Message(saved.profile.user_id, NoticeKind.SEARCH_FOUND, key, facts)

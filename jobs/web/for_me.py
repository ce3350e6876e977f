"""A graduate's desk: offers that wait, roles ranked for her, and what one tap would open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid
from jobs import policies
from jobs.models import Role
from jobs.queries import matching, offers, variety
from jobs.queries.search import Search
from jobs.services import fixes
from jobs.web import fix_words, reasons, search_words, sentences
from jobs.web.doors import found, graduates
from jobs.web.search_forms import RoleFilterForm
from profiles.web.requests import GraduateRequest

CARDS = 12
LOOKED_AT = 72
"""Ranked pairs that are grouped to cards: a crew of 75 may fill half of them."""

MISSES_LOOKED_AT = 60
"""Near misses asked for."""

MISSES = 6
UNDO_SECONDS = 3600

LEARNT = frozenset({"missing_skill", "skill_level", "language"})
"""Barriers no tap takes away but she can: the profile is where they are said. A booking or an age is none of these."""

SALT = "jobs.fixed"


@dataclass(frozen=True)
class Miss:
    """A tap that would open roles: the best of them, how many more, and the fix; None where a tap cannot help.

    `at_least`: not all of the market was looked at, there may be more.
    """

    pair: matching.Pair
    fix: fix_words.Fix | None
    words: str
    more: int
    at_least: bool = False


@require_safe
@graduates
def for_me(request: GraduateRequest) -> HttpResponse:
    """Offers, then roles ranked for her and grouped by shoot, then what she only just misses."""
    form = RoleFilterForm(request.GET or None)
    search = form.search() if form.is_bound else Search()
    names = reasons.Names()
    got = matching.for_me(
        profile=request.profile,
        now=timezone.now(),
        count=LOOKED_AT,
        misses=MISSES_LOOKED_AT,
        search=search,
    )
    cards = variety.cards(got.ranked, count=CARDS, per_type=CARDS if search.role_type else variety.PER_TYPE)
    fixed = undoable(request, names)
    context = {
        "tab": "for_me",
        "profile": request.profile,
        "form": form,
        "parts": search_words.parts(search),
        "query": search.as_query(),
        "search": search,
        "open_offers": offers.open_for(request.user),
        "cards": worded(cards, names, fixed),
        "trades": _trades(got.ranked),
        "found": len(got.ranked),
        "as_of": got.as_of,
        "most": LOOKED_AT,
        # Of the market in memory only the most urgent misses are looked at.
        "misses": misses(got.near_misses, names, at_least=got.as_of is not None),
        "fixed": fixed,
    }
    return render(request, "jobs/for_me.html", context)


@require_POST
@graduates
def fix(request: GraduateRequest) -> HttpResponseRedirect:
    """Take one barrier away; the page that follows says what changed, and how to undo it."""
    role = found(policies.visible_roles(request.user), _number(request.POST.get("role")))
    fixed = fixes.apply(
        profile=request.profile,
        role=role,
        barrier=request.POST.get("barrier", ""),
        by=request.user,
        now=timezone.now(),
    )
    said = {
        "user": request.user.pk,
        "role": role.pk,
        "barrier": fixed.barrier,
        "before": fixed.before,
        "count": len(fixed.opened),
        "opened": fixed.opened[:LOOKED_AT],
    }
    back = _back(request, role)
    return redirect(f"{back}?{urlencode({'fixed': signing.dumps(said, salt=SALT, compress=True)})}")


@require_POST
@graduates
def undo(request: GraduateRequest) -> HttpResponseRedirect:
    """Put back what `fix` changed."""
    said = _read(request, request.POST.get("fixed", ""))
    if said is None:
        raise Invalid("cannot_be_fixed")
    fixes.undo(profile=request.profile, before=said["before"], by=request.user, now=timezone.now())
    role = found(policies.visible_roles(request.user), said["role"])
    return redirect(_back(request, role))


def undoable(request: HttpRequest, names: reasons.Names) -> dict[str, Any] | None:
    """Return what the last tap changed, from the address: words, token to undo it, roles it opened; or None."""
    token = request.GET.get("fixed", "")
    said = _read(request, token)
    if said is None:
        return None
    return said | {"token": token, "words": fix_words.done(said["barrier"], said["before"], names)}


def _read(request: HttpRequest, token: str) -> dict[str, Any] | None:
    try:
        said = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS) if token else None
    except signing.BadSignature:
        return None
    return said if said and said["user"] == request.user.pk else None


def _back(request: HttpRequest, role: Role) -> str:
    if request.POST.get("back") == "role":
        return reverse("roles:detail", args=[role.pk])
    return reverse("for_me")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def worded(
    cards: list[variety.Card], names: reasons.Names, fixed: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Put words on cards: score out of 100, a sentence, and the mark of what the last tap opened."""
    opened = set(fixed["opened"]) if fixed else set()
    said = sentences.write([card.pair for card in cards], names)
    return [
        {
            "role": card.pair.role,
            "score": reasons.percent(card.pair.score, card.pair.contributions),
            "sentence": words,
            "beside": card.beside,
            "more": card.more,
            "opened": card.pair.role.pk in opened,
        }
        for card, words in zip(cards, said, strict=True)
    ]


def misses(pairs: list[matching.Pair], names: reasons.Names, *, at_least: bool = False) -> list[Miss]:
    """Put near misses together that the same tap would open, the fixable and the largest first."""
    by_key: dict[tuple, list[tuple[matching.Pair, fix_words.Fix | None, str]]] = {}
    for pair in pairs:
        barrier = pair.barriers[0]
        offer = fix_words.offered(barrier, names)
        if offer is None and barrier["barrier"] not in LEARNT:
            continue
        words = offer.needs if offer else reasons.fit(pair, names, to_her=True).barriers[0].words
        key = offer.key if offer else ("words", words)
        by_key.setdefault(key, []).append((pair, offer, words))
    groups = []
    for same in by_key.values():
        pair, offer, words = max(same, key=lambda one: (one[0].score, -one[0].role.pk))
        groups.append(Miss(pair, offer, words, len(same) - 1, at_least))
    groups.sort(key=lambda miss: (miss.fix is None, _effort(miss), -miss.more, -miss.pair.score))
    return groups[:MISSES]


def hurdles(pair: matching.Pair, names: reasons.Names) -> list[dict[str, Any]]:
    """Return each barrier of one pair in words, with the tap that takes it away where there is one."""
    said = reasons.fit(pair, names, to_her=True).barriers
    return [
        {"words": reason.words, "fix": fix_words.offered(barrier, names), "barrier": barrier["barrier"]}
        for reason, barrier in zip(said, pair.barriers, strict=True)
    ]


def _effort(miss: Miss) -> int:
    """How much a tap asks of her: days to be free count, a hub or a lower rate weighs like three of them."""
    if miss.fix is None:
        return 0
    return len(miss.fix.key) - 1 if miss.fix.key[0] == "free" else 3


def _trades(pairs: list[matching.Pair]) -> list[dict[str, Any]]:
    """Role types among the ranked, with counts, the most frequent first."""
    counted: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        trade = pair.role.role_type
        counted.setdefault(trade.code, {"trade": trade, "count": 0})["count"] += 1
    return sorted(counted.values(), key=lambda one: (-one["count"], one["trade"].position))

"""The review of a role, put into words for its page."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from jobs import policies
from jobs.enums import OfferState
from jobs.models import Match, MatchRun, Offer, Role
from jobs.queries import matching, reviews, runs
from jobs.web import barrier_words, reasons, standing_words
from profiles.models import Profile, User


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a place: asked or booked. `contact`: the reader may see how to reach her."""

    offer: Offer
    contact: bool

    @property
    def profile(self) -> Profile:
        return self.offer.profile

    @property
    def booking(self):
        return None if self.offer.state == OfferState.OPEN else self.offer.booking

    @property
    def badge(self) -> str:
        return str(self.booking.state if self.booking else self.offer.state)

    @property
    def state(self) -> str:
        return str((self.booking or self.offer).get_state_display())


@dataclass(frozen=True)
class Proposal:
    """A person with the reasons; `match` is None for one who only just misses."""

    profile: Profile
    fit: reasons.Fit
    match: Match | None = None


@dataclass(frozen=True)
class Other:
    """How many people something keeps from the role; `kind` is "barrier" or "minus"."""

    count: int
    words: str
    kind: str


@dataclass(frozen=True)
class RolePage:
    """Everything the review page shows below its head."""

    run: MatchRun | None
    held: list[Holder]
    chosen: list[Proposal] = field(default_factory=list)
    standby: list[Proposal] = field(default_factory=list)
    near_misses: list[Proposal] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    fixes: list[standing_words.Fix] = field(default_factory=list)
    answers: list[standing_words.Answer] | None = None
    new: frozenset[int] = frozenset()


def review(role: Role, there_is: reviews.ThereIs, *, reader: User, name: str = "") -> RolePage:
    """Return the page of a role for the newest published run, as this reader may see it.

    With a `name` it answers where the people of that name stand.
    """
    run = matching.newest_published(role.shoot) if there_is.run else None
    found = reviews.review(run, role, name)
    offers = reviews.holders(role) if there_is.holders else []
    open_to_reader = _contacts(offers, reader)
    names = reasons.Names()
    return RolePage(
        run=run,
        held=[
            Holder(offer, offer.state != OfferState.OPEN and offer.profile_id in open_to_reader)
            for offer in offers
        ],
        chosen=_worded([seat for seat in found.chosen if seat.offer is None], names),
        standby=_worded([seat for seat in found.standby if seat.offer is None], names),
        near_misses=[
            Proposal(pair.profile, reasons.fit(pair, names, to_her=False))
            for pair in found.near_misses
            if pair.barriers[0]["barrier"] in policies.NAMED_TO_CREWS
        ],
        others=_others(found),
        fixes=standing_words.fixes(found.without, names),
        answers=None if found.found is None else standing_words.answers(found.found, names),
        new=runs.new_on(run, role) if run else frozenset(),
    )


def _contacts(offers: list[Offer], reader: User) -> set[int]:
    """Ids of those who are booked by these offers and whose contacts the reader may see."""
    booked = [offer.profile_id for offer in offers if offer.state != OfferState.OPEN]
    if not booked:
        return set()
    return set(policies.contacts_visible(reader).filter(pk__in=booked).values_list("pk", flat=True))


def _worded(seats: list[reviews.Seat], names: reasons.Names) -> list[Proposal]:
    return [
        Proposal(seat.profile, reasons.fit(seat.match, names, to_her=False), seat.match) for seat in seats
    ]


def _others(found: reviews.Review) -> list[Other]:
    """Count the people whom each requirement keeps out, the hardest first, and those who fit but came behind."""
    lines = [Other(cost.bars, barrier_words.label(cost.barrier), "barrier") for cost in found.keeps_out]
    behind = (found.eligible or 0) - len(found.chosen)
    if behind > 0:
        lines.append(
            Other(behind, str(_("fit, but others fit better or they are needed elsewhere")), "minus")
        )
    return lines

"""What a graduate has said of crews: those she likes to work for, and those she keeps away from."""

from dataclasses import dataclass

from jobs import policies
from jobs.models import Block, Crew
from profiles.models import Profile


@dataclass(frozen=True)
class Between:
    """Whether she likes a crew, or keeps away from it; and the other crews of either kind, by name."""

    starred: bool
    blocked: bool
    liked: list[Crew]
    avoided: list[Crew]


def between(profile: Profile, crew: Crew) -> Between:
    """Return what she has said of `crew` and of others. What a crew has said of her is not here. Two queries."""
    public = policies.public_crews().order_by("name", "pk")
    liked = list(public.filter(stars__profile=profile))
    avoided = list(public.filter(blocks__profile=profile, blocks__side=Block.Side.PERSON))
    return Between(
        crew in liked,
        crew in avoided,
        [each for each in liked if each != crew],
        [each for each in avoided if each != crew],
    )

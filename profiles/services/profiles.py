"""What a person says of herself, section by section. Each verb saves at once, or names the field at fault."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from config.errors import Invalid, NotAllowed
from hubs.models import Hub, Language, RoleType, Skill
from profiles import policies
from profiles.models import Profile, ProfileSkill, User, WantedRole

from . import accounts, consents
from .text import clean_line

MOST_ROLES = 10
MOST_SKILLS = 60
HIGHEST_RATE = 100_000
EARLIEST_WAIT = date(2000, 1, 1)


def may_edit(profile: Profile, by: User) -> None:
    """Raise NotAllowed `not_yours` unless `by` is the person herself."""
    if not policies.may_edit_profile(by, profile):
        raise NotAllowed("not_yours")


@transaction.atomic
def update_basics(
    *,
    profile: Profile,
    by: User,
    name: str,
    headline: str,
    waiting_since: date | None,
    today: date,
    former_trade: str = "",
    studied_abroad: bool = False,
) -> Profile:
    """Set her name, her line about herself, where she comes from, and since when she has looked for work.

    Raises Invalid from clean_line (name, headline, former_trade) and `waiting_since_impossible` for a day to come.
    """
    may_edit(profile, by)
    name = clean_line(name, field="name", longest=80, required=True)
    profile.headline = clean_line(headline, field="headline", longest=120)
    if waiting_since and not EARLIEST_WAIT <= waiting_since <= today:
        raise Invalid("waiting_since_impossible", field="waiting_since")
    profile.former_trade = clean_line(former_trade, field="former_trade", longest=60)
    profile.studied_abroad = studied_abroad
    profile.waiting_since = waiting_since
    profile.save(update_fields=["headline", "former_trade", "studied_abroad", "waiting_since"])
    if profile.user.name != name:
        profile.user.name = name
        profile.user.save(update_fields=["name"])
    return profile


@transaction.atomic
def set_wanted_roles(*, profile: Profile, by: User, role_types: Sequence[RoleType]) -> Profile:
    """Replace the role types she would take; the first is the one she wants most.

    Raises Invalid `roles_twice` where one stands twice, `too_many` above ten.
    """
    may_edit(profile, by)
    _each_once(role_types, field="wanted_roles", code="roles_twice", most=MOST_ROLES)
    profile.wanted.all().delete()
    WantedRole.objects.bulk_create(
        WantedRole(profile=profile, role_type=role_type, rank=rank)
        for rank, role_type in enumerate(role_types, start=1)
    )
    return _told_anew(profile)


@transaction.atomic
def set_skills(*, profile: Profile, by: User, levels: Mapping[Skill, int]) -> Profile:
    """Replace her skills; levels are 1 (has tried it), 2 (works alone), 3 (leads others).

    Raises Invalid `level_unknown`, `too_many` above sixty.
    """
    may_edit(profile, by)
    _each_once(list(levels), field="skills", code="skills_twice", most=MOST_SKILLS)
    if any(level not in ProfileSkill.Level.values for level in levels.values()):
        raise Invalid("level_unknown", field="skills")
    profile.skill_levels.all().delete()
    ProfileSkill.objects.bulk_create(
        ProfileSkill(profile=profile, skill=skill, level=level) for skill, level in levels.items()
    )
    return _told_anew(profile)


@transaction.atomic
def set_hubs(*, profile: Profile, by: User, home_hub: Hub | None, willing_hubs: Iterable[Hub]) -> Profile:
    """Set where she lives and where else she would work. Home is always among the hubs she would go to."""
    may_edit(profile, by)
    hubs = {hub.pk for hub in willing_hubs} | ({home_hub.pk} if home_hub else set())
    profile.home_hub = home_hub
    profile.save(update_fields=["home_hub"])
    profile.willing_hubs.set(hubs)
    return _told_anew(profile)


def set_rate(*, profile: Profile, by: User, day_rate_floor: int) -> Profile:
    """Set the lowest day rate she would take, in whole yuan; 0 means any.

    Raises Invalid `rate_out_of_range` (with `highest`) below 0 or above 100,000.
    """
    may_edit(profile, by)
    if isinstance(day_rate_floor, bool) or not isinstance(day_rate_floor, int):
        raise Invalid("rate_out_of_range", field="day_rate_floor", highest=HIGHEST_RATE)
    if not 0 <= day_rate_floor <= HIGHEST_RATE:
        raise Invalid("rate_out_of_range", field="day_rate_floor", highest=HIGHEST_RATE)
    profile.day_rate_floor = day_rate_floor
    profile.save(update_fields=["day_rate_floor"])
    return profile


@transaction.atomic
def set_places(
    *, profile: Profile, by: User, home_hub: Hub | None, willing_hubs: Iterable[Hub], day_rate_floor: int
) -> Profile:
    """Set hubs and rate together, as one page does: both are kept or neither."""
    set_rate(profile=profile, by=by, day_rate_floor=day_rate_floor)
    return set_hubs(profile=profile, by=by, home_hub=home_hub, willing_hubs=willing_hubs)


@transaction.atomic
def set_languages(*, profile: Profile, by: User, languages: Iterable[Language]) -> Profile:
    """Replace the languages and dialects she speaks."""
    may_edit(profile, by)
    profile.languages.set({language.pk for language in languages})
    return _told_anew(profile)


def set_acting(
    *,
    profile: Profile,
    by: User,
    acting: bool,
    sex: str = "",
    playable_age_min: int | None = None,
    playable_age_max: int | None = None,
    height_cm: int | None = None,
) -> Profile:
    """Set the acting card. Without `acting` the card is emptied: nobody keeps a height she has no use for.

    Raises Invalid `sex_unknown`, `ages_together`, `ages_out_of_range`, `ages_in_order`,
    `height_out_of_range`.
    """
    may_edit(profile, by)
    if not acting:
        sex, playable_age_min, playable_age_max, height_cm = "", None, None, None
    if sex not in Profile.Sex.values:
        raise Invalid("sex_unknown", field="sex")
    if (playable_age_min is None) != (playable_age_max is None):
        empty = "playable_age_min" if playable_age_min is None else "playable_age_max"
        raise Invalid("ages_together", field=empty)
    for field, age in (("playable_age_min", playable_age_min), ("playable_age_max", playable_age_max)):
        if age is not None and not 1 <= age <= 100:
            raise Invalid("ages_out_of_range", field=field)
    if playable_age_min is not None and playable_age_max is not None and playable_age_max < playable_age_min:
        raise Invalid("ages_in_order", field="playable_age_max")
    if height_cm is not None and not 80 <= height_cm <= 230:
        raise Invalid("height_out_of_range", field="height_cm")
    profile.acting, profile.sex, profile.height_cm = acting, sex, height_cm
    profile.playable_age_min, profile.playable_age_max = playable_age_min, playable_age_max
    profile.save(update_fields=["acting", "sex", "playable_age_min", "playable_age_max", "height_cm"])
    return profile


@transaction.atomic
def set_contact(*, profile: Profile, by: User, contact_wechat: str, language: str, listed: bool) -> Profile:
    """Set how she is reached, and whether crews may make her offers. All of it is kept or nothing.

    The number is not among it: it changes with a code (see accounts.set_mobile). Raises what
    accounts.set_language raises, Invalid from clean_line, Invalid `consent_matching` where she took hers back.
    """
    may_edit(profile, by)
    if listed and consents.withdrawn(user=profile.user, purpose=consents.Purpose.MATCHING):
        raise Invalid("consent_matching", field="listed")
    profile.contact_wechat = clean_line(contact_wechat, field="contact_wechat", longest=40)
    profile.listed = listed
    accounts.set_language(user=profile.user, language=language, by=by)
    profile.save(update_fields=["contact_wechat", "listed"])
    return profile


@transaction.atomic
def change(*, profile: Profile, by: User, changes: Mapping[str, Any], today: date) -> Profile:
    """Change several sections at once, each by its own verb: all or nothing. Unnamed fields stay.

    `changes` has the arguments of the verbs above: name, headline, waiting_since, former_trade, studied_abroad;
    wanted_roles; skills;
    home_hub, willing_hubs; day_rate_floor; languages; acting card; contact_wechat, language, listed.
    Raises what they raise, with the field that is wrong.
    """
    may_edit(profile, by)
    for names, verb, extra in _sections(today):
        if names & changes.keys():
            verb(profile=profile, by=by, **_with_stored(profile, names, changes), **extra)
    if "wanted_roles" in changes:
        set_wanted_roles(profile=profile, by=by, role_types=changes["wanted_roles"])
    if "skills" in changes:
        set_skills(profile=profile, by=by, levels=changes["skills"])
    return profile


def _sections(today: date) -> list[tuple[frozenset[str], Callable[..., Profile], dict[str, Any]]]:
    basics = frozenset({"name", "headline", "waiting_since", "former_trade", "studied_abroad"})
    acting = frozenset({"acting", "sex", "playable_age_min", "playable_age_max", "height_cm"})
    return [
        (basics, update_basics, {"today": today}),
        (frozenset({"home_hub", "willing_hubs"}), set_hubs, {}),
        (frozenset({"day_rate_floor"}), set_rate, {}),
        (frozenset({"languages"}), set_languages, {}),
        (acting, set_acting, {}),
        (frozenset({"contact_wechat", "language", "listed"}), set_contact, {}),
    ]


def _with_stored(profile: Profile, names: frozenset[str], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: changes[name] if name in changes else _stored(profile, name) for name in names}


def _stored(profile: Profile, name: str) -> Any:
    if name in ("name", "language"):
        return getattr(profile.user, name)
    if name in ("willing_hubs", "languages"):
        return list(getattr(profile, name).all())
    return getattr(profile, name)


def _each_once(rows: Sequence[Any], *, field: str, code: str, most: int) -> None:
    if len(rows) > most:
        raise Invalid("too_many", field=field, most=most)
    if len({row.pk for row in rows}) != len(rows):
        raise Invalid(code, field=field)


def _told_anew(profile: Profile) -> Profile:
    # What was read before this change must not be shown after it.
    profile.__dict__.pop("_prefetched_objects_cache", None)
    return profile

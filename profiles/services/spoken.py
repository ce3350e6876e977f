"""Consent that is spoken: the words that are read aloud, and the row that says who asked and who heard the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.errors import Invalid
from profiles.models import FULL_AGE, Profile, SpokenConsent, User, today_at

from .text import clean_line

Purpose, Manner, WitnessIs = SpokenConsent.Purpose, SpokenConsent.Manner, SpokenConsent.WitnessIs

VERSION = "2026-11"
"""Of the words below. A change of words is a new version; old rows keep the one that was read to them."""

TO_READ: tuple[str | Promise, ...] = (
    _("Jinzu finds work with film crews and writes down who was where, for how long and for what pay."),
    _("I would write down your name, your date of birth, a phone number and the days on which you are free."),
    _("When a crew asks for you, I come to you or call you. You say yes or no; nobody decides for you."),
    _("Your calls come to this phone as text messages, and I have them printed."),
    _(
        "You get a card with a number. With it you see your own days, hours and pay on any phone; others cannot."
    ),
    _("It costs nothing. Nobody may ask you for money, a deposit or your identity card."),
    _("You can stop at any time: tell me, and everything about you is deleted."),
)
TO_READ_CONTACT = _("May a crew that has booked you see the number of this phone, for that shoot only?")


@dataclass(frozen=True)
class Heard:
    """How an answer was given: `manner` face or phone, `witness` who else heard it, and who that is to her."""

    witness: str
    witness_is: str
    manner: str = Manner.FACE


def hear(
    profile: Profile, *, purpose: str, agreed: bool, heard: Heard, by: User, now: datetime
) -> SpokenConsent:
    """Write down what a person said aloud; who may ask is the caller's to check.

    Raise Invalid `witness_needed`, `witness_alone` where the coordinator is her own witness, `manner_unknown`, or
    `guardian_needed` for a person of 16 or 17 without a parent or guardian.
    """
    witness = clean_line(heard.witness, field="witness", longest=60)
    if not witness:
        raise Invalid("witness_needed", field="witness")
    if witness == by.name:
        raise Invalid("witness_alone", field="witness")
    if heard.manner not in Manner.values or heard.witness_is not in WitnessIs.values:
        raise Invalid("manner_unknown", field="manner")
    if profile.age_on(today_at(now)) < FULL_AGE and heard.witness_is != WitnessIs.GUARDIAN:
        raise Invalid("guardian_needed", field="witness_is")
    return SpokenConsent.objects.create(
        profile=profile,
        purpose=purpose,
        agreed=agreed,
        version=VERSION,
        manner=heard.manner,
        asked_by=by,
        witness=witness,
        witness_is=heard.witness_is,
        at=now,
    )

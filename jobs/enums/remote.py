"""Work paid by the piece, and consent to be copied by a machine."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PieceUnit(models.TextChoices):
    """What is counted where work is paid by the piece."""

    MINUTE = "minute", _("minute of film")
    CHARACTERS = "characters", _("1,000 characters")
    SHOT = "shot", _("frame or shot")
    EPISODE = "episode", _("episode")


class LikenessPart(models.TextChoices):
    FACE = "face", _("face")
    VOICE = "voice", _("voice")
    MOTION = "motion", _("movement")


class Territory(models.TextChoices):
    MAINLAND = "mainland", _("Chinese mainland")
    ASIA = "asia", _("Asia")
    WORLD = "world", _("the whole world")


class LikenessState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("consent to a likeness", "asked")
    GIVEN = "given", pgettext_lazy("consent to a likeness", "given")
    REFUSED = "refused", pgettext_lazy("consent to a likeness", "refused")
    REVOKED = "revoked", pgettext_lazy("consent to a likeness", "revoked")
    WITHDRAWN = "withdrawn", _("request taken back")


LIKENESS_MOVES = {
    LikenessState.ASKED: {LikenessState.GIVEN, LikenessState.REFUSED, LikenessState.WITHDRAWN},
    LikenessState.GIVEN: {LikenessState.REVOKED},
    LikenessState.REFUSED: set(),
    LikenessState.REVOKED: set(),
    LikenessState.WITHDRAWN: set(),
}
LIKENESS_LIVE = (LikenessState.ASKED, LikenessState.GIVEN)

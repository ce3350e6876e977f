"""The 34 provincial units of China, by the letters of ISO 3166-2:CN."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Province(models.TextChoices):
    HL = "HL", _("Heilongjiang")
    NM = "NM", _("Inner Mongolia")
    BJ = "BJ", _("Beijing")
    JL = "JL", _("Jilin")
    XJ = "XJ", _("Xinjiang")
    GS = "GS", _("Gansu")
    NX = "NX", _("Ningxia")
    SX = "SX", _("Shanxi")
    HE = "HE", _("Hebei")
    TJ = "TJ", _("Tianjin")
    LN = "LN", _("Liaoning")
    XZ = "XZ", _("Xizang")
    QH = "QH", _("Qinghai")
    SN = "SN", _("Shaanxi")
    HA = "HA", _("Henan")
    SD = "SD", _("Shandong")
    SC = "SC", _("Sichuan")
    CQ = "CQ", _("Chongqing")
    HB = "HB", _("Hubei")
    AH = "AH", _("Anhui")
    JS = "JS", _("Jiangsu")
    SH = "SH", _("Shanghai")
    YN = "YN", _("Yunnan")
    GZ = "GZ", _("Guizhou")
    HN = "HN", _("Hunan")
    JX = "JX", _("Jiangxi")
    ZJ = "ZJ", _("Zhejiang")
    GX = "GX", _("Guangxi")
    GD = "GD", _("Guangdong")
    FJ = "FJ", _("Fujian")
    TW = "TW", _("Taiwan")
    HI = "HI", _("Hainan")
    MO = "MO", _("Macao")
    HK = "HK", _("Hong Kong")


class Status(models.TextChoices):
    """Where a curated row stands. Only what is published is public."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", pgettext_lazy("status of a place", "published")
    RETIRED = "retired", _("retired")


STATUS_MOVES = {
    Status.DRAFT: {Status.REVIEW, Status.RETIRED},
    Status.REVIEW: {Status.PUBLISHED, Status.DRAFT},
    Status.PUBLISHED: {Status.REVIEW, Status.RETIRED},
    Status.RETIRED: {Status.DRAFT},
}


class CurationVerb(models.TextChoices):
    """What a line of the curation book tells."""

    MADE = "made", _("made")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    MERGED = "merged", _("merged")
    IMPORTED = "imported", _("imported")
    PICTURED = "pictured", _("picture")

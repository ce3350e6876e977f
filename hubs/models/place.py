"""Where shoots gather: hubs, filming bases, their sets and services."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hubs.enums import Province

from .bilingual import Described, Named, Sourced, in_reader_language
from .curation import Reviewed
from .room import Limited


class Hub(Limited, Named, Described, Sourced, Reviewed):
    """A city or township where shoots gather. `province` is the code of one of the 34 provincial units."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        TOWNSHIP = "township", _("Township")

    most = 255

    slug = models.SlugField(_("address"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CITY)
    province = models.CharField(_("province"), max_length=2, choices=Province.choices)
    longitude = models.FloatField(
        _("longitude, degrees"), validators=[MinValueValidator(73), MaxValueValidator(136)]
    )
    latitude = models.FloatField(
        _("latitude, degrees"), validators=[MinValueValidator(3), MaxValueValidator(54)]
    )

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(longitude__range=(73, 136)) & Q(latitude__range=(3, 54)), name="hub_lies_in_china"
            ),
            models.CheckConstraint(condition=Q(province__in=Province.values), name="hub_province_is_known"),
        ]


class Base(Named, Described, Sourced, Reviewed):
    """A filming base in a hub. `daily_crew_capacity`: crews on one day; empty = not published."""

    stands_in = {"hub": False}

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="bases", verbose_name=_("hub"))
    slug = models.SlugField(_("address"), unique=True)
    district_zh = models.CharField(_("district (Chinese)"), max_length=120, blank=True)
    district_en = models.CharField(_("district (English)"), max_length=160, blank=True)
    address_zh = models.CharField(_("street address (Chinese)"), max_length=200, blank=True)
    address_en = models.CharField(_("street address (English)"), max_length=240, blank=True)
    daily_crew_capacity = models.PositiveSmallIntegerField(_("crews a day"), null=True, blank=True)
    set_count = models.PositiveSmallIntegerField(_("sets, as published"), null=True, blank=True)
    area_sqm = models.PositiveIntegerField(_("floor area, m²"), null=True, blank=True)
    price_zh = models.CharField(_("price rule (Chinese)"), max_length=200, blank=True)
    price_en = models.CharField(_("price rule (English)"), max_length=240, blank=True)
    price_yuan = models.PositiveIntegerField(_("price of a day, yuan"), null=True, blank=True)
    price_hours = models.PositiveSmallIntegerField(
        _("hours in that price"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    price_extra_hour_yuan = models.PositiveIntegerField(_("each hour past that, yuan"), null=True, blank=True)
    transport_zh = models.CharField(_("how to get there (Chinese)"), max_length=240, blank=True)
    transport_en = models.CharField(_("how to get there (English)"), max_length=300, blank=True)
    hospital_zh = models.CharField(_("nearest hospital (Chinese)"), max_length=160, blank=True)
    hospital_en = models.CharField(_("nearest hospital (English)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("base")
        verbose_name_plural = _("bases")
        ordering = ["hub__slug", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(daily_crew_capacity__isnull=True) | Q(daily_crew_capacity__gte=1),
                name="base_holds_at_least_one_crew",
            ),
            models.CheckConstraint(
                condition=Q(price_hours__isnull=True) | Q(price_hours__range=(1, 24)),
                name="base_price_is_for_1_to_24_hours",
            ),
        ]

    @property
    def district(self) -> str:
        return in_reader_language(self.district_zh, self.district_en)

    @property
    def address(self) -> str:
        return in_reader_language(self.address_zh, self.address_en)

    @property
    def price(self) -> str:
        return in_reader_language(self.price_zh, self.price_en)

    @property
    def transport(self) -> str:
        return in_reader_language(self.transport_zh, self.transport_en)

    @property
    def hospital(self) -> str:
        return in_reader_language(self.hospital_zh, self.hospital_en)


class Set(Named, Described, Reviewed):
    """A standing set of a base, used by one crew at a time. The makeup room beside it comes with it."""

    stands_in = {"base": False, "base__hub": False}

    class Kind(models.TextChoices):
        HOME = "home", pgettext_lazy("kind of set", "Home")
        OFFICE = "office", pgettext_lazy("kind of set", "Office")
        MEDICAL = "medical", pgettext_lazy("kind of set", "Hospital")
        BANQUET = "banquet", pgettext_lazy("kind of set", "Banquet and hotel")
        CLUB = "club", pgettext_lazy("kind of set", "Club and bar")
        TRANSIT = "transit", pgettext_lazy("kind of set", "Station and transport")
        SHOP = "shop", pgettext_lazy("kind of set", "Shop and restaurant")
        SCHOOL = "school", pgettext_lazy("kind of set", "School")
        COURT = "court", pgettext_lazy("kind of set", "Court and police")
        STREET = "street", pgettext_lazy("kind of set", "Street")
        PERIOD = "period", pgettext_lazy("kind of set", "Period costume")
        VILLAGE = "village", pgettext_lazy("kind of set", "Village")
        OTHER = "other", pgettext_lazy("kind of set", "Other")

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="sets", verbose_name=_("base"))
    slug = models.SlugField(_("address"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.OTHER)
    makeup_room_adjacent = models.BooleanField(_("makeup room beside it"), default=False)

    class Meta:
        verbose_name = _("set")
        verbose_name_plural = _("sets")
        ordering = ["base", "slug"]
        constraints = [models.UniqueConstraint(fields=["base", "slug"], name="set_slug_once_in_base")]


class Service(Named, Described, Sourced, Reviewed):
    """What a base, or a business beside it, offers to crews. `base` is empty for businesses of the town."""

    stands_in = {"hub": False, "base": True}

    class Kind(models.TextChoices):
        SCRIPT_INCUBATION = "script_incubation", _("Script incubation")
        LOCATIONS = "locations", _("Locations")
        COSTUME = "costume", _("Costume")
        MAKEUP = "makeup", _("Makeup")
        PROPS = "props", _("Props")
        POST_PRODUCTION = "post_production", _("Post-production")
        DISTRIBUTION = "distribution", _("Distribution support")
        RESTAURANT = "restaurant", _("Restaurants")
        HOTEL = "hotel", _("Hotels")
        SHOP = "shop", _("Small shops")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="services", verbose_name=_("hub"))
    base = models.ForeignKey(
        Base, on_delete=models.CASCADE, null=True, blank=True, related_name="services", verbose_name=_("base")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["hub", "base", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "base", "kind", "name_en"], name="service_once_a_place", nulls_distinct=False
            )
        ]

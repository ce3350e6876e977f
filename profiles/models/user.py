"""Who signs in: by e-mail or mobile number, as one of four kinds."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub


class UserManager(BaseUserManager["User"]):
    """Makes users. Keeps e-mail in lower case, so that one address is one account."""

    def create_user(
        self, *, email: str | None = None, mobile: str | None = None, password: str | None = None, **fields
    ) -> "User":
        """Create a user with an e-mail address, a mobile number, or both; raise ValueError with neither."""
        if not email and not mobile:
            raise ValueError("a user needs an e-mail address or a mobile number")
        user = self.model(email=email.strip().lower() if email else None, mobile=mobile or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, password: str, **fields) -> "User":
        fields |= {"kind": User.Kind.ADMIN, "is_staff": True, "is_superuser": True}
        return self.create_user(email=email, password=password, **fields)

    def get_by_natural_key(self, login: str | None) -> "User":
        return self.get(Q(email=(login or "").lower()) | Q(mobile=login or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. `kind` decides which desk she is shown; policies give rights on objects."""

    class Kind(models.TextChoices):
        GRADUATE = "graduate", _("Graduate")
        MANAGER = "manager", _("Crew manager")
        ADMIN = "admin", _("Admin")
        VILLAGE = "village", _("Village coordinator")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.GRADUATE)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    mobile = models.CharField(
        _("mobile number"),
        max_length=16,
        unique=True,
        null=True,
        blank=True,
        validators=[
            RegexValidator(r"^\+861[3-9]\d{9}$", _("Write a mainland mobile number with 11 digits."))
        ],
    )
    mobile_verified = models.BooleanField(_("mobile number confirmed"), default=False)
    language = models.CharField(_("language of messages"), max_length=8, default="zh-hans")
    spoken_for = models.BooleanField(
        _("reached through a coordinator"),
        default=False,
        help_text=_("A person of village mode: no log-in of her own, until she takes the account over."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the curation desk"), default=False)
    hubs = models.ManyToManyField(
        Hub,
        blank=True,
        related_name="+",
        verbose_name=_("hubs she edits"),
        help_text=_("For hub editors; empty for everyone else."),
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(mobile__isnull=False) | Q(spoken_for=True),
                name="user_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(spoken_for=False)
                | Q(kind="graduate", email__isnull=True, mobile__isnull=True, is_staff=False),
                name="user_spoken_for_has_no_login",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["graduate", "manager", "admin", "village"]), name="user_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.mobile or ""

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_graduate(self) -> bool:
        return self.kind == self.Kind.GRADUATE

    @property
    def is_manager(self) -> bool:
        return self.kind == self.Kind.MANAGER

    @property
    def is_coordinator(self) -> bool:
        return self.kind == self.Kind.VILLAGE

    @property
    def is_admin(self) -> bool:
        return self.kind == self.Kind.ADMIN

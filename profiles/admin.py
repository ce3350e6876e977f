"""People at the curation desk: private fields are read one by one, never changed, never carried away."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authtoken.models import TokenProxy

from profiles.models import Profile, User


class Desk(admin.ModelAdmin):
    """No deletion and no actions on many: a person is erased by her own wish, through a service."""

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(User)
class UserDesk(Desk):
    list_display = ["name", "kind", "is_active", "joined_at", "last_login"]
    list_filter = ["kind", "is_active", "is_staff"]
    search_fields = ["name", "email", "mobile"]
    date_hierarchy = "joined_at"
    filter_horizontal = ["hubs"]
    readonly_fields = ["name", "email", "mobile", "mobile_verified", "language", "joined_at", "last_login"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active"]}),
        (_("Private: for answering this person only"), {"fields": ["email", "mobile", "mobile_verified"]}),
        (_("Rights"), {"fields": ["is_staff", "hubs"]}),
        (_("Traces"), {"fields": ["language", "joined_at", "last_login"]}),
    ]


@admin.register(Profile)
class ProfileDesk(Desk):
    list_display = ["user", "home_hub", "acting", "listed", "simulated", "reliability"]
    list_filter = ["listed", "simulated", "acting", "home_hub"]
    list_select_related = ["user", "home_hub"]
    search_fields = ["user__name", "headline"]
    readonly_fields = [
        "user",
        "birth_date",
        "headline",
        "contact_wechat",
        "home_hub",
        "willing_hubs",
        "day_rate_floor",
        "languages",
        "acting",
        "sex",
        "playable_age_min",
        "playable_age_max",
        "height_cm",
        "waiting_since",
        "simulated",
    ]
    fieldsets = [
        (None, {"fields": ["user", "headline", "listed", "reliability", "simulated"]}),
        (_("Work"), {"fields": ["home_hub", "willing_hubs", "day_rate_floor", "languages", "waiting_since"]}),
        (
            _("Acting card"),
            {"fields": ["acting", "sex", "playable_age_min", "playable_age_max", "height_cm"]},
        ),
        (_("Private: for answering this person only"), {"fields": ["birth_date", "contact_wechat"]}),
    ]


# Rights come from policies and kinds: groups would be a second truth. A token opens its owner's door, and
# address rows belong to signing in: neither is for reading at the desk.
admin.site.unregister([Group, TokenProxy, EmailAddress])
# Keys and tokens of people are nobody's to read or to type in; an app's secret comes from the environment.
admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken])

"""The pages of this app: the entrance (allauth's views under our roof) and what a person says of herself."""

from collections.abc import Callable

from allauth.account import views as entrance
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.weixin import views as weixin_views
from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import RedirectView

from . import account, availability, codes, cv, history, portfolio, schedules, sections, skills, wanted


def to(name: str) -> Callable[..., HttpResponseBase]:
    """A door that leads to another one."""
    return RedirectView.as_view(pattern_name=name)


# Only what has a page of ours. Whole allauth.urls would also open lists of addresses, recovery codes and more.
accounts = [
    path("accounts/login/", entrance.login, name="account_login"),
    path("accounts/logout/", entrance.logout, name="account_logout"),
    path("accounts/signup/", entrance.signup, name="account_signup"),
    path("accounts/inactive/", entrance.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    path("accounts/confirm-email/", entrance.email_verification_sent, name="account_email_verification_sent"),
    path("accounts/login/code/", entrance.request_login_code, name="account_request_login_code"),
    path("accounts/login/code/confirm/", codes.code_sign_in, name="account_confirm_login_code"),
    path("accounts/phone/verify/", entrance.verify_phone, name="account_verify_phone"),
    path("accounts/phone/change/", entrance.change_phone, name="account_change_phone"),
    path("accounts/phone/remove/", account.remove_mobile, name="account_remove_phone"),
    path("accounts/email/", account.change_address, name="account_email"),
    path("accounts/password/change/", entrance.password_change, name="account_change_password"),
    path("accounts/password/set/", entrance.password_set, name="account_set_password"),
    path("accounts/password/reset/", entrance.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", entrance.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        entrance.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        entrance.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

forms_only = require_http_methods(["GET", "HEAD", "POST"])

passkeys = [
    path("accounts/passkeys/", require_safe(keys.list_webauthn), name="mfa_list_webauthn"),
    path("accounts/passkeys/all/", require_safe(to("mfa_list_webauthn")), name="mfa_index"),
    path("accounts/passkeys/add/", forms_only(keys.add_webauthn), name="mfa_add_webauthn"),
    path("accounts/passkeys/login/", forms_only(keys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "accounts/passkeys/again/",
        forms_only(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("accounts/passkeys/<int:pk>/remove/", forms_only(keys.remove_webauthn), name="mfa_remove_webauthn"),
]

# Mounted only with keys of Weixin's open platform: without them there is nothing behind these doors.
weixin = [
    path("accounts/weixin/login/", weixin_views.oauth2_login, name="weixin_login"),
    path("accounts/weixin/login/callback/", weixin_views.oauth2_callback, name="weixin_callback"),
    path("accounts/weixin/signup/", social.signup, name="socialaccount_signup"),
    path("accounts/weixin/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/weixin/error/", social.login_error, name="socialaccount_login_error"),
    path("accounts/weixin/", to("my_account"), name="socialaccount_connections"),
]

mine = [
    path("my/account/", account.my_account, name="my_account"),
    path("promises/", account.promises, name="promises"),
    path("outbox/", account.outbox, name="outbox"),
]

urlpatterns = [
    *accounts,
    *passkeys,
    *(weixin if settings.WEIXIN_APP_ID else []),
    *mine,
    path("my/profile/", sections.tasks, name="my_profile"),
    path("my/profile/basics/", sections.basics, name="my_profile_basics"),
    path("my/profile/roles/", wanted.roles, name="my_profile_roles"),
    path("my/profile/skills/", skills.skills, name="my_profile_skills"),
    path("my/profile/places/", sections.places, name="my_profile_places"),
    path("my/profile/languages/", sections.languages, name="my_profile_languages"),
    path("my/profile/acting/", sections.acting, name="my_profile_acting"),
    path("my/profile/contact/", sections.contact, name="my_profile_contact"),
    *(
        path(f"my/profile/{kind}/", history.lines, {"kind": kind}, name=f"my_profile_{kind}")
        for kind in history.KINDS
    ),
    *(
        path(
            f"my/profile/{kind}/<int:pk>/remove/",
            history.remove,
            {"kind": kind},
            name=f"my_profile_remove_{line}",
        )
        for kind, line in history.LINE_OF.items()
    ),
    path("my/profile/education/schools/", history.find_school, name="my_profile_find_school"),
    path("my/profile/skills/find/", skills.find, name="my_profile_find_skill"),
    path("my/profile/roles/find/", wanted.find, name="my_profile_find_role_type"),
    path("my/profile/portfolio/", portfolio.overview, name="my_profile_portfolio"),
    path("my/profile/portfolio/photos/", portfolio.add_photo, name="my_profile_add_photo"),
    path("my/profile/portfolio/photos/<int:pk>/", portfolio.change_photo, name="my_profile_change_photo"),
    path("my/profile/portfolio/links/", portfolio.add_link, name="my_profile_add_link"),
    path("my/profile/portfolio/links/<int:pk>/remove/", portfolio.remove_link, name="my_profile_remove_link"),
    re_path(r"^photos/(?P<key>[0-9a-f]{32})/(?P<size>small|large)/$", portfolio.photo, name="photo"),
    path("my/cv/", cv.my_cv, name="my_cv"),
    path("my/cv/public/", cv.switch, name="my_cv_switch"),
    path("p/<str:token>/", cv.public_page, name="public_page"),
    path("my/availability/", availability.month, name="my_availability"),
    path("my/availability/pattern/", schedules.pattern, name="my_availability_pattern"),
    path("my/availability/calendars/", schedules.add_calendar, name="my_calendars_add"),
    path("my/availability/calendars/<int:pk>/remove/", schedules.remove_calendar, name="my_calendars_remove"),
    path("my/availability/calendars/<int:pk>/read/", schedules.read_calendar, name="my_calendars_read"),
]

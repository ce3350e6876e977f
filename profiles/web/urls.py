"""The pages of this app: the entrance (allauth's views under our roof) and what a person says of herself."""

from allauth.account import views as entrance
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import availability, history, sections

# Only what has a page of ours. Whole allauth.urls would also open e-mail lists, login by code and more.
accounts = [
    path("accounts/login/", entrance.login, name="account_login"),
    path("accounts/logout/", entrance.logout, name="account_logout"),
    path("accounts/signup/", entrance.signup, name="account_signup"),
    path("accounts/inactive/", entrance.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    path("accounts/confirm-email/", entrance.email_verification_sent, name="account_email_verification_sent"),
    # allauth sends whoever has nothing left to confirm to its list of addresses; ours is her desk.
    path("accounts/email/", RedirectView.as_view(pattern_name="home"), name="account_email"),
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

urlpatterns = [
    *accounts,
    path("my/profile/", sections.tasks, name="my_profile"),
    path("my/profile/basics/", sections.basics, name="my_profile_basics"),
    path("my/profile/roles/", sections.roles, name="my_profile_roles"),
    path("my/profile/skills/", sections.skills, name="my_profile_skills"),
    path("my/profile/places/", sections.places, name="my_profile_places"),
    path("my/profile/languages/", sections.languages, name="my_profile_languages"),
    path("my/profile/acting/", sections.acting, name="my_profile_acting"),
    path("my/profile/contact/", sections.contact, name="my_profile_contact"),
    path("my/profile/education/", history.education, name="my_profile_education"),
    path(
        "my/profile/education/<int:pk>/remove/", history.remove_education, name="my_profile_remove_education"
    ),
    path("my/profile/credits/", history.credits, name="my_profile_credits"),
    path("my/profile/credits/<int:pk>/remove/", history.remove_credit, name="my_profile_remove_credit"),
    path("my/availability/", availability.month, name="my_availability"),
]

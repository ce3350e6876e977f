"""Django's own admin, behind the same sign-in as everything else."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class JinzuAdminSite(AdminSite):
    """The curation desk. Sign-in, rate limits and codes are those of the site, not a second door."""

    site_header = _("Jinzu curation")
    site_title = _("Jinzu curation")
    index_title = _("What needs a look")

    def login(self, request, extra_context=None):
        from allauth.account.decorators import secure_admin_login

        return secure_admin_login(super().login)(request, extra_context)


class JinzuAdminConfig(AdminConfig):
    default_site = "config.site.JinzuAdminSite"

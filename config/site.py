"""Django's own admin, behind the same sign-in as everything else."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WANTED = {
    "review": _("wait for a review"),
    "stale": _("are past their day"),
    "confirm": _("are to be confirmed"),
    "draft": _("are drafts"),
}
NARROWED = {
    "review": {"status__exact": "review"},
    "stale": {"stale": "yes", "status__in": "draft,review,published"},
    "confirm": {"to_confirm__exact": "1", "status__in": "draft,review,published"},
    "draft": {"status__exact": "draft"},
}
"""Which filter of the list shows the rows that were counted."""


class JinzuAdminSite(AdminSite):
    """The curation desk. Sign-in, rate limits and codes are those of the site, not a second door."""

    site_header = _("Jinzu curation")
    site_title = _("Jinzu curation")
    index_title = _("What needs a look")

    def login(self, request, extra_context=None):
        from allauth.account.decorators import secure_admin_login

        return secure_admin_login(super().login)(request, extra_context)

    def index(self, request, extra_context=None):
        """The desk's front page: what waits there, each line a way to the rows it counts."""
        return super().index(request, {"waiting": self._waiting(request), **(extra_context or {})})

    def _waiting(self, request):
        from hubs import policies
        from hubs.queries import desk

        if not policies.may_curate(request.user):
            return None
        lines = []
        for each in desk.waiting(request.user, today=timezone.localdate()):
            name = each.model._meta.model_name
            url = reverse(f"admin:hubs_{name}_changelist", query=NARROWED[each.want])
            lines.append(
                {
                    "url": url,
                    "rows": each.model._meta.verbose_name_plural,
                    "want": WANTED[each.want],
                    "count": each.count,
                    "kind": each.want,
                }
            )
        return lines


class JinzuAdminConfig(AdminConfig):
    default_site = "config.site.JinzuAdminSite"

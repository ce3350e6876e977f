"""Mounts the doors; nothing else."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from config.again import again
from config.api_docs import docs
from hubs.api.urls import routes as hub_routes
from jobs.api.urls import routes as job_routes
from profiles.api.urls import routes as profile_routes

router = DefaultRouter()
router.include_format_suffixes = False  # one address a thing: "/shoots.json" would be a second door to guard
for prefix, viewset, basename in [*hub_routes, *profile_routes, *job_routes]:
    router.register(prefix, viewset, basename=basename)

urlpatterns = [
    path("", include("jobs.web.urls")),
    path("", include("profiles.web.urls")),
    path("", include("hubs.web.urls")),
    path("again/", again, name="again"),
    path("language/", set_language, name="set_language"),
    path("api/v1/", include(router.urls)),
    path("api/v1/", include("profiles.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/v1/docs/", docs, name="api-docs"),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    from config.style import style

    urlpatterns.append(path("style/", style, name="style"))

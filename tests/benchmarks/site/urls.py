"""The site, and a view that does nothing: what a page costs is counted in these."""

from django.http import HttpResponse
from django.urls import include, path


def hello(request):
    return HttpResponse("hello")


urlpatterns = [path("bench/hello", hello), path("", include("config.urls"))]

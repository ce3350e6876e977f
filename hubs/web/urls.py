"""The pages of this app, all public. Each name is used by templates elsewhere; renaming one breaks links."""

from django.urls import path, re_path

from hubs.web import figures, photos, places, search, trades, training

app_name = "hubs"
urlpatterns = [
    path("hubs/", places.hub_list, name="list"),
    path("hubs/<slug:slug>/", places.hub, name="hub"),
    path("bases/<slug:slug>/", places.base, name="base"),
    path("places/search/", search.results, name="search"),
    path("training/", training.catalogue, name="training"),
    path("training/<slug:slug>/", training.programme, name="programme"),
    path("trades/", trades.trade_list, name="trades"),
    path("trades/<slug:code>/", trades.trade, name="trade"),
    path("figures/", figures.published, name="figures"),
    re_path(r"^places/photos/(?P<key>[0-9a-f]{32})/(?P<size>small|large)/$", photos.photo, name="photo"),
]

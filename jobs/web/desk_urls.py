"""Pages of the market room, of reports, and of the queues in which admins decide."""

from django.urls import path

from jobs.web import market_room

urlpatterns = [
    path("market/", market_room.market_room, name="market_room"),
    path("market/<slug:chart>.csv", market_room.numbers, name="market_numbers"),
]

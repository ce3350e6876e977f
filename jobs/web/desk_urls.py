"""Pages of the market room, of reports, and of the queues in which admins decide."""

from django.urls import path

from jobs.web import market_room, queue, reports

urlpatterns = [
    path("market/", market_room.market_room, name="market_room"),
    path("market/<slug:chart>.csv", market_room.numbers, name="market_numbers"),
    path("queue/", queue.home, name="queue_home"),
    path("queue/<slug:kind>/", queue.queue, name="queue"),
    path("queue/<slug:kind>/<int:pk>/", queue.decide, name="queue_decide"),
    path("queue/held/<int:pk>/lift/", queue.lift, name="queue_lift"),
    path("report/<slug:subject>/<int:pk>/", reports.report, name="report"),
]

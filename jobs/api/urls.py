"""The API routes of this app, registered by config.urls: (prefix, door, base of the route names)."""

from jobs.api import views, village

routes: list = [
    ("shoots", views.ShootViewSet, "shoot"),
    ("roles", views.RoleViewSet, "role"),
    ("runs", views.RunViewSet, "run"),
    ("matches", views.MatchViewSet, "match"),
    ("offers", views.OfferViewSet, "offer"),
    ("bookings", views.BookingViewSet, "booking"),
    ("notices", views.NoticeViewSet, "notice"),
    ("villagers", village.VillagerViewSet, "villager"),
    ("village-calls", village.VillageCallViewSet, "village-call"),
]
urlpatterns: list = []

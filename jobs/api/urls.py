"""The API routes of this app, registered by config.urls: (prefix, door, base of the route names)."""

from jobs.api import views

routes: list = [
    ("shoots", views.ShootViewSet, "api-shoot"),
    ("roles", views.RoleViewSet, "api-role"),
    ("runs", views.RunViewSet, "api-run"),
    ("matches", views.MatchViewSet, "api-match"),
    ("offers", views.OfferViewSet, "api-offer"),
    ("bookings", views.BookingViewSet, "api-booking"),
    ("notices", views.NoticeViewSet, "api-notice"),
]
urlpatterns: list = []

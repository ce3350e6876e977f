"""The API routes of this app, registered by config.urls."""

from hubs.api import views

routes: list = [
    ("hubs", views.HubViewSet, "hub"),
    ("bases", views.BaseViewSet, "base"),
    ("programmes", views.ProgrammeViewSet, "programme"),
    ("figures", views.FigureViewSet, "figure"),
    ("role-types", views.RoleTypeViewSet, "role-type"),
    ("skills", views.SkillViewSet, "skill"),
    ("languages", views.LanguageViewSet, "language"),
]
urlpatterns: list = []

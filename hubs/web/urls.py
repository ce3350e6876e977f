"""The pages of this app."""

urlpatterns: list = []
app_name = "hubs"

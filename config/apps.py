"""The wiring as an app: it is loaded in every process, so that every process speaks through the same Celery app."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Without this import a web process would publish through Celery's default app, to a broker that is not ours.
        from config import celery  # noqa: F401

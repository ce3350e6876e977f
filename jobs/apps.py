from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Work")

    def ready(self) -> None:
        """Tell the floor below which days are promised: it shows them, and does not know what a booking is."""
        from jobs.queries import promised
        from profiles.queries import taken

        taken.tell(promised.days)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Work")

    def ready(self) -> None:
        """Tell the floors below which days are promised and what goes on where: they show it, and do not know what
        a booking is.
        """
        from hubs.queries import goings_on as places
        from jobs.queries import goings_on, promised
        from profiles.queries import taken

        taken.tell(promised.days)
        places.tell(goings_on.SOURCE)

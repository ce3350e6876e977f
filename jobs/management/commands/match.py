from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.models import Shoot
from jobs.services import matching


class Command(BaseCommand):
    help = "Ask for a match run of a shoot, in the name of its crew's owner. A worker solves it."

    def add_arguments(self, parser):
        parser.add_argument("shoot", type=int)
        parser.add_argument("--seed", type=int)

    def handle(self, *args, **options):
        shoot = Shoot.objects.select_related("crew").filter(pk=options["shoot"]).first()
        if shoot is None:
            raise CommandError("there is no such shoot")
        owner = shoot.crew.memberships.filter(right="owner").select_related("user").first()
        if owner is None:
            raise CommandError("its crew has no owner")
        run = matching.ask(shoot, by=owner.user, now=timezone.now(), seed=options["seed"])
        self.stdout.write(f"run {run.pk} waits for a worker")

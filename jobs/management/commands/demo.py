from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.services import demo


class Command(BaseCommand):
    help = "Build the demo market: 3,000 graduates, 60 crews, 120 shoots. Only where JINZU_DEMO_MARKET=1."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is a market already"
        )
        parser.add_argument("--graduates", type=int, default=3000)
        parser.add_argument("--shoots", type=int, default=120)

    def handle(self, *args, **options):
        if not settings.DEMO_MARKET:
            raise CommandError("set JINZU_DEMO_MARKET=1: the demo market has no place on a real site")
        if not demo.is_empty():
            if options["if_empty"]:
                self.stdout.write("the demo market is there already")
                return
            raise CommandError("there is a market already; `make demo` starts from an empty one")
        demo.build(now=timezone.now(), graduates=options["graduates"], shoot_count=options["shoots"])
        self.stdout.write("the demo market is open")

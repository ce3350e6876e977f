from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.models import WorkItem
from jobs.services import work


class Command(BaseCommand):
    help = "Show the queue of record; with --run, do what is due here and now, without Celery."

    def add_arguments(self, parser):
        parser.add_argument("--run", action="store_true", help="do every item that is due")
        parser.add_argument(
            "--again", type=int, metavar="ID", help="give an item that was set aside another chance"
        )

    def handle(self, *args, **options):
        now = timezone.now()
        if options["again"]:
            work.try_again(options["again"], now=now)
        done = (
            sum(work.perform(item_id, now=timezone.now()) for item_id in work.due(now=now))
            if options["run"]
            else 0
        )
        waiting = WorkItem.objects.filter(done_at__isnull=True, failed_at__isnull=True)
        self.stdout.write(
            f"done now {done}, due {waiting.filter(due_at__lte=now).count()}, waiting {waiting.count()}"
        )
        for item in WorkItem.objects.filter(failed_at__isnull=False).order_by("pk"):
            self.stdout.write(f"set aside: {item.pk} {item.kind} {item.subject_id} ({item.error})")

from django.core.management.base import BaseCommand, CommandError

from jobs.queries import integrity


class Command(BaseCommand):
    help = "Ask the database for breaches of what must always hold. Says nothing bad, or fails naming the first rows."

    def handle(self, *args, **options):
        broken = integrity.findings()
        for finding in broken:
            self.stderr.write(f"BROKEN {finding.name}: {finding.count}, first {finding.first}")
        if broken:
            raise CommandError(f"{len(broken)} of {len(integrity.INVARIANTS)} invariants are broken")
        self.stdout.write(f"{len(integrity.INVARIANTS)} invariants hold")

from django.core.management.base import BaseCommand

from jobs.services import taxonomy


class Command(BaseCommand):
    help = "Load the crew templates of 12, 30 and 75 and the table of filing tiers. Safe to repeat; run load_hubs first."

    def handle(self, *args, **options):
        self.stdout.write(f"{taxonomy.load_crew_templates()} crew templates")
        self.stdout.write(f"{taxonomy.load_filing_rules()} rules of filing")

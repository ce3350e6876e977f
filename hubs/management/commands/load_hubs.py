"""Load hubs, bases, training, figures and the taxonomy of trades from the app's data files."""

from django.core.management.base import BaseCommand

from hubs.services.loading import load_hubs


class Command(BaseCommand):
    help = "Load hubs, bases, training, figures and the taxonomy of trades. Rows edited by hand are kept."

    def handle(self, *args: object, **options: object) -> None:
        for table in load_hubs():
            self.stdout.write(
                f"{table.table}: {table.created} created, {table.updated} updated,"
                f" {table.unchanged} unchanged, {table.kept} kept as edited by hand"
            )

import time

from django.core.management.base import BaseCommand, CommandError

from jobs.matching import replay
from jobs.matching.settling import solve_again
from jobs.models import MarketRun, MatchRun


class Command(BaseCommand):
    help = "Solve a kept run again from its record and say whether the answer is the same."

    def add_arguments(self, parser):
        parser.add_argument("run", type=int)
        parser.add_argument("--market", action="store_true", help="the number is that of a market run")
        parser.add_argument("--out", help="write the record (.npz) to this file")

    def handle(self, *args, **options):
        kept_in = MarketRun if options["market"] else MatchRun
        run = kept_in._default_manager.filter(pk=options["run"], record__isnull=False).first()
        if run is None:
            raise CommandError("there is no such run, or it kept no record")
        record = bytes(run.record or b"")
        if options["out"]:
            with open(options["out"], "wb") as file:
                file.write(record)
        kept = replay.load(record)
        if kept.solution is None:
            raise CommandError("the run kept its question, but no answer")
        started = time.monotonic()
        longest = max((len(waiting) for waiting in kept.solution.standby), default=0)
        again = solve_again(kept.problem, kept.seed, standby=longest, warm=kept.warm, before=kept.before)
        same = again.assignments == kept.solution.assignments
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{'the same answer' if same else 'ANOTHER answer'}: objective {again.objective}, was {run.objective}; "
            f"{kept.problem.n_people} people, {kept.problem.n_roles} roles, {seconds:.2f} s"
        )
        if not same:
            raise CommandError("the run does not replay")

"""Which tier of filing a title belongs to, by what it costs, how it is made, and the day."""

from datetime import date

from jobs.models import FilingRule


def rule_for(*, made_with: str, cost: int, on: date) -> FilingRule | None:
    """Return the rule of the highest tier whose cost is reached on that day, or None where no table is in force."""
    rules = FilingRule.objects.filter(made_with=made_with, cost_from__lte=cost, days__contains=on)
    return rules.order_by("-cost_from").first()


def table(*, on: date) -> list[FilingRule]:
    """The rules in force on a day, live action first, the dearest tier first."""
    return list(FilingRule.objects.filter(days__contains=on).order_by("-made_with", "-cost_from"))

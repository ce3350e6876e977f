"""Load the crew templates and the table of filing tiers from the app's data files. Running it twice changes nothing."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from psycopg.types.range import DateRange

from hubs.models import RoleType
from jobs.enums import FilingTier
from jobs.models import CrewTemplate, FilingRule, TemplateLine

FOLDER = Path(__file__).resolve().parent.parent / "data"
DATA = FOLDER / "crew_templates.json"
FILING = FOLDER / "filing_rules.json"
AUTHORITIES = {
    FilingTier.KEY: ("国家广播电视总局", "the national regulator (NRTA)"),
    FilingTier.ORDINARY: ("省级广播电视主管部门", "the provincial regulator"),
    FilingTier.OTHER: ("播出平台", "the platform"),
}
"""With whom a title of a tier is filed."""
FALLBACK_RATE = 300  # yuan a day, for a role type that is paid by the title and has no published day rate


@transaction.atomic
def load_crew_templates() -> int:
    """Write every template and its lines; return how many templates there are.

    Raises ValueError where the lines of a template do not add up to its size.
    """
    role_types = {role_type.code: role_type for role_type in RoleType.objects.all()}
    templates = json.loads(DATA.read_text(encoding="utf-8"))
    for entry in templates:
        size, lines = int(entry["code"]), entry["lines"]
        if sum(line["headcount"] for line in lines) != size:
            raise ValueError(f"crew template {size}: lines do not add up")
        lines = [*lines, *entry["cast"], *entry["extras"]]
        template, _ = CrewTemplate.objects.update_or_create(
            code=entry["code"],
            defaults={"size": size, "name_zh": entry["name_zh"], "name_en": entry["name_en"]},
        )
        TemplateLine.objects.filter(template=template).exclude(
            role_type__code__in=[line["role_type"] for line in lines]
        ).delete()
        TemplateLine.objects.bulk_create(
            [
                TemplateLine(
                    template=template,
                    role_type=role_types[line["role_type"]],
                    headcount=line["headcount"],
                    day_rate=line.get("day_rate") or usual_rate(role_types[line["role_type"]]),
                )
                for line in lines
            ],
            update_conflicts=True,
            unique_fields=["template", "role_type"],
            update_fields=["headcount", "day_rate"],
        )
    return len(templates)


@transaction.atomic
def load_filing_rules() -> int:
    """Write the table of filing tiers with its days in force; return how many rules it has."""
    kept = []
    for entry in json.loads(FILING.read_text(encoding="utf-8")):
        until = date.fromisoformat(entry["until"]) if entry["until"] else None
        for tier, cost in entry["tiers"].items():
            zh, en = AUTHORITIES[FilingTier(tier)]
            rule, _ = FilingRule.objects.update_or_create(
                made_with=entry["made_with"],
                tier=tier,
                days=DateRange(date.fromisoformat(entry["from"]), until),
                defaults={
                    "cost_from": cost,
                    "authority_zh": zh,
                    "authority_en": en,
                    "source": entry["source"],
                },
            )
            kept.append(rule.pk)
    return len(kept)


def usual_rate(role_type: RoleType) -> int:
    """Return the middle of the usual day rates, in yuan, rounded to tens."""
    if role_type.rate_low is None:
        return FALLBACK_RATE if role_type.rate_high is None else role_type.rate_high
    high = role_type.rate_high or role_type.rate_low
    return round((role_type.rate_low + high) / 2 / 10) * 10

"""The passport of a title: how it is made, what it is filed as, whose story it is. Cleaned in one place."""

from datetime import date
from typing import Any

from config.errors import Invalid
from jobs.enums import FilingState, FilingTier, MadeWith, PlusTag, Rights
from jobs.queries import filing
from jobs.queries.drafts import PASSPORT
from profiles.services.text import clean_line

DEAREST = 1_000_000_000


def clean(given: dict[str, Any], *, on: date) -> dict[str, Any]:
    """Return the columns of a shoot for what was said of its passport; what was not said is left out.

    Who says what AI does has said that it is used. A tier that was not named is taken from the table in force `on`
    that day. Raise Invalid "ai_use_required", "live_without_ai", "filing_number_required", "rights_holder_required",
    "passport_unknown" (a word that is not on a list) or "cost_out_of_range", each with its field.
    """
    said = {name: given[name] for name in PASSPORT if name in given and given[name] is not None}
    for name in ("made_with", "filing_state"):
        if said.get(name) == "":
            del said[name]
    _known(said)
    for name, longest in (("ai_use", 200), ("filing_number", 60), ("rights_holder", 120)):
        if name in said:
            said[name] = clean_line(said[name], field=name, longest=longest)
    if said.get("ai_use") and "made_with" not in said:
        said["made_with"] = MadeWith.AI
    if said.get("made_with") == MadeWith.AI and not said.get("ai_use"):
        raise Invalid("ai_use_required", field="ai_use")
    if said.get("made_with") == MadeWith.LIVE and said.get("ai_use"):
        raise Invalid("live_without_ai", field="made_with")
    if said.get("scans") and not said.get("ai_use"):
        raise Invalid("ai_use_required", field="ai_use")
    if said.get("filing_state") == FilingState.FILED and not said.get("filing_number"):
        raise Invalid("filing_number_required", field="filing_number")
    if said.get("rights") in (Rights.LICENSED, Rights.COMMISSIONED) and not said.get("rights_holder"):
        raise Invalid("rights_holder_required", field="rights_holder")
    cost = said.get("production_cost")
    if cost is not None and not 0 <= cost <= DEAREST:
        raise Invalid("cost_out_of_range", field="production_cost", highest=DEAREST)
    if cost is not None and not said.get("filing_tier"):
        rule = filing.rule_for(made_with=said.get("made_with", MadeWith.LIVE), cost=cost, on=on)
        said["filing_tier"] = rule.tier if rule else ""
    return said


def _known(said: dict[str, Any]) -> None:
    for name, words in (
        ("made_with", MadeWith.values),
        ("filing_tier", ["", *FilingTier.values]),
        ("filing_state", FilingState.values),
        ("rights", ["", *Rights.values]),
    ):
        if name in said and said[name] not in words:
            raise Invalid("passport_unknown", field=name)
    tags = said.get("plus_tags", [])
    if any(tag not in PlusTag.values for tag in tags):
        raise Invalid("passport_unknown", field="plus_tags")
    if "plus_tags" in said:
        said["plus_tags"] = [tag for tag in PlusTag.values if tag in tags]

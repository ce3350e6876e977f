"""The shapes of the answers to "why": what requirements cost, where a person stands, how a role fits its reader.

Codes and figures; the words are put on by who shows them. A crew reads no more of a named person than on its pages.
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from jobs.api.serializers import PersonOut, ReasonOut
from jobs.matching import Barrier
from jobs.policies import NAMED_TO_CREWS
from jobs.queries.matching import Pair
from jobs.queries.reviews import Review
from jobs.queries.standing import Chosen, Standing

BARRIERS = [each.value for each in Barrier]


class KeptOutOut(serializers.Serializer):
    """How many people a barrier keeps out, whatever else does."""

    barrier = serializers.ChoiceField(choices=BARRIERS, read_only=True)
    people = serializers.IntegerField(source="bars", read_only=True)


class WithoutOut(serializers.Serializer):
    """One requirement taken away, all others kept: how many people could take the role then."""

    barrier = serializers.ChoiceField(choices=BARRIERS, read_only=True)
    skill = serializers.CharField(source="code", read_only=True, help_text='One skill of several; "" else.')
    eligible = serializers.IntegerField(source="without", read_only=True)


class WhatIfOut(serializers.Serializer):
    """What the requirements of a role cost. `run` is the newest published one; null, and `eligible` too, before it."""

    run = serializers.IntegerField(source="run.pk", read_only=True, allow_null=True, default=None)
    eligible = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="People who may take the role; null where it is newer."
    )
    keeps_out = serializers.SerializerMethodField(help_text="The barrier that keeps out most comes first.")
    without = serializers.SerializerMethodField(help_text="What a crew can ease, the dearest first.")

    @extend_schema_field(KeptOutOut(many=True))
    def get_keeps_out(self, review: Review):
        return KeptOutOut(review.keeps_out, many=True).data

    @extend_schema_field(WithoutOut(many=True))
    def get_without(self, review: Review):
        return WithoutOut([each for each in review.without if each.can_be_eased], many=True).data


class InsteadOut(serializers.Serializer):
    """Somebody who was chosen. `ahead`: points more (or less) than the person asked about, by rule, the most first."""

    person = PersonOut(source="profile", read_only=True)
    score = serializers.IntegerField(read_only=True)
    ahead = serializers.SerializerMethodField()

    @extend_schema_field(ReasonOut(many=True))
    def get_ahead(self, chosen: Chosen):
        pairs = sorted(chosen.ahead.items(), key=lambda each: (-each[1], each[0]))
        return [{"rule": rule, "amount": amount} for rule, amount in pairs]


class OtherRoleOut(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(
        source="role_type.name", read_only=True, help_text="In the reader's language."
    )


class StandingOut(serializers.Serializer):
    """Where a person stands with a role. "elsewhere": she fits, and is proposed for other work of the same days.

    "not_eligible" without a barrier: for a reason that is her own affair.
    """

    person = PersonOut(source="pair.profile", read_only=True)
    status = serializers.ChoiceField(
        choices=["chosen", "standby", "elsewhere", "eligible_not_chosen", "not_eligible"], read_only=True
    )
    place = serializers.IntegerField(read_only=True, allow_null=True, help_text="Among the standbys, from 1.")
    score = serializers.IntegerField(source="pair.score", read_only=True)
    reasons = ReasonOut(source="pair.contributions", many=True, read_only=True)
    barriers = serializers.SerializerMethodField(help_text="What a crew may know of a named person.")
    elsewhere = OtherRoleOut(many=True, read_only=True, help_text="The roles of this shoot among them.")
    instead = InsteadOut(many=True, read_only=True, help_text="Who is on the role, where she could be.")

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=sorted(NAMED_TO_CREWS))))
    def get_barriers(self, standing: Standing) -> list[str]:
        found = [each["barrier"] for each in standing.pair.barriers]
        return [code for code in found if code in NAMED_TO_CREWS]


class BarrierOut(serializers.Serializer):
    """What stands between the reader and a role, with the figures: her own, and those of the role."""

    barrier = serializers.ChoiceField(choices=BARRIERS, read_only=True)
    facts = serializers.DictField(read_only=True)


class FitOut(serializers.Serializer):
    """How a role fits its reader. What a crew noted of her is the crew's: it is neither listed nor in the sum."""

    fits = serializers.SerializerMethodField(help_text="True where nothing stands between her and the role.")
    score = serializers.SerializerMethodField(help_text="The sum of the reasons.")
    reasons = serializers.SerializerMethodField()
    barriers = BarrierOut(many=True, read_only=True)

    def get_fits(self, pair: Pair) -> bool:
        return not pair.barriers

    def get_score(self, pair: Pair) -> int:
        return sum(each["amount"] for each in self._told(pair))

    @extend_schema_field(ReasonOut(many=True))
    def get_reasons(self, pair: Pair):
        return ReasonOut(self._told(pair), many=True).data

    def _told(self, pair: Pair) -> list[dict[str, Any]]:
        return [each for each in pair.contributions if each["rule"] != "marked"]

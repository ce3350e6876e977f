"""The shapes that come in: shape only, then the service. A field not named here is refused by name."""

from typing import Any, cast

from rest_framework import serializers

from config.drf import Given
from hubs.models import Base
from jobs.enums import DeclineReason, FilingState, FilingTier, Genre, MadeWith, PlusTag, Rights
from jobs.models import Crew, CrewTemplate, MatchRun


class ShootIn(Given):
    """A new shoot. With a template every role of it is made, at the usual day rate."""

    crew = serializers.PrimaryKeyRelatedField(queryset=Crew.objects.none(), help_text="A crew you run.")
    title = serializers.CharField(max_length=120)
    genre = serializers.ChoiceField(choices=Genre.choices)
    base = serializers.SlugRelatedField(slug_field="slug", queryset=Base.objects.published())
    first_day = serializers.DateField()
    last_day = serializers.DateField(help_text="Included; a shoot has 5 to 10 shoot days.")
    template = serializers.SlugRelatedField(
        slug_field="code", queryset=CrewTemplate.objects.all(), required=False, allow_null=True
    )
    synopsis = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    call_time = serializers.TimeField(required=False)
    hours_per_day = serializers.IntegerField(min_value=1, max_value=12, required=False)
    settle_within_days = serializers.IntegerField(min_value=0, max_value=30, required=False)
    meals = serializers.BooleanField(required=False)
    lodging = serializers.BooleanField(required=False)
    insurance = serializers.BooleanField(required=False)
    made_with = serializers.ChoiceField(choices=MadeWith.choices, required=False)
    ai_use = serializers.CharField(max_length=200, required=False, allow_blank=True)
    plus_tags = serializers.ListField(
        child=serializers.ChoiceField(choices=PlusTag.choices), required=False, max_length=3
    )
    production_cost = serializers.IntegerField(min_value=0, max_value=1_000_000_000, required=False)
    filing_tier = serializers.ChoiceField(choices=FilingTier.choices, required=False, allow_blank=True)
    filing_state = serializers.ChoiceField(choices=FilingState.choices, required=False)
    filing_number = serializers.CharField(max_length=60, required=False, allow_blank=True)
    rights = serializers.ChoiceField(choices=Rights.choices, required=False, allow_blank=True)
    rights_holder = serializers.CharField(max_length=120, required=False, allow_blank=True)

    def get_fields(self):
        fields = super().get_fields()
        # A crew one may not see is refused in the words for a crew that does not exist.
        cast(Any, fields["crew"]).queryset = self.context.get("crews", Crew.objects.none())
        return fields


class ApplyIn(Given):
    message = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class ReasonIn(Given):
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class DeclineIn(Given):
    reason = serializers.ChoiceField(
        choices=DeclineReason.choices, required=False, allow_blank=True, default=""
    )


class SendIn(Given):
    run = serializers.PrimaryKeyRelatedField(
        queryset=MatchRun.objects.none(),
        help_text="The run you have reviewed: a newer one is never sent unseen.",
    )

    def get_fields(self):
        fields = super().get_fields()
        cast(Any, fields["run"]).queryset = self.context.get("runs", MatchRun.objects.none())
        return fields

"""The shapes of village mode, in and out. Shape only: what the house thinks is said in services."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from config.drf import Given
from hubs.models import Language, RoleType
from profiles.api.serializers import Code, by_code
from profiles.models import DayPart, Profile, Villager
from profiles.services.spoken import Heard, Manner, WitnessIs
from profiles.services.villagers import AHEAD, Told


class VillagerOut(serializers.Serializer):
    """A person as her coordinator sees her. `missing` names what is not there yet: "days", "card"."""

    id = serializers.IntegerField(source="villager.id", read_only=True)
    name = serializers.CharField(source="villager.profile.user.name", read_only=True)
    phone = serializers.CharField(source="villager.phone", read_only=True)
    phone_of = serializers.ChoiceField(
        source="villager.phone_of", choices=Villager.PhoneOf.choices, read_only=True
    )
    registered_at = serializers.DateTimeField(source="villager.registered_at", read_only=True)
    next_day = serializers.DateField(read_only=True, allow_null=True, help_text="Her next day of work.")
    open_offers = serializers.IntegerField(read_only=True)
    free_days = serializers.IntegerField(read_only=True, help_text="Of the coming fourteen.")
    missing = serializers.ListField(source="gaps", child=serializers.CharField(), read_only=True)


class VillagerIn(Given):
    """What a person told, and who heard her say yes. `said` is true only after the words were read to her."""

    name = serializers.CharField(max_length=80)
    birth_date = serializers.DateField()
    sex = serializers.ChoiceField(choices=Profile.Sex.choices, required=False, allow_blank=True, default="")
    height_cm = serializers.IntegerField(
        min_value=80, max_value=230, required=False, allow_null=True, default=None
    )
    phone_of = serializers.ChoiceField(choices=Villager.PhoneOf.choices)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    wanted_roles = serializers.ListField(
        child=Code(), max_length=20, help_text="Codes of role types for extras that need no experience."
    )
    day_rate_floor = serializers.IntegerField(min_value=0, max_value=100_000, required=False, default=0)
    languages = serializers.ListField(child=Code(), max_length=20, required=False, default=list)
    contact = serializers.BooleanField(help_text="May a crew that has booked her see this number?")
    though_alike = serializers.BooleanField(required=False, default=False)
    manner = serializers.ChoiceField(choices=Manner.choices, required=False, default=Manner.FACE)
    witness = serializers.CharField(max_length=60, help_text="Who else heard it.")
    witness_is = serializers.ChoiceField(choices=WitnessIs.choices)
    said = serializers.BooleanField(help_text="The words were read aloud, and the person said yes.")

    def validate_wanted_roles(self, codes: list[str]) -> list[RoleType]:
        rows = RoleType.objects.filter(category=RoleType.Category.EXTRAS, entry_level=True)
        return by_code(rows, "code", codes)

    def validate_languages(self, codes: list[str]) -> list[Language]:
        return by_code(Language.objects.all(), "code", codes)

    def validate_said(self, said: bool) -> bool:
        if not said:
            raise serializers.ValidationError(
                _("Tick this only after the person has said it. Nobody else decides.")
            )
        return said

    @property
    def arguments(self) -> dict[str, Any]:
        """What `villagers.register` takes; only after `is_valid`."""
        sent = dict(self.validated_data)
        sent.pop("said")
        heard = Heard(**{name: sent.pop(name) for name in ("witness", "witness_is", "manner")})
        rest = {name: sent.pop(name) for name in ("contact", "though_alike")}
        return {"told": Told(**sent), "heard": heard, **rest}


class WordsOut(serializers.Serializer):
    """The words to read aloud; a change of words is a new version."""

    version = serializers.CharField(read_only=True)
    registration = serializers.ListField(child=serializers.CharField(), read_only=True)
    contact = serializers.CharField(read_only=True)


class FreeDayOut(serializers.Serializer):
    """A day and the part of it she is free for; null where she is not."""

    day = serializers.DateField(read_only=True)
    part = serializers.ChoiceField(choices=DayPart.choices, read_only=True, allow_null=True)


class FreeDayIn(Given):
    day = serializers.DateField()
    part = serializers.ChoiceField(choices=DayPart.choices, allow_null=True)


class FreeDaysIn(Given):
    days = serializers.ListField(child=FreeDayIn(), max_length=AHEAD)


class HoursOut(serializers.Serializer):
    """A day on set. `minutes` is null while she is there, or where nobody noted the end."""

    day = serializers.DateField(read_only=True)
    shoot_title = serializers.CharField(source="booking.role.shoot.title", read_only=True)
    role = serializers.CharField(source="booking.role.role_type.name", read_only=True)
    checked_in_at = serializers.DateTimeField(read_only=True)
    checked_out_at = serializers.DateTimeField(read_only=True, allow_null=True)
    minutes = serializers.SerializerMethodField()

    def get_minutes(self, worked) -> int | None:
        return None if worked.length is None else int(worked.length.total_seconds() // 60)


class CallsOf(serializers.Serializer):
    """Which day is asked for."""

    day = serializers.DateField(required=False)


class CallOut(serializers.Serializer):
    """A person's call of a day. `text`: the state of its text message, "" before one was written."""

    booking = serializers.IntegerField(source="booking.id", read_only=True)
    villager = serializers.IntegerField(source="booking.profile.villager.id", read_only=True)
    name = serializers.CharField(read_only=True)
    day = serializers.DateField(read_only=True)
    call = serializers.DateTimeField(read_only=True)
    off = serializers.BooleanField(read_only=True, help_text="The call sheet leaves her this day free.")
    meeting = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    shoot_title = serializers.CharField(source="booking.role.shoot.title", read_only=True)
    on_sheet = serializers.BooleanField(read_only=True)
    text = serializers.CharField(read_only=True)


class CallIn(Given):
    """`again`: bookings whose people are called anew."""

    day = serializers.DateField()
    again = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62),
        max_length=500,
        required=False,
        default=list,
    )


class CalledOut(serializers.Serializer):
    called = serializers.IntegerField(read_only=True, help_text="How many text messages were written now.")
    at_once = serializers.BooleanField(
        read_only=True,
        help_text="False at night for a later day: they leave at eight in the morning, in Shanghai.",
    )

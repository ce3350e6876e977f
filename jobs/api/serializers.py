"""The shapes that go out. Every field is named: a column added to a table is not thereby published.

Nothing here asks the database: a query has prepared the row, `context` holds what was read once for the page.
"""

from datetime import date, timedelta

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hubs.models import Base
from jobs.enums import ShootState
from jobs.models import Booking, Match, MatchRun, Notice, Offer, Role, Shoot


class Days(serializers.Serializer):
    """A span of shoot days, both ends included (the tables keep half-open spans)."""

    first_day = serializers.SerializerMethodField()
    last_day = serializers.SerializerMethodField()

    def get_first_day(self, row) -> date:
        return row.days.lower

    def get_last_day(self, row) -> date:
        return row.days.upper - timedelta(days=1)


class PlaceOut(serializers.ModelSerializer):
    """A base and the hub it lies in."""

    hub = serializers.CharField(source="hub.slug", read_only=True)
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")

    class Meta:
        model = Base
        fields = ["slug", "name", "hub"]


class ShootOut(Days, serializers.ModelSerializer):
    crew = serializers.IntegerField(source="crew_id", read_only=True)
    crew_name = serializers.CharField(source="crew.name", read_only=True)
    base = PlaceOut(read_only=True)

    class Meta:
        model = Shoot
        fields = [
            "id",
            "crew",
            "crew_name",
            "title",
            "genre",
            "synopsis",
            "base",
            "first_day",
            "last_day",
            "state",
            "call_time",
            "hours_per_day",
            "meals",
            "lodging",
            "insurance",
            "settle_within_days",
            "made_with",
            "ai_use",
            "plus_tags",
            "filing_tier",
            "filing_state",
            "filing_number",
            "rights",
            "rights_holder",
            "version",
            "published_at",
            "created_at",
        ]


class RoleOut(Days, serializers.ModelSerializer):
    """An opening. `day_rate` is yuan a day; null where the reader may not see pay."""

    shoot = serializers.IntegerField(source="shoot_id", read_only=True)
    shoot_title = serializers.CharField(source="shoot.title", read_only=True)
    crew_name = serializers.CharField(source="shoot.crew.name", read_only=True)
    base = PlaceOut(source="shoot.base", read_only=True)
    role_type = serializers.CharField(source="role_type.code", read_only=True)
    name = serializers.CharField(
        source="role_type.name", read_only=True, help_text="In the reader's language."
    )
    department = serializers.CharField(source="role_type.department.code", read_only=True)
    day_rate = serializers.SerializerMethodField()
    meals = serializers.BooleanField(source="gives_meals", read_only=True)
    lodging = serializers.BooleanField(source="gives_lodging", read_only=True)
    insurance = serializers.BooleanField(source="gives_insurance", read_only=True)
    hours_per_day = serializers.IntegerField(source="agreed_hours", read_only=True)
    add_ons = serializers.SerializerMethodField(help_text="Yuan beside the day rate, by kind.")
    piece = serializers.SerializerMethodField(
        help_text="Pay by the piece: unit, count, yuan, minutes, revisions and what an hour comes to; null by the day."
    )

    class Meta:
        model = Role
        fields = [
            "id",
            "shoot",
            "shoot_title",
            "crew_name",
            "base",
            "role_type",
            "name",
            "department",
            "category",
            "first_day",
            "last_day",
            "part",
            "remote",
            "piece",
            "day_rate",
            "headcount",
            "filled",
            "entry_level",
            "note",
            "meals",
            "lodging",
            "insurance",
            "hours_per_day",
            "contract",
            "fill_mode",
            "add_ons",
            "character_age_min",
            "character_age_max",
            "character_sex",
            "height_min",
            "height_max",
        ]

    def get_add_ons(self, role) -> dict[str, int] | None:
        if role.shoot.state != ShootState.OPEN and rate(self, role.shoot, 1) is None:
            return None
        return {kind.value: yuan for kind, yuan in role.add_ons}

    def get_piece(self, role) -> dict[str, int | str] | None:
        if not role.piece_unit or self.get_day_rate(role) is None:
            return None
        names = ("unit", "count", "yuan", "minutes", "revisions")
        return {name: getattr(role, f"piece_{name}") for name in names} | {
            "yuan_per_hour": role.yuan_per_hour
        }

    def get_day_rate(self, role) -> int | None:
        # On an open shoot it is public, so there is nothing to keep from anybody.
        return role.day_rate if role.shoot.state == ShootState.OPEN else rate(self, role.shoot, role.day_rate)


class ApplicationOut(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    role = serializers.IntegerField(source="role_id", read_only=True)
    state = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)
    sent_at = serializers.DateTimeField(read_only=True)


class PersonOut(serializers.Serializer):
    """A graduate as a crew sees her before anything is agreed: no contacts."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    headline = serializers.CharField(read_only=True)


class RunOut(serializers.ModelSerializer):
    """A solve and its progress: `done` of `total` steps; `gap` is the proven distance from the best plan."""

    shoot = serializers.IntegerField(source="shoot_id", read_only=True)

    class Meta:
        model = MatchRun
        fields = [
            "id",
            "shoot",
            "state",
            "seed",
            "phase",
            "done",
            "total",
            "slots",
            "filled",
            "people",
            "objective",
            "bound",
            "gap",
            "rules_version",
            "asked_at",
            "started_at",
            "ended_at",
        ]


class ReasonOut(serializers.Serializer):
    """A rule and the points it gave. Its facts stay inside: they may hold a person's own figures."""

    rule = serializers.CharField(read_only=True)
    amount = serializers.IntegerField(read_only=True)


class MatchOut(serializers.ModelSerializer):
    run = serializers.IntegerField(source="run_id", read_only=True)
    role = serializers.IntegerField(source="role_id", read_only=True)
    person = PersonOut(source="profile", read_only=True)
    reasons = serializers.SerializerMethodField()

    class Meta:
        model = Match
        fields = ["id", "run", "role", "person", "state", "rank", "score", "reasons"]

    @extend_schema_field(ReasonOut(many=True))
    def get_reasons(self, match):
        return [{"rule": each["rule"], "amount": each["amount"]} for each in match.contributions]


class OfferOut(serializers.ModelSerializer):
    """A place held out to one person until `expires_at`; `day_rate` is frozen when it is sent."""

    role = RoleOut(read_only=True)
    person = PersonOut(source="profile", read_only=True)
    day_rate = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = ["id", "role", "person", "state", "day_rate", "sent_at", "expires_at", "answered_at"]

    def get_day_rate(self, offer) -> int | None:
        return rate(self, offer.role.shoot, offer.day_rate)


class SentOut(serializers.Serializer):
    sent = serializers.IntegerField(read_only=True)


class ContactOut(serializers.Serializer):
    email = serializers.CharField(source="user.email", read_only=True, allow_null=True)
    mobile = serializers.CharField(source="user.mobile", read_only=True, allow_null=True)
    wechat = serializers.CharField(source="contact_wechat", read_only=True)


class BookingOut(Days, serializers.ModelSerializer):
    """An accepted offer. `contact` is null for all but herself; a crew asks for it by POST, which is noted."""

    offer = serializers.IntegerField(source="offer_id", read_only=True)
    role = RoleOut(read_only=True)
    person = PersonOut(source="profile", read_only=True)
    contact = serializers.SerializerMethodField()
    day_rate = serializers.SerializerMethodField()

    class Meta:
        model = Booking
        fields = [
            "id",
            "offer",
            "role",
            "person",
            "contact",
            "first_day",
            "last_day",
            "day_rate",
            "state",
            "confirmed_at",
            "cancelled_at",
        ]

    @extend_schema_field(ContactOut(allow_null=True))
    def get_contact(self, booking):
        if booking.profile_id in self.context.get("contacts", ()):
            return ContactOut(booking.profile).data
        return None

    def get_day_rate(self, booking) -> int | None:
        return rate(self, booking.role.shoot, booking.day_rate)


class NoticeOut(serializers.ModelSerializer):
    """What has happened; `facts` are ids and values that belong to the kind."""

    class Meta:
        model = Notice
        fields = ["id", "kind", "facts", "created_at", "read_at"]
        read_only_fields = fields


class ReadOut(serializers.Serializer):
    read = serializers.IntegerField(read_only=True, help_text="How many notices were marked as read.")


def rate(serializer: serializers.BaseSerializer, shoot: Shoot, yuan: int) -> int | None:
    """Yuan, or None where the reader belongs to the crew of `shoot` without a right to see its pay."""
    return None if shoot.crew_id in serializer.context.get("blind", ()) else yuan

"""How places and trades look over the API. `name`, `intro` and the like are in the language of the request;
both languages stand beside them, so that a client needs one call."""

from rest_framework import serializers

from hubs.models import Base, Figure, Hub, Language, Programme, RoleType, Service, Set, Skill

SOURCE = ["source", "source_url", "source_date"]


class BaseStubSerializer(serializers.ModelSerializer):
    class Meta:
        model = Base
        fields = ["slug", "name", "name_zh", "name_en"]


class HubSerializer(serializers.ModelSerializer):
    """A hub with the addresses of its bases."""

    bases = BaseStubSerializer(many=True, read_only=True)

    class Meta:
        model = Hub
        fields = [
            "id", "slug", "name", "name_zh", "name_en", "intro", "intro_zh", "intro_en", "kind", "province",
            "longitude", "latitude", "bases", "to_confirm", *SOURCE,
        ]  # fmt: skip


class SetSerializer(serializers.ModelSerializer):
    class Meta:
        model = Set
        fields = ["slug", "name", "name_zh", "name_en", "makeup_room_adjacent"]


class ServiceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Service
        fields = ["code", "kind", "name", "name_zh", "name_en"]


class BaseSerializer(serializers.ModelSerializer):
    """A base with its sets and services. Empty numbers were not published."""

    hub: serializers.SlugRelatedField = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    sets = SetSerializer(many=True, read_only=True)
    services = ServiceSerializer(many=True, read_only=True)

    class Meta:
        model = Base
        fields = [
            "id", "slug", "hub", "name", "name_zh", "name_en", "intro", "intro_zh", "intro_en", "district",
            "address", "daily_crew_capacity", "set_count", "area_sqm", "price", "hospital", "sets",
            "services", "to_confirm", *SOURCE,
        ]  # fmt: skip


class ProgrammeSerializer(serializers.ModelSerializer):
    """A training programme; `teaches` and `leads_to` are codes of skills and role types."""

    institution = serializers.CharField(source="institution.name", read_only=True)
    hub = serializers.CharField(source="institution.hub.slug", read_only=True, default=None, allow_null=True)
    covers = serializers.ListField(child=serializers.CharField(), read_only=True)
    teaches: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", many=True, read_only=True
    )
    leads_to: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", many=True, read_only=True
    )

    class Meta:
        model = Programme
        fields = [
            "id", "slug", "institution", "hub", "name", "name_zh", "name_en", "intro", "intro_zh", "intro_en",
            "kind", "length_days", "covers", "teaches", "leads_to", "to_confirm", *SOURCE,
        ]  # fmt: skip


class FigureSerializer(serializers.ModelSerializer):
    """A published number. `value_high` closes a span; `qualifier` is the word before it."""

    hub: serializers.SlugRelatedField = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    base: serializers.SlugRelatedField = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Figure
        fields = [
            "id", "code", "topic", "hub", "base", "name", "name_zh", "name_en", "value", "value_high",
            "qualifier", "unit", "unit_zh", "unit_en", "period", "period_zh", "period_en", "is_estimate",
            "note", "note_zh", "note_en", "source_zh", "source_en", *SOURCE,
        ]  # fmt: skip


class RoleTypeSerializer(serializers.ModelSerializer):
    """A trade. Rates are yuan a day; empty where none is published."""

    department = serializers.CharField(source="department.code", read_only=True)
    department_name = serializers.CharField(source="department.name", read_only=True)
    field = serializers.CharField(source="department.field", read_only=True)
    typical_skills: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", many=True, read_only=True
    )

    class Meta:
        model = RoleType
        fields = [
            "id", "code", "name", "name_zh", "name_en", "department", "department_name", "field", "category",
            "entry_level", "rate_low", "rate_high", "rate_is_estimate", "rate_source", "typical_skills",
        ]  # fmt: skip


class SkillSerializer(serializers.ModelSerializer):
    class Meta:
        model = Skill
        fields = ["id", "code", "name", "name_zh", "name_en"]


class LanguageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Language
        fields = ["id", "code", "name", "name_zh", "name_en", "is_dialect"]

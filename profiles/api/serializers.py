"""What a person reads and writes of herself. Shape only: what the house thinks is said in services."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.drf import Given
from hubs.models import Hub, Institution, Language, RoleType, Skill
from profiles.models import Credit, DayPart, Education, Profile, ProfileSkill
from profiles.services.availability import MOST_SPANS
from profiles.services.profiles import MOST_ROLES, MOST_SKILLS


def by_code(rows: QuerySet[Any], key: str, codes: Iterable[str]) -> list[Any]:
    """Return the rows that `codes` name, in that order, with one query; refuse unknown codes by name."""
    codes = list(codes)
    found: dict[str, Model] = {getattr(row, key): row for row in rows.filter(**{f"{key}__in": codes})}
    unknown = sorted(set(codes) - found.keys())
    if unknown:
        raise serializers.ValidationError([_("Unknown: %(codes)s.") % {"codes": ", ".join(unknown)[:200]}])
    return [found[code] for code in codes]


class Code(serializers.CharField):
    """A code or slug of a curated row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)


class SkillLevel(Given):
    """A skill by its code, at level 1 (has tried it), 2 (works alone) or 3 (leads others)."""

    skill = Code()
    level = serializers.ChoiceField(choices=ProfileSkill.Level.choices)


class EducationOut(serializers.ModelSerializer):
    institution: "serializers.SlugRelatedField[Institution]" = serializers.SlugRelatedField(
        slug_field="slug", read_only=True
    )
    place = serializers.CharField(read_only=True, help_text="The school's name in the reader's language.")

    class Meta:
        model = Education
        fields = ["id", "institution", "school", "place", "degree", "major", "graduated"]


class EducationIn(Given):
    """`institution` from our list, or `school` in her own words."""

    institution = serializers.SlugRelatedField(
        slug_field="slug", queryset=Institution.objects.all(), required=False, allow_null=True
    )
    school = serializers.CharField(max_length=120, required=False, allow_blank=True)
    degree = serializers.ChoiceField(choices=Education.Degree.choices)
    major = serializers.CharField(max_length=120, required=False, allow_blank=True)
    graduated = serializers.IntegerField(required=False, allow_null=True)


class CreditOut(serializers.ModelSerializer):
    role_type: "serializers.SlugRelatedField[RoleType]" = serializers.SlugRelatedField(
        slug_field="code", read_only=True
    )
    proven = serializers.BooleanField(read_only=True, help_text="Grew from a booking here.")

    class Meta:
        model = Credit
        fields = ["id", "title", "role_type", "year", "crew_name", "days_served", "proven"]


class CreditIn(Given):
    """A shoot from elsewhere."""

    title = serializers.CharField(max_length=120)
    role_type = serializers.SlugRelatedField(slug_field="code", queryset=RoleType.objects.all())
    year = serializers.IntegerField()
    crew_name = serializers.CharField(max_length=120, required=False, allow_blank=True)
    days_served = serializers.IntegerField(required=False)


class CompletenessOut(serializers.Serializer):
    """How much is said; `missing` names the sections without which nothing can be matched."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()
    matchable = serializers.BooleanField()
    missing = serializers.SerializerMethodField()

    def get_missing(self, said: Any) -> list[str]:
        return [step.key for step in said.missing]


class ProfileOut(serializers.ModelSerializer):
    """Her own profile, private fields and all: nobody else is ever given this."""

    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True, allow_null=True)
    mobile = serializers.CharField(source="user.mobile", read_only=True, allow_null=True)
    language = serializers.CharField(source="user.language", read_only=True)
    home_hub: "serializers.SlugRelatedField[Hub]" = serializers.SlugRelatedField(
        slug_field="slug", read_only=True
    )
    willing_hubs: serializers.Field = serializers.SlugRelatedField(
        slug_field="slug", read_only=True, many=True
    )
    languages: serializers.Field = serializers.SlugRelatedField(slug_field="code", read_only=True, many=True)
    skills = serializers.SerializerMethodField()
    wanted_roles = serializers.SerializerMethodField(help_text="Codes of role types, most wanted first.")
    educations = EducationOut(many=True, read_only=True)
    credits = CreditOut(many=True, read_only=True)
    completeness = serializers.SerializerMethodField()

    class Meta:
        model = Profile
        fields = [
            "id",
            "name",
            "email",
            "mobile",
            "birth_date",
            "headline",
            "contact_wechat",
            "language",
            "listed",
            "former_trade",
            "studied_abroad",
            "waiting_since",
            "home_hub",
            "willing_hubs",
            "day_rate_floor",
            "skills",
            "wanted_roles",
            "languages",
            "acting",
            "sex",
            "playable_age_min",
            "playable_age_max",
            "height_cm",
            "educations",
            "credits",
            "completeness",
        ]

    @extend_schema_field(SkillLevel(many=True))
    def get_skills(self, profile: Profile) -> list[dict[str, Any]]:
        return [{"skill": row.skill.code, "level": row.level} for row in profile.skill_levels.all()]

    def get_wanted_roles(self, profile: Profile) -> list[str]:
        return [row.role_type.code for row in profile.wanted.all()]

    @extend_schema_field(CompletenessOut)
    def get_completeness(self, profile: Profile) -> dict[str, Any]:
        return CompletenessOut(self.context["completeness"]).data


class ProfileIn(Given):
    """Any of these; what is not named stays. Lists replace the list that was there."""

    name = serializers.CharField(max_length=80)
    headline = serializers.CharField(max_length=120, allow_blank=True)
    former_trade = serializers.CharField(max_length=60, allow_blank=True)
    studied_abroad = serializers.BooleanField()
    waiting_since = serializers.DateField(allow_null=True)
    contact_wechat = serializers.CharField(max_length=40, allow_blank=True)
    language = serializers.CharField(max_length=8)
    listed = serializers.BooleanField()
    home_hub = serializers.SlugRelatedField(slug_field="slug", queryset=Hub.objects.all(), allow_null=True)
    willing_hubs = serializers.ListField(child=Code(), max_length=100)
    day_rate_floor = serializers.IntegerField()
    skills = serializers.ListField(child=SkillLevel(), max_length=MOST_SKILLS)
    wanted_roles = serializers.ListField(child=Code(), max_length=MOST_ROLES)
    languages = serializers.ListField(child=Code(), max_length=100)
    acting = serializers.BooleanField()
    sex = serializers.ChoiceField(choices=Profile.Sex.choices, allow_blank=True)
    playable_age_min = serializers.IntegerField(allow_null=True)
    playable_age_max = serializers.IntegerField(allow_null=True)
    height_cm = serializers.IntegerField(allow_null=True)

    def validate_willing_hubs(self, slugs: list[str]) -> list[Hub]:
        return by_code(Hub.objects.all(), "slug", slugs)

    def validate_languages(self, codes: list[str]) -> list[Language]:
        return by_code(Language.objects.all(), "code", codes)

    def validate_wanted_roles(self, codes: list[str]) -> list[RoleType]:
        return by_code(RoleType.objects.all(), "code", codes)

    def validate_skills(self, rows: list[dict[str, Any]]) -> dict[Skill, int]:
        skills = by_code(Skill.objects.all(), "code", [row["skill"] for row in rows])
        if len({skill.pk for skill in skills}) != len(rows):
            raise serializers.ValidationError([_("A skill stands in your list twice. Keep it once.")])
        return {skill: row["level"] for skill, row in zip(skills, rows, strict=True)}


class SpanOut(serializers.Serializer):
    """Days on which she is free; both ends included."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    part = serializers.ChoiceField(choices=DayPart.choices)


class SpanIn(Given):
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    part = serializers.ChoiceField(choices=DayPart.choices, default=DayPart.BOTH)


class SpansIn(Given):
    """Everything from today on, said anew."""

    spans = serializers.ListField(child=SpanIn(), max_length=MOST_SPANS)


class TokenIn(Given):
    """What she signs in with on the page."""

    login = serializers.CharField(max_length=254, help_text="E-mail address or mobile number.")
    password = serializers.CharField(max_length=254, trim_whitespace=False)


class TokenOut(serializers.Serializer):
    token = serializers.CharField(help_text="Send it as `Authorization: Token …`.")

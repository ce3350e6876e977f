"""Places and trades, for reading. Public: nothing here depends on who asks."""

from django.db.models import Prefetch
from django_filters import rest_framework as filters
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from hubs.api import serializers
from hubs.enums import Province
from hubs.models import Base, Figure, Hub, Language, Programme, RoleType, Service, Set, Skill
from hubs.queries import figures, places


class BaseFilter(filters.FilterSet):
    hub = filters.CharFilter(field_name="hub__slug")

    class Meta:
        model = Base
        fields = ["hub"]


class HubFilter(filters.FilterSet):
    province = filters.ChoiceFilter(choices=Province.choices)

    class Meta:
        model = Hub
        fields = ["kind", "province"]


class FigureFilter(filters.FilterSet):
    hub = filters.CharFilter(field_name="hub__slug")
    base = filters.CharFilter(field_name="base__slug")

    class Meta:
        model = Figure
        fields = ["topic", "hub", "base", "is_estimate"]


class ProgrammeFilter(filters.FilterSet):
    hub = filters.CharFilter(field_name="institution__hub__slug")

    class Meta:
        model = Programme
        fields = ["kind", "hub"]


class RoleTypeFilter(filters.FilterSet):
    department = filters.CharFilter(field_name="department__code")
    field = filters.CharFilter(field_name="department__field")

    class Meta:
        model = RoleType
        fields = ["category", "entry_level", "department", "field"]


class PublicReading(ReadOnlyModelViewSet):
    """A list and its rows, open to everybody."""

    permission_classes = [AllowAny]


class HubViewSet(PublicReading):
    queryset = Hub.objects.published().prefetch_related(Prefetch("bases", Base.objects.published()))
    serializer_class = serializers.HubSerializer
    filterset_class = HubFilter
    lookup_field = "slug"


class BaseViewSet(PublicReading):
    queryset = (
        Base.objects.published()
        .select_related("hub")
        .prefetch_related(
            Prefetch("sets", Set.objects.published()), Prefetch("services", Service.objects.published())
        )
    )
    serializer_class = serializers.BaseSerializer
    filterset_class = BaseFilter
    lookup_field = "slug"


class ProgrammeViewSet(PublicReading):
    queryset = places.programmes()
    serializer_class = serializers.ProgrammeSerializer
    filterset_class = ProgrammeFilter
    lookup_field = "slug"


class FigureViewSet(PublicReading):
    queryset = figures.all_figures()
    serializer_class = serializers.FigureSerializer
    filterset_class = FigureFilter
    lookup_field = "code"


class RoleTypeViewSet(PublicReading):
    queryset = RoleType.objects.select_related("department").prefetch_related("typical_skills")
    serializer_class = serializers.RoleTypeSerializer
    filterset_class = RoleTypeFilter
    lookup_field = "code"


class SkillViewSet(PublicReading):
    queryset = Skill.objects.all()
    serializer_class = serializers.SkillSerializer
    lookup_field = "code"


class LanguageViewSet(PublicReading):
    queryset = Language.objects.all()
    serializer_class = serializers.LanguageSerializer
    lookup_field = "code"

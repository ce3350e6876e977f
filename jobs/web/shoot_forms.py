"""Forms about a shoot: a new one from a template, and everything about one that exists."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, Language, Set
from jobs.enums import FilingState, FilingTier, Genre, MadeWith, PlusTag, Rights
from jobs.models import Crew, CrewTemplate, Shoot
from jobs.queries.plans import Scale
from jobs.web.forms import BaseChoice, ByName, DayInput, TimeInput, choose_from


class ManyByName(forms.ModelMultipleChoiceField):
    """Several of a list of bilingual rows, shown by the reader's name."""

    def label_from_instance(self, row) -> str:
        return row.name


class TitleForm(forms.Form):
    """What every shoot says of itself: the title, the place, the days, the terms, the passport."""

    title = forms.CharField(label=_("Title"), max_length=120)
    genre = forms.ChoiceField(label=_("Genre"), choices=Genre.choices)
    base = BaseChoice(label=_("Base"), queryset=Base.objects.none(), empty_label=_("Choose a base"))
    first_day = forms.DateField(label=_("First shoot day"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Last shoot day"),
        widget=DayInput,
        help_text=_("5 to 10 shoot days; each runs from 05:00 to 05:00."),
    )
    call_time = forms.TimeField(label=_("General call"), widget=TimeInput, initial="08:00")
    hours_per_day = forms.IntegerField(label=_("Hours a day"), min_value=1, max_value=12, initial=10)
    settle_within_days = forms.IntegerField(
        label=_("Paid within days after wrap"), min_value=0, max_value=30, initial=7
    )
    meals = forms.BooleanField(label=_("Meals provided"), required=False, initial=True)
    lodging = forms.BooleanField(label=_("Lodging provided"), required=False, initial=True)
    insurance = forms.BooleanField(label=_("Accident insurance"), required=False, initial=True)
    synopsis = forms.CharField(
        label=_("Synopsis"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    made_with = forms.ChoiceField(
        label=_("How it is made"), choices=MadeWith.choices, initial=MadeWith.LIVE, required=False
    )
    ai_use = forms.CharField(
        label=_("What AI is used for"),
        max_length=200,
        required=False,
        help_text=_("Backgrounds, storyboards, voices: it stands on every role."),
    )
    scans = forms.BooleanField(
        label=_("Faces, voices or movements are scanned"),
        required=False,
        help_text=_("It stands on every role. Each person is asked apart from the job and may say no."),
    )
    plus_tags = forms.MultipleChoiceField(
        label=_("Micro Drama Plus"),
        choices=PlusTag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    production_cost = forms.IntegerField(
        label=_("Cost of the production, yuan"),
        min_value=0,
        required=False,
        help_text=_("Decides the tier of filing; only your crew sees it."),
    )
    filing_tier = forms.ChoiceField(
        label=_("Tier of filing"),
        choices=[("", _("by the cost")), *FilingTier.choices],
        required=False,
    )
    filing_state = forms.ChoiceField(
        label=_("Filing"), choices=FilingState.choices, initial=FilingState.PENDING, required=False
    )
    filing_number = forms.CharField(label=_("Filing number"), max_length=60, required=False)
    rights = forms.ChoiceField(
        label=_("Rights in the story"), choices=[("", _("not stated")), *Rights.choices], required=False
    )
    rights_holder = forms.CharField(label=_("Holder of the rights"), max_length=120, required=False)
    overseas = ManyByName(
        label=_("Overseas versions"),
        queryset=Language.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    WHAT = ("title", "genre", "base")
    TERMS = ("hours_per_day", "settle_within_days", "meals", "lodging", "insurance")
    PASSPORT = (
        "made_with", "ai_use", "scans", "plus_tags", "production_cost", "filing_tier", "filing_state", "filing_number",
        "rights", "rights_holder", "overseas", "synopsis",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        abroad = Language.objects.filter(is_dialect=False).exclude(code__startswith="zh")
        choose_from(
            self,
            base=Base.objects.published().select_related("hub").order_by("hub__slug", "slug"),
            overseas=abroad,
        )
        for name in ("first_day", "last_day"):
            self.fields[name].widget.attrs["min"] = today.isoformat()

    @property
    def passport_wrong(self) -> bool:
        """Whether the fold of the passport holds an error, and so must stand open."""
        return any(name in self.errors for name in self.PASSPORT) if self.is_bound else False


class ShootForm(TitleForm):
    """A new shoot, with the crew that makes it and the template its roles come from."""

    crew = forms.ModelChoiceField(label=_("Crew"), queryset=Crew.objects.none(), empty_label=None)
    template = ByName(
        label=_("Crew template"),
        queryset=CrewTemplate.objects.none(),
        required=False,
        empty_label=_("None: add roles by hand"),
    )
    costume = forms.BooleanField(label=_("Costume drama: more hands for dress and hair"), required=False)
    set_count = forms.IntegerField(
        label=_("Number of sets"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Empty: as usual for the size."),
    )
    sets = ManyByName(
        label=_("Sets"), queryset=Set.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    speaking = forms.IntegerField(label=_("Speaking parts"), min_value=0, max_value=60, required=False)
    extras = forms.IntegerField(label=_("Extras a day"), min_value=0, max_value=300, required=False)

    SCALE = ("template", "costume", "set_count", "speaking", "extras")

    def __init__(self, *args: Any, crews: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, crew=crews, template=CrewTemplate.objects.all(), sets=_sets_of(self.data.get("base"))
        )

    def given(self) -> dict[str, Any]:
        """What `shoots.create` takes; call it on a valid form."""
        said = dict(self.cleaned_data)
        return {name: value for name, value in said.items() if name not in self.SCALE} | {
            "template": said["template"],
            "scale": scale_of(said),
        }


def scale_of(said: dict[str, Any]) -> Scale:
    """The scale of a plan; speaking parts and extras that were not named are none."""
    return Scale(
        costume=bool(said.get("costume")) or said.get("genre") == Genre.COSTUME,
        sets=said.get("set_count"),
        speaking=said.get("speaking") or 0,
        extras=said.get("extras") or 0,
    )


class ShootEditForm(TitleForm):
    """Everything about a shoot that exists. `was` is what stood there when the page was opened."""

    sets = ManyByName(
        label=_("Sets"), queryset=Set.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, shoot: Shoot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the shoot has stays a choice, also where the desk has taken it off the list meanwhile.
        bases = Base.objects.filter(Q(pk__in=Base.objects.published()) | Q(pk=shoot.base_id))
        sets = Set.objects.filter(
            Q(pk__in=_sets_of(self.data.get("base", shoot.base_id))) | Q(pk__in=shoot.sets.all())
        )
        choose_from(self, base=bases.select_related("hub").order_by("hub__slug", "slug"), sets=sets)
        for name in ("first_day", "last_day"):
            self.fields[name].widget.attrs.pop("min", None)


def _sets_of(base: Any) -> QuerySet[Set]:
    """The sets on the list of the base that was typed; none for what is no number."""
    number = str(base or "")
    known = number.isascii() and number.isdecimal() and len(number) < 19
    return Set.objects.published().filter(base=int(number)) if known else Set.objects.none()


class PlanForm(forms.Form):
    """The few fields a plan depends on, read from the address while the rest of the page is being filled in."""

    template = ByName(queryset=CrewTemplate.objects.none(), required=False)
    genre = forms.CharField(required=False, max_length=20)
    first_day = forms.DateField(required=False)
    last_day = forms.DateField(required=False)
    costume = forms.BooleanField(required=False)
    set_count = forms.IntegerField(required=False, min_value=1, max_value=60)
    speaking = forms.IntegerField(required=False, min_value=0, max_value=60)
    extras = forms.IntegerField(required=False, min_value=0, max_value=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, template=CrewTemplate.objects.all())

    def read(self) -> tuple[CrewTemplate | None, Scale, int]:
        """The template, its scale and the number of days; what is wrong or missing is as usual (7 days)."""
        self.is_valid()
        said = self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        length = (last - first + timedelta(days=1)).days if first and last else 7
        return said.get("template"), scale_of(said), min(max(length, 5), 10)

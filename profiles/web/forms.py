"""The forms of a profile. They check shape; what the house thinks is said in services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub, Institution, Language, RoleType, Skill
from profiles.models import Education, Profile, ProfileSkill, User

CHOICES_OF_ROLES = 5


class BasicsForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    headline = forms.CharField(
        label=_("You in one line"),
        max_length=120,
        required=False,
        help_text=_("For example: lighting assistant, careful with cables, used to nights."),
    )
    waiting_since = forms.DateField(
        label=_("Looking for work since"),
        required=False,
        help_text=_("If you like. Who has waited long is not forgotten when two fit equally well."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RolesForm(forms.Form):
    """Up to five role types in order: a native list a choice is the quickest thing on a phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = {row.pk: row for row in RoleType.objects.select_related("department")}
        choices = self._grouped()
        labels = [
            _("First choice"),
            _("Second choice"),
            _("Third choice"),
            _("Fourth choice"),
            _("Fifth choice"),
        ]
        for number, label in enumerate(labels, start=1):
            self.fields[f"choice_{number}"] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, empty_value=None, required=number == 1
            )

    def _grouped(self) -> list[tuple[Any, Any]]:
        entry = [(pk, row.name) for pk, row in self.types.items() if row.entry_level]
        groups: dict[str, list[tuple[int, str]]] = {}
        for pk, row in self.types.items():
            if not row.entry_level:
                groups.setdefault(row.department.name, []).append((pk, row.name))
        return [("", _("– choose –")), (_("Open to first-timers"), entry), *groups.items()]

    @property
    def chosen(self) -> list[RoleType]:
        """The role types in the order of the choices, empty ones left out."""
        answers = [self.cleaned_data[name] for name in self.fields]
        return [self.types[pk] for pk in answers if pk]


class SkillsForm(forms.Form):
    """A level for each skill; those of the role types she wants stand first."""

    LEVELS = [("", _("–")), *ProfileSkill.Level.choices]

    def __init__(self, *args: Any, first: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skills = {f"skill_{row.pk}": row for row in Skill.objects.all()}
        for name, row in self.skills.items():
            self.fields[name] = forms.TypedChoiceField(
                label=row.name, choices=self.LEVELS, coerce=int, empty_value=None, required=False
            )
        self._first = first

    @property
    def near(self) -> list[forms.BoundField]:
        """Skills of the role types she wants, and those she has."""
        return [self[name] for name, row in self.skills.items() if row.pk in self._first]

    @property
    def far(self) -> list[forms.BoundField]:
        return [self[name] for name, row in self.skills.items() if row.pk not in self._first]

    @property
    def levels(self) -> dict[Skill, int]:
        return {row: self.cleaned_data[name] for name, row in self.skills.items() if self.cleaned_data[name]}


class PlacesForm(forms.Form):
    home_hub = forms.ModelChoiceField(
        label=_("Where you live, or the hub nearest to it"),
        queryset=Hub.objects.all(),
        empty_label=_("– choose –"),
    )
    willing_hubs = forms.ModelMultipleChoiceField(
        label=_("Hubs you would travel to"),
        queryset=Hub.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices choices--chips"}),
    )
    day_rate_floor = forms.IntegerField(
        label=_("Lowest day rate, yuan"),
        help_text=_("Offers below it never reach you. 0 means any. No crew sees this number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "9"}),
    )


class LanguagesForm(forms.Form):
    languages = forms.ModelMultipleChoiceField(
        label=_("Languages and dialects you speak"),
        queryset=Language.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices choices--chips"}),
    )


class ActingForm(forms.Form):
    acting = forms.BooleanField(label=_("I want acting work, too"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex, for casting only"),
        choices=Profile.Sex.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices choices--chips"}),
    )
    playable_age_min = forms.IntegerField(label=_("Youngest age you can play"), required=False)
    playable_age_max = forms.IntegerField(label=_("Oldest age you can play"), required=False)
    height_cm = forms.IntegerField(label=_("Height, cm"), required=False)


class ContactForm(forms.Form):
    contact_wechat = forms.CharField(label=_("Weixin account"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language of messages"),
        choices=[("zh-hans", "中文"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    listed = forms.BooleanField(
        label=_("Crews may make me offers"),
        required=False,
        help_text=_("Take the mark away and you are left out of every match until you set it again."),
    )

    @classmethod
    def of(cls, user: User, profile: Profile) -> dict[str, Any]:
        return {
            "contact_wechat": profile.contact_wechat,
            "language": user.language,
            "listed": profile.listed,
        }


class EducationForm(forms.Form):
    institution = forms.ModelChoiceField(
        label=_("School"),
        queryset=Institution.objects.all(),
        required=False,
        empty_label=_("– not in this list –"),
    )
    school = forms.CharField(label=_("Or write its name"), max_length=120, required=False)
    degree = forms.ChoiceField(label=_("Degree"), choices=Education.Degree.choices)
    major = forms.CharField(label=_("Subject"), max_length=120, required=False)
    graduated = forms.IntegerField(
        label=_("Year of graduation"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class CreditForm(forms.Form):
    title = forms.CharField(label=_("Title of the shoot"), max_length=120)
    role_type = forms.ModelChoiceField(
        label=_("What you did"), queryset=RoleType.objects.all(), empty_label=_("– choose –")
    )
    year = forms.IntegerField(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    crew_name = forms.CharField(label=_("Crew"), max_length=120, required=False)
    days_served = forms.IntegerField(
        label=_("Days"), initial=0, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

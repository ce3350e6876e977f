"""The forms of a profile. They check shape; what the house thinks is said in services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub, Language, RoleType, Skill
from profiles.models import Education, Profile, ProfileSkill, User
from profiles.queries.portfolio import catalogue

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
    former_trade = forms.CharField(
        label=_("I come from another trade"),
        max_length=60,
        required=False,
        help_text=_("For example: nurse, teacher, programmer. What you learned there counts on set, too."),
    )
    studied_abroad = forms.BooleanField(label=_("I studied abroad"), required=False)
    waiting_since = forms.DateField(
        label=_("I have looked for work since"),
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
        for name, label in zip(self.choice_names(), labels, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, empty_value=None, required=label is labels[0]
            )

    @staticmethod
    def choice_names() -> list[str]:
        return [f"choice_{number}" for number in range(1, CHOICES_OF_ROLES + 1)]

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
    """A level for each skill on the page: hers, those of the work she wants, and those she searched for.

    A skill that is not on the page is not hers: all of hers are always on it.
    """

    LEVELS = [("", _("no")), *ProfileSkill.Level.choices]

    def __init__(self, *args: Any, near: list[Skill], more: list[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skills = {f"skill_{row.pk}": row for row in [*near, *more]}
        for name, row in self.skills.items():
            self.fields[name] = forms.TypedChoiceField(
                label=row.name,
                choices=self.LEVELS,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "choices choices--chips choices--levels"}),
            )
        self._near = {row.pk for row in near}

    @property
    def near(self) -> list[forms.BoundField]:
        return [self[name] for name, row in self.skills.items() if row.pk in self._near]

    @property
    def far(self) -> list[forms.BoundField]:
        return [self[name] for name, row in self.skills.items() if row.pk not in self._near]

    @property
    def levels(self) -> dict[Skill, int]:
        return {row: self.cleaned_data[name] for name, row in self.skills.items() if self.cleaned_data[name]}


class PlacesForm(forms.Form):
    home_hub = forms.ModelChoiceField(
        label=_("Where you live, or the hub nearest to it"),
        queryset=Hub.objects.published(),
        empty_label=_("– choose –"),
    )
    willing_hubs = forms.ModelMultipleChoiceField(
        label=_("Hubs you would travel to"),
        queryset=Hub.objects.published(),
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
    """`school` is what she types; `institution` is the one of our list she takes, if any."""

    school = forms.CharField(
        label=_("School"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
        help_text=_(
            "In Chinese, pinyin or English: 北电, bjdy, Film Academy. If we do not know it, your words stand."
        ),
    )
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


class TrainingForm(forms.Form):
    programme = forms.ModelChoiceField(label=_("Course"), queryset=catalogue(), empty_label=_("– choose –"))
    year = forms.IntegerField(
        label=_("Year"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 12 MB. Place, time and phone are taken out of it."),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=80, required=False)
    public = forms.BooleanField(label=_("Show it on my public page"), required=False)


class LinkForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("A whole address with https://. We show it with its host and never open it."),
    )
    title = forms.CharField(label=_("What one sees there"), max_length=80, required=False)

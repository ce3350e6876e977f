"""Forms of village mode. They check shape; what the house thinks is said in services."""

from typing import Any

from django import forms
from django.forms import ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _

from hubs.models import Hub, Language, RoleType
from jobs.web.forms import ByName, DayInput, choose_from
from profiles.models import Coordinator, Profile, Villager
from profiles.services.spoken import Heard, Manner, WitnessIs
from profiles.services.villagers import Told

TEL = {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class ByNames(ModelMultipleChoiceField):
    """Choices among bilingual rows, shown by the reader's name."""

    def label_from_instance(self, row) -> str:
        return row.name


class HeardForm(forms.Form):
    """How a spoken answer was given, and who else heard it."""

    manner = forms.ChoiceField(
        label=_("How did you speak?"), choices=Manner.choices, widget=forms.RadioSelect, initial=Manner.FACE
    )
    witness = forms.CharField(
        label=_("Who heard it too?"),
        max_length=60,
        help_text=_("The name of one other person. On the telephone: whoever is with you."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    witness_is = forms.ChoiceField(
        label=_("Who is that?"), choices=WitnessIs.choices, initial=WitnessIs.FAMILY
    )
    said = forms.BooleanField(
        label=_("These are the person's own words"),
        error_messages={"required": _("Tick this only after the person has said it. Nobody else decides.")},
    )

    @property
    def heard(self) -> Heard:
        """Only after `is_valid`."""
        sent = self.cleaned_data
        return Heard(witness=sent["witness"], witness_is=sent["witness_is"], manner=sent["manner"])


class WordForm(HeardForm):
    """An answer that was read out and given."""

    answer = forms.ChoiceField(label=_("What is the answer?"), widget=forms.RadioSelect)
    field_order = ("answer", "manner", "witness", "witness_is", "said")

    def __init__(self, *args: Any, answers: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]


class RegisterForm(HeardForm):
    """A person of the village: who she is, how she is reached, what she would do."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput(attrs={"autocomplete": "off"}))
    sex = forms.ChoiceField(label=_("Sex, for casting only"), choices=Profile.Sex.choices, required=False)
    height_cm = forms.IntegerField(label=_("Height, cm"), min_value=80, max_value=230, required=False)
    phone_of = forms.ChoiceField(
        label=_("Whose telephone is it?"),
        choices=Villager.PhoneOf.choices,
        widget=forms.RadioSelect,
        initial=Villager.PhoneOf.HERS,
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=TEL),
        help_text=_(
            "Any phone that takes text messages. Without one, messages come to the village's number."
        ),
    )
    wanted_roles = ByNames(
        label=_("Work she would do"), queryset=RoleType.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    day_rate_floor = forms.IntegerField(
        label=_("Lowest pay a day, yuan"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("0 means: any. She is not asked for work that pays less."),
    )
    languages = ByNames(
        label=_("Languages and dialects"),
        queryset=Language.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.ChoiceField(
        label=_("May a crew that has booked her see this number?"), choices=YES_NO, widget=forms.RadioSelect
    )
    though_alike = forms.BooleanField(
        label=_("I have looked: this is somebody else"), required=False, widget=forms.HiddenInput
    )
    field_order = ("name", "birth_date", "sex", "height_cm", "phone_of", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = RoleType.objects.filter(category=RoleType.Category.EXTRAS, entry_level=True)
        spoken = Language.objects.filter(code__in=["zh", "gan"]).order_by("-code")
        choose_from(self, wanted_roles=roles.order_by("-position", "pk"), languages=spoken)
        self.fields["said"].label = _("I have read these words aloud, and the person said yes")

    def ask_again(self) -> None:
        """Show the tick for somebody who only looks like one who is registered already."""
        self.fields["though_alike"].widget = forms.CheckboxInput()

    @property
    def told(self) -> Told:
        """Only after `is_valid`."""
        names = (
            "name", "birth_date", "sex", "height_cm", "phone", "phone_of", "day_rate_floor", "languages",
        )  # fmt: skip
        sent = {name: self.cleaned_data[name] for name in names}
        return Told(**sent, wanted_roles=list(self.cleaned_data["wanted_roles"]))

    @property
    def parts(self) -> list[tuple[Any, list]]:
        """The form in sections, as the page shows it."""
        sections = (
            (_("Who she is"), ("name", "birth_date", "sex", "height_cm")),
            (_("How she is reached"), ("phone_of", "phone", "contact")),
            (_("What she would do"), ("wanted_roles", "day_rate_floor", "languages")),
            (_("What was said aloud"), ("manner", "witness", "witness_is", "said", "though_alike")),
        )
        return [(title, [self[name] for name in names]) for title, names in sections]


class PhoneForm(forms.Form):
    """Another phone."""

    phone_of = forms.ChoiceField(
        label=_("Whose telephone is it?"), choices=Villager.PhoneOf.choices, widget=forms.RadioSelect
    )
    phone = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False, widget=forms.TextInput(attrs=TEL)
    )


class OfficeForm(forms.Form):
    """What a coordinator keeps right of the village."""

    phone = forms.CharField(
        label=_("Telephone for the village"),
        max_length=40,
        widget=forms.TextInput(attrs=TEL),
        help_text=_("It stands on every card and in every text message."),
    )
    meeting_point = forms.CharField(
        label=_("Where the village meets"),
        max_length=120,
        required=False,
        help_text=_("Shown on the sheet for days on which the crew names no place of its own."),
    )


class AppointForm(OfficeForm):
    """Somebody an admin trusts with a village."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
        help_text=_("For signing in. An address or a mobile number is enough."),
    )
    mobile = forms.CharField(
        label=_("Mobile number"), max_length=40, required=False, widget=forms.TextInput(attrs=TEL)
    )
    hub = ByName(label=_("Hub"), queryset=Hub.objects.none(), empty_label=_("Choose a hub"))
    village_zh = forms.CharField(label=_("Village (Chinese)"), max_length=60)
    village_en = forms.CharField(label=_("Village (English)"), max_length=80)
    field_order = ("name", "email", "mobile", "hub", "village_zh", "village_en", "phone", "meeting_point")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, hub=Hub.objects.order_by("slug"))


class _Successors(forms.ModelChoiceField):
    def label_from_instance(self, row: Coordinator) -> str:
        return f"{row.user.name} · {row.village}"


class RetireForm(forms.Form):
    """To whom the people of a village go."""

    successor = _Successors(
        label=_("Who speaks for them from now on?"),
        queryset=Coordinator.objects.none(),
        required=False,
        empty_label=_("Nobody: there is nobody left to speak for"),
    )

    def __init__(self, *args: Any, office: Coordinator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Coordinator.objects.filter(retired_at__isnull=True, hub=office.hub_id).exclude(pk=office.pk)
        choose_from(self, successor=others.select_related("user").order_by("village_zh", "pk"))


class CodeForm(forms.Form):
    """The number on her card."""

    code = forms.CharField(
        label=_("The number on your card"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "0000 0000 0000 0000"}
        ),
    )

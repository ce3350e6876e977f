"""Pictures of bases and sets at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from config.errors import DomainError
from config.wording import sentence
from hubs.enums import CurationVerb
from hubs.models import PlacePhoto
from hubs.services import curation, photos

from .desk import Desk, Inside


class PhotoForm(forms.ModelForm):
    """A picture with its words. A new file takes the place of the old one."""

    photo = forms.ImageField(
        label=_("picture"),
        help_text=_(
            "JPEG, PNG or WebP, 12 MB at most. It is written anew: place, time and device are not kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = PlacePhoto
        fields = ("base", "set", "caption_zh", "caption_en", "credit", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # ImageField would decode the file before anything has looked at its size: a plain file field hands it on.
        self.fields["photo"] = forms.FileField(
            label=self.fields["photo"].label,
            help_text=self.fields["photo"].help_text,
            widget=self.fields["photo"].widget,
            required=self.instance.pk is None,
            max_length=200,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = cleaned.get("photo")
        base, room = cleaned.get("base"), cleaned.get("set")
        if room is not None and base is not None and room.base_id != base.pk:
            raise ValidationError({"set": _("Choose a set of this base, or none.")})
        if given is not None and base is not None:
            if given.size > photos.MOST_BYTES:
                data = b"\0" * (photos.MOST_BYTES + 1)
            else:
                data = given.read()
            self.instance.base, self.instance.set = base, room
            try:
                photos.put(self.instance, data)
            except DomainError as error:
                raise ValidationError({"photo": sentence(error)}) from error
        return cleaned


@admin.register(PlacePhoto)
class PlacePhotoAdmin(Desk):
    """Pictures. Each says in both languages what it shows: that is what is read where it cannot be seen."""

    form = PhotoForm
    list_display = ["small", "caption_zh", "caption_en", "base", "set", "credit", "position"]
    list_display_links = ["small", "caption_zh"]
    list_filter = [("base", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["base", "set"]
    search_fields = ["caption_zh", "caption_en", "base__name_zh", "base__name_en"]
    readonly_fields = ["large"]
    fields = ["base", "set", "photo", "large", ("caption_zh", "caption_en"), "credit", "position"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "thumb")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.added_at = timezone.now()
        admin.ModelAdmin.save_model(self, request, obj, form, change)
        verb = CurationVerb.CHANGED if change else CurationVerb.PICTURED
        curation.record(verb, obj, by=request.user, now=timezone.now(), fields=list(form.changed_data))
        curation.record(CurationVerb.PICTURED, obj.base, by=request.user, now=timezone.now(), photo=obj.pk)

    @admin.display(description=_("picture"))
    def small(self, photo: PlacePhoto) -> str:
        return _drawn(photo, "small", 96)

    @admin.display(description=_("as it is shown"))
    def large(self, photo: PlacePhoto) -> str:
        return _drawn(photo, "large", 480) if photo.pk else "–"


def _drawn(photo: PlacePhoto, size: str, width: int) -> str:
    height = round(width * photo.height / max(photo.width, 1))
    return format_html(
        '<img class="place-photo" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        reverse("hubs:photo", args=[photo.key, size]), photo.caption, width, height,
    )  # fmt: skip


class PhotosInline(Inside):
    """What pictures a base has; they are added and changed on their own page."""

    model = PlacePhoto
    fields = ["shown", "caption_zh", "caption_en", "set", "position"]
    readonly_fields = ["shown"]
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "thumb").select_related("set")

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    @admin.display(description=_("picture"))
    def shown(self, photo: PlacePhoto) -> str:
        return _drawn(photo, "small", 96)

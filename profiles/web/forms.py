"""Forms about people. They check shape; what the house thinks is said in services."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """What sign-up asks beside e-mail and password."""

    name = forms.CharField(label=_("Name"), max_length=80)

    def signup(self, request, user):
        """Called by allauth when the user row exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

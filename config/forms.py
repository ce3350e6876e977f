"""How every form of the house is drawn."""

from django.forms.renderers import TemplatesSetting


class JinzuRenderer(TemplatesSetting):
    """Fields with label, hint and error tied together, from templates/forms/."""

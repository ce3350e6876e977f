"""How every form of the house is drawn."""

from django.forms.renderers import TemplatesSetting


class JinzuRenderer(TemplatesSetting):
    """Fields with label, hint and error tied together, from templates/forms/form.html and templates/_field.html.

    The widgets themselves stay Django's: the style sheet speaks to plain elements.
    """

    form_template_name = "forms/form.html"
    field_template_name = "_field.html"

"""How every form of the house is drawn.

A form has a dozen inputs, a search some hundred choices, and Django draws each with two or three templates, one inside
the other. The tags of its plain widgets are written here in Python, to the letter as its templates would write them.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.html import conditional_escape

Widget = Mapping[str, Any]
WIDGETS = "django/forms/widgets/"


class JinzuRenderer(TemplatesSetting):
    """Fields with label, hint and error tied together, from templates/forms/form.html and templates/_field.html.

    The widgets themselves stay Django's: the style sheet speaks to plain elements.
    """

    form_template_name = "forms/form.html"
    field_template_name = "_field.html"

    def render(self, template_name: str, context: dict[str, Any], request=None) -> str:
        tag = TAGS.get(template_name)
        if tag is None:
            return super().render(template_name, context, request)
        return tag(context["widget"]).strip()


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_plain(widget["value"])}"'
    start = f'<input type="{conditional_escape(widget["type"])}" name="{conditional_escape(widget["name"])}"'
    return f"{start}{value}{_attributes(widget)}>\n"


def _textarea(widget: Widget) -> str:
    start = f'<textarea name="{conditional_escape(widget["name"])}"{_attributes(widget)}>'
    return f"{start}\n{_words(widget['value']) if widget['value'] else ''}</textarea>\n"


def _select(widget: Widget) -> str:
    out = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            out.append(f'\n  <optgroup label="{_words(group)}">')
        out += [f"\n  {TAGS[option['template_name']](option)}" for option in options]
        if group:
            out.append("\n  </optgroup>")
    return f"{''.join(out)}\n</select>\n"


def _select_option(widget: Widget) -> str:
    return (
        f'<option value="{_plain(widget["value"])}"{_attributes(widget)}>{_words(widget["label"])}</option>\n'
    )


def _choices(widget: Widget) -> str:
    """Radio buttons or check boxes, one below the other."""
    own = {name: widget["attrs"].get(name) for name in ("id", "class")}
    out = ["<div", *(f' {name}="{_words(value)}"' for name, value in own.items() if value), ">"]
    for group, options, _index in widget["optgroups"]:
        if group:
            out.append(f"\n  <div><label>{_words(group)}</label>")
        out += [f"<div>\n    {TAGS[option['template_name']](option)}</div>" for option in options]
        if group:
            out.append("\n  </div>")
    return f"{''.join(out)}\n</div>\n"


def _choice(widget: Widget) -> str:
    if not widget["wrap_label"]:
        return f"{_input(widget)}\n\n"
    at = widget["attrs"].get("id")
    start = f'<label for="{_words(at)}">' if at else "<label>"
    return f"{start}{_input(widget)} {_words(widget['label'])}</label>\n\n"


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_plain(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _plain(value: Any) -> str:
    """A value that a browser reads: never in the reader's way of writing numbers."""
    return conditional_escape(str(value))


def _words(value: Any) -> str:
    return conditional_escape(localize(value))


INPUTS = ("text", "number", "email", "url", "tel", "search", "color", "password", "hidden", "date", "time")

TAGS = {
    **{f"{WIDGETS}{kind}.html": _input for kind in (*INPUTS, "datetime", "checkbox")},
    f"{WIDGETS}textarea.html": _textarea,
    f"{WIDGETS}select.html": _select,
    f"{WIDGETS}select_option.html": _select_option,
    f"{WIDGETS}radio.html": _choices,
    f"{WIDGETS}checkbox_select.html": _choices,
    f"{WIDGETS}radio_option.html": _choice,
    f"{WIDGETS}checkbox_option.html": _choice,
}
"""The templates that are not asked, and what writes in their place."""

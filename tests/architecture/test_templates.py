"""Templates keep the strict Content-Security-Policy: a browser drops inline styles and scripts in silence."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for path in [*ROOT.glob("templates/**/*"), *ROOT.glob("*/templates/**/*")]
    # Mail readers know no policy, and no style sheets either.
    if path.suffix in (".html", ".svg") and "emails" not in path.parts
)
# Names are read without the values in quotes, so that a word in a title is not taken for an attribute.
TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
BRACES = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def breaches(markup: str) -> list[str]:
    """Inline styles, handlers and scripts in a template, as "tag attribute"."""
    found = []
    for name, attributes in TAG.findall(BRACES.sub("", markup)):
        names = re.findall(
            r"([\w:@.-]+)\s*(?==|\s|$)", re.sub(r"=\s*(\"[^\"]*\"|'[^']*'|\S+)", "= ", attributes)
        )
        bad = [
            attribute
            for attribute in names
            if attribute == "style" or re.match(r"(?:hx-)?on[a-z:-]+$", attribute)
        ]
        found += [f"{name} {attribute}" for attribute in bad]
        if name == "script" and "src" not in names and "application/json" not in attributes:
            found.append("script inline")
        if name == "style":
            found.append("style inline")
    return found


def test_there_are_templates():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline(path):
    assert breaches(path.read_text()) == []


GET_FORM = re.compile(r"<form\b[^>]*method=[\"']get[\"'].*?</form>", re.DOTALL | re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_token_of_a_form_gets_into_an_address(path):
    """Addresses stand in histories, logs and what is passed on: a form that is sent by GET carries no token."""
    markup = path.read_text()
    assert [form for form in GET_FORM.findall(markup) if "csrf_token" in form] == []
    assert 'formmethod="get"' not in markup


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<p style="color: red">', ["p style"]),
        ('<button type="button" onclick="go()">', ["button onclick"]),
        ("<script>go()</script>", ["script inline"]),
        ('<script src="/a.js" defer></script>', []),
        ("<style>p {}</style>", ["style inline"]),
        ('<p title="on style" {% if x %}class="a"{% endif %}>', []),
        ('<div hx-on::after-request="x">', ["div hx-on::after-request"]),
    ],
)
def test_the_reader_of_templates_sees_what_is_inline(markup, found):
    assert breaches(markup) == found

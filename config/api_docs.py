"""The API's documentation as a page of the house, drawn from its schema: no third-party scripts, no CDN.

Swagger UI would load from another host, or bring megabytes with it, and needs an inline script; the strict
Content-Security-Policy forbids both.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Value:
    """A parameter, or a field of a body."""

    name: str
    type: str
    required: bool
    words: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    words: str
    public: bool
    parameters: list[Value] = field(default_factory=list)
    given: list[Value] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """A named object of the schema."""

    name: str
    words: str
    fields: list[Value]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation by noun, and every shape they exchange."""
    operations, shapes = described()
    return render(request, "api/docs.html", {"operations": operations, "shapes": shapes})


@cache
def described() -> tuple[dict[str, list[Operation]], list[Shape]]:
    """Return operations by noun, and shapes; read once a process, in English like the schema itself."""
    with override("en"):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    components = schema.get("components", {}).get("schemas", {})
    nouns: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = _operation(path, method, methods[method], components)
                nouns.setdefault(methods[method]["tags"][0], []).append(operation)
    shapes = [
        Shape(name, shape.get("description", ""), _fields(shape))
        for name, shape in sorted(components.items())
        if "properties" in shape
    ]
    return nouns, shapes


def _operation(path: str, method: str, raw: dict[str, Any], components: dict[str, Any]) -> Operation:
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        words=raw.get("description", ""),
        public={} in raw.get("security", []),
        parameters=[
            Value(
                each["name"], _type(each["schema"]), each.get("required", False), each.get("description", "")
            )
            for each in raw.get("parameters", [])
        ],
        given=_body(raw, components),
        answers=[(status, _content(answer)) for status, answer in sorted(raw["responses"].items())],
    )


def _body(raw: dict[str, Any], components: dict[str, Any]) -> list[Value]:
    content = raw.get("requestBody", {}).get("content", {}).get("application/json")
    if not content:
        return []
    return _fields(components.get(_type(content["schema"]), content["schema"]))


def _fields(shape: dict[str, Any]) -> list[Value]:
    required = set(shape.get("required", ()))
    return [
        Value(name, _type(value), name in required, value.get("description", "").split("\n\n")[0])
        for name, value in shape.get("properties", {}).items()
    ]


def _content(answer: dict[str, Any]) -> str:
    content = answer.get("content", {})
    return _type(next(iter(content.values()))["schema"]) if content else ""


def _type(schema: dict[str, Any]) -> str:
    """The name of a shape, or the type of a value, in a word or two."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(_type(each) for each in schema[key]))
    if schema.get("type") == "array":
        return f"[{_type(schema['items'])}]"
    return schema.get("format") or str(schema.get("type", "any"))

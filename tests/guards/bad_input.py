"""What people, programs and attackers send instead of what was asked for: 45 classes, each with its values.

`kinds` says which fields a class spoils (the kinds are those of tests/guards/writes.py). `verdict`:
  refused  4xx, the field is named, nothing is saved;
  needed   refused where the field must be given, harmless elsewhere;
  fine     taken as text or refused, but no crash, and nothing in it comes alive.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

TEXTS = ("text", "code", "login", "password", "email", "mobile")
ALIVE = "<script>jinzu()</script>"
TEMPLATE = "{{ 191|add:1146 }}{% now 'Y' %}"
RAN = ("<script>jinzu()", "1337")
"""What an answer would hold had markup or template syntax come alive."""

WHOLE_BODY = {
    "10 MB field",
    "end before start",
    "1-day and 11-day shoot",
    "extra or mass-assigned field",
    "duplicate JSON key",
    "wrong type or deep nesting",
    "wrong content type or charset",
    "stale version",
    "replayed, expired or foreign token",
}
"""Classes about a whole request; they have tests of their own in test_bad_requests.py."""


@dataclass(frozen=True)
class Field:
    """A field's kind, taken apart: "number*:1:60" must be given and runs from 1 to 60."""

    name: str
    kind: str
    needed: bool
    least: int | None = None
    most: int | None = None

    @classmethod
    def read(cls, name: str, said: str) -> "Field":
        kind, *limits = said.split(":")
        numbers = [int(limit) for limit in limits]
        least = numbers[0] if len(numbers) > 1 else None
        return cls(name, kind.rstrip("*"), kind.endswith("*"), least, numbers[-1] if numbers else None)


@dataclass(frozen=True)
class Class:
    """A class of bad input; `values` makes what is sent instead."""

    name: str
    kinds: tuple[str, ...]
    verdict: str
    values: Callable[[Field], list[Any]]


def _these(*values: Any) -> Callable[[Field], list[Any]]:
    return lambda field: list(values)


def _too_long(field: Field) -> list[Any]:
    return ["长" * ((field.most or 300) + 1)]


def _out_of_range(field: Field) -> list[Any]:
    below = [] if field.least is None else [field.least - 1]
    return [*below, *([] if field.most is None else [field.most + 1]), -1, 2**31, 2**63, 10**30]


CLASSES = [
    Class("empty", (*TEXTS, "number", "day", "row", "choice", "time"), "needed", _these("")),
    Class("blanks only", ("text", "code", "number", "day", "row"), "needed", _these("   ", "\t\u3000")),
    Class("over-long", ("text",), "refused", _too_long),
    Class("NUL", TEXTS, "refused", _these("a\x00b")),
    Class("control characters", TEXTS, "fine", _these("a\x07\x1b[31mb\x7f")),
    Class("zero-width", TEXTS, "fine", _these("\u200b\u200c\u2060", "灯\u200b光")),
    Class("RTL override", TEXTS, "fine", _these("\u202egnp.exe")),
    Class("lone surrogate", TEXTS, "fine", _these("a\ud800b")),
    Class("unnormalised Unicode", TEXTS, "fine", _these("e\u0301", "ﬁ ①")),
    Class("homoglyph", TEXTS, "fine", _these("Раyраl")),
    Class("emoji and ZWJ", TEXTS, "fine", _these("👩‍🎤🎬")),
    Class("full-width digits", (*TEXTS, "number"), "fine", _these("３６０")),
    Class("HTML", TEXTS, "fine", _these(ALIVE, '"><img src=x onerror=jinzu()>')),
    Class("template syntax", TEXTS, "fine", _these(TEMPLATE)),
    Class("SQL quote", (*TEXTS, "row", "choice"), "fine", _these("' OR 1=1; --")),
    Class("formula lead", TEXTS, "fine", _these("=1+1", "\t=1+1", "@SUM(A1)")),
    Class("CRLF in header field", TEXTS, "fine", _these("a\r\nBcc: x@x.example")),
    Class("path traversal", TEXTS, "fine", _these("../../etc/passwd")),
    Class("URL javascript: or data:", TEXTS, "fine", _these("javascript:jinzu()", "data:text/html,x")),
    Class("URL userinfo", TEXTS, "fine", _these("https://jinzu.example@evil.example/")),
    Class("punycode host", TEXTS, "fine", _these("https://xn--80ak6aa92e.example/")),
    Class("private IP URL", TEXTS, "fine", _these("http://169.254.169.254/", "http://[::1]/")),
    Class("bad e-mail", ("email",), "refused", _these("a@", "a b@c.example", "a@b@c", "@")),
    Class(
        "foreign, short or virtual phone",
        ("mobile",),
        "refused",
        _these("+14155550100", "13800", "02161234567"),
    ),
    Class("duplicate phone formats", ("mobile",), "refused", _these("+86 132-7715-3091", "0086 13277153091")),
    Class("date in past", ("day",), "fine", _these("1970-01-01", "0001-01-01")),
    Class("29 Feb", ("day",), "refused", _these("2027-02-29")),
    Class("year 9999", ("day",), "fine", _these("9999-12-31", "10000-01-01")),
    Class("DST-zone timestamp", ("day",), "refused", _these("2026-10-25T02:30:00+02:00")),
    Class("wrong calendar digits", ("day", "number"), "refused", _these("民國一一五年", "R8.12.01")),
    Class("negative pay", ("number",), "refused", _these("-350", -350)),
    Class("NaN, Infinity, 1e309", ("number",), "refused", _these("NaN", "Infinity", "1e309")),
    Class("decimal comma", ("number",), "refused", _these("350,5")),
    Class("capacity 0, -1, 2^31", ("number",), "refused", _out_of_range),
    Class(
        "more than 90 in a crew",
        ("number",),
        "refused",
        lambda field: [91] if (field.most or 99) < 91 else [],
    ),
    Class("unknown enum", ("choice", "row"), "refused", _these("no-such-thing", "99999999999999999999")),
]

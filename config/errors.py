"""What the house says when something may not be done: a code and facts, never a finished sentence.

The exception says what to do next: its kind decides the HTTP status, its code the words (put on at the
door, in the reader's language), and its `field` the place on the form.
"""

from typing import Any


class DomainError(Exception):
    """A refusal with a name. `code` is stable and public; `facts` are JSON-ready values."""

    status = 400

    def __init__(self, code: str, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class Invalid(DomainError):
    """The input cannot be right; mend `field` and send again."""

    status = 400


class NotAllowed(DomainError):
    """You may see this, but you may not do that."""

    status = 403


class Conflict(DomainError):
    """Right a moment ago, no longer: the state of the world moved. Look again."""

    status = 409


class Gone(DomainError):
    """It was there and has ended (expired, withdrawn); asking again will not help."""

    status = 410


class Busy(DomainError):
    """The house could not take a lock in time; the same request may go through in a moment."""

    status = 503

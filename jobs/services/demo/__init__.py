"""The demo market: a seeded, believable month of crews and graduates, built through the services alone."""

from .market import LOGINS, build, is_empty

__all__ = ["LOGINS", "build", "is_empty"]

"""Two people change the same thing at once: what each of them changed, and where they truly disagree.

Three values are set side by side, field by field: what stood there when she opened the page, what she wants, what stands
there now. Only a field that both have changed to something else is a clash; nothing else is ever lost or asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.errors import Conflict

Plain = Mapping[str, Any]
"""Values as JSON has them: numbers, words, lists of words, None; days as ISO text."""


@dataclass(frozen=True)
class Clash:
    """A field that two changed: hers and what stands there now, both plain."""

    name: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """`apply`: what she changed and nobody else did; `clashes`: what both did."""

    apply: dict[str, Any] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


class ChangedMeanwhile(Conflict):
    """What she changed was changed by somebody else too; nothing was written. `clashes` name the fields."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__("changed_meanwhile", fields=[clash.name for clash in clashes])
        self.clashes = clashes


def merge(was: Plain, mine: Plain, now: Plain) -> Merged:
    """Set three versions side by side; fields that `was` does not name count as they are now."""
    out = Merged()
    for name, wish in mine.items():
        before = was.get(name, now.get(name))
        if wish in (before, now.get(name)):
            continue
        if now.get(name) == before:
            out.apply[name] = wish
        else:
            out.clashes.append(Clash(name, wish, now.get(name)))
    return out

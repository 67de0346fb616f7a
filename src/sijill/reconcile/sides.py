"""On whose side a loss is counted, and whose word a spokesman's is: actors and sources to the one they belong to."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from sijill.errors import DataError
from sijill.lexicon import load_lexicon

__all__ = ["Sides", "load_sides", "read_sides"]

_FILE = "linking/sides.csv"
_OFFICIAL = frozenset({"ministry", "official", "medical", "security", "spokesman"})


class Sides(NamedTuple):
    """The parent of each actor and source, their names in Arabic and English, and the kind of each source."""

    parent: Mapping[str, str]
    names: Mapping[str, tuple[str, str]]
    kinds: Mapping[str, str]

    def of(self, id: str) -> str:
        """The side that an actor fights on, or the body that a source speaks for; itself where it belongs to none.

        >>> load_sides().of("ypg"), load_sides().of("asayish_nes"), load_sides().of("sohr")
        ('sdf', 'sdf', 'sohr')
        """
        seen = {id}
        while (parent := self.parent.get(id)) and parent not in seen:
            seen.add(parent)
            id = parent
        return id

    def name(self, id: str) -> tuple[str, str]:
        """Names in Arabic and English; the id where it has none."""
        return self.names.get(id, (id, id.replace("_", " ")))

    def official(self, id: str) -> bool:
        """Whether a source speaks for an authority: a ministry, a hospital, the police, a spokesman."""
        return self.kinds.get(id) in _OFFICIAL


@lru_cache(maxsize=1)
def load_sides() -> Sides:
    """The sides from the actors' parents and from `data/linking/sides.csv`."""
    names = load_lexicon().names
    parent = {actor.id: actor.parent for actor in names.actors.values() if actor.parent}
    known = {id: (a.name, a.name_en) for id, a in names.actors.items()} | {id: (s.name, s.name_en) for id, s in names.sources.items()}
    own = read_sides(_FILE, (files("sijill") / "data" / _FILE).read_text(encoding="utf-8"), known)
    return Sides(parent | own, known, {id: source.kind for id, source in names.sources.items()})


def read_sides(path: str, content: str, known: Mapping[str, object]) -> dict[str, str]:
    """The rows of the file; raises `DataError` for an id that no actor and no source has.

    >>> read_sides("sides.csv", "id,of,note\\nypg,sdf,", {"ypg": 1, "sdf": 1})
    {'ypg': 'sdf'}
    """
    found: dict[str, str] = {}
    for line, row in enumerate(csv.DictReader(content.splitlines()), start=2):
        for id in (row.get("id") or "", row.get("of") or ""):
            if id not in known:
                raise DataError(path, line, f"no actor and no source has the id {id!r}")
        if row["id"] in found:
            raise DataError(path, line, f"{row['id']!r} has a row already")
        found[row["id"]] = row["of"]
    return found

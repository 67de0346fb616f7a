"""How an export was made, in sentences in Arabic and English, from the facts of its making alone."""

from __future__ import annotations

from collections.abc import Iterator

from sijill.export.facts import Facts
from sijill.export.html import Both, isolated, numeric, words

__all__ = ["methodology"]


def methodology(facts: Facts) -> list[Both]:
    """The sentences, in their order.

    >>> made = methodology(Facts(version="1.2", policy="acled", readers={"sijill 1.2": 3}))
    >>> any("acled" in sentence.en for sentence in made), made[0].en.striptags()[:34]
    (True, 'Each report was read by sijill 1.2')
    """
    return list(_sentences(facts))


def _sentences(facts: Facts) -> Iterator[Both]:
    yield words("method", "read").format(version=numeric(facts.version))
    if facts.readers:
        readers = ", ".join(f"{name} ({count})" for name, count in sorted(facts.readers.items()))
        yield words("method", "readers").format(readers=isolated(readers))
    yield words("method", "linked").format(link=numeric(f"{facts.link_bits:g}"), review=numeric(f"{facts.review_bits:g}"))
    yield words("method", "families")
    yield words("method", "figures").format(policy=isolated(facts.policy))
    yield words("method", "facts")
    yield words("method", "names")
    if facts.judgements:
        counts = {"judgements": numeric(f"{facts.judgements:,}"), "reviewers": numeric(f"{facts.reviewers:,}")}
        yield words("method", "reviewed").format(**counts)
    else:
        yield words("method", "not_reviewed")
    yield words("method", facts.level)
    if facts.head:
        at = isolated((facts.at or "?")[:16].replace("T", " "))
        yield words("method", "state").format(entries=numeric(f"{facts.entries:,}"), at=at, head=isolated(facts.head))
    yield words("method", "caveat")

"""What comes with every export: what is in the file, how it was made, what was left out and lost, and what each field means.

Once as `README.md` and once as a page, each in Arabic and English. All of it is made from what was done, none of it by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from sijill.export.dossier import Language, sheet
from sijill.export.facts import Facts
from sijill.export.forms import Tally
from sijill.export.html import Both, environment, isolated, numeric, script, security_policy, words
from sijill.export.methodology import methodology

__all__ = ["About", "FieldOf", "LossOf", "field_of", "loss_of", "readme", "render_about"]


class FieldOf(NamedTuple):
    """A field of a file: its name, its type, and what it means."""

    name: str
    type: str
    means: Both


class LossOf(NamedTuple):
    """What was lost or left out, and how often; None where it did not occur."""

    means: Both
    times: int | None


class About(NamedTuple):
    """All there is to say about one exported file. `spared` is what its form would have lost, and did not, for it did not occur."""

    file: str
    form: str
    size: int
    sha256: str
    facts: Facts
    tally: Tally
    fields: Sequence[FieldOf] = ()
    lost: Sequence[LossOf] = ()
    spared: Sequence[LossOf] = ()
    left_out: Sequence[LossOf] = ()
    codebook: str | None = None

    @property
    def holds(self) -> Both:
        """How many rows of how many incidents, and as what."""
        counts = {"rows": numeric(f"{self.tally.rows:,}"), "incidents": numeric(f"{self.tally.incidents:,}")}
        form = words("form", self.form)
        line = words("about", "holds")
        return Both(line.ar.format(**counts, form=form.ar), line.en.format(**counts, form=form.en))


def render_about(about: About) -> str:
    """The page, whole, in both languages; the same facts give the same page."""
    style, early, late = sheet(), script("early.js"), script("language.js")
    return _template().render(
        about=about,
        method=methodology(about.facts),
        style=style,
        policy=Markup(security_policy([early, late], style)),
        early=early,
        late=late,
    )


def _template() -> jinja2.Template:
    made = environment()
    made.globals["say"] = lambda key: words("about", key)
    return made.get_template("about.html")


# --- README ----------------------------------------------------------------------------------------------------------


def readme(about: About) -> str:
    """The same as Markdown: English first, then Arabic, set from right to left.

    >>> made = readme(About("a.csv", "csv", 10, "ab", Facts(version="1"), Tally(incidents=1, rows=2)))
    >>> made.splitlines()[0], "معجم" in made
    ('# About these data', False)
    """
    english = "\n".join(_lines(about, "en"))
    arabic = "\n".join(_lines(about, "ar"))
    return f'{english}\n\n---\n\n<div dir="rtl" lang="ar">\n\n{arabic}\n\n</div>\n'


def _lines(about: About, lang: Language) -> list[str]:
    def say(key: str) -> str:
        return _plain(words("about", key), lang)

    lines = [f"# {say('title')}", "", _plain(about.holds, lang), ""]
    lines += [f"{say('file')}: `{about.file}` ({about.size:,} {say('bytes')}), SHA-256 `{about.sha256}`"]
    if about.codebook:
        lines += ["", f"{say('codebook')}: {about.codebook}"]
    lines += ["", f"## {say('filter')}", ""]
    lines += [f"- `{name}` = `{_code(value)}`" for name, value in sorted(about.facts.where.items())] or [say("everything")]
    lines += ["", f"## {say('made')}", "", *(f"- {_plain(one, lang)}" for one in methodology(about.facts))]
    if about.left_out:
        lines += ["", f"## {say('left_out')}", "", say("left_out_note"), "", *_losses(about.left_out, lang)]
    lines += ["", f"## {say('lost')}", ""]
    lines += [say("lost_note"), "", *_losses(about.lost, lang)] if about.lost else [say("nothing_lost")]
    if about.spared:
        lines += ["", say("also_lost"), "", *_losses(about.spared, lang)]
    if about.fields:
        lines += ["", f"## {say('dictionary')}", "", f"| {say('field')} | {say('type')} | {say('meaning')} |", "|---|---|---|"]
        lines += [f"| `{one.name}` | {one.type} | {_cell(_plain(one.means, lang))} |" for one in about.fields]
    return [*lines, "", f"## {say('use')}", "", say("credit")]


def _losses(losses: Sequence[LossOf], lang: Language) -> list[str]:
    return [f"- {_plain(one.means, lang)}" + ("" if one.times is None else f" ({one.times:,})") for one in losses]


def _plain(text: Both, lang: Language) -> str:
    """Words as plain text."""
    return (text.ar if lang == "ar" else text.en).striptags()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(text: str) -> str:
    """A value that a filter was given, which may hold anything, inside backquotes."""
    return " ".join(text.replace("`", "'").split())


def field_of(name: str, type: str, ar: str, en: str) -> FieldOf:
    """A field with its meaning in both languages."""
    return FieldOf(name, type, Both(isolated(ar), isolated(en)))


def loss_of(ar: str, en: str, times: int | None = None) -> LossOf:
    """A loss with its words in both languages."""
    return LossOf(Both(isolated(ar), isolated(en)), times)

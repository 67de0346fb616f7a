"""The one door: whatever lies at a path or an address becomes reports, one at a time, with the bytes they were read from.

`collect` never raises for what it finds. A file that cannot be read, a row, a page or a member of an archive becomes a `Failed`
with a line that says what to do, and the rest goes on.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import IO, TYPE_CHECKING

import msgspec

from sijill.errors import DateError, InputError
from sijill.ingest.acquired import Acquired, Clock, Content, Failed, Provenance, acquired_from, utc_now
from sijill.ingest.html_meta import host_of
from sijill.ingest.kinds import HEAD, Kind, kind_of, zip_kind
from sijill.ingest.packing import gunzipped, members, one_line, peek
from sijill.ingest.text import is_unicode
from sijill.text import MAX_CHARACTERS

if TYPE_CHECKING:
    from sijill.ingest.archives import Page
    from sijill.ingest.fetch import Fetcher

__all__ = ["MAX_FILE_BYTES", "MAX_PAGE_BYTES", "collect"]

MAX_FILE_BYTES = 100 * 1024 * 1024
"""The largest text, PDF or Word document that is read. Tables, lines of JSON and archives may be larger: they are read in parts."""

MAX_PAGE_BYTES = 20 * 1024 * 1024
"""The largest web page or feed that is read."""

_URL = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def collect(
    location: str,
    *,
    fetcher: Fetcher | None = None,
    encoding: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    follow: bool = True,
    now: Clock = utc_now,
) -> Iterator[Acquired | Failed]:
    """The reports at a location: a path to a file, a folder (walked in order of names), the address of a page or of a feed.

    Every report comes as an `Acquired` with its original; what gives none comes as a `Failed`. Addresses are fetched with `fetcher`
    only: without one nothing touches the network. Of a feed the pages of its items are fetched; without a fetcher, or where
    `follow` is false, each item's own content is the text. `encoding` is what texts, pages and tables are written in, where they do not
    say; `outlet` and `published` (YYYY-MM-DD) are taken where they are not told. `now` is the clock for the time of obtaining.

    Raises `DateError` where `published` is no date; nothing else.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (pathlib.Path(folder) / "a.txt").write_text("قُتل ثلاثة مدنيين في قصف على قرية العين.", encoding="utf-8")
    ...     _ = (pathlib.Path(folder) / "b.txt").write_bytes(b"")
    ...     for found in collect(folder):
    ...         print(found.report.text if isinstance(found, Acquired) else found.error)
    قُتل ثلاثة مدنيين في قصف على قرية العين.
    b.txt is empty; give a report's text
    """
    if published is not None:
        try:
            date.fromisoformat(published)
        except ValueError as wrong:
            raise DateError(f"{published!r} is not a date; write it as YYYY-MM-DD, for example 2022-02-02") from wrong
    collector = _Collector(fetcher, encoding=encoding, outlet=outlet, published=published, follow=follow, now=now)
    return collector.at(location)


class _Collector:
    """The options of one `collect`, and what is done with each kind of thing that it meets."""

    def __init__(
        self, fetcher: Fetcher | None, *, encoding: str | None, outlet: str | None, published: str | None, follow: bool, now: Clock
    ) -> None:
        self._fetcher = fetcher
        self._encoding = encoding
        self._given = {name: value for name, value in (("outlet", outlet), ("published", published)) if value}
        self._follow = follow
        self._now = now

    # --- where -------------------------------------------------------------------------------------------------------

    def at(self, location: str) -> Iterator[Acquired | Failed]:
        """What lies at a path or an address."""
        if _URL.match(location):
            yield from self._address(location)
        elif _SCHEME.match(location) and not os.path.exists(location):
            yield Failed(location=location, error=f"{location} is no address that can be fetched; give one with https:// or http://")
        elif os.path.isdir(location):
            yield from self._folder(location, set())
        else:
            yield from self._file(location)

    def _folder(self, folder: str, seen: set[tuple[int, int]]) -> Iterator[Acquired | Failed]:
        """The files of a folder and of those in it, in order of names. A folder that links lead back to is read once."""
        try:
            found = os.stat(folder)
            entries = sorted(os.listdir(folder))
        except OSError as wrong:
            yield Failed(location=folder, error=f"cannot read the folder {folder}: {wrong.strerror or wrong}")
            return
        if (found.st_dev, found.st_ino) in seen:
            yield Failed(location=folder, error=f"{folder} leads back to a folder that was read already", skipped=True)
            return
        seen.add((found.st_dev, found.st_ino))
        for entry in entries:
            path = os.path.join(folder, entry)
            if entry.startswith("."):
                continue
            if os.path.isdir(path):
                yield from self._folder(path, seen)
            else:
                yield from self._file(path)

    def _file(self, path: str) -> Iterator[Acquired | Failed]:
        name = os.path.basename(path) or path
        try:
            if not is_unicode(path):
                raise InputError(f"the name {path.encode('utf-8', 'backslashreplace').decode()} is not valid UTF-8; rename the file")
            if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for without end
                raise InputError(f"{name} is neither a file nor a folder; give a path to a file")
            file = open(path, "rb")  # noqa: SIM115 — closed below, when its last report has been taken
        except (OSError, ValueError) as wrong:
            yield Failed(location=path, error=f"cannot read {path}: {getattr(wrong, 'strerror', None) or wrong}")
            return
        except InputError as wrong:
            yield Failed(location=path, error=str(wrong))
            return
        with closing(file):
            yield from self._stream(file, Provenance(location=path, how="file"), name)

    def _address(self, url: str, *, feeds: bool = True, given: Content | None = None) -> Iterator[Acquired | Failed]:
        """The page, document or feed at an address; `given` is what a feed says of it."""
        if self._fetcher is None:
            yield Failed(
                location=url, error=f"{url} is an address, and fetching is off; give a fetcher, or save the page and give the file"
            )
            return
        try:
            got = self._fetcher.fetch(url)
        except InputError as wrong:
            yield Failed(location=url, error=str(wrong))
            return
        source = Provenance(
            location=url, how="fetched", media_type=got.media_type, charset=got.charset, url=got.final_url, headers=got.headers
        )
        yield from self._stream(io.BufferedReader(io.BytesIO(got.data)), source, url, feeds=feeds, given=given)

    # --- what --------------------------------------------------------------------------------------------------------

    def _stream(
        self, file: IO[bytes], source: Provenance, name: str, *, feeds: bool = True, given: Content | None = None
    ) -> Iterator[Acquired | Failed]:
        """The reports in a stream, whatever it holds. All that can go wrong with what strangers made ends here."""
        try:
            yield from self._reports(file, source, name, feeds=feeds, given=given)
        except InputError as wrong:
            yield Failed(location=source.location, error=str(wrong))
        except (EOFError, zlib.error) as wrong:
            yield Failed(location=source.location, error=f"{name} is damaged ({one_line(wrong)}); get it anew")
        except OSError as wrong:
            yield Failed(location=source.location, error=f"cannot read {name}: {wrong.strerror or one_line(wrong)}")
        except Exception as wrong:
            # A reader, ours or a library's, met what nobody foresaw in one file among thousands: the others are not to suffer for it.
            yield Failed(
                location=source.location,
                error=f"{name} cannot be read ({type(wrong).__name__}: {one_line(wrong)}); save its words as plain text",
            )

    def _reports(
        self, file: IO[bytes], source: Provenance, name: str, *, feeds: bool, given: Content | None
    ) -> Iterator[Acquired | Failed]:
        kind = kind_of(peek(file, HEAD), name=source.url or name, media_type=source.media_type)
        if kind.name == "gzip":
            yield from self._reports(gunzipped(file, name=name), source, name, feeds=feeds, given=given)
        elif kind.name in ("rows", "table"):
            yield from self._rows(kind, file, source, name)
        elif kind.name == "zip":
            yield from self._zip(file, source, name, given)
        elif kind.name == "warc":
            from sijill.ingest.archives import warc_pages

            yield from self._archived(warc_pages(file, name=name), source, name)
        elif kind.name == "feed" and feeds:
            yield from self._feed(self._whole(file, name, MAX_PAGE_BYTES), source, name)
        elif kind.name in ("refused", "skipped", "empty"):
            yield Failed(location=source.location, error=f"{name} {kind.advice}", skipped=kind.name == "skipped")
        else:
            limit = MAX_PAGE_BYTES if kind.name == "html" else MAX_FILE_BYTES
            yield self._document(kind, self._whole(file, name, limit), source, name, given)

    def _whole(self, file: IO[bytes], name: str, limit: int) -> bytes:
        data = file.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"{name} is larger than {limit // 1024 // 1024} MB; split it, or save its words as plain text")
        return data

    def _document(self, kind: Kind, data: bytes, source: Provenance, name: str, given: Content | None = None) -> Acquired:
        """One report from the bytes of one document. Raises `InputError`."""
        if kind.name == "text":
            from sijill.ingest.text import read_text

            content = read_text(data, name=name, encoding=self._encoding, charset=source.charset)
        elif kind.name in ("html", "feed"):  # a feed only where none is looked for
            from sijill.ingest.html import read_html

            latest = _day_of(source.headers.get("captured")) or self._now().date()
            content = read_html(data, name=name, latest=latest, encoding=self._encoding, charset=source.charset, url=source.url)
        elif kind.name == "pdf":
            from sijill.ingest.pdf import read_pdf

            content = read_pdf(data, name=name)
        else:
            raise InputError(f"{name} is of a kind that is not read; save its words as plain text")
        content = _completed(content, given)
        if not content.outlet and "outlet" not in self._given:  # what its host is called is better than nothing
            content = msgspec.structs.replace(content, outlet=host_of(content.url or source.url))
        return self._acquired(content, data, source, name)

    def _acquired(self, content: Content, data: bytes, source: Provenance, name: str) -> Acquired:
        text = content.text
        if not text or text.isspace():
            raise InputError(f"{name} holds no text; give a report's text")
        if len(text) > MAX_CHARACTERS:
            raise InputError(f"{name} is longer than {MAX_CHARACTERS:,} characters; split it into its reports")
        if not is_unicode(text):
            raise InputError(f"{name} holds half a surrogate pair (U+D800 to U+DFFF), which is no character; export it anew as UTF-8")
        content = msgspec.structs.replace(content, url=content.url or source.url)
        silent = {field: value for field, value in self._given.items() if not getattr(content, field)}
        content = msgspec.structs.replace(content, **silent)
        return acquired_from(content, data, source, obtained=self._now())

    # --- many in one -------------------------------------------------------------------------------------------------

    def _rows(self, kind: Kind, file: IO[bytes], source: Provenance, name: str) -> Iterator[Acquired | Failed]:
        from sijill.ingest.tables import RowError, csv_rows, json_rows

        rows = (
            json_rows(file, name=name)
            if kind.name == "rows"
            else csv_rows(file, name=name, encoding=self._encoding, charset=source.charset)
        )
        for row in rows:
            place = f"{source.location}#{row.line}"
            if isinstance(row, RowError):
                yield Failed(location=place, error=f"line {row.line} of {name}: {row.error}")
                continue
            own = msgspec.structs.replace(source, location=place, how="row", url=None)
            try:
                yield self._acquired(row.content, row.data, own, f"line {row.line} of {name}")
            except InputError as wrong:
                yield Failed(location=place, error=str(wrong))

    def _zip(self, file: IO[bytes], source: Provenance, name: str, given: Content | None) -> Iterator[Acquired | Failed]:
        if not file.seekable():
            file = io.BytesIO(self._whole(file, name, MAX_FILE_BYTES))
        archive, names = members(file, name=name, largest=0)
        with closing(archive):
            kind = zip_kind(names)
            if kind.name == "wacz":
                from sijill.ingest.archives import wacz_pages

                yield from self._archived(wacz_pages(archive, name=name), source, name)
                return
            if kind.name != "docx":
                yield Failed(location=source.location, error=f"{name} {kind.advice}")
                return
            from sijill.ingest.docx import read_docx

            members(file, name=name)  # once more, with the limit for documents
            content = read_docx(archive, name=name)
            file.seek(0)
            yield self._acquired(_completed(content, given), self._whole(file, name, MAX_FILE_BYTES), source, name)

    def _archived(self, pages: Iterator[Page], source: Provenance, name: str) -> Iterator[Acquired | Failed]:
        """The reports among what an archive took; pictures, scripts and the like are passed over without a word."""
        nothing = True
        for page in pages:
            location = f"{source.location}!/{page.url}"
            kind = kind_of(page.body[:HEAD], name=page.url, media_type=page.media_type)
            if page.error:
                yield Failed(location=location, error=page.error)
            elif kind.name in ("html", "pdf") or (kind.name, page.media_type) in _IN_ARCHIVES:
                captured = {"captured": page.captured} if page.captured else {}
                own = Provenance(
                    location=location,
                    how="archive",
                    media_type=page.media_type,
                    charset=page.charset,
                    url=page.url,
                    headers={**page.headers, **captured, "final-url": page.url},
                )
                stream = io.BufferedReader(io.BytesIO(page.body))
                for found in self._stream(stream, own, page.url, feeds=False):
                    # Frames and lists of links are pages too, and nobody meant them.
                    yield msgspec.structs.replace(found, skipped=kind.name == "html") if isinstance(found, Failed) else found
            else:
                continue
            nothing = False
        if nothing:
            yield Failed(location=source.location, error=f"{name} holds no page, PDF or Word document; there is nothing to take in")

    def _feed(self, data: bytes, source: Provenance, name: str) -> Iterator[Acquired | Failed]:
        """The pages of a feed's items, each once; or what the feed itself holds of them."""
        from sijill.ingest.feeds import feed_items

        fetched: set[str] = set()
        number = 0
        for item in feed_items(data, name=name, charset=source.charset, base=source.url):
            number = item.number
            if self._fetcher is not None and self._follow and item.url:
                if item.url not in fetched:
                    fetched.add(item.url)
                    yield from self._address(item.url, feeds=False, given=item.content)
                continue
            own = msgspec.structs.replace(source, location=f"{source.location}#{item.number}", how="feed", url=None)
            try:
                yield self._acquired(item.content, item.data, own, f"item {item.number} of {name}")
            except InputError:
                error = f"item {item.number} of {name} holds no text of its own; fetch its page"
                yield Failed(location=own.location, error=error)
        if number == 0:
            yield Failed(location=source.location, error=f"{name} is a feed without items; there is nothing to take in", skipped=True)


_IN_ARCHIVES = (("text", "text/plain"), ("zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))


def _day_of(captured: str | None) -> date | None:
    """The day on which an archive took a page: nothing in it was written later."""
    try:
        return date.fromisoformat((captured or "")[:10])
    except ValueError:
        return None


def _completed(content: Content, given: Content | None) -> Content:
    """What a document says of itself, and where it is silent, what the feed or archive says that led to it."""
    if given is None:
        return content
    silent = {field: getattr(given, field) for field in ("title", "outlet", "url", "published", "byline") if not getattr(content, field)}
    return msgspec.structs.replace(content, **silent)

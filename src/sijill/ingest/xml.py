"""XML of strangers as trees, without what makes XML dangerous: entities, files named inside, endless depth."""

from __future__ import annotations

import re
from typing import Any

from sijill.errors import InputError
from sijill.ingest.packing import one_line

__all__ = ["local_name", "parse_xml"]

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse_xml(data: bytes, *, name: str, recover: bool = False) -> Any:
    """The root element. Entities are never resolved and a document that declares any is refused: no reader of reports needs one.

    `recover` bears with what is not well formed, as feeds often are. Raises `InputError`.

    >>> parse_xml(b"<a><b/></a>", name="a.xml").tag
    'a'
    >>> parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', name="a.xml")
    Traceback (most recent call last):
    sijill.errors.InputError: a.xml declares entities of its own, as only traps do; it is not read
    """
    from lxml import etree

    if _ENTITY.search(data) or (b"\0" in data[:100] and _ENTITY.search(data.replace(b"\0", b""))):
        raise InputError(f"{name} declares entities of its own, as only traps do; it is not read")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise InputError(f"{name} is damaged XML ({one_line(wrong)}); get it anew") from wrong
    if root is None:
        raise InputError(f"{name} holds no XML; get it anew")
    return root


def local_name(element: Any) -> str:
    """An element's name without its namespace, in small letters; empty for what is no element.

    >>> local_name(parse_xml(b"<x:A xmlns:x='y'/>", name="a"))
    'a'
    """
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""

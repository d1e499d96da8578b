"""What office files say of themselves, and their parts: both kinds are archives of XML."""

import re
import zipfile
from io import BytesIO

from lxml import etree

from index.files.extract import FormatError
from index.files.structure import says_something

MAX_UNPACKED_MB = 200  #: of an archive that is read

_NAMES = {"title": "title", "creator": "author", "initial-creator": "author", "subject": "subject", "created": "date"}
_NAMES |= {"creation-date": "date", "keywords": "keywords", "keyword": "keywords"}
_PROPERTIES = ("docProps/core.xml", "meta.xml")  # of Microsoft's and of the open formats
#: Authors and times in the templates of programs that make such files, which tell nothing of a document.
_OF_TEMPLATES = {"python-docx", "2013-12-23T23:15:00Z", "Steve Canny", "2013-01-27T09:14:16Z", "openpyxl"}

_PAGE = re.compile(r"\bpage(?: of)?\W*$|^\W*page of\b", re.I)  #: what is left of "Page 2 of 4" without its fields


def open_archive(data: bytes, suffix: str) -> zipfile.ZipFile:
    """The archive that a file is. Raises FormatError if it is none, is locked, or unpacks to too much."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FormatError(
            f"is locked by a password, or of an older kind; save it as {suffix} again, without a password"
        )
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FormatError(f"is damaged, or no {suffix} file ({error}); save it as {suffix} again") from None
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_MB * 1_000_000:
        raise FormatError(f"unpacks to more than {MAX_UNPACKED_MB} MB; split it, or take its pictures out")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FormatError("is locked by a password; save a copy without one")
    return archive


def parse_xml(data: bytes) -> "etree._Element":
    """The root of an XML file, read without what it may refer to. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise FormatError("is damaged (a part of it is no XML); save it again")
    return root


def office_facts(data: bytes) -> tuple[tuple[str, str], ...]:
    """Title, author and date as an office file tells them; empty where it tells none."""
    facts: dict[str, str] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in _PROPERTIES:
            if name not in archive.namelist():
                continue
            for element in parse_xml(archive.read(name)).iter():
                known = _NAMES.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
                said = " ".join((element.text or "").split())
                if known and said and said not in _OF_TEMPLATES:
                    facts.setdefault(known, said)
    if "date" in facts:
        facts["date"] = facts["date"][:10]
    return tuple(facts.items())


def said_at_edge(text: str) -> str:
    """What a paragraph of a header or footer, without the fields that count pages, says; empty if it is nothing."""
    words = _PAGE.sub("", " ".join(text.split())).strip(" |·•–—-")
    return words if says_something(words) else ""

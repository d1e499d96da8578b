"""The list of documents as HTML: what there is, what of it is asked, what could not be read, and where to add some."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from app.web.library import is_upload
from app.web.pane import close_button
from app.web.places import render_problems
from app.web.shelf import MAX_FILE_MB
from index.files.formats import FORMATS, KINDS
from index.files.titles import words_of_file

if TYPE_CHECKING:
    from app.web.library import Listed, Unread

LISTED = 200  #: documents listed before the rest is only counted


def render_shelf(entries: "Sequence[Listed]", shared: bool = False, unread: "Sequence[Unread]" = ()) -> str:
    """The documents that answers are drawn from, the place to add some, and the files that could not be read."""
    more = f'<li class="fn-more">and {len(entries) - LISTED} more</li>' if len(entries) > LISTED else ""
    own = any(entry.own for entry in entries)
    forget = '<button type="button" class="fn-forget">Forget all that I added</button>' if own else ""
    every = escape(json.dumps([entry.id for entry in entries], ensure_ascii=False))
    return (
        '<div class="fn-shelf"><div class="fn-shelf-head"><h2 tabindex="-1">Documents</h2>'
        f"{close_button('documents')}</div>"
        f"{_drop_zone(shared)}{_all(len(entries))}"
        f'<ul class="fn-documents" aria-label="Documents" data-all="{every}">{_folders(entries)}{more}</ul>'
        f"{forget}{_unread(unread)}</div>"
    )


def _all(count: int) -> str:
    """The tick of all documents; one document alone is asked in any case."""
    if count < 2:
        return ""
    return (
        f'<label class="fn-all"><input type="checkbox" data-choose="" checked><span>Ask all {count} documents</span>'
        "<small>Only what is ticked is asked</small></label>"
    )


def _folders(entries: "Sequence[Listed]") -> str:
    """The documents by their folders, those in none first; a folder has a heading unless there is no other place."""
    folders: dict[str, list[Listed]] = {}
    for entry in entries:
        folders.setdefault(str(PurePosixPath(entry.id).parent), []).append(entry)
    items, left = "", LISTED
    for folder in sorted(folders, key=lambda name: (name != ".", folders[name][0].own, name)):
        found = folders[folder]
        if len(folders) > 1 and folder != "." and left > 0:
            items += _heading(folder, found)
        items += "".join(_entry(entry, chosen=len(entries) > 1) for entry in found[: max(0, left)])
        left -= len(found)
    return items


def _heading(folder: str, entries: "Sequence[Listed]") -> str:
    added = "Added by others" if is_upload(f"{folder}/") else folder
    name = "Added by you" if entries[0].own else added
    return (
        f'<li class="fn-folder"><label><input type="checkbox" data-choose="{escape(folder)}/" checked>'
        f"<span>{escape(name)}</span><small>{len(entries)}</small></label></li>"
    )


def _entry(entry: "Listed", *, chosen: bool) -> str:
    title, identifier = escape(entry.title), escape(entry.id)
    facts = f"{_file_of(entry)} · {size_of(entry.size)} · {entry.passages} passage{'s' * (entry.passages != 1)}"
    tick = (
        f'<input type="checkbox" data-choose="{identifier}" aria-label="Ask {title}" title="Ask it" checked>'
        if chosen
        else ""
    )
    remove = (
        f'<button type="button" class="fn-remove" data-document="{identifier}" data-title="{title}" '
        f'aria-label="Remove {title}" title="Remove">×</button>'
        if entry.own
        else ""
    )
    return (
        f'<li class="fn-document">{tick}<button type="button" class="fn-read" data-document="{identifier}">'
        f'<span class="fn-title">{title}</span><span class="fn-facts">{escape(facts)}'
        f"{' · added by you' if entry.own else ''}</span>{render_problems(entry.problems)}</button>{remove}</li>"
    )


def _file_of(entry: "Listed") -> str:
    """The name of a document's file, or only its kind where the rest of it is the title."""
    path = PurePosixPath(entry.id)
    return kind_of(entry.id) if words_of_file(path).casefold() == entry.title.casefold() else path.name


def _unread(unread: "Sequence[Unread]") -> str:
    """The files that hold no document, and why; on a folder of many kinds they are many, so they are folded."""
    if not unread:
        return ""
    items = "".join(f"<li><b>{escape(one.name)}</b> {escape(one.reason)}</li>" for one in unread[:LISTED])
    more = f"<li>and {len(unread) - LISTED} more</li>" if len(unread) > LISTED else ""
    count = f"{len(unread)} file{'s' if len(unread) != 1 else ''} not read"
    return f'<details class="fn-unread"><summary>{count}</summary><ul>{items}{more}</ul></details>'


def _drop_zone(shared: bool) -> str:
    seen = "Everybody here sees them" if shared else "Only you see them"
    return (
        '<label class="fn-drop"><input type="file" multiple class="fn-files" '
        f'data-limit="{MAX_FILE_MB}" '
        f'accept="{escape(",".join(FORMATS))}" aria-describedby="fn-drop-note">'
        "<span><b>Add documents</b>: drop files here, or choose them</span>"
        f'<span id="fn-drop-note">{escape(KINDS[0].upper() + KINDS[1:])}. {seen}, and they go 24 hours '
        'after their last use.</span></label><ul class="fn-uploads" aria-label="Files being added" '
        'aria-live="polite"></ul>'
    )


def kind_of(identifier: str) -> str:
    """The kind of a document, by the suffix of its file."""
    stem, _, suffix = identifier.rpartition(".")
    return suffix.upper() if stem else "text"


def size_of(size: int) -> str:
    """A number of bytes, as a person would say it."""
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"

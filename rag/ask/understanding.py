"""What a question asks, decided once: standing alone, of what kind, and of which documents."""

from collections.abc import Sequence
from dataclasses import replace

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from rag.ask.addressed import asks_about_origin, asks_about_whole, asks_for_mentions, points_back
from rag.ask.conversation import Rewrite, contextualise
from rag.ask.definition import asks_for_definition
from rag.ask.kinds import asks_for_reason, asks_for_two, is_yes_or_no
from rag.ask.parts import parts_of
from rag.ask.query import Kind, Query, Turn
from rag.ask.reckoning import asks_to_reckon
from rag.ask.smalltalk import reply


def understand(
    question: str, history: Sequence[Turn], snapshot: Snapshot, embedder: Embedder, rewrite: Rewrite | None = None
) -> Query:
    """Decide what is asked.

    Args:
        question: As it was typed.
        history: The turns before, which it may lean on.
        snapshot: The documents, which it may name by words of their titles or file names.
        embedder: Tells what is alike.
        rewrite: Has a model complete a question that leans on the history; where it cannot, rules do.
    """
    documents = [indexed.document for indexed in snapshot.documents.values()]
    if said := reply(question, documents, follows=bool(history)):
        return Query(question, question, "small talk", reply=said)
    query = contextualise(question, history, embedder, rewrite)
    if mentioned := asks_for_mentions(query.question):
        return replace(query, kind="mentions", subject=mentioned)
    follows = bool(history) and query.question == question  # what was completed points at nothing before it
    about = _of_documents(query, snapshot, follows=follows)
    if about and about.is_whole:
        return about
    parts = _parts(query, snapshot, embedder)
    if about and not any(part.documents for part in parts):
        return about
    whole = _with_kind(query)
    # A figure made of rows answers the whole question only.
    if not parts or any(one.reckoning and one.reckoning.what != "count" for one in (whole, *parts)):
        return whole
    return replace(whole, kind="yes or no" if whole.kind == "yes or no" else "two", parts=parts)


def _parts(query: Query, snapshot: Snapshot, embedder: Embedder) -> tuple[Query, ...]:
    """The questions that one consists of; "it" in one of them is the document that the first is about."""
    parts: list[Query] = []
    for part in parts_of(query, embedder):
        about = _of_documents(part, snapshot, follows=False)
        if about and parts and parts[0].documents and points_back(part.question):
            about = replace(about, documents=parts[0].documents)
        parts.append(about or _with_kind(part))
    return tuple(parts)


def _of_documents(query: Query, snapshot: Snapshot, *, follows: bool) -> Query | None:
    """The question as one about documents themselves, if it is."""
    for asks in (asks_about_whole, asks_about_origin):
        if asked := asks(query.question, snapshot, follows=follows):
            return replace(query, kind=asked.kind, documents=asked.documents, itself=asked.itself)
    return None


def _with_kind(query: Query) -> Query:
    if defined := asks_for_definition(query.question):
        return replace(query, kind="abbreviation" if defined.spelt else "definition", subject=defined.subject)
    return replace(query, kind=_kind(query), reckoning=asks_to_reckon(query.question))


def _kind(query: Query) -> Kind:
    if is_yes_or_no(query.question):
        return "yes or no"
    if asks_for_two(query.question):
        return "two"
    if asks_for_reason(query.question):
        return "reason"
    return "open"

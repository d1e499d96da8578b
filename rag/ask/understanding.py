"""What a question asks, decided once: standing alone, of what kind, and of which documents."""

from collections.abc import Sequence
from dataclasses import replace

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from rag.ask.addressed import Asked, asks_about_origin, asks_about_whole, asks_for_mentions
from rag.ask.against import of_either
from rag.ask.conversation import Rewrite, contextualise
from rag.ask.kinds import asks_for_reason, asks_for_two, asks_for_way, is_yes_or_no
from rag.ask.over_time import of_each_year
from rag.ask.parts import parts_of
from rag.ask.query import Kind, Query, Turn
from rag.ask.reckoning import Reckoning, asks_to_reckon
from rag.ask.sections import names_section, only_asks_for_section
from rag.ask.smalltalk import reply
from rag.ask.titled import titled
from rag.ask.topic import asks_to_be_told


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
    query = _with_section(contextualise(question, history, embedder, rewrite))
    if mentioned := asks_for_mentions(query.question):
        return replace(query, kind="mentions", subject=mentioned)
    follows = bool(history) and query.question == question  # what was completed points at nothing before it
    asked = _of_documents(query, snapshot, follows=follows)
    about = _about(query, asked) if asked else None
    if about and about.is_whole:
        return about
    parts = _parts(query, snapshot, embedder, follows=follows)
    if about and not any(part.documents for part in parts):
        return about
    whole = _with_kind(query, snapshot)
    # A figure made of rows answers the whole question only.
    if not parts or any(one.reckoning and one.reckoning.what != "count" for one in (whole, *parts)):
        return whole
    return replace(whole, kind="yes or no" if whole.kind == "yes or no" else "two", parts=parts)


def _parts(query: Query, snapshot: Snapshot, embedder: Embedder, *, follows: bool) -> tuple[Query, ...]:
    """The questions that one consists of; "it" in one of them is the document that the first is about.

    It counts as one question if a part is about documents without naming any: what another part is about may be meant.
    """
    parts: list[Query] = []
    for part in map(_with_section, parts_of(query, embedder)):
        asked = _of_documents(part, snapshot, follows=follows and not parts)
        if asked and not asked.named:
            if not (parts and parts[0].documents):
                return ()
            asked = replace(asked, documents=parts[0].documents)
        parts.append(_about(part, asked) if asked else _with_kind(part, snapshot))
    return tuple(parts)


def _of_documents(query: Query, snapshot: Snapshot, *, follows: bool) -> Asked | None:
    """What is asked of documents themselves, if anything; nothing of “article 6” unless a document is called so."""
    titles = (indexed.title for indexed in snapshot.documents.values())
    if query.kind == "section" and query.section and not any(map(query.section.is_named_in, titles)):
        return None
    of_whole = asks_about_whole(query.question, snapshot, follows=follows)
    return of_whole or asks_about_origin(query.question, snapshot, follows=follows)


def _about(query: Query, asked: Asked) -> Query:
    documents, described = asked.documents, asked.described
    return replace(query, kind=asked.kind, documents=documents, itself=asked.itself, described=described)


def _with_section(query: Query) -> Query:
    """The question with the section that it names, if any, and of that kind if it asks for nothing else."""
    section = names_section(query.question)
    called = only_asks_for_section(query.question) if section else None
    if called is None:
        return replace(query, section=section)
    return replace(query, section=section, kind="section", subject=called)


def _with_kind(query: Query, snapshot: Snapshot) -> Query:
    if query.kind == "section":
        return query
    named, documents = titled(query.question, snapshot)
    if documents:
        return replace(query, kind="title", subject=named, documents=tuple(documents))
    if told := asks_to_be_told(query.question):
        return replace(query, kind=told[0], subject=told[1])
    reckoning = asks_to_reckon(query.question)
    either = of_either(query.question) if reckoning and reckoning.either else of_each_year(query.question)
    return replace(query, kind=_kind(query, reckoning, either), reckoning=reckoning, either=tuple(either))


def _kind(query: Query, reckoning: Reckoning | None, either: Sequence[str]) -> Kind:
    if is_yes_or_no(query.question):
        return "yes or no"
    # Not "sooner than hoped".
    of_two = either or (reckoning and reckoning.either and " or " in query.question.lower())
    if asks_for_two(query.question) or of_two:
        return "two"
    if asks_for_reason(query.question):
        return "reason"
    return "way" if asks_for_way(query.question) else "open"

"""What an index on a Chroma server knows beside vectors: records and manifests, in pieces, and which manifest holds.

Each is named by its content and never changes. One small record, the head, names the manifest that holds: it is
replaced in one step, so that whoever reads finds one state of the index or the next, and never a mixture.
"""

from collections import Counter
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from index.store.chroma_server import ChromaServer
from index.store.vectors import BATCH, delete

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

PIECE = 16_000  #: bytes of a piece, at most: servers have a limit for a text
AT_A_TIME = 16  #: texts that are asked for together
WRITTEN = 128  #: pieces that are written together
HEAD = "head"
NOWHERE = [0.0]  #: Chroma wants a vector of everything


class ServerRecords:
    """Texts by their names, in a collection of their own."""

    def __init__(self, server: ChromaServer, collection: str) -> None:
        """Keep them in that collection."""
        self._server = server
        self._collection = collection

    def head(self) -> str | None:
        """The name of the manifest that holds; None before the first sync."""
        found = self._server.look_into(self._collection, lambda records: records.get(ids=[HEAD], include=["documents"]))
        return found["documents"][0] if found and found["documents"] else None

    def set_head(self, name: str) -> None:
        """Have another manifest hold. It is tried once only, lest it be done when another writes already."""
        self._upsert([HEAD], [name], [{"of": HEAD, "number": 0, "count": 1}], patience=0)

    def names(self) -> set[str]:
        """The names of all texts that are there whole."""
        found: Counter[str] = Counter()
        counts: dict[str, int] = {}
        for _, piece, _ in self._pieces():
            found[piece["of"]] += 1
            counts[piece["of"]] = piece["count"]
        return {name for name, count in counts.items() if found[name] == count} - {HEAD}

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Those of the texts that are there whole, each with its name."""
        remaining = iter(names)
        while batch := list(islice(remaining, AT_A_TIME)):
            pieces: dict[str, dict[int, str]] = {}
            counts: dict[str, int] = {}
            for _, piece, text in self._pieces(texts=True, where={"of": {"$in": batch}}):
                pieces.setdefault(piece["of"], {})[piece["number"]] = text
                counts[piece["of"]] = piece["count"]
            for name, parts in pieces.items():
                if len(parts) == counts[name]:
                    yield name, "".join(parts[number] for number in range(counts[name])).encode()

    def write(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Write texts, each a name and UTF-8; many go together, as each request takes a while."""
        pieces = (
            (f"{name}/{number}", piece, {"of": name, "number": number, "count": len(parts)})
            for name, data in texts
            for parts in [list(cut(data))]
            for number, piece in enumerate(parts)
        )
        while batch := list(islice(pieces, WRITTEN)):
            ids, documents, metadatas = zip(*batch, strict=True)
            self._upsert(list(ids), list(documents), list(metadatas))

    def keep(self, names: Names[str]) -> None:
        """Delete every text but these."""
        kept = {*names, HEAD}
        stale = [identifier for identifier, piece, _ in self._pieces() if piece["of"] not in kept]
        for start in range(0, len(stale), BATCH):
            self._server.with_collection(self._collection, partial(delete, stale[start : start + BATCH]))

    def _upsert(
        self, ids: list[str], documents: list[str], metadatas: list[Mapping[str, Any]], patience: float | None = None
    ) -> None:
        def upsert(records: "Collection") -> None:
            vectors = cast("Any", [NOWHERE] * len(ids))
            records.upsert(ids=ids, embeddings=vectors, documents=documents, metadatas=cast("Any", metadatas))

        self._server.with_collection(self._collection, upsert, patience)

    def _pieces(self, *, texts: bool = False, where: Any = None) -> Iterator[tuple[str, dict[str, Any], str]]:
        """The id of each piece, what it is of, and where `texts` are asked for, its text."""
        for page in self._server.pages(self._collection, ["metadatas", "documents"][: 1 + texts], where):
            documents = page["documents"] or [""] * len(page["ids"])
            yield from zip(page["ids"], cast("Any", page["metadatas"]), documents, strict=True)


def cut(data: bytes) -> Iterator[str]:
    """A text of UTF-8 in pieces, of which none parts a letter."""
    start = 0
    while start < len(data):
        end = min(start + PIECE, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[start:end].decode()
        start = end

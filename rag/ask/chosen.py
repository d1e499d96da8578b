"""What is told of a question that not all documents were asked."""

from index.store.narrowed import NarrowedSnapshot
from index.store.snapshot import Snapshot


def names_asked(snapshot: Snapshot) -> tuple[str, ...]:
    """What was chosen to be asked, ids of documents and folders, without what is gone; nothing if all documents are."""
    if not isinstance(snapshot, NarrowedSnapshot):
        return ()
    return tuple(name for name in snapshot.names if name not in snapshot.gone)


def told_of_choice(snapshot: Snapshot, *, refused: bool) -> tuple[str, ...]:
    """Sentences on what was chosen and is gone, and, of a refusal, that there are other documents."""
    if not isinstance(snapshot, NarrowedSnapshot):
        return ()
    told = []
    if snapshot.gone:
        are = "is" if len(snapshot.gone) == 1 else "are"
        told.append(f"{', '.join(snapshot.gone)} {are} no longer among the documents and could not be asked.")
    asked, among = len(snapshot.documents), len(snapshot.whole.documents)
    if refused and asked < among:
        told.append(
            f"Only {asked} of {among} documents {'was' if asked == 1 else 'were'} asked; others may answer this."
        )
    return tuple(told)

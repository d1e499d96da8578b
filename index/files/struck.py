"""Whether what is struck out has something else in its place: of what is done, or off, it may still be asked."""

import re

from index.files.tables.naming import kind_of

#: What is said behind something of why it no longer holds.
_REMARK = re.compile(
    r"[A-Z]{4,}|[(\[]|(?i:(?:is|was|has been|now|all|fully) )?(?i:cancel|postpon|sold|done|moved|closed|withdrawn)"
    r"|(?i:(?:is|was|now|all|fully|no longer|not) )?(?i:not?\b|ill\b|un\w+|paid\b|sent\b|gone\b|taken\b|[a-z]{3,}ed\b"
    r"|delet|complet|finish|full\b|off\b|no longer|see\b)"
)


def is_replaced(said: str, before: str, after: str, *, inserted: bool) -> bool:
    """Whether what follows in a line stands for what is struck out, and is no remark on it, as "done" is.

    Args:
        said: What is struck out.
        before: What stands before it in the line.
        after: What follows there.
        inserted: Whether that is marked as put in.
    """
    said, after = said.strip(), after.strip()
    if not said or not after or _REMARK.match(after):
        return False
    if inserted:
        return True
    figures = kind_of(said) == kind_of(after) not in ("short", "long")
    return bool(before.strip() or figures or said[-1] in ".!?") and (after[0].isalnum() or after[0] in "$€£")

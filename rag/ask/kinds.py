"""What kind of question it is, as far as its words tell."""

import re

_YES_OR_NO = re.compile(
    r"\W*(?:(?:and|but|so|then|also)\b\W*)*"
    r"(?:is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|shall|should|may|might|must)(?:n['’]t)?\b"
    r"(?!.* or )",
    re.I | re.S,
)
_ASKS_FOR_SEVERAL = re.compile(
    r"\b(?:why|how (?!many|much|long|old|far|often|big|large|tall|high)|list|name (?:the|all|some)|"
    r"what (?:are|were)|which (?:\w+ )?(?!(?:is|was|has|does|his|its|this)\b)\w*[^su\W]s\b|summar\w*|overview|"
    r"describe|explain|compare[ds]?|comparison|differ\w*|"
    r"reasons?|advantages|lessons|main (?:point|idea)s?|gist|all|about(?=\W*$)|"
    r"(?:and|or|but),? (?:\w+ ){0,2}(?:who|whom|whose|what|when|where|which|why|how)|"
    r"(?:says?|said|tells?|told|learn|known|thinks?) (?:\w+ ){0,2}(?:about|on|of))\b",
    re.I,
)


def asks_for_several(question: str) -> bool:
    """Whether a question wants a list, a reason, a comparison or a summary rather than one fact."""
    return bool(_ASKS_FOR_SEVERAL.search(question))


def is_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no, which no span of a document is."""
    return bool(_YES_OR_NO.match(question))

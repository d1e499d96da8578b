"""What kind of question it is, as far as its words tell."""

import re

_YES_OR_NO = re.compile(
    r"\W*(?:(?:and|but|so|then|also)\b\W*)*"
    r"(?:is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|shall|should|may|might|must)(?:n['’]t)?\b"
    r"(?!.* or )",
    re.I | re.S,
)
_REASON = re.compile(r"\b(?:why|how come|(?:what|which) (?:\w+ ){0,2}(?:reasons?|causes?)|reasons for)\b", re.I)
_MANNER = (
    "do|does|did|is|are|was|were|has|have|had|can|could|should|shall|would|will|may|might|must|to|come|exactly|else"
)
# What follows "which …s" where that is a verb, as in "which company owns the mill".
_OBJECT = r"(?i:the|an?|its|his|her|their|our|my|your|this|that|these|those|most|it|them)\b|[A-Z]"
_SEVERAL = re.compile(
    rf"\b(?i:why|how (?:{_MANNER})|list|name (?:the|all|some)|what (?:are|were)"
    r"|which (?!(?:is|was|has|does|his|its|this)\b)\w*[^su\W]s"
    r"|summar\w*|overview|describe|explain|compare[ds]?|comparison|differ\w*"
    r"|reasons?|advantages|lessons|main (?:point|idea)s?|gist|about(?=\W*$)"
    r"|(?:and|or|but),? (?:\w+ ){0,2}(?:who|whom|whose|what|when|where|which|why|how)"
    r"|(?:says?|said|tells?|told|learn|known|thinks?) (?:\w+ ){0,2}(?:about|on|of))\b"
    rf"|\b(?i:which) \w+ (?!(?i:is|was|has|does|his|its|this)\b)\w*[^su\W]s\b(?! (?:{_OBJECT}))"
)


def asks_for_several(question: str) -> bool:
    """Whether a question wants a list, a reason, a comparison or a summary rather than one fact."""
    return bool(_SEVERAL.search(question))


def asks_for_reason(question: str) -> bool:
    """Whether a question asks why."""
    return bool(_REASON.search(question))


def is_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no, which no span of a document is."""
    return bool(_YES_OR_NO.match(question))

"""Replies to greetings, thanks and questions about Footnote itself, which no document answers.

Only whole messages match: anything that might be a question to the documents goes to the assistant.
"""

import re
from collections.abc import Sequence

from index.types import Document

LISTED = 20  #: documents named before the rest is only counted

ABOUT = (
    "I am Footnote. I answer questions from your own documents, in their own words, "
    "and footnote every sentence with the passage it rests on."
)
HOW = (
    "Ask me about what they say, and click a footnote to read its passage in place. "
    "When they do not hold the answer, I say so."
)

_HELLO = r"(hi+|hello+|hey+|hiya|howdy|greetings|good (morning|afternoon|evening|day))( there| again| footnote)?"
_FILES = r"(documents?|docs?|files?|sources?|texts?)"
_GREETINGS = (_HELLO,)
_THANKS = (
    r"(many )?(thanks|thank you|thx|ty|cheers)"
    r"( (a lot|so much|very much|again|footnote|for (your|the) (help|answers?)|that (helps|helped|was helpful)))*",
    r"(ok |okay |great |perfect )+(thanks|thank you)",
)
_PRAISE = (r"ok(ay)?|great|perfect|awesome|nice|cool|well done|good (bot|job|answer)|that (helps|helped|was helpful)",)
_FAREWELLS = (r"((good ?)?bye( bye)?|good night|see (you|ya)( later| soon)?|farewell)( footnote| for now)?",)
_PLEASANTRIES = (r"how are (you|things)( doing)?( today)?", r"how is it going|hows it going|what( i)?s up")
_IDENTITY = (
    r"(who|what) (are|r) you",
    r"what( i)?s (your name|footnote)",
    r"are you (an? )?(bot|robot|ai|human|llm|person|chatgpt)",
)
_HELP = (
    r"help( me)?( please)?|can you help( me)?",
    r"what (can|do) (you|i) (do|ask)( you| here| for me)*",
    r"what (kinds? of )?questions can (i|you) (ask|answer)( you)?",
    r"how (do|can|should) (you|i|we) (work|use (you|this|it|footnote))",
    r"how does footnote work",
)
_HELP_AT_FIRST = (r"how does (this|it) work", r"what is this")  # later on, it stands for what was spoken of
_SHELF = (
    rf"(what|which) {_FILES} (do (you|i|we) (have|know|use|search|read)|have (you|i|we) (got|read))( here)?",
    rf"(what|which) {_FILES} can (you|i) (read|search|see|use)",
    rf"(what|which) {_FILES} (are )?(there|available|loaded|indexed)( here)?",
    rf"what are (your|the) {_FILES}|your {_FILES}",
    rf"(list|show)( me)?( all)?( of)?( the| your| my)? {_FILES}",
    rf"how many {_FILES} (do you have|are there)",
    r"what( i)?s (in|on) (here|this (folder|shelf))|what do you know|what do (you|i|we) have( here)?",
)


def reply(question: str, documents: Sequence[Document], *, follows: bool = False) -> str | None:
    """A friendly reply to small talk, or None for anything that the documents should answer.

    `follows` tells that something was asked before, which "it" then stands for.
    """
    words = " ".join(re.sub(r"[^\w\s]", "", question.lower()).split()).removesuffix(" please")
    greeted = re.match(rf"{_HELLO} ", words)
    said = {words, words[greeted.end() if greeted else 0 :]}
    shelf = _shelf(documents)
    replies = (
        (_GREETINGS, f"Hello! {shelf}\nWhat would you like to know?"),
        (_THANKS, "You are welcome."),
        (_PRAISE, "Glad to hear it. What else would you like to know?"),
        (_FAREWELLS, "Goodbye!"),
        (_PLEASANTRIES, f"All well, thank you. {shelf}"),
        (_IDENTITY, f"{ABOUT}\n{shelf}"),
        (_HELP if follows else _HELP + _HELP_AT_FIRST, f"{ABOUT}\n{HOW}\n{shelf}"),
        (_SHELF, shelf),
    )
    for patterns, text in replies:
        if any(re.fullmatch(pattern, one) for pattern in patterns for one in said):
            return text
    return None


def _shelf(documents: Sequence[Document]) -> str:
    """One sentence that names the documents."""
    if not documents:
        return "I have no documents yet."
    titles = [f"“{document.title}”" for document in documents[:LISTED]]
    if len(documents) > LISTED:
        titles.append(f"{len(documents) - LISTED} more")
    if len(titles) == 1:
        return f"I answer from one document: {titles[0]}."
    return f"I answer from {len(documents)} documents: {', '.join(titles[:-1])} and {titles[-1]}."

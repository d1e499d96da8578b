"""Ask a question set, and measure retrieval, answers, citations, refusals, confidence and speed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import eq

from index.errors import QuestionError
from index.files.signs import RAISED
from index.store.snapshot import Snapshot
from index.types import Document, IndexedDocument, Passage
from rag.assistant import Assistant
from rag.evaluation.claims import Check, CheckedClaim, attribute, fate_of
from rag.evaluation.metrics import RECALL_AT, Scores
from rag.evaluation.outcome import Evaluation, Span, is_named, score_answer, summarise_outcomes, touches
from rag.evaluation.questions import Question
from rag.evaluation.ranking import score_rankings
from rag.read.sentences import headings_above
from rag.types import Answer, Claim
from rag.verify.claims import ClaimVerdict, check_claims

MAX_SEARCHED = 2000  #: characters of a claim that is looked for in the index


def evaluate(
    assistant: Assistant,
    questions: Sequence[Question],
    *,
    top_k: int | None = None,
    min_confidence: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    check: Check | None = None,
) -> Evaluation:
    """Ask every question and measure the answers.

    Args:
        assistant: What is asked.
        questions: The question set.
        top_k: Number of passages to read.
        min_confidence: Refuse below this probability.
        progress: Called after each question with how many are done, of how many.
        check: How claims are checked; by default `rag.verify.claims.check_claims`.

    Raises QuestionError if none of a question's evidence is in the documents.
    """
    documents = {document.id: document for document in assistant.documents}
    indexed = assistant.index.snapshot().documents.values()
    evidence = [find_evidence(question, indexed) for question in questions]
    answers = []
    for done, question in enumerate(questions, start=1):
        answers.append(
            assistant.ask(question.question, history=question.history, top_k=top_k, min_confidence=min_confidence)
        )
        if progress:
            progress(done, len(questions))
    snapshot = assistant.index.snapshot()
    rankings = _rankings(answers, evidence, snapshot)
    claims = _checked(assistant, answers, documents, check or check_claims)
    of_judged = any(question.answerable and question.is_judged for question in questions)
    outcomes = [
        score_answer(*parts, documents, of_judged=of_judged)
        for parts in zip(questions, answers, evidence, rankings, claims, strict=True)
    ]
    chance = {f"corpus_share@{k}": [(min(1.0, k / len(snapshot.passages)),)] for k in RECALL_AT}
    return summarise_outcomes(outcomes, chance)


_PLAIN = str.maketrans(RAISED, "0123456789")
_DIGIT = re.compile(r"[0-9]")
MONEY_DECIMALS = 2  #: as many a figure that is no share is shown with at the least, if it has them
_WORD = re.compile(r"\d+(?:\.\d+)?%?|\w+")
_FIGURE = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_WORD.pattern}")  #: as sheets show it, or another word


def find_evidence(question: Question, documents: Iterable[IndexedDocument]) -> list[Span]:
    """Where a question's evidence stands in the documents, as `find_text` finds it.

    Raises QuestionError if there is evidence and none of it is found.
    """
    candidates = [one for one in documents if is_named(one.document, question.document)]
    spans = [span for text in question.evidence for span in find_text(text, candidates)]
    if question.evidence and not spans:
        raise QuestionError(
            f"The evidence of question {question.id} is not in the documents: {question.evidence[0]!r}; mend the set."
        )
    return spans


def find_text(text: str, documents: Sequence[IndexedDocument]) -> list[Span]:
    """Where a text stands in the documents, whatever the white space; else, where its words do.

    What a person copies from a table or a marked-up page lacks the column names that stand in each row of the
    document's text, and has marks that the text does not. So if no document holds the text itself, a stretch of one
    will do that has nothing but other marks between the same words, or a sentence or row that has the words in order,
    where figures may be shown otherwise than they are kept: 0.938 as 93.8%, 1234.5 as $1,234.50. A figure that is
    raised is one that is not.
    """
    text = text.translate(_PLAIN)
    words = re.findall(r"\w+", text)
    exact = re.compile(r"\s+".join(map(_pattern, text.split())))
    found = _matches(exact, documents)
    if found or not words:
        return found
    marked = re.compile(r"\b" + r"[\W_]+".join(map(_pattern, words)) + r"\b")
    return _matches(marked, documents) or [
        (one.id, sentence.start + start, sentence.start + end)
        for one in documents
        for sentence in one.sentences
        for start, end in _in_order(_WORD.findall(text), one.said(sentence).translate(_PLAIN))
    ]


def _pattern(word: str) -> str:
    """What matches a word, its figures raised or not."""
    return _DIGIT.sub(lambda digit: f"[{digit[0]}{RAISED[int(digit[0])]}]", re.escape(word))


def _matches(pattern: re.Pattern[str], documents: Iterable[IndexedDocument]) -> list[Span]:
    return [(one.id, *match.span()) for one in documents for match in pattern.finditer(one.text)]


def _in_order(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """From the first to the last of the words, if the text has all of them in this order; figures may be as shown."""
    return _places(words, _WORD.finditer(text), eq) or _places(words, _FIGURE.finditer(text), _is_shown)


def _places(
    words: Sequence[str], told: Iterator[re.Match[str]], is_alike: Callable[[str, str], bool]
) -> list[tuple[int, int]]:
    places = []
    wanted = iter(words)
    word = next(wanted)
    for match in told:
        if is_alike(match.group(), word):
            places.append(match.span())
            if not (word := next(wanted, "")):
                return [(places[0][0], places[-1][1])]
    return []


def _is_shown(shown: str, kept: str) -> bool:
    """Whether a word is another, or a figure what a number comes to, as exactly as it is shown."""
    if shown == kept:
        return True
    figure, share = shown.rstrip("%").replace(",", ""), shown.endswith("%")
    if not all(re.fullmatch(r"\d+(?:\.\d+)?", one) for one in (figure, kept)):
        return False
    decimals, known = len(figure.partition(".")[2]), len(kept.partition(".")[2].rstrip("0"))
    exact = share or decimals >= min(known, MONEY_DECIMALS)
    return exact and figure == f"{float(kept) * (100 if share else 1):.{decimals}f}"


def _rankings(answers: Sequence[Answer], evidence: Sequence[Sequence[Span]], snapshot: Snapshot) -> list[Scores]:
    """What retrieval scored for each question; nothing where there is no evidence."""
    rankings = {}
    for number, (answer, spans) in enumerate(zip(answers, evidence, strict=True)):
        if spans:
            relevant = [
                passage.id
                for document in dict.fromkeys(span[0] for span in spans)
                for passage in snapshot.documents[document].passages
                if _holds(passage, snapshot.documents[document], spans)
            ]
            rankings[str(number)] = [hit.passage.id for hit in answer.hits], relevant
    scores = score_rankings(rankings)
    return [scores.get(str(number), {}) for number in range(len(answers))]


def _holds(passage: Passage, document: IndexedDocument, spans: Sequence[Span]) -> bool:
    """Whether a passage, or a heading that it stands under, touches evidence."""
    above = [document.sentences[position] for position in headings_above(passage, document)]
    read = [(passage.start, passage.end), *((one.start, one.end) for one in above)]
    return any(touches((passage.document_id, *place), spans) for place in read)


def _checked(
    assistant: Assistant, answers: Sequence[Answer], documents: Mapping[str, Document], check: Check
) -> list[list[CheckedClaim]]:
    """The claims of each answer, checked by what the documents say where they cite them, not by the quotes given.

    What that does not support is looked for in the passages that were found, and that the index finds for the claim.
    """
    claims = [(answer, claim) for answer in answers for claim in answer.said]
    pairs = []
    for answer, claim in claims:
        said = {one.number: documents[one.document_id].text[one.start : one.end] for one in answer.citations}
        pairs.append((claim.text, [said[number] for number in claim.citations if number in said]))
    attributions = attribute(pairs, check)
    searched = [
        (number, passage)
        for number, ((answer, claim), attribution) in enumerate(zip(claims, attributions, strict=True))
        if not attribution.holds and claim.text.strip()
        for passage in _likely(assistant, answer, claim)
    ]
    verdicts = check([(claims[number][1].text, [passage.text]) for number, passage in searched])
    best: dict[int, tuple[ClaimVerdict, Passage]] = {}
    for (number, passage), verdict in zip(searched, verdicts, strict=True):
        if number not in best or verdict.score > best[number][0].score:
            best[number] = verdict, passage
    checked = []
    for number, ((_, claim), attribution) in enumerate(zip(claims, attributions, strict=True)):
        cited = attribution.verdict
        verdict = best[number][0] if number in best else cited
        fate = fate_of(bool(claim.citations), cited, verdict)
        found = best[number][1] if number in best and verdict.holds else None
        checked.append(CheckedClaim(claim, attribution, fate, cited, found))
    remaining = iter(checked)
    return [[next(remaining) for _ in answer.said] for answer in answers]


def _likely(assistant: Assistant, answer: Answer, claim: Claim) -> list[Passage]:
    """The passages that may support a claim: those found for it in the whole index, then those of the question."""
    hits = [*assistant.search(claim.text[:MAX_SEARCHED]), *answer.hits]
    return list({hit.passage.id: hit.passage for hit in hits}.values())

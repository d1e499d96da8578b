"""An assistant that answers as it is told, over two small documents, and what is made of its answers."""

from index.passages import split_document
from index.store.snapshot import Snapshot
from index.types import Document, Hit
from rag.evaluation.questions import Question
from rag.evaluation.running import evaluate
from rag.types import Answer, Citation, Claim
from tests.checking import check_words

TEXT = "Ants march.\n\nBees hum\nloudly.\n\nCats purr.\n"
ANIMALS = Document("zoo/animals.txt", "Animals", "/zoo/animals.txt", TEXT)
PLANTS = Document("plants.txt", "Plants", "/plants.txt", "Oaks grow. Bees hum loudly.\n")


class ScriptedAssistant:
    """Gives the answers that it was given, in order; as an index, it holds the two documents."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self._snapshot = Snapshot(split_document(document, len, max_tokens=20) for document in (ANIMALS, PLANTS))
        self.documents = (ANIMALS, PLANTS)
        self.index = self
        self.asked = []

    def snapshot(self):
        return self._snapshot

    def search(self, question):
        return [Hit(passage, 0.5, rank, 0.5, 0.5) for rank, passage in enumerate(self._snapshot.passages, start=1)]

    def ask(self, question, **options):
        self.asked.append((question, options))
        return self._answers.pop(0)


def passage_with(text):
    return next(passage for passage in ScriptedAssistant().snapshot().passages if text in passage.text)


def reply(*quotes, found=(), seconds=1.0, claims=None):
    """An answer that quotes stretches of the animals, after passages that hold `found`; a refusal without."""
    spans = [(TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes]
    citations = tuple(
        Citation(number, ANIMALS.id, ANIMALS.title, ANIMALS.source, start, end, TEXT[start:end])
        for number, (start, end) in enumerate(spans, start=1)
    )
    if claims is None:
        claims = tuple(Claim(" ".join(quote.split()), (n,), "quoted", 1.0) for n, quote in enumerate(quotes, start=1))
    return Answer(
        question="?",
        text=" ".join(f"{claim.text} [1]" for claim in claims) or "The documents do not say that bees hum loudly.",
        status="answered" if claims else "abstained",
        span=None,
        confidence=0.5,
        claims=claims,
        citations=citations,
        hits=tuple(Hit(passage_with(text), 0.5, rank, 0.5, 0.5) for rank, text in enumerate(found, start=1)),
        timings={"total": seconds},
    )


def values(*cases, **options):
    """The metrics' values for pairs of a question and its answer."""
    questions, answers = zip(*cases, strict=True)
    evaluation = evaluate(ScriptedAssistant(*answers), questions, check=check_words, **options)
    return {name: metric.value for name, metric in evaluation.metrics.items()}


BEES = Question("bees", "Who hums?", evidence=("Bees hum loudly.",), must=("bees",), category="fact")
CATS = Question("cats", "Who purrs?", evidence=("Cats purr.",), must=("cats", "purr"), category="fact")
DRAGONS = Question("dragons", "Who breathes fire?", answerable=False, category="absent")
EAGLES = Question("eagles", "Who flies?", answerable=False, category="absent")


def flags(*rows):
    """Rows of one figure each, as scores hold them."""
    return [(float(row),) for row in rows]


def outcome_of(question, answer):
    return evaluate(ScriptedAssistant(answer), [question], check=check_words).outcomes[0]

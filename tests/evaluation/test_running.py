"""The figures of a question set, on cases small enough to count by hand."""

import json
from dataclasses import replace

import pytest

from index.errors import QuestionError
from index.files.finding import load_documents
from index.passages import split_document
from index.store.snapshot import Snapshot
from index.types import Document, Hit
from rag.evaluation.questions import Question
from rag.evaluation.running import RECALL_AT, Metric, evaluate, find_evidence
from rag.types import Answer, Citation, Claim
from tests.checking import check_words

TEXT = "Ants march.\n\nBees hum\nloudly.\n\nCats purr.\n"
ANIMALS = Document("zoo/animals.txt", "Animals", "/zoo/animals.txt", TEXT)
PLANTS = Document("plants.txt", "Plants", "/plants.txt", "Oaks grow. Bees hum loudly.\n")
ZOO, GARDEN = (split_document(document, len, max_tokens=20) for document in (ANIMALS, PLANTS))


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


def test_right_answers_and_refusals_are_told_from_wrong_ones():
    figures = values(
        (BEES, reply("Bees hum\nloudly.", "Ants march.", found=("Bees", "Ants"), seconds=1)),  # right
        (CATS, reply("Ants march.", found=("Ants", "Bees", "Cats"), seconds=2)),  # quotes the wrong sentence
        (DRAGONS, reply(found=("Ants",), seconds=3)),  # rightly refused
        (EAGLES, reply("Ants march.", found=("Ants",), seconds=4)),  # should have been refused
        (BEES, reply(found=("Ants",), seconds=5)),  # should not have been, and nothing was found
    )
    assert figures["first_citation"] == pytest.approx(1 / 3)
    assert figures["must"] == pytest.approx(1 / 3)  # a refusal that names bees does not answer
    assert figures["refusal_precision"] == 1 / 2
    assert figures["refusal_recall"] == 1 / 2
    assert figures["wrongly_refused"] == pytest.approx(1 / 3)
    assert figures["recall@1"] == pytest.approx(1 / 3)
    assert figures["recall@3"] == figures["recall@8"] == pytest.approx(2 / 3)
    assert figures["mrr"] == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert figures["quoted"] == 1
    assert figures["uncited"] == 0
    assert figures["citations_per_answer"] == pytest.approx(4 / 3)
    assert figures["quote_chars_median"] == 11
    assert figures["latency_p50"] == 3


def test_only_the_first_citation_counts_as_the_first():
    assert values((CATS, reply("Ants march.", "Cats purr.")))["first_citation"] == 0
    assert values((CATS, reply("Cats purr.", "Ants march.")))["first_citation"] == 1


def test_all_that_an_answer_must_say_is_asked_for():
    question = Question("q", "Who?", must=("ants", "bees"))
    assert values((question, reply("Ants march.")))["must"] == 0
    assert values((question, reply("Ants march.", "Bees hum\nloudly.")))["must"] == 1


def test_a_claim_that_its_citation_does_not_say_is_not_quoted():
    claims = (Claim("Ants march.", (1,), "quoted", 1.0), Claim("Ants sing.", (1,), "quoted", 1.0))
    assert values((CATS, reply("Ants march.", claims=claims)))["quoted"] == 1 / 2


def test_a_sentence_without_a_citation_is_uncited():
    claims = (Claim("Ants march.", (1,), "quoted", 1.0), Claim("So they do.", (), "unsupported", 0.0))
    assert values((CATS, reply("Ants march.", claims=claims)))["uncited"] == 1 / 2


HUM = reply("Bees hum\nloudly.")
SHORT = Question("short", "Who hums?", answers=("the bees", "honey bees"))


@pytest.mark.parametrize(
    ("span", "exact", "f1"),
    [("Bees", 1, 1), ("Bees hum", 0, 2 / 3), ("Bees hum\nloudly", 0, 1 / 2), ("loudly", 0, 0)],
)
def test_the_span_is_compared_with_the_reference_answer_most_like_it(span, exact, f1):
    figures = values((SHORT, replace(HUM, span=span)))
    assert figures["exact_match"] == exact
    assert figures["answer_f1"] == pytest.approx(f1)


def test_without_a_span_the_text_is_compared_without_its_markers():
    figures = values((SHORT, HUM))
    assert (figures["exact_match"], figures["answer_f1"]) == (0, pytest.approx(1 / 2))
    figures = values((replace(SHORT, answers=("bees hum loudly",)), HUM))
    assert (figures["exact_match"], figures["answer_f1"]) == (1, 1)


def test_a_short_answer_is_right_that_alone_holds_what_the_answer_must():
    told, half, none = (replace(HUM, span=span) for span in ("The bees", "loudly", None))
    assert values((BEES, told), (BEES, half), (BEES, none))["short_right"] == 1 / 2  # one is not shown
    assert values((BEES, told), (DRAGONS, told))["short_right"] == 1 / 2


def test_a_quote_is_right_that_holds_a_reference_answer():
    assert values((SHORT, HUM))["right_quote"] == 1
    assert values((SHORT, reply("Ants march.")))["right_quote"] == 0
    assert values((replace(SHORT, answers=("loud", "bee")), HUM))["right_quote"] == 0


def test_only_the_first_quote_is_looked_at():
    assert values((SHORT, reply("Bees hum\nloudly.", "Ants march.")))["right_quote"] == 1
    assert values((SHORT, reply("Ants march.", "Bees hum\nloudly.")))["right_quote"] == 0


@pytest.mark.parametrize(
    ("document", "hit"), [("zoo/animals.txt", 1), ("animals.txt", 1), ("animals", 1), ("plants", 0)]
)
def test_a_quote_is_right_only_in_the_document_that_is_named(document, hit):
    figures = values((replace(SHORT, document=document), HUM))
    assert (figures["document_hit"], figures["right_quote"]) == (hit, hit)
    assert figures["exact_match"] == 0


def test_the_right_document_may_be_quoted_for_the_wrong_answer():
    figures = values((replace(SHORT, document="animals"), reply("Ants march.")))
    assert (figures["document_hit"], figures["right_quote"]) == (1, 0)


SHORT_ANSWER_METRICS = ("document_hit", "right_quote", "exact_match", "answer_f1")


def test_an_answerable_question_that_is_refused_counts_as_wrong():
    figures = values((replace(SHORT, document="animals"), reply()), (replace(SHORT, document="animals"), HUM))
    assert [figures[name] for name in SHORT_ANSWER_METRICS] == [1 / 2, 1 / 2, 0, 1 / 4]


@pytest.mark.parametrize("reference", ["A", "—"])
def test_a_refusal_is_wrong_whatever_the_reference(reference):
    figures = values((Question("q", "Which group?", answers=(reference,)), reply()))
    assert (figures["exact_match"], figures["answer_f1"]) == (0, 0)


def test_short_answers_count_for_questions_that_have_them_and_documents_for_those_that_name_one():
    named = Question("named", "Who hums?", document="animals")
    refused = Question("refused", "Who sings?", answerable=False, document="animals")
    assistant = ScriptedAssistant(HUM, HUM, HUM, reply())
    metrics = evaluate(assistant, [SHORT, named, BEES, refused]).metrics
    assert [metrics[name].n for name in SHORT_ANSWER_METRICS] == [1, 1, 1, 1]
    assert set(SHORT_ANSWER_METRICS).isdisjoint(values((BEES, HUM), (refused, reply())))


def test_the_corpus_share_is_what_chance_would_recall():
    passages = len(ScriptedAssistant().snapshot().passages)
    figures = values((CATS, reply("Cats purr.", found=("Cats",))))
    assert passages > 1
    assert [figures[f"corpus_share@{k}"] for k in RECALL_AT] == [min(1, k / passages) for k in RECALL_AT]


def test_a_metric_counts_the_questions_that_it_can_be_computed_for():
    questions = [BEES, CATS, DRAGONS, Question("free", "Who else?")]
    answers = [reply("Bees hum\nloudly."), reply("Cats purr."), reply(), reply("Ants march.")]
    metrics = evaluate(ScriptedAssistant(*answers), questions).metrics
    counted = {name: metrics[name].n for name in ("mrr", "must", "refusal_recall", "wrongly_refused", "latency_p50")}
    assert counted == {"mrr": 2, "must": 2, "refusal_recall": 1, "wrongly_refused": 3, "latency_p50": 4}


def test_a_metric_that_nothing_is_known_for_is_left_out():
    metrics = values((DRAGONS, reply()))
    assert {"mrr", "must", "first_citation", "wrongly_refused", "quoted"}.isdisjoint(metrics)


def test_the_figures_are_given_by_category_too():
    uncategorised = Question("free", "Who else?")
    questions = [BEES, DRAGONS, uncategorised]
    evaluation = evaluate(ScriptedAssistant(reply("Ants march."), reply(), reply("Ants march.")), questions)
    assert list(evaluation.by_category) == ["absent", "fact"]
    assert evaluation.by_category["absent"]["refusal_recall"].value == 1
    assert evaluation.by_category["fact"]["first_citation"] == Metric(0, 0, 0, 1)


def test_the_outcomes_say_which_questions_went_wrong():
    questions = [BEES, CATS, DRAGONS, EAGLES]
    answers = [reply("Bees hum\nloudly."), reply("Ants march."), reply(), reply("Ants march.")]
    outcomes = evaluate(ScriptedAssistant(*answers), questions).outcomes
    assert [(outcome.question.id, outcome.is_right) for outcome in outcomes] == [
        ("bees", True),
        ("cats", False),
        ("dragons", True),
        ("eagles", False),
    ]


def test_the_interval_holds_the_value_and_is_the_same_at_every_run():
    def metrics():
        answers = [reply("Ants march.", seconds=second) if second % 3 else reply() for second in range(30)]
        return evaluate(ScriptedAssistant(*answers), [BEES] * 30).metrics

    first = metrics()
    assert first == metrics()
    assert all(metric.low <= metric.value <= metric.high for metric in first.values())
    refused = first["wrongly_refused"]
    assert refused.value == pytest.approx(1 / 3)
    # The binomial interval is 1/3 ± 1.96 √(1/3 · 2/3 / 30).
    assert (refused.low, refused.high) == (pytest.approx(0.165, abs=0.04), pytest.approx(0.502, abs=0.04))


def test_questions_are_asked_with_their_history_and_the_options():
    question = Question("q", "And cats?", history=(("Who hums?", "Bees."),))
    assistant = ScriptedAssistant(reply())
    done = []
    evaluate(assistant, [question], top_k=3, min_confidence=0.2, progress=lambda *numbers: done.append(numbers))
    assert assistant.asked == [
        ("And cats?", {"history": (("Who hums?", "Bees."),), "top_k": 3, "min_confidence": 0.2}),
    ]
    assert done == [(1, 1)]


def test_the_json_form_has_value_interval_and_n():
    data = evaluate(ScriptedAssistant(reply("Cats purr.")), [CATS]).to_dict()
    assert set(data) == {"metrics", "by_category", "questions"}
    assert data["metrics"]["first_citation"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert data["by_category"]["fact"]["must"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}


def test_evidence_is_found_whatever_the_white_space():
    spans = find_evidence(Question("q", "?", evidence=("Bees  hum\u00a0loudly.",)), [ZOO, GARDEN])
    found = [(document, {d.id: d for d in (ANIMALS, PLANTS)}[document].text[a:b]) for document, a, b in spans]
    assert found == [("zoo/animals.txt", "Bees hum\nloudly."), ("plants.txt", "Bees hum loudly.")]


@pytest.mark.parametrize("name", ["zoo/animals.txt", "animals.txt", "animals"])
def test_evidence_is_looked_for_in_the_document_that_is_named(name):
    question = Question("q", "?", evidence=("Bees hum loudly.",), document=name)
    assert [document for document, _, _ in find_evidence(question, [ZOO, GARDEN])] == ["zoo/animals.txt"]


def test_evidence_that_is_not_there_is_an_error_before_anything_is_asked():
    wrong = Question("q9", "Who?", evidence=("Bees sing.", "Bees dance."))
    assistant = ScriptedAssistant()
    with pytest.raises(QuestionError, match=r"q9.*'Bees sing\.'"):
        evaluate(assistant, [CATS, wrong])
    assert assistant.asked == []


def test_one_string_of_evidence_suffices():
    question = Question("q", "?", evidence=("Bees hum loudly.", "Bees sing."))
    assert find_evidence(question, [GARDEN]) == [("plants.txt", 11, 27)]


ROWS = """Prices of *garden* tools.

| Tool | Price 2021 | Price 2022 |
|------|------------|------------|
| Rake | 12.50      | 13         |
| Hoe  | 9          | 12.50      |
"""


@pytest.fixture(scope="module")
def prices(tmp_path_factory):
    """A sheet and a page of the same prices, each as the index has it: with column names in each row, and without."""
    folder = tmp_path_factory.mktemp("prices")
    (folder / "sheet.csv").write_text("Tool,Price 2021,Price 2022\nRake,12.50,13\nHoe,9,12.50\n")
    (folder / "page.md").write_text(ROWS)
    documents, _ = load_documents([folder])
    return [split_document(document, len) for document in documents]


def quoted(evidence, documents):
    """What the evidence is found to be in the documents."""
    texts = {one.document.id: one.document.text for one in documents}
    found = find_evidence(Question("q", "?", evidence=(evidence,)), documents)
    return [texts[document][start:end] for document, start, end in found]


def test_evidence_copied_from_a_table_is_found_in_the_row_that_has_its_words(prices):
    sheet = [one for one in prices if one.document.id == "sheet.csv"]
    assert quoted("Rake 12.50 13", sheet) == ["Rake | Price 2021: 12.50 | Price 2022: 13"]
    assert quoted("Rake,12.50,13", sheet) == ["Rake | Price 2021: 12.50 | Price 2022: 13"]


@pytest.mark.parametrize(("kept", "found"), [("0.9382", True), ("0.94", False), ("93", False)])
def test_a_share_that_a_sheet_keeps_is_found_where_it_is_shown_as_per_cent(kept, found):
    rows = Document("shares.txt", "Shares", "/shares.txt", "Boat | Share\nBoat: Ketch | Share: 93.8% | Days: 4\n")
    document = split_document(rows, len, max_tokens=90)
    if found:
        assert quoted(f"Ketch {kept} 4", [document]) == ["Ketch | Share: 93.8% | Days: 4"]
    else:
        with pytest.raises(QuestionError):
            quoted(f"Ketch {kept} 4", [document])


def test_evidence_copied_from_a_page_is_found_whatever_its_marks(prices):
    assert quoted("Prices of garden tools", prices) == ["Prices of *garden* tools"]
    assert quoted("Prices of `garden` tools.", prices) == ["Prices of *garden* tools"]


@pytest.mark.parametrize("evidence", ["Rake 9", "13 Rake", "Rake 12.50 14", "Prices of tools of the garden", "Spade"])
def test_words_of_several_rows_or_in_another_order_are_no_evidence(prices, evidence):
    with pytest.raises(QuestionError, match=f"question q is not in the documents: '{evidence}'"):
        find_evidence(Question("q", "?", evidence=(evidence,)), prices)


def flags(*rows):
    """Rows of one figure each, as scores hold them."""
    return [(float(row),) for row in rows]


def outcome_of(question, answer):
    return evaluate(ScriptedAssistant(answer), [question], check=check_words).outcomes[0]


def test_claims_are_checked_anew_by_what_the_documents_say():
    """The engine's own word for it is told beside, and a quote that is not in the document does not help."""
    answer = reply("Ants march.", claims=(Claim("Ants sing.", (1,), "quoted", 1.0),))
    forged = replace(answer.citations[0], quote="Ants sing.")
    scores = outcome_of(CATS, replace(answer, citations=(forged,))).scores
    assert scores["claims_quoted"] == flags(1)
    assert scores["checked_quoted"] == scores["faithfulness"] == scores["citation_recall"] == flags(0)


def test_a_claim_that_another_passage_supports_is_told_from_an_invented_one():
    claims = (
        Claim("Ants march.", (1,), "quoted", 1.0),
        Claim("Oaks grow.", (1,), "supported", 1.0),  # in a document that was not found for the question
        Claim("Cats purr.", (), "supported", 1.0),
        Claim("Dogs bark.", (1,), "supported", 1.0),
    )
    outcome = outcome_of(replace(CATS, must=()), reply("Ants march.", claims=claims))
    assert [one.fate for one in outcome.claims] == ["holds", "miscited", "uncited", "invented"]
    assert outcome.claims[1].elsewhere.document_id == "plants.txt"
    assert outcome.scores["faithfulness"] == flags(1, 1, 1, 0)
    assert outcome.scores["citation_recall"] == flags(1, 0, 0, 0)
    assert outcome.scores["miscited"] == flags(0, 1, 0, 0)
    assert outcome.problems[2:] == (
        "Sentence 2 is not supported by what it cites, but elsewhere in the documents.",
        "Sentence 3 is supported by the documents, but cites nothing.",
        "Sentence 4 is not supported by the documents.",
    )


def test_a_citation_that_its_claim_does_not_need_is_not_precise():
    claims = (Claim("Ants march.", (1, 2), "quoted", 1.0), Claim("Bees purr.", (2, 3), "supported", 1.0))
    answer = reply("Ants march.", "Bees hum\nloudly.", "Cats purr.", claims=claims)
    scores = outcome_of(CATS, answer).scores
    assert scores["citation_recall"] == flags(1, 1)
    assert scores["citation_precision"] == flags(1, 0, 1, 1)  # bees and purring are only found together


def test_precision_and_recall_of_refusals_are_joined_in_their_f1():
    figures = values((BEES, reply()), (DRAGONS, reply()), (EAGLES, reply()), (EAGLES, reply("Ants march.")))
    precision, recall = figures["refusal_precision"], figures["refusal_recall"]
    assert (precision, recall) == (2 / 3, 2 / 3)
    assert figures["refusal_f1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_confidence_is_calibrated_if_it_is_as_often_true_as_it_says():
    half = [(BEES, reply("Bees hum\nloudly.")), (DRAGONS, reply())]  # confidence 0.5
    assert values(*half)["ece"] == 0
    assert values(half[0])["ece"] == 0.5
    assert values(*half, (CATS, replace(reply("Cats purr."), confidence=1.0)))["ece"] == 0


def test_wrong_answers_weigh_more_the_surer_they_are():
    right = replace(reply("Bees hum\nloudly."), confidence=0.9)
    wrong = replace(reply("Ants march."), confidence=0.1)
    assert values((BEES, right), (CATS, wrong))["aurc"] == (0 + 1 / 2) / 2
    assert values((BEES, replace(right, confidence=0.1)), (CATS, replace(wrong, confidence=0.9)))["aurc"] == 3 / 4
    assert values((BEES, right), (CATS, reply()))["aurc"] == 0  # what is refused is not covered


def test_the_overlap_with_the_evidence_is_that_of_their_characters():
    assert values((BEES, reply("Bees hum\nloudly.")))["evidence_overlap"] == 1
    assert values((BEES, reply("hum")))["evidence_overlap"] == pytest.approx(2 * 3 / (3 + len("Bees hum loudly.")))
    assert values((BEES, reply("Cats purr.")))["evidence_overlap"] == 0
    assert values((BEES, reply()))["evidence_overlap"] == 0


def test_the_evidence_may_be_cited_by_one_of_its_strings_or_by_all():
    question = replace(BEES, evidence=("Ants march.", "Cats purr."))
    assert values((question, reply("Cats purr.")))["evidence_overlap"] == 1
    assert values((question, reply("Cats purr.", "Ants march.")))["evidence_overlap"] == 1


def test_gain_is_less_the_later_the_evidence_comes():
    first, third = reply(found=("Cats", "Ants", "Bees")), reply(found=("Ants", "Bees", "Cats"))
    assert values((CATS, first))["ndcg@8"] == 1
    assert values((CATS, third))["ndcg@8"] == pytest.approx(1 / 2)  # 1 / log2(1 + 3)


def test_what_went_wrong_is_told_in_sentences():
    assert outcome_of(BEES, reply("Bees hum\nloudly.")).problems == ()
    assert outcome_of(BEES, reply("Cats purr.", found=("Cats",))).problems == (
        "The first citation does not touch the evidence.",
        "No passage that was found holds the evidence.",
        "The answer does not match “bees”.",
    )
    assert outcome_of(DRAGONS, reply("Ants march.")).problems == (
        "It was answered, though the documents do not answer it.",
    )
    assert outcome_of(BEES, reply(found=("Bees",))).problems == ("It was refused, though the documents answer it.",)


def test_two_runs_give_the_same_figures_but_for_the_times():
    def run(seconds):
        answers = [reply("Ants march.", seconds=seconds) if n % 3 else reply(seconds=seconds) for n in range(12)]
        data = evaluate(ScriptedAssistant(*answers), [BEES, CATS, DRAGONS] * 4).to_dict()
        for metrics in (data["metrics"], *data["by_category"].values()):
            del metrics["latency_p50"], metrics["latency_p95"]
        for question in data["questions"]:
            del question["scores"]["latency"]
        return json.dumps(data)

    assert run(1.0) == run(2.0)


def test_the_json_form_tells_what_each_question_scored():
    (told,) = evaluate(ScriptedAssistant(reply("Cats purr.")), [CATS]).to_dict()["questions"]
    assert (told["id"], told["question"], told["category"], told["right"]) == ("cats", "Who purrs?", "fact", True)
    assert told["scores"]["first_citation"] == [[1.0]]
    assert told["scores"]["ece"] == [[0.5, 1.0]]

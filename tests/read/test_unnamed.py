"""Names of a question that the document lacks in which its answer was found."""

import pytest

from index.store.passage_index import PassageIndex
from index.types import Document, Hit
from rag.ask import Query
from rag.read.confidence import Figures
from rag.read.evidence import Candidate, Reading
from rag.read.reading import read_passages
from rag.read.unnamed import names_lacking, of_documents_that_name, unless_unnamed
from tests.conftest import WordEmbedder

TEXT = """\
The keeper of the hut is Prof. Márta Őry¹. The parish council (PC) and the Nigerian embassy pay for it; so does the
European Union: $40 a night. It has a board of wardens, Wi-Fi and two PCs, runs on macOS, and is open from 3/9 to 1/10.
Write to keeper@bennerhuts.example or bennerhuts.org.
"""


def lacking(question, **changed):
    given = {"id": "huts/orrin-hut.txt", "title": "A hut", "source": "", "text": TEXT} | changed
    return names_lacking(question, Document(**given))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who keeps the hut in Bergen?", ["Bergen"]),
        ("What does the hut's keeper say of Halvorsen's boat and of Tarn?", ["Halvorsen's", "Tarn"]),
        ("How many huts are there in Ohio?", ["Ohio"]),
        ("What does the FBI pay?", ["FBI"]),
        ("Who is the CEO of Tesla?", ["CEO", "Tesla"]),
        ("Who keeps dogs at Otter House?", ["Otter House"]),  # though either is a word
    ],
)
def test_a_name_that_a_document_lacks_is_told(question, names):
    assert lacking(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "What does Professor Marta Ory keep?",  # without her accents, and a title is no name
        "What is the price in USD, and has it WiFi?",
        "How many PCs are there under the Agreement?",
        "Does the hut at Orrin open?",  # its file is called so
        "Is it paid for by Nigeria or by the EU?",
        "What does the Mac do there?",
        "What do the Benner Huts cost?",  # which their address names
        "Is the hut open around Christmas?",  # days may be written in figures
        "Is it open in September, or on Mondays?",  # which may be written in figures
        "What does the BOW say?",  # the board of wardens
        "May I come if I'm early?",
        "Is it OK to sleep there?",  # two letters are hardly a name
        "What does Professor Keeper do?",
        "Is it open on New Year's Day, and to the Board Meeting?",  # whose first word is there
        "bergen hut keeper?",  # in small letters nothing tells that it is a name
        "Who Keeps The Bergen Hut?",  # where all words have capitals, neither
    ],
)
def test_other_forms_of_a_name_are_names_and_what_may_be_none_is_left_alone(question):
    assert lacking(question) == []


def test_what_a_file_says_of_itself_counts():
    assert lacking("What does Ann Lee say of the hut?") == ["Ann", "Lee"]
    assert lacking("What does Ann Lee say of the hut?", facts=(("author", "Ann Lee"),)) == []


def test_a_reading_without_a_sentence_stays_as_it_is():
    nothing = Reading((), 0.0, Figures(0.0, 0.0, 0.0))
    assert unless_unnamed(Query("Who is Bergen?", "Who is Bergen?"), nothing) is nothing


class FirstSentence:
    """A reader that is sure of the first sentence of whatever is found first."""

    def read(self, query, hits, snapshot):
        document = snapshot.documents[hits[0].passage.document_id]
        return Reading((Candidate(document, 0, 0.9),), 0.8)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Who keeps the hut at Tarn?", "The hut at Tarn is kept by Ann Lee."),
        ("Who keeps the hut?", "Our hut is kept by Kit Marsh."),
        ("Who keeps the hut at Orrin?", None),  # which no document names
    ],
)
def test_where_the_likeliest_document_lacks_a_name_those_that_have_it_are_read(tmp_path, question, answered):
    (tmp_path / "ours.txt").write_text("Our hut is kept by Kit Marsh.")
    (tmp_path / "theirs.txt").write_text("The hut at Tarn is kept by Ann Lee.")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path])
    snapshot = index.snapshot()
    hits = [Hit(one, 0.5, rank, 0.5, 0.5) for rank, one in enumerate(snapshot.passages, start=1)]
    assert [hit.passage.document_id for hit in of_documents_that_name(Query(question, question), hits, snapshot)] == (
        ["theirs.txt"] if "Tarn" in question else []  # nothing where each of them has all names, or none has
    )
    reading = read_passages(Query(question, question), hits, snapshot, FirstSentence(), WordEmbedder())
    assert (reading.confidence == 0.8, reading.candidates[0].text) == (
        answered is not None, answered or "Our hut is kept by Kit Marsh."
    )  # fmt: skip

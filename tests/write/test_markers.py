"""What a model writes, read as it comes: arbitrary texts, cut into arbitrary chunks."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.write.markers import Drafted, DraftReader, Shown, read_marker

WORDS = st.sampled_from(
    "In 2014, China debuted it. Two years later U.S. forces left! Dr. Who paid 1.5 million in No. 10. “Quoted.” "
    "Why? e.g. this - * ** __ ` # > 1. 15) "
    "Answer: the answer is : <think> </think> … ) ( [ ] 【 ］ [[ S3 S 3 3] [S".split()
)
MARKERS = st.sampled_from(
    "[S3] [S3][S4] [S3,S4] [S3-S5] [3] (S3) 【S3】 ［3］ [S99] [S] [] [[S3]] [2014] [sic] 【3†x】 [S3: x] [^3]".split()
)
SPACES = st.sampled_from(["", " ", "  ", "\n", "\n\n", "\t", ", ", " and "])
TEXTS = st.lists(st.tuples(WORDS | MARKERS | st.text(max_size=3), SPACES), max_size=30).map(
    lambda pieces: "".join(word + space for word, space in pieces)
)


@st.composite
def chunked(draw):
    """A text, and the same in chunks."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    return text, [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def read(chunks, **options):
    """The sentences; each must have been shown as it is, piece by piece."""
    reader = DraftReader()
    pieces = [piece for chunk in chunks for piece in reader.feed(chunk)] + list(reader.end(**options))
    drafted, shown = [], ""
    for piece in pieces:
        if isinstance(piece, Shown):
            assert piece.text
            shown += piece.text
        else:
            assert shown == piece.text
            drafted.append(piece)
            shown = ""
    assert shown == ""
    return drafted


thoroughly = settings(max_examples=150, deadline=None)


@thoroughly
@given(chunked())
def test_it_does_not_matter_how_a_stream_is_cut(stream):
    text, chunks = stream
    assert read(chunks) == read([text]) == read(list(text))


@thoroughly
@given(chunked())
def test_nothing_that_is_shown_looks_like_a_marker(stream):
    for drafted in read(stream[1]):
        assert not re.search(r"[\[\]［］【】]", drafted.text)
        assert drafted.text == " ".join(drafted.text.split()) != ""
        assert len(set(drafted.numbers)) == len(drafted.numbers)


@given(st.text(alphabet="S0123456789[]【(),-– and†^\n", max_size=300))
@settings(max_examples=100, deadline=2000)
def test_no_text_takes_long(text):
    read([text])


def test_a_long_reply_is_read_in_time():
    started = time.perf_counter()
    read(list("In 2014, China debuted its drone [S3]. Two years later, others bought some [S4][S5]. " * 50))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It opened [S3]. It cost much [S4][S5].", [("It opened.", (3,)), ("It cost much.", (4, 5))]),
        ("It opened. [S3] It cost much. [S4]", [("It opened.", (3,)), ("It cost much.", (4,))]),
        ("It opened.[S3] It cost much.[S4]", [("It opened.", (3,)), ("It cost much.", (4,))]),
        ("[S3] It opened. [S4] It cost much.", [("It opened.", (3,)), ("It cost much.", (4,))]),
        ("[S3] It opened.\n[S4] It cost much.", [("It opened.", (3,)), ("It cost much.", (4,))]),
        ("It opened.\n[S3]\nIt cost much.\n[S4]", [("It opened.", (3,)), ("It cost much.", (4,))]),
        ("It opened [S3], [S4] and [S5], they say.", [("It opened, they say.", (3, 4, 5))]),
        ("It opened. [S3].", [("It opened.", (3,))]),
        ("- It opened [S3]\n- It cost much [S4]", [("It opened", (3,)), ("It cost much", (4,))]),
        ("1. It opened. [S3]\n2. It cost much.", [("It opened.", (3,)), ("It cost much.", ())]),
        ("## Cost\n**It** cost `much` [S4].", [("Cost", ()), ("It cost much.", (4,))]),
        ("Answer: It opened [S3].", [("It opened.", (3,))]),
        (
            "The answer to this question is: It opened [S3].\nThe answer lay near.",
            [("It opened.", (3,)), ("The answer lay near.", ())],
        ),
        ("<think>[S9] Hm.</think>\n\nIt opened [S3].", [("It opened.", (3,))]),
        (
            "Dr. Moore built it for 1.5 million [S3]. Yes.",
            [("Dr. Moore built it for 1.5 million.", (3,)), ("Yes.", ())],
        ),
        ("15 million came [S3].", [("15 million came.", (3,))]),
        ("It opened in [2014] (sic).", [("It opened in (2014) (sic).", ())]),
        ("[1[S3]] it", [("(1 it", (3,))]),
    ],
)
def test_sentences_and_their_numbers(text, sentences):
    assert [(drafted.text, drafted.numbers) for drafted in read([text])] == sentences


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        ("S3", [3]),
        ("S3–S6", [3, 4, 5, 6]),
        ("S3-S90", [3, 90]),
        ("S6-S3", [6, 3]),
        ("S3, 4 and S5", [3, 4, 5]),
        ("S3†the essay", [3]),
        ("S3: in 2014", [3]),
        ("sentences 3 and 4", [3, 4]),
        ("", []),
        ("S?", []),
        ("2014", None),
        ("sic", None),
        ("the company", None),
    ],
)
def test_what_stands_in_brackets(content, numbers):
    assert read_marker(content) == numbers


def test_a_stream_that_breaks_off_leaves_its_last_sentence_unfinished():
    assert read(["It opened [S3]. It co"], finished=False)[-1] == Drafted("It co", (), finished=False)
    assert read(["It opened [S3]."], finished=False)[-1] == Drafted("It opened.", (3,))


def test_text_is_shown_as_soon_as_it_can_be_no_marker():
    reader = DraftReader()
    shown = [[piece.text for piece in reader.feed(chunk)] for chunk in ["It ope", "ned ", "[", "S", "3", "]", "."]]
    assert shown == [["It ope"], ["ned"], [], [], [], [], ["."]]

"""What is struck out in PDF files: left out where something else stands for it, kept where it is but done."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.index.pages import ruled

SIZE = 9


def width_of(text):
    return stringWidth(text, "Helvetica", SIZE)


def lines(path, *parts, top=100, extra=()):
    """A line of parts side by side, of which those between tildes are struck out, and those between plus signs new."""
    left, texts, level = 60, [], []
    for part in parts:
        text = part.strip("~+")
        right = left + width_of(text)
        texts.append((left, top, text))
        if part[0] == "~":
            level.append((left, right, top - 0.3 * SIZE))
        elif part[0] == "+":
            level.append((left, right, top + 0.15 * SIZE))
        left = right + width_of(" ")
    return ruled(path / "bylaws.pdf", [*texts, *extra], level=level)


def test_what_is_struck_out_is_left_out_where_something_else_stands_for_it(tmp_path):
    said = lines(tmp_path, "The fee is", "~thirty pounds~", "+forty pounds+", "a year, and is due in May.")
    assert said == ["The fee is forty pounds a year, and is due in May."]


def test_the_beginning_of_a_line_is_left_out_where_what_follows_is_marked_as_new(tmp_path):
    assert lines(tmp_path, "~The director~", "+The board+", "may let the pier.") == ["The board may let the pier."]


def test_a_figure_is_left_out_before_another(tmp_path):
    assert lines(tmp_path, "Price:", "~£140.00~", "£95.00") == ["Price: £95.00"]


@pytest.mark.parametrize("remark", ["SOLD", "done", "(cancelled)"])
def test_what_is_struck_out_as_done_is_kept(tmp_path, remark):
    assert remark in " ".join(lines(tmp_path, "~Mend the pier~", remark))
    assert "Mend the pier" in " ".join(lines(tmp_path, "~Mend the pier~", remark))


def test_a_line_that_is_struck_out_as_a_whole_is_kept(tmp_path):
    said = lines(tmp_path, "~Mend the pier before the winter.~", extra=[(60, 112, "Paint the boats in the spring.")])
    assert "Mend the pier before the winter." in " ".join(said)


def test_an_underlined_word_is_not_struck_out(tmp_path):
    assert lines(tmp_path, "The fee is", "+thirty pounds+", "a year.") == ["The fee is thirty pounds a year."]


def test_a_rule_that_runs_through_more_than_words_strikes_nothing_out(tmp_path):
    """As where the rules of a table are drawn through its text."""
    texts = [(60, 100, "The fee is"), (160, 100, "thirty pounds"), (300, 100, "a year.")]
    assert "thirty pounds" in " ".join(ruled(tmp_path / "table.pdf", texts, level=[(60, 500, 97.3)]))


def test_a_sentence_is_left_out_that_runs_over_lines_and_goes_on_in_the_next(tmp_path):
    texts, level, top = [], [], 100
    for line in (
        ("The pier is let", "~to whoever asks the master in writing~"),
        ("~by the end of March~", "by the day."),
    ):
        left = 60.0
        for part in line:
            texts.append((left, top, part.strip("~")))
            right = left + width_of(part.strip("~"))
            if part[0] == "~":
                level.append((left, right, top - 0.3 * SIZE))
            left = right + width_of(" ")
        top += 13
    assert ruled(tmp_path / "bylaws.pdf", texts, level=level) == ["The pier is let by the day."]


@pytest.mark.parametrize("ends", [(1.0, 1.0), (0.5, 1.0)])
def test_a_stroke_of_a_signature_through_a_word_strikes_nothing_out(tmp_path, ends):
    left, right = (60 + width_of("Signed on the Da") + share * width_of("te of issue") for share in (0.0, ends[1]))
    level = [(left, right - (1 - ends[0]) * width_of("e"), 97.3)]
    said = ruled(tmp_path / "letter.pdf", [(60, 100, "Signed on the Date of issue by the master.")], level=level)
    assert said == ["Signed on the Date of issue by the master."]


def test_words_that_are_struck_out_one_by_one_are_one_stretch(tmp_path):
    said = lines(tmp_path, "The pier is", "~let~", "~as~", "~a~", "~whole~", "open in winter.")
    assert said == ["The pier is open in winter."]

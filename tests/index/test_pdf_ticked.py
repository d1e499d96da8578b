"""Boxes to tick that a page of a PDF only draws: each is told before its label, where some are ticked."""

import pytest

from tests.index.test_pdf_forms import written

QUESTIONS = [("Is the boat insured?", "Yes"), ("Does anybody stay overnight?", "No"), ("Is a dog on board?", "No")]


def square(canvas, x, y, ticked, size=9):
    canvas.rect(x, y, size, size)
    if ticked:
        path = canvas.beginPath()
        path.moveTo(x + 2, y + 4)
        path.lineTo(x + 4, y + 2)
        path.lineTo(x + 7, y + 7)
        canvas.drawPath(path)


def ring(canvas, x, y, ticked, size=9):
    canvas.circle(x + size / 2, y + size / 2, size / 2)
    if ticked:
        canvas.circle(x + size / 2, y + size / 2, size / 4, fill=1)


def cross(canvas, x, y, ticked, size=9):
    canvas.rect(x, y, size, size)
    if ticked:
        canvas.drawString(x + 1.5, y + 1, "X")


@pytest.mark.parametrize("box", [square, ring, cross])
def test_drawn_boxes_are_told_with_the_question_that_they_stand_below(tmp_path, box):
    def draw(canvas):
        for number, (question, answer) in enumerate(QUESTIONS):
            y = 700 - 70 * number
            canvas.drawString(60, y, question)
            for below, option in enumerate(("Yes", "No"), start=1):
                box(canvas, 60, y - 15 * below - 1, option == answer)
                canvas.drawString(74, y - 15 * below, option)

    text = written(tmp_path / "form.pdf", draw)
    assert "Is the boat insured? | [x] Yes | [ ] No\n" in text
    assert "Does anybody stay overnight? | [ ] Yes | [x] No\n" in text
    assert "Is a dog on board? | [ ] Yes | [x] No" in text


def test_boxes_beside_each_other_on_a_line_are_told_there(tmp_path):
    def draw(canvas):
        canvas.drawString(60, 700, "Kind of permit:")
        for x, kind in ((150, "New"), (220, "Renewed"), (300, "Lost")):
            square(canvas, x, 699, kind == "Renewed")
            canvas.drawString(x + 13, 700, kind)

    assert "Kind of permit: [ ] New | [x] Renewed | [ ] Lost" in written(tmp_path / "form.pdf", draw)


@pytest.mark.parametrize("ticked", [True, False])
def test_bullets_are_no_boxes_to_tick(tmp_path, ticked):
    """All are alike, whatever is drawn in them."""

    def draw(canvas):
        for number, item in enumerate(("Fenders", "Ropes", "A spare oar")):
            square(canvas, 60, 699 - 15 * number, ticked)
            canvas.drawString(74, 700 - 15 * number, item)

    text = written(tmp_path / "list.pdf", draw)
    assert "Ropes" in text
    assert "[" not in text


def test_the_key_of_a_chart_is_no_form(tmp_path):
    """Its points are drawn as what stands before their names."""

    def draw(canvas):
        for number, name in enumerate(("seen", "forecast")):
            square(canvas, 60, 699 - 15 * number, number == 1)
            canvas.drawString(74, 700 - 15 * number, name)
        for number in range(20):
            canvas.rect(100 + 10 * number, 500 + 3 * number, 3, 3)

    text = written(tmp_path / "chart.pdf", draw)
    assert "forecast" in text
    assert "[" not in text


@pytest.mark.parametrize("written_in", ["TILDA MARROW", "12041987"])
def test_letters_in_squares_are_what_they_say(tmp_path, written_in):
    """A square for each letter of a name, or figure of a date, some of them empty."""

    def draw(canvas):
        canvas.drawString(60, 700, "Name or date")
        for number, letter in enumerate(written_in):
            canvas.rect(130 + 14 * number, 697, 14, 14)
            canvas.drawString(134 + 14 * number, 700, letter)

    text = written(tmp_path / "form.pdf", draw)
    assert "[" not in text
    assert "".join(filter(str.isalnum, text.removeprefix("Name or date"))) == written_in.replace(" ", "")


def test_a_list_of_things_to_tick_is_one_line_each(tmp_path):
    """Nothing is asked; what is ticked elsewhere on the page tells that these are boxes."""

    def draw(canvas):
        square(canvas, 60, 749, True)
        canvas.drawString(74, 750, "For the lake")
        canvas.drawString(60, 715, "Packing list")
        for number, item in enumerate(("tent", "rope", "torch")):
            square(canvas, 60, 699 - 15 * number, False)
            canvas.drawString(74, 700 - 15 * number, item)

    text = written(tmp_path / "list.pdf", draw)
    assert "[ ] tent\n[ ] rope\n[ ] torch" in text
    assert "Packing list |" not in text


def test_a_question_of_two_lines_is_told_whole(tmp_path):
    def draw(canvas):
        canvas.drawString(60, 700, "Are there moorings on the water beside the yard that the new crane")
        canvas.drawString(60, 688, "could reach?")
        for below, option in enumerate(("Yes", "No", "Not known"), start=1):
            ring(canvas, 60, 687 - 15 * below, option == "Not known")
            canvas.drawString(74, 688 - 15 * below, option)

    asked = "Are there moorings on the water beside the yard that the new crane could reach?"
    assert f"{asked} | [ ] Yes | [ ] No | [x] Not known" in written(tmp_path / "form.pdf", draw)


def test_boxes_that_are_all_ticked_by_letters_are_told(tmp_path):
    def draw(canvas):
        for number, item in enumerate(("Fenders are out", "Ropes are dry", "The oar is there")):
            cross(canvas, 60, 699 - 15 * number, True)
            canvas.drawString(74, 700 - 15 * number, item)

    assert "[x] Fenders are out\n[x] Ropes are dry\n[x] The oar is there" in written(tmp_path / "list.pdf", draw)


def test_things_to_do_are_no_answers_to_their_heading(tmp_path):
    """One of them has two lines."""

    def draw(canvas):
        canvas.drawString(60, 715, "Before leaving")
        for number, item in enumerate(("Take the fenders in", "Tell the harbour where the boat goes and")):
            square(canvas, 60, 699 - 15 * number, number == 1)
            canvas.drawString(74, 700 - 15 * number, item)
        canvas.drawString(74, 673, "when it comes back")

    text = written(tmp_path / "list.pdf", draw)
    assert "[ ] Take the fenders in\n" in text
    assert "[x] Tell the harbour where the boat goes and when it comes back" in text

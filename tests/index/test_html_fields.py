"""Boxes and terms of web pages that are names and values."""

import pytest

from tests.index.pages import load, sentences

BOXES = '<div><div class="label">{}</div><div class="value">{}</div></div>'
HALL = (("Seats", "80"), ("Heating:", "<p>Gas</p>"), ("Kitchen", "Urn,<br>fridge"))


def page_of(tmp_path, body):
    (tmp_path / "page.html").write_text(f"<title>The hall</title>{body}", encoding="utf-8")
    return load(tmp_path / "page.html")


@pytest.mark.parametrize("around", ["{}", "<table><tr><td><h2>The hall</h2>{}</td></tr></table>"])
def test_names_beside_their_values_in_boxes_that_look_alike_are_fields(tmp_path, around):
    hall = page_of(tmp_path, around.format("".join(BOXES.format(*field) for field in HALL) + "<p>Ask Ann.</p>"))
    assert hall.text.endswith("Seats: 80\nHeating: Gas\nKitchen: Urn, fridge\n\nAsk Ann.\n")
    assert "Heating: Gas" in sentences(hall)


def test_terms_with_what_is_said_of_them_are_fields(tmp_path):
    terms = "<dl><dt>Seats</dt><dd>80</dd><dt>Open</dt><dd>May</dd><dd>June</dd></dl>"
    assert page_of(tmp_path, terms).text == "Seats: 80\nOpen: May; June\n"


@pytest.mark.parametrize(
    "boxes",
    [
        [BOXES.format("Seats", "80"), BOXES.format("Heating", "Gas")],  # two may be anything
        [BOXES.format(f'<a href="{n}">Seats</a>', '<a href="b">All</a>') for n in range(3)],
        [BOXES.format("How many seats are there?", "80") for _ in range(3)],
        [BOXES.format("Seats", "They are old. " * 30) for _ in range(3)],
        [BOXES.format("Seats", "<ul><li>8</li><li>9</li></ul>") for _ in range(3)],
        [BOXES.format("Seats", "<table><tr><td>8</td><td>9</td></tr></table>") for _ in range(3)],
        [BOXES.format("Seats of all the boats and of the hall at the old pier in Orrin", "80") for _ in range(3)],
        [BOXES.format("Of oak: Seats", "80") for _ in range(3)],
        ["<div>Our <b class='x'>Seats</b><i class='y'>80</i></div>" for _ in range(3)],
        ["<div><b class='x'>Seats</b><span class='y'>are of oak.</span></div>" for _ in range(3)],
        ["<p><b class='x'>Seats</b><span class='y'>80</span></p>" for _ in range(3)],  # parts of a sentence
        ["<div><div>Seats</div><div>Parking</div></div>" for _ in range(3)],  # two of one kind
        [f"<div><div class='{n}'>Seats</div><div>80</div></div>" for n in range(3)],  # which look not alike
        ["<pre><div><b class='x'>Seats</b> <i class='y'>x</i></div></pre>" for _ in range(3)],
        ["<dl><dt>Seats</dt><dd>80</dd><p>All are welcome.</p></dl>"],
    ],
)
def test_boxes_of_other_things_are_no_fields(tmp_path, boxes):
    text = page_of(tmp_path, "".join(boxes)).text
    assert "Seats:" not in text and "Orrin:" not in text and "\ue000" not in text


def test_figures_above_what_they_count_are_no_names(tmp_path):
    counts = "".join(f'<div><div class="n">{n}00+</div><div class="of">Members</div></div>' for n in range(1, 4))
    assert ":" not in page_of(tmp_path, counts).text


def test_words_of_a_field_stay_whole(tmp_path):
    terms = "<dl><dt>CO<sub>2</sub> limit</dt><dd>5<sup>th</sup> May, $<span>45</span>.<span>99</span></dd></dl>"
    assert page_of(tmp_path, terms).text == "CO2 limit: 5th May, $45.99\n"


def test_of_boxes_in_boxes_the_inner_ones_are_fields(tmp_path):
    hall = "".join(BOXES.format(f"Hall {n}", "".join(BOXES.format(*field) for field in HALL[:2])) for n in range(3))
    assert page_of(tmp_path, hall).text.startswith("Hall 0\n\nSeats: 80\nHeating: Gas\n\nHall 1\n")

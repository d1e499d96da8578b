"""Rules on the pages of PDF files: what is drawn besides, and grounds that are made of pieces, hides no table."""

from math import cos, pi, sin

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import CATCH, load, placed, ruled, sentences

LEFTS = (60, 180, 300, 420)
HEAD = ("Programme", "For", "Steps", "Minutes")


def frame(canvas, tops, lefts=LEFTS):
    """The rules of a table with these tops of rows, and its foot, counted from the top."""
    right = lefts[-1] + 120
    for top in tops:
        canvas.line(lefts[0], 800 - top, right, 800 - top)
    for left in (*lefts, right):
        canvas.line(left, 800 - tops[0], left, 800 - tops[-1])


def write(canvas, texts):
    for left, top, text in texts:
        canvas.drawString(left, 800 - top, text)


def test_a_table_beside_pictures_of_many_short_strokes_keeps_its_rules(tmp_path):
    """As the signs of a washing machine's programmes, each of some hundred strokes."""
    canvas = Canvas(str(tmp_path / "signs.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    frame(canvas, (100, 120, 165, 210))
    write(canvas, placed([HEAD], (64, 184, 304, 424)))
    write(canvas, placed([("Silk", "38"), ("Linen", "95")], (64, 424), top=144, pitch=45))
    write(canvas, placed([("blouses,",), ("scarves and",), ("ties",)], (184,), top=133, pitch=11))
    write(canvas, placed([("sheets,",), ("tablecloths",), ("and towels",)], (184,), top=178, pitch=11))
    write(canvas, placed([("wash,",), ("spin",)], (304,), top=138, pitch=12))
    write(canvas, placed([("wash",), ("twice",)], (304,), top=183, pitch=12))
    for number in range(12):
        path = canvas.beginPath()
        path.moveTo(100 + 30 * number, 500)
        for turn in range(200):
            path.lineTo(90 + 30 * number + 10 * cos(turn * pi / 100), 500 + 10 * sin(turn * pi / 100))
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    found = sentences(load(tmp_path / "signs.pdf"))
    assert "Programme: Silk | For: blouses, scarves and ties | Steps: wash, spin | Minutes: 38" in found
    assert "Programme: Linen | For: sheets, tablecloths and towels | Steps: wash twice | Minutes: 95" in found


def test_a_drawn_row_whose_names_and_figures_stand_once_is_one(tmp_path):
    """The lines of what is wrapped in it hold numbers, too."""
    texts = placed([HEAD], (64, 184, 304, 424))
    texts += [(64, 146, "Rinse"), (424, 146, "25")]
    texts += placed([("washed",), ("by hand, 2 kg",), ("at most",)], (184,), top=135, pitch=11)
    texts += placed([("3 rinses",), ("short spin at",), ("650 rpm",)], (304,), top=135, pitch=11)
    texts += placed([("Drain", "the last water", "spin", "9")], (64, 184, 304, 424), top=184)
    rows = ((100, 120), (120, 170), (170, 190))
    boxes = [(left, left + 120, top, bottom) for left in LEFTS for top, bottom in rows]
    assert ruled(tmp_path / "rinse.pdf", texts, boxes=boxes) == [
        "Programme: Rinse | For: washed by hand, 2 kg at most | Steps: 3 rinses short spin at 650 rpm | Minutes: 25",
        "Programme: Drain | For: the last water | Steps: spin | Minutes: 9",
    ]


def test_a_drawn_row_that_says_something_once_is_one_though_its_name_and_its_figures_have_two_lines(tmp_path):
    """As the limits of a substance, in parts per million and by weight."""
    texts = placed([("Component", "Value", "Limit", "Basis")], (64, 184, 304, 424))
    texts += placed(
        [("Tarn", "TWA", "100 ppm", "Order of the"), ("chloride", "", "350 mg", "board")], (64, 184, 304, 424), 135, 11
    )
    texts += placed(
        [("Sulphide", "TWA", "5 ppm", "Order of the"), ("", "", "15 mg", "board")], (64, 184, 304, 424), 175, 11
    )
    boxes = [(left, left + 120, *ends) for left in LEFTS for ends in ((100, 120), (120, 160), (160, 200))]
    assert ruled(tmp_path / "limits.pdf", [one for one in texts if one[2]], boxes=boxes) == [
        "Component: Tarn chloride | Value: TWA | Limit: 100 ppm 350 mg | Basis: Order of the board",
        "Component: Sulphide | Value: TWA | Limit: 5 ppm 15 mg | Basis: Order of the board",
    ]


def test_strips_around_the_ground_of_a_text_make_no_cells(tmp_path):
    """So a word processor draws a shaded cell: the ground of the text, and what is left around it in strips."""
    canvas = Canvas(str(tmp_path / "strips.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    tops = (100, 125, 150, 175, 200)
    canvas.setFillColor("lightgrey")
    for top in tops[1:-1]:
        bottom = 800 - top - 25
        for left, low, width, height in (
            (60, bottom + 19, 120, 6),
            (60, bottom + 6, 5, 13),
            (65, bottom + 6, 110, 13),
            (175, bottom + 6, 5, 13),
            (60, bottom, 120, 6),
        ):
            canvas.rect(left, low, width, height, stroke=0, fill=1)
    canvas.setFillColor("black")
    frame(canvas, tops, LEFTS[:3])
    write(canvas, placed(CATCH, (68, 184, 304), top=116, pitch=25))
    canvas.save()
    assert sentences(load(tmp_path / "strips.pdf"))[-1] == "Country: Sill | Boats: 3.1 | Tonnes: 430"

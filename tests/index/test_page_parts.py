"""Web pages: what leads elsewhere is left out, and what folds out, stands in a footer or apart is read."""

import pytest

from tests.index.pages import load

HALL = "<h1>The hall</h1><p>It has eighty seats, and a stage of oak that was built by the miller of Orrin.</p>"


@pytest.fixture
def read(tmp_path):
    def text(body):
        (tmp_path / "page.html").write_text(f"<title>The hall</title><body>{body}</body>", encoding="utf-8")
        return load(tmp_path / "page.html").text

    return text


def links(*names, to="/{}"):
    return "".join(f'<li><a href="{to.format(name)}">{name}</a></li>' for name in names)


@pytest.mark.parametrize("hall", [HALL, f"<main>{HALL}<p>{'All are welcome there in May. ' * 9}</p></main>"])
def test_a_footer_tells_how_to_reach_somebody_and_when(read, hall):
    footer = """<footer><ul><li><a href="/">Home</a></li><li><a href="/fees">Fees</a></li></ul>
        <h3>Opening hours</h3><p>Monday to Friday<br>9:00 - 17:00</p><p>7 Pier Road, Orrin AB1 2CD</p>
        <a href="mailto:ann@orrin.org">ann@orrin.org</a><p>© 2024 Orrin Hall, call 01234 567890</p></footer>"""
    text = read(hall + footer)
    told = ("Opening hours", "Monday to Friday", "9:00 - 17:00", "7 Pier Road, Orrin AB1 2CD", "ann@orrin.org")
    assert text.endswith("\n\n".join(told) + "\n")
    assert "Fees" not in text and "2024" not in text


def test_what_a_footer_says_again_is_not_told_twice(read):
    text = read(f"{HALL}<p>Write to ann@orrin.org.</p><footer><p>ann@orrin.org</p></footer>")
    assert text.count("ann@orrin.org") == 1


@pytest.mark.parametrize(
    "menu",
    [
        f"<ul>{links('Home', 'Fees', 'Boats', 'Links')}</ul>{HALL}",  # above the first heading
        f"{HALL}<header><ul>{links('Home', 'Fees', 'Boats', 'Links')}</ul></header>",
        f'{HALL}<div class="navbar"><ul>{links("Home", "Fees", "Boats", "Links")}</ul></div>',
        f'{HALL}<ul role="navigation">{links("Home", "Fees", "Boats", "Links")}</ul>',
    ],
)
def test_menus_are_left_out(read, menu):
    assert "Fees" not in read(menu)


@pytest.mark.parametrize(
    "kept",
    [
        f"{HALL}<ul>{links('Home', 'Fees', 'Boats', 'Links')}</ul>",
        f"<ul>{links('Home', 'Fees', 'Boats')}</ul>{HALL}",
        f"<ul>{links('Home', 'Fees', 'Boats', 'Links', to='mailto:{}@orrin.org')}</ul>{HALL}",
        f"<ul>{links('Home', 'Fees', 'Boats', 'Links')}<li>of which only two are still at sea today</li></ul>{HALL}",
        f'{HALL}<ul class="menu">{links("Fees", "Stew", "Soup", "Pie")}</ul>',
        f"{HALL}<div class=navbar><ul>{links('Fees 8.50', 'Stew', 'Soup', 'Pie')}</ul></div>",  # prices
        f"<p>We tell you of these:</p><ul>{links('Fees', 'Boats', 'Links', 'Piers')}</ul>{HALL}",
        f"<article><header><h1>Fees</h1><ul>{links('Ada Moor', 'Ben Ruiz', 'Cy Dahl', 'Fees')}</ul></header></article>",
        f"<table><tr>{''.join(f'<td><a href=x>{one}</a></td>' for one in ('Fees', 'a', 'b', 'c'))}</tr></table>{HALL}",
        f"<ul>{''.join(f'<li><a name={n}>Fees</a></li>' for n in range(4))}</ul>{HALL}",  # that lead nowhere
    ],
)
def test_other_lists_of_links_are_read(read, kept):
    assert "Fees" in read(kept)


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>{}</summary>{}</details>",
        '<h2><button aria-expanded="false">{}</button></h2><div>{}</div>',
        '<button data-toggle="collapse">{}</button><div>{}</div>',
    ],
)
def test_what_folds_out_has_a_heading(read, fold):
    text = read(HALL + fold.format("Is it open?", "<p>In May.</p>") + fold.format("What is it?", "<p>Old.</p>"))
    assert text.endswith("Orrin.\n\n## Is it open?\n\nIn May.\n\n## What is it?\n\nOld.\n")


def test_what_folds_out_within_another_stands_below_it_and_headings_within_move_none(read):
    inner = "<details><summary>By whom?</summary><p>By Ann.</p></details>"
    first = f"<details><summary>Is it open?</summary><h3>Abroad</h3><p>No.</p>{inner}</details>"
    text = read(f"{HALL}{first}<details><summary>What is it?</summary><p>Old.</p></details>")
    assert [line for line in text.splitlines() if line.startswith("##")] == [
        "## Is it open?",
        "### Abroad",
        "### By whom?",
        "## What is it?",
    ]


@pytest.mark.parametrize(
    "button",
    [
        '<button class="m" aria-controls="{0}">Show more</button>',  # each the same
        '<button class="m" role="tab" aria-controls="{0}">Tab {0}</button>',
        '<button class="m" data-toggle="modal">Book {0}</button>',
        '<button class="m" aria-expanded="false" aria-haspopup="true">Choose {0}</button>',
        '<li><button class="m" aria-expanded="false">Item {0}</button></li>',
        '<table><tr><td>Ketch</td><td>9 <button class="m" aria-expanded="false">More {0}</button></td></tr></table>',
    ],
)
def test_buttons_that_head_nothing_are_no_headings(read, button):
    assert "##" not in read(HALL + button.format("one") + "<p>It is free.</p>" + button.format("two"))


def test_a_button_in_a_sentence_and_one_that_sorts_a_column_keep_their_words(read):
    assert "Read our terms first." in read(f"{HALL}<p>Read our <button aria-expanded=x>terms</button> first.</p>")
    table = "<table><tr><th><button>Boat</button></th><th>Fee</th></tr><tr><td>Ketch</td><td>9</td></tr></table>"
    assert "Boat: Ketch | Fee: 9" in read(HALL + table)


def test_other_buttons_say_nothing(read):
    text = read(f'{HALL}<button>Share</button><form><button aria-controls="x">Send</button></form>')
    assert "Share" not in text and "Send" not in text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ul><li>Coffee<span>2,80€</span></li></ul>", "- Coffee 2,80€"),
        ("<p><span class=a>€ 750</span><span class=b>per year</span></p>", "€ 750 per year"),
        ("<p><a href=a>Join us</a><a href=b>Ask Ann</a></p>", "Join us Ask Ann"),
        ("<p>Orrin Hall</br>PO Box 7</p>", "Orrin Hall PO Box 7"),
        ("<p><i class='material-icons'>place</i>Orrin</p>", "Orrin"),
        ("<p>the 5<b>th</b> of May, <b>You</b>Tube, un<b>believ</b>able</p>", "the 5th of May, YouTube, unbelievable"),
        ("<p><span class=a>19</span><span class=b>99</span>, get<span>User</span>Name</p>", "1999, getUserName"),
        ("<ul><li><time>14:00</time><span>Race</span></li></ul>", "- 14:00 Race"),
        ("<ul><li><span>250</span><span>g</span><span>flour</span></li></ul>", "- 250 g flour"),
        ("<ul><li><b>Prep:</b>10 min</li></ul>", "- Prep: 10 min"),
        ("<p><span>1</span><span>st</span></p>", "1st"),
        ("<p><span>H</span><span>O</span><span>P</span></p>", "HOP"),
        ("<p><b>Harb</b><span>our</span></p>", "Harbour"),
        ("<p>at <b>14:</b>30</p>", "at 14:30"),
        ("<pre><span class=k>px</span><span class=n>hello</span></pre>", "``` pxhello ```"),
    ],
)
def test_words_beside_each_other_stay_apart_and_parts_of_words_together(read, body, text):
    assert " ".join(read(body).split()) == text


def test_cells_outside_of_rows_are_read_as_browsers_show_them(read):
    head = "<tr><th>Time</th><th>Sun</th><th>Mon</th></tr>"
    rows = "<tr><td>10:00</td><div><td>Yoga</td><td>Judo</td></div></tr><td>11:00</td><td>Judo</td><td>Yoga</td>"
    assert "Time: 10:00 | Sun: Yoga | Mon: Judo\nTime: 11:00 | Sun: Judo | Mon: Yoga" in read(
        f"<table>{head}{rows}</table>"
    )


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "<p>Opening talk</p><p>Ann Tarn, Orrin</p><p>Ben Lorn, Weir</p>",
            "Opening talk; Ann Tarn, Orrin; Ben Lorn, Weir",
        ),
        ("<p>Debt</p><ul><li>Loans</li><li>Cards</li></ul><p>Budgets</p>", "Debt; Loans; Cards; Budgets"),
        ("<p>What we spend in</p><p>one year</p>", "What we spend in one year"),
        ("<p>Previous</p><p>Year</p><p>(£)</p>", "Previous Year (£)"),
        ("<p>It is cold.</p><p>Bring a coat, please</p>", "It is cold. Bring a coat, please"),
    ],
)
def test_paragraphs_and_lists_in_a_cell_stay_apart_but_for_what_goes_on(read, cell, told):
    rows = f"<tr><td>Ten</td><td>{cell}</td></tr><tr><td>Noon</td><td>Tea</td></tr><tr><td>One</td><td>Boats</td></tr>"
    assert f"Ten: {told}\nNoon: Tea" in read(f"{HALL}<table>{rows}</table>")


@pytest.mark.parametrize(
    ("cards", "text"),
    [
        (
            "<article><p class=role>Chair</p><h2>Ann</h2><p>She rows.</p></article>"
            "<article><p class=role>Cook</p><h2>Ben</h2><p>He bakes.</p></article>",
            "## Ann\n\nChair\n\nShe rows.\n\n## Ben\n\nCook\n\nHe bakes.",
        ),
        (
            "<div class=c><div><b>10:00</b> <i>Hall</i></div><div><h3>Talk</h3></div></div>"
            "<div class=c><a href=/tea>11:00</a><div><h3>Tea</h3></div></div>",
            "### Talk\n\n10:00 Hall\n\n### Tea\n\n11:00",
        ),
        ("<div><p>Welcome!</p><h2>Hours</h2><p>From nine.</p></div>", "Welcome!\n\n## Hours\n\nFrom nine."),
        (f"<section><p>{'All come. ' * 9}</p><h2>Fees</h2></section>", "All come.\n\n## Fees"),
    ],
)
def test_what_stands_above_the_heading_of_its_part_is_told_below_it(read, cards, text):
    assert text in read(HALL + cards)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ("", "Boats\n\n- Ketch\n- Barge\n\nRules\n\n- No fires"),
        ("<tr><td>Yes</td><td>No</td></tr>", "Boats\n\nRules\n\n- Ketch\n- Barge\n\n- No fires\n\nYes\n\nNo"),
    ],
)
def test_names_above_a_single_row_of_lists_stand_above_the_lists_that_they_name(read, rows, text):
    names = "<tr><td>Boats</td><td>Rules</td></tr>"
    lists = "<tr><td><ul><li>Ketch</li><li>Barge</li></ul></td><td><ul><li>No fires</li></ul></td></tr>"
    long = f"<tr><td><ul><li>{'A cell of the page. ' * 20}</li></ul></td></tr>"
    assert text in read(f"{HALL}<table>{names}{lists}{rows}{long}</table>")


LONG_LIST = f"<ul><li>Oars</li><li>{'A locker of their own, and what belongs to it. ' * 7}</li></ul>"


def test_rows_with_lists_are_parts_of_a_page_below_their_names_with_the_names_of_the_columns(read):
    head = "<tr><th>Kind</th><th>You get</th><th>Cost</th></tr>"
    rows = (
        f"<tr><td>Full</td><td>{LONG_LIST}</td><td>£90 a year</td></tr><tr><td>Guest</td><td>A seat</td><td></td></tr>"
    )
    text = " ".join(read(f"{HALL}<table>{head}{rows}</table>").split())
    assert "###### Full Cost: £90 a year You get: - Oars - A locker" in text  # what is short stands beside its name
    assert text.endswith("###### Guest You get: A seat")


def test_rows_with_lists_that_are_numbered_are_named_with_what_is_numbered(read):
    head = "<tr><th>Week</th><th>You do</th></tr>"
    assert "###### Week 1" in read(f"{HALL}<table>{head}<tr><td>1</td><td>{LONG_LIST}</td></tr></table>")


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>Kind</td><td>You get</td></tr><tr><td>Full</td><td>{}</td></tr>",  # not marked as names
        "<tr><th>Kind</th><th>You get</th></tr><tr><td>{}</td><td>Full</td></tr>",
        "<tr><th>Kind</th><th>You get</th></tr><tr><td>Full</td><td>Oars</td><td>{}</td></tr>",
        "<tr><th>Kind</th><th>You get</th></tr>" + "<tr><td>Full</td><td>{}</td></tr><tr><td></td><td>Oars</td></tr>",
        "</table>{}<table>",
    ],
)
def test_rows_with_lists_stay_as_they_are_where_no_marked_names_fit_them(read, rows):
    text = read(f"{HALL}<table>{rows.format(LONG_LIST)}</table>")
    assert "######" not in text and "You get:" not in text


@pytest.mark.parametrize(
    "question",
    [
        '<button class="q" aria-expanded="false">May I rejoin {}? <span>+</span></button><div>{}</div>',
        "<h2><button><span>May I rejoin {}?</span><i>▾</i></button></h2><div>{}</div>",
        "<details><summary><b>May I rejoin {}?</b><span>›</span></summary>{}</details>",
    ],
)
def test_the_sign_of_what_folds_out_is_not_a_part_of_its_heading(read, question):
    text = read(HALL + question.format("late", "No, alas.") + question.format("early", "Yes, gladly."))
    assert "May I rejoin late?\n" in text
    assert "May I rejoin early?\n" in text

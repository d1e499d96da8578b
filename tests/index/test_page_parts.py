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
        f'{HALL}<ul class="menu"><li>Fees</li><li>Stew</li><li>Soup</li><li>Pie</li></ul>',
    ],
)
def test_other_lists_of_links_are_read(read, kept):
    assert "Fees" in read(kept)


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>When is it open?</summary>{}</details>",
        '<h2><button aria-expanded="false">When is it open?</button></h2><div>{}</div>',
        '<button data-toggle="collapse">When is it open?</button><div>{}</div>',
    ],
)
def test_what_folds_out_has_a_heading(read, fold):
    text = read(HALL + fold.format("<p>In May.</p>") + fold.format("<p>In June.</p>"))
    assert text.endswith("## When is it open?\n\nIn May.\n\n## When is it open?\n\nIn June.\n")


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
        ("<p>the 5<b>th</b> of May, Mac<b>A</b>dam, un<b>believ</b>able</p>", "the 5th of May, MacAdam, unbelievable"),
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

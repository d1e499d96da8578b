"""What a document is called."""

import pytest

from tests.index.pages import load


def titled(path, text):
    path.write_text(text)
    return load(path).title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# 1. General", "# 2. Bookings"),
        ("# 1 Scope", "# 2 Terms"),
        ("## 1.0 Scope", "## 2.0 Terms"),
        ("# Article I", "# Article II"),
        ("# Section 1: Who may join", "# Section 2: Fees"),
        ("# A. Parties", "# B. Rent"),
    ],
)
def test_the_first_of_several_sections_gives_a_document_no_name(tmp_path, first, second):
    text = f"{first}\n\nThe hall is let by the hour.\n\n{second}\n\nThe fee is due a week before.\n"
    assert titled(tmp_path / "hall-rules.md", text) == "hall rules"


@pytest.mark.parametrize("title", ["1 Corinthians", "A. Lincoln", "I. Newton to R. Hooke", "Article I", "101 knots"])
def test_a_title_that_begins_with_a_number_and_is_not_counted_on_stays(tmp_path, title):
    text = f"# {title}\n\nSome say that it was in spring.\n\n## Notes\n\nThere were 2 of them, B said.\n"
    assert titled(tmp_path / "text.md", text) == title


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("1. FC Orrin", "## Honours\n\n1. Champion in 1962\n2. Champion in 1964"),
        ("1 Pot Pasta", "- 200 g of pasta\n- 2 cups of water"),
        ("1 Year in Tarn", "2 weeks later we found a flat."),
        ("A. Varga", "A. Orrin taught him.\n\nB. Holt came later."),
    ],
)
def test_a_line_of_the_text_counts_no_title_on(tmp_path, title, below):
    assert titled(tmp_path / "text.md", f"# {title}\n\nSome say that it was in spring.\n\n{below}\n") == title

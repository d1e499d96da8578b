"""Tables in PDF files whose first column is named in lines that stand between the rows of the head."""

import pytest

from tests.index.pages import draw, sentences

RIGHTS = range(170, 521, 50)
ROWS = [("5–9", 14), ("10–14", 23), ("15–19", 31)]


def boats(path, first, *, names=68):
    """A table of boats with a head of three rows, the last of which is at `names`, and lines in its first column."""
    lines = [((155, 320), 40, "Wood"), ((355, 520), 40, "Steel")]
    lines += [((right - 65, right), 53, kind) for right, kind in zip(RIGHTS[1::2], ("Sail", "Motor") * 2, strict=True)]
    lines += [(-right, names, name) for right, name in zip(RIGHTS, ("No.", "Rate") * 4, strict=True)]
    lines += [(40, top, text) for top, text in first]
    for number, (name, figure) in enumerate(ROWS):
        top = names + 14 + 12 * number
        lines += [(40, top, name), *((-right, top, str(figure + right)) for right in RIGHTS)]
    return sentences(draw(path, lines, size=8))


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ([(48, "Length"), (58, "of keel"), (68, "(m)")], "Length of keel (m)"),
        ([(58, "Keel"), (68, "(m)")], "Keel (m)"),
        ([(48, "Length"), (58, "of keel")], "Length of keel"),
        ([(58, "Keel")], "Keel"),
        ([(48, "Length of all its long keel"), (58, "(m)")], "Length of all its long keel (m)"),
    ],
    ids=["three lines", "two lines", "none level with the last row", "one line", "one that ends beyond its column"],
)
def test_lines_of_the_first_columns_name_between_rows_of_the_head_are_of_its_last_row(tmp_path, first, name):
    assert (
        f"{name}: 10–14 | Wood Sail No.: 193 | Wood Sail Rate: 243 | Wood Motor No.: 293 | Wood Motor Rate: 343"
        " | Steel Sail No.: 393 | Steel Sail Rate: 443 | Steel Motor No.: 493 | Steel Motor Rate: 543"
    ) in boats(tmp_path / "boats.pdf", first)


def test_the_title_of_a_group_in_step_with_the_rows_of_the_head_is_no_part_of_a_name(tmp_path):
    found = boats(tmp_path / "boats.pdf", [(66, "Built here"), (79, "Keel")], names=79)
    assert not any(row.startswith("Built here Keel:") for row in found)

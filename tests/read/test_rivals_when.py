"""Of two rows, the one that is of another day, hour or year than is asked for."""

import pytest

from tests.read.conftest import GAMES, STUDIES, document, document_of, rivalled

VISITS = """\
date,tower,what was done
2016-05-02,north,cables found cut
2016-05-27,north,cable replaced
02/06/2016,south,mast greased
11/06/2016,south,mast painted
"""
CARD = """# Programme

12 Jul: McMichael Rally and Boot Sale
25 Sep: National Hamfest
TBA Nov: CATS Bazaar
15 Nov: Kempton Park Rally
3 Dec: Ada Quill resigns, and is thanked
"""


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("What was found at the tower on 2016-05-02?", "cable replaced", True),
        ("What was found at the tower on 2016-05-02?", "cables found cut", False),
        ("What was done in 2016-05?", "cable replaced", False),
        ("What was done to the mast on 11/06/2016?", "greased", True),
        ("What was found at the tower on 2016-05-03?", "cable replaced", False),  # a day that no row is of
        ("What was done after 2016-05-02?", "cable replaced", False),
        ("What was done since 2016-05-02?", "cable replaced", False),
        ("What was done in the week of 2016-05-02?", "cable replaced", False),
        ("What was done between 2016-05-02 and 2016-05-29?", "cable replaced", False),
        ("What was done by 2016-05-29?", "cable replaced", False),
        ("What was done, following 2016-05-02?", "cable replaced", False),
    ],
)
def test_a_row_of_another_day_than_the_one_that_another_row_is_of_is_of_something_else(
    table, question, found, is_rivalled
):
    assert rivalled(question, document(table(VISITS)), found) == is_rivalled


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("Who has the canteen for the 8.30 game on 16/06/12?", "U13", True),
        ("Who has the canteen for the 8.30 game on 16/06/12?", "U9 | canteen: Reds", False),
        ("Who has the canteen for the 8.30 game on 16/06/12?", "Open", False),  # it may be 8.30 at night
        ("Who has the canteen at 8:30am on 16/06/12?", "Open", True),
        ("Who has the canteen at 8.30pm?", "Reds", True),
        ("Who has the canteen after 8.30 on 16/06/12?", "U13", False),
        ("Who has the canteen between 8.30 and 9.30?", "U13", False),
        ("Who has the canteen at 11.15?", "U13", False),  # no row is of that time
        ("Who has the canteen for the 8.30 game on 16/06/12?", "23/06/12", True),  # of another day
    ],
)
def test_a_row_of_another_hour_than_the_one_that_another_row_is_of_is_of_something_else(
    table, question, found, is_rivalled
):
    assert rivalled(question, document(table(GAMES)), found) == is_rivalled


def test_a_row_of_another_year_than_is_asked_for_is_of_something_else(table):
    studies = document(table(STUDIES))
    assert rivalled("Who published in 1999?", studies, "Tewksbury")
    assert rivalled("Which author worked with aspen in 2004?", studies, "Tewksbury")
    assert not rivalled("Who published in 1999?", studies, "Akerman")
    assert not rivalled("Who published in 1987?", studies, "Tewksbury")  # of which no row is


@pytest.mark.parametrize(
    ("question", "found", "is_rivalled"),
    [
        ("When is the McMichael Rally of the hams?", "Hamfest", True),
        ("When is the McMichael Rally of the hams?", "McMichael", False),
        ("On which day of November is the CATS Bazaar?", "Kempton", True),
        ("On which day does Ada Quill thank the Kempton people?", "Kempton", False),  # it has a name of its own
    ],
)
def test_lines_of_what_is_when_are_held_against_each_other(tmp_path, embedder, question, found, is_rivalled):
    assert rivalled(question, document_of(tmp_path, embedder, CARD), found) is is_rivalled


def test_fields_of_a_form_are_no_lines_of_what_is_when(tmp_path, embedder):
    form = document_of(tmp_path, embedder, "Name: Ada Quill\nDate of birth: 4 May 1961\nJoined: 2019\n")
    assert not rivalled("When was Ada Quill born?", form, "1961")

"""Items of lists are quoted with what introduces them and with each other, as far as they belong to the answer."""

import pytest

from rag.read.choosing import choose_quotations
from rag.read.evidence import Candidate
from rag.read.lists import MAX_LIST_CHARS
from rag.write.quoting import cite
from tests.read.chosen import candidates, make, relevant


def test_items_of_a_list_are_one_quotation_of_all_that_belong_to_the_answer():
    items = "\n".join(f"- {animal} live here, as everyone knows" for animal in ("Ants", "Bees", "Cats", "Dogs"))
    told = relevant(
        make(f"Some animals:\n\n{items}\n\nThat is all."), (3, 0.9, 2), *((position, 0.01, 1) for position in (1, 2, 4))
    )
    (quotation,) = choose_quotations(told)
    assert len(quotation.sentences) == 5  # with what introduces them


@pytest.mark.parametrize(("odds", "items"), [(-0.5, 4), (-4.0, 1)])
def test_the_other_items_of_a_list_are_quoted_if_the_reader_does_not_hold_them_for_something_else(odds, items):
    texts = "\n".join(f"- Bring the {thing} that you were sent" for thing in ("cheque", "letter", "form", "key"))
    others = ((position, 0.01, odds) for position in (1, 3, 4))
    (quotation,) = choose_quotations(relevant(make(f"On that day.\n\n{texts}\n\nThat is all."), (2, 0.9, 1), *others))
    assert len(quotation.sentences) == items


LIST = """The council has three kinds of members:

- observers
- regular members
- voting members

Whoever wants to join writes a letter. There are two ways to leave.

1. One may resign.
2. One may be struck off.

The rest is in the charter.
"""


def test_a_line_that_introduces_a_list_is_quoted_with_its_items():
    (quotation,) = choose_quotations(candidates(make(LIST), (0, 0.9)))
    ((citation,), claims) = cite([quotation])
    assert citation.quote == LIST[: LIST.index("\n\nWhoever")]
    assert [claim.text for claim in claims][1:] == ["observers", "regular members", "voting members"]


def test_without_a_colon_the_reader_decides_on_the_items():
    indexed = make(LIST)
    ways = next(n for n, one in enumerate(indexed.sentences) if LIST[one.start :].startswith("There are two"))
    candidate = Candidate(indexed, ways, 0.9)
    assert "struck off" not in cite(choose_quotations([candidate]))[0][0].quote


def test_lines_below_a_heading_that_are_entries_are_quoted_together_though_no_empty_line_parts_them():
    lines = "2 Charts of Orrin Sound, the Outer Bar and Orrin Bay (Survey)\nSkipper's Chart of the Sound (Tarn)\n"
    lines += "Pocket Chart, Orrin Bay and the Western Isles (Harbour Trust)"
    indexed = make(f"It is far.\n\nCharts\n\n{lines}\n\nWater\n\nThere is none on the way to the isles.\n")
    told = relevant(indexed, (2, 0.9, 2), (3, 0.01, 1), (4, 0.01, 1))
    assert cite(choose_quotations(told))[0][0].quote == lines


STEPS = "Whoever cleans:\n\n1. Puts on:\n   - gloves of vinyl\n   - an apron\n2. Opens a window.\n3. Mops the floor.\n"


def test_an_item_of_a_list_below_another_is_quoted_with_its_own_and_not_with_what_comes_after():
    told = relevant(make(STEPS), (2, 0.9, 2), *((position, 0.01, -1) for position in (0, 1, 3, 4, 5)))
    (quotation,) = choose_quotations(told)
    assert cite([quotation])[0][0].quote == "Whoever cleans:\n\n1. Puts on:\n   - gloves of vinyl\n   - an apron"


@pytest.mark.parametrize(
    ("position", "quoted"),
    [
        (2, "On that day you may not:\n\n- swim\n- wear any make-up"),  # but for the line above they may
        (5, "Bring a towel"),
    ],
)
def test_an_item_is_quoted_with_the_line_that_introduces_its_list_and_what_stands_between(position, quoted):
    text = "On that day you may not:\n\n- swim\n- wear any make-up\n- drive\n\nYou will need it.\n\n- Bring a towel\n"
    (quotation,) = choose_quotations(candidates(make(text), (position, 0.9)))
    assert cite([quotation])[0][0].quote == quoted


def test_two_items_of_a_list_are_one_quotation_with_what_introduces_them():
    text = "On that day you may not:\n\n- swim\n- wear any make-up\n- drive\n- climb\n\nThat is all.\n"
    told = relevant(make(text), (1, 0.9, 2), (4, 0.8, 2), (2, 0.01, -5), (3, 0.01, -5))
    (quotation,) = choose_quotations(told)
    assert cite([quotation])[0][0].quote == text[: text.index("\n\nThat")]


@pytest.mark.parametrize(
    ("line", "quoted"), [("Apprentice:", 1), ("The journeyman has learnt of eight herbs, namely:", 2)]
)
def test_a_label_of_something_else_is_not_quoted_beside_the_answer(line, quoted):
    text = f"One learns of five herbs.\n\n{line}\n\nHe has learnt of three of them by May.\n"
    told = relevant(make(text), (0, 0.9, 1), (1, 0.8, 3), (2, 0.01, -3))
    assert len(choose_quotations(told)) == quoted


def test_items_are_of_one_list_though_their_numbers_end_at_the_same_place():
    text = "\n".join(f"{number:>4}. Bring the {thing}" for number, thing in ((9, "key"), (10, "form"), (11, "mail")))
    told = relevant(make(f"On that day:\n\n{text}\n"), (1, 0.9, 1), (2, 0.01, -0.5), (3, 0.01, -0.5))
    (quotation,) = choose_quotations(told)
    assert len(quotation.sentences) == 4


def test_an_item_that_introduces_others_is_quoted_with_these():
    (quotation,) = choose_quotations(candidates(make(STEPS), (1, 0.9)))
    assert cite([quotation])[0][0].quote == "Whoever cleans:\n\n1. Puts on:\n   - gloves of vinyl\n   - an apron"


def test_a_list_is_quoted_as_far_as_it_is_not_too_long():
    text = "These came:\n\n" + "".join(f"- {'a' * 96} {n}\n" for n in range(20))
    (quotation,) = choose_quotations(candidates(make(text), (0, 0.9)))
    quote = cite([quotation])[0][0].quote
    assert MAX_LIST_CHARS - 110 < len(quote) <= MAX_LIST_CHARS


def test_the_points_of_a_slide_are_quoted_though_each_is_a_word():
    slide = make("Why one watches\n\n- Observation\n- Alerts\n- Testing\n\nThat is all there is to say.")
    told = relevant(slide, (2, 0.9, 1), (1, 0.1, 0), (3, 0.1, -1), (4, 0.2, -4))
    assert [one.quote for one in cite(choose_quotations(told))[0]] == ["Observation\n- Alerts\n- Testing"]


BREAD = """It makes two loaves.

- 600 g flour
- 18 g salt

1. Mix all but the salt.
2. Knead in the salt.
3. Bake it at 230 °C.

It keeps for a week.
"""


@pytest.mark.parametrize(("of_steps", "quoted"), [(True, "1. Mix all"), (False, "2. Knead in")])
def test_where_it_is_asked_how_something_is_done_all_steps_are_quoted(of_steps, quoted):
    told = relevant(make(BREAD), (4, 0.9, 2), *((position, 0.01, -4) for position in (1, 2, 3, 5)))
    ((citation,), _) = cite(choose_quotations(told, of_steps=of_steps))
    assert citation.quote.startswith(quoted)
    assert ("230" in citation.quote) == of_steps
    assert "600 g" not in citation.quote


@pytest.mark.parametrize(("step", "steps"), [(300, 5), (400, 1)])
def test_steps_that_are_too_long_for_a_quotation_are_not_quoted_in_part(step, steps):
    text = "\n".join(f"{number}. {'Stir it well and wait. '[:-1] * (step // 22)}" for number in range(1, 6))
    (quotation,) = choose_quotations(candidates(make(text), (0, 0.9)), of_steps=True)
    assert len({quotation.document.text.rfind("\n", 0, one.start) for one in quotation.sentences}) == steps


def test_items_with_bullets_are_of_another_list_than_numbered_ones_below_them():
    told = relevant(make(BREAD), (1, 0.9, 2), *((position, 0.01, -1) for position in (2, 3, 4, 5)))
    assert [one.quote for one in cite(choose_quotations(told))[0]] == ["600 g flour\n- 18 g salt"]


PLAIN = """# Peach pudding

{head}

At least a pound of peaches

A large tub of cream

Brown sugar, as needed

## Method

Peel the fruit.

Put it into a dish.
"""


def _at(indexed, words):
    return next(n for n, one in enumerate(indexed.sentences) if words in indexed.said(one))


@pytest.mark.parametrize(("odds", "lines"), [(-0.5, 3), (-4.0, 1)])
@pytest.mark.parametrize("head", ["## Ingredients", "You need:", "The box will contain:-"])
def test_short_lines_below_a_heading_or_a_colon_are_items_without_marks(head, odds, lines):
    indexed = make(PLAIN.format(head=head), "doc.md")
    one, *others = (_at(indexed, words) for words in ("pound of", "tub of", "sugar"))
    (quotation,) = choose_quotations(relevant(indexed, (one, 0.9, 2.0), *((other, 0.01, odds) for other in others)))
    said = [indexed.said(sentence) for sentence in quotation.sentences]
    introduced = lines > 1 and ":" in head
    assert said == [head] * introduced + [indexed.line(number) for number in (one, *others)[:lines]]


def _below(head, *lines):
    """What is quoted of a line that introduces others, and those that are quoted with it."""
    indexed = make("\n\n".join([head, *lines]) + "\n", "doc.md")
    (quotation,) = choose_quotations(candidates(indexed, (_at(indexed, head), 0.9)))
    return [indexed.said(sentence) for sentence in quotation.sentences][1:]


def test_what_introduces_lines_is_quoted_with_them():
    hours = ["Monday 9 to 12", "Tuesday 9 to 12", "Wednesday closed"]
    assert _below("These are the hours of the hall:", *hours, "Parking is behind the house.", "Dogs stay out.") == hours


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("At the door she said:", ["I am tired.", "Then she left the room.", "Nobody saw her again."]),
        ("Dear Mr and Mrs Varga:", ["We hope you are well", "Here is the key", "Yours, Ann"]),
    ],
)
def test_sentences_and_letters_are_no_list_below_a_colon(head, lines):
    assert _below(head, *lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Name: Ann Orrin", "Age: 34", "Town: Tarn"],  # fields tell what they are
        ["A pound of peaches", "A tub of cream"],  # two are no list
        ["Peel the fruit and the nuts. Stir them well.", "Wait for a day. Then eat.", "That is all. Enjoy."],
    ],
)
def test_fields_and_paragraphs_are_no_lines_of_a_list(lines):
    indexed = make("# Peaches\n\n## Ingredients\n\n" + "\n\n".join(lines) + "\n\n## Method\n\nPeel.\n", "doc.md")
    first = _at(indexed, lines[0][:6])
    others = range(first + 1, _at(indexed, "Method"))
    (quotation,) = choose_quotations(relevant(indexed, (first, 0.9, 2.0), *((one, 0.01, 0.5) for one in others)))
    assert len(quotation.sentences) == 1


@pytest.mark.parametrize(("sections", "lines"), [(["## Method", "Peel them."], 1), ([], 3)])
def test_below_a_title_stand_authors_and_a_date_unless_that_is_all(sections, lines):
    front = ["# Peaches", "A second look at them", "Ann Orrin and Bo Varga", "15 February 2024"]
    indexed = make("\n\n".join([*front, *sections]) + "\n", "doc.md")
    one, *others = (_at(indexed, line) for line in (front[2], front[1], front[3]))
    (quotation,) = choose_quotations(relevant(indexed, (one, 0.9, 2.0), *((other, 0.001, 0.5) for other in others)))
    assert len(quotation.sentences) == lines


CLAUSES = """1. Term. The lease runs for two years.
2. The tenant shall not, without leave of the landlord:
a. keep any animal of more than ten kilos;
b. fix a nail to the outer walls.
3. Use. The following are not allowed in the yard. Whoever does them pays for it.

4. a. Smoking
b. Washing of cars.

5. Notice. Three months to the end of a quarter.
"""


@pytest.mark.parametrize(
    ("item", "introduction"),
    [
        ("a. keep", "2. The tenant shall not, without leave of the landlord:"),
        ("b. Washing", "The following are not allowed in the yard."),
        ("5. Notice", None),
    ],
)
def test_lettered_items_are_quoted_with_the_clause_that_they_are_of_though_they_are_not_set_in(item, introduction):
    indexed = make(CLAUSES)
    position = next(n for n, one in enumerate(indexed.sentences) if indexed.line(n).startswith(item))
    (quotation,) = choose_quotations([Candidate(indexed, position, 0.9)])
    quote = cite([quotation])[0][0].quote
    assert quote.startswith(introduction or item)
    assert item in quote


def test_what_introduces_a_list_is_a_quotation_of_its_own_where_the_item_stands_far_below():
    items = "".join(
        f"- {name} of the larger kind that live in the hills around here\n" for name in "Ants Bees Cats Dogs".split()
    )
    text = f"You may not bring along:\n\n{items}{items}- wine\n\nThat is all.\n"
    indexed = make(text)
    wine = next(n for n, _ in enumerate(indexed.sentences) if indexed.line(n) == "wine")
    citations, _ = cite(choose_quotations([Candidate(indexed, wine, 0.9)]))
    assert [one.quote for one in citations] == ["wine", "You may not bring along:"]


def test_what_introduces_a_list_is_a_quotation_of_its_own_where_much_stands_between():
    """Nobody wants to read six other points of a mail before the hour that was asked for."""
    points = "".join(f"- Point {number} is settled. It was a quarrel.\n" for number in range(3))
    indexed = make(f"Thank you. In turn:\n\n{points}- We leave at seven.\n\nYours\n")
    at_seven = next(n for n, _ in enumerate(indexed.sentences) if "seven" in indexed.line(n))
    citations, _ = cite(choose_quotations([Candidate(indexed, at_seven, 0.9)]))
    assert [one.quote for one in citations] == ["We leave at seven.", "In turn:"]

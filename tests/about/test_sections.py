"""Sections asked for by their numbers: what names one, where it stands, and what is told of it."""

import pytest

from rag import Assistant
from rag.ask.sections import Section, asks_for_section, names_section

LEASE = """\
# Lease of the boat house

- 1 The parties
- 2 Rent
- 3 Repairs
- 4 Ending the lease

## 1 The parties

The lease is made between the harbour of Tarn and the rowing club.

## 2 Rent

2.1 The rent is 240 crowns a month. It is paid on the first working day.

2.2 The club pays a deposit of 500 crowns. The harbour keeps it in a separate account.

2.3 Electricity is not part of the rent.

## 3 Repairs

The harbour mends the roof and the slipway. The club mends:

1. doors
2. windows
3. locks

## 4 Ending the lease

Either party may end the lease with three months' notice.

### Keys

All keys are returned on the last day.
"""
RULES = """\
RULES OF THE REGATTA

Article I. Who may take part. Boats of up to nine metres may take part.

Article II. Start. The gun is fired at 10:30 from the mole. A boat that starts early waits for two minutes.

Article III. Prizes. The winner is given a copper kettle.
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "lease.md").write_text(LEASE, encoding="utf-8")
    (folder / "regatta.txt").write_text(RULES, encoding="utf-8")
    with Assistant.open(docs=folder, store=folder / "index", reader="similarity") as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "section", "document"),
    [
        ("What is section 2.4 of the charter?", Section("section", "2.4"), "charter"),
        ("What does clause 7 say?", Section("clause", "7"), ""),
        ("Clause 12.3?", Section("clause", "12.3"), ""),
        ("what's in Article IV", Section("article", "IV"), ""),
        ("Please summarise chapter 3 of the handbook.", Section("chapter", "3"), "handbook"),
        ("What does § 5 say?", Section("§", "5"), ""),
        ("Tell me about Appendix C", Section("appendix", "C"), ""),
        ("Under section 4.2, who pays the fee?", Section("section", "4.2"), None),
        ("What does § 5 say about dogs?", Section("§", "5"), None),
        ("What are sections 3 and 4?", None, None),
        ("Do clause 3 and clause 4 agree?", None, None),
        ("Which article 3D printer is it?", None, None),
        ("Is part of it paid?", None, None),
        ("What was the channel ARTS?", None, None),
        ("Where is the art I bought?", Section("art", "I"), None),  # which no document has
    ],
)
def test_what_names_a_section(question, section, document):
    assert names_section(question) == section
    assert asks_for_section(question) == document


@pytest.mark.parametrize(
    ("number", "line", "heading", "begins"),
    [
        ("4.2", "4.2 Fees", False, True),
        ("4.2", "## 4.2. Fees", True, True),
        ("4.2", "Section 4.2: Fees", False, True),
        ("4.2", "4.20 Fees", False, False),
        ("4.2", "4.2.1 Fees", False, False),
        ("4", "4. Fees", False, True),
        ("4", "4 Fees", True, True),
        ("4", "4 people came.", False, False),
        ("4", "4.5 tonnes were sold.", False, False),
        ("4", "4% of it is paid.", False, False),
        ("I", "I agree.", False, False),
        ("I", "Article I. Name", False, True),
    ],
)
def test_which_line_begins_one(number, line, heading, begins):
    assert Section("section", number).is_of(line, heading=heading) == begins


def test_an_appendix_is_called_so():
    assert Section("appendix", "B").is_of("Annex B: Tides", heading=True)
    assert not Section("appendix", "2").is_of("2. Tides", heading=True)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What does section 1 of the lease say?", "The lease is made", "the rowing club."),
        ("What is clause 2.2 of the lease?", "2.2 The club pays", "separate account."),
        ("What does clause 3 say?", "The harbour mends the roof", "locks"),
        ("Section 4 of the lease?", "Either party may end", "the last day."),
        ("What does Article II of the regatta rules say?", "Article II. Start.", "two minutes."),
    ],
)
def test_a_section_is_told_whole_and_alone(harbour, question, first, last):
    answer = harbour.ask(question)
    quotes = [one.quote for one in answer.citations]
    assert quotes[0].startswith(first)
    assert quotes[-1].endswith(last)


def test_what_it_goes_on_with_is_told_as_a_number(tmp_path):
    pages = " ".join(f"Boat {number} lies at mooring {number} of the harbour." for number in range(1, 20))
    (tmp_path / "moorings.md").write_text(f"# Moorings\n\n## 1 Where\n\n{pages}\n\n## 2 Why\n\nNobody knows.\n")
    with Assistant.open(docs=tmp_path / "moorings.md", store=tmp_path / "index", reader="similarity") as assistant:
        answer = assistant.ask("What does section 1 say?")
    assert answer.notices == ("These are the first 8 of 19 sentences of section 1.",)
    assert "Boat 8 " in answer.text
    assert "Boat 9 " not in answer.text


def test_only_the_section_that_is_named_is_read(harbour):
    question = "How much does the club pay by clause 2.1?"
    assert {hit.passage.text[:3] for hit in harbour.ask(question).hits} == {"2.1"}
    assert len(harbour.ask("How much does the club pay?").hits) > 1


@pytest.mark.parametrize(
    "question", ["What does section 9 of the lease say?", "Who pays the rent by section 9?", "What is appendix 2?"]
)
def test_one_that_is_not_there_is_refused(harbour, question):
    answer = harbour.ask(question)
    assert answer.status == "abstained"
    assert any("does not name “" in notice for notice in answer.notices)


def test_one_of_another_document_is_left_to_the_reader(harbour):
    assert harbour.ask("What does article II of the regatta rules say?").confidence == 1
    assert harbour.ask("What does article II of the fishing licence say?").confidence < 1

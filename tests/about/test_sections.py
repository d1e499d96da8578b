"""Sections asked for by their numbers: where they stand, and what is told of them."""

import pytest

from rag import Assistant

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

## Signatures

Signed in Tarn.
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


@pytest.mark.parametrize("question", ["What does section 9 of the lease say?", "What is appendix 2?"])
def test_one_that_is_not_there_is_refused(harbour, question):
    answer = harbour.ask(question)
    assert answer.status == "abstained"
    assert any("does not name “" in notice for notice in answer.notices)


def test_one_of_another_document_is_left_to_the_reader(harbour):
    assert harbour.ask("What does article II of the regatta rules say?").confidence == 1
    assert harbour.ask("What does article II of the fishing licence say?").confidence < 1


ANNEX = """# Framework agreement

## 1. Scope

The agreement covers repairs.

## 2. Money

Invoices are paid in thirty days.

## 3. Ending

Either side may end it in writing.

## Annex A

### 1. Purpose

This annex tells how the workshop is used.

### 2. Safety

Goggles are worn at the grinder. Gloves are worn at the furnace. Hair is tied back. Nobody works alone at night.

### 3. Keys

Keys hang in the office.
"""
ARTICLES = """Law on ferries

Article 1

1. This law is about ferries.

2. It protects passengers.

Article 2

1. The navy is left out.

2. So are rafts of less than two metres.

3. Rafts are tied up at night.

4. Rafts are not ferries.

Article 3

1. Fares are set by the council.
"""
LISTED = """Staff handbook

2. Pay

Pay day is the 25th.

3. Leave

You have 27 days of leave.

4. Illness

If you are ill:

1. call the office
2. see a doctor
3. sign the form at the desk, in all three copies

5. Complaints

Section 2 does not apply to helpers. Complaints go to the board.

Appendix B - Inventory

Six beds and a chair.
"""
FILM = """The chest

In Part I, a fisherman finds a chest. In Part II, his daughter sails to Oslo and sells it. Part II was shot in 40 days.
"""
RULES_LISTED = """# House rules

1. Be kind.
2. Be quiet after ten.
3. Dogs are kept on a lead.
4. The laundry is open until 20:00.
"""
FUEL = """\
# Rules of the contest

13.6.1. [It must leave the robot as a gas.]

13.6.2. [Fuel types allowed are propane and butane, the maximum quantity allowed is 4oz]

13.6.3 [Nobody sprays the walls]
"""
INSERTED = """Rules of the club

Sec. 3. Board. The board has five members.

Sec. 3A. Youth. The young elect a speaker.

Sec. 4. Fees. The fee is 20 crowns.
"""


@pytest.fixture
def say(tmp_path):
    """What is said of a text, asked without a model."""

    def said(text, question, name="rules.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with Assistant.open(docs=tmp_path / name, store=tmp_path / "index", reader="similarity") as assistant:
            return [" ".join(one.quote.split()) for one in assistant.ask(question).citations]

    return said


@pytest.mark.parametrize(
    ("text", "question", "quotes"),
    [
        (ANNEX, "What does section 2 of the agreement say?", ["Invoices are paid in thirty days."]),
        (ANNEX, "What does section 3 of the agreement say?", ["Either side may end it in writing."]),
        (ARTICLES, "What does Article 1 say?", ["1. This law is about ferries. 2. It protects passengers."]),
        (ARTICLES, "What is article III?", ["1. Fares are set by the council."]),
        (LISTED, "What does section 2 say?", ["Pay day is the 25th."]),
        (LISTED, "What does section 3 of the staff handbook say?", ["You have 27 days of leave."]),
        (LISTED, "What does section 5 say?", ["Section 2 does not apply to helpers. Complaints go to the board."]),
        (RULES_LISTED, "What does rule 4 say?", ["The laundry is open until 20:00."]),
        (FUEL, "What does rule 13.6.2 say?", [FUEL.splitlines()[4]]),
        (INSERTED, "What does section 3 say?", ["Sec. 3. Board. The board has five members."]),
        (INSERTED, "What is section 3A?", ["Sec. 3A. Youth. The young elect a speaker."]),
    ],
)
def test_a_section_begins_at_its_own_line_and_ends_at_the_next(say, text, question, quotes):
    assert say(text, question, "rules.md" if text.startswith("#") else "rules.txt") == quotes


def test_paragraphs_with_numbers_belong_to_their_article(say):
    assert " ".join(say(ARTICLES, "What does Article 2 say?", "law.txt")).endswith("4. Rafts are not ferries.")


def test_what_begins_a_sentence_is_no_heading(say):
    """The whole text is read where a part of it only is named."""
    assert "In Part II, his daughter sails to Oslo" in " ".join(say(FILM, "Who sails to Oslo in Part II?", "film.txt"))


def test_a_section_of_another_document_does_not_hide_what_is_called_so(tmp_path):
    news = "Brill Shipping filed for chapter 11 bankruptcy in May 2019. Its ferries were sold."
    (tmp_path / "news.txt").write_text(news, encoding="utf-8")
    handbook = "# Handbook\n\n## 10 Keys\n\nKeys hang in the office.\n\n## 11 Visitors\n\nVisitors sign the book.\n"
    (tmp_path / "handbook.md").write_text(handbook, encoding="utf-8")
    with Assistant.open(docs=tmp_path, store=tmp_path / "index", reader="similarity") as assistant:
        answer = assistant.ask("When did Brill Shipping file for chapter 11 bankruptcy?")
        assert answer.hits[0].passage.document_id == "news.txt"
        told = assistant.ask("What does section 11 say?")
    assert told.text.startswith("Visitors sign the book.")


def test_a_document_may_be_called_so_itself(tmp_path):
    text = "# Chapter 6: The sour crock\n\nEvery house of the valley has a crock for sour beetroots and leeks.\n"
    (tmp_path / "cooking.md").write_text(text, encoding="utf-8")
    with Assistant.open(docs=tmp_path, store=tmp_path / "index", reader="similarity") as assistant:
        assert assistant.ask("What does chapter 6 say?").text.startswith("Every house of the valley")
        assert assistant.ask("What does article 6 say?").status == "abstained"


def test_where_several_documents_have_it_that_is_told(tmp_path):
    for name, text in (("lease.md", ANNEX), ("rules.md", RULES_LISTED.replace("1. Be", "## 2. Be"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Assistant.open(docs=tmp_path, store=tmp_path / "index", reader="similarity") as assistant:
        (notice,) = assistant.ask("What does section 2 say?").notices
    assert notice.endswith(".md has a section 2, too; name the document to be told of that.")

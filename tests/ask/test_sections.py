"""What names a section by its number, and what asks for nothing else."""

import pytest

from rag.ask.sections import Section, names_section, only_asks_for_section


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
        ("Give me section 2, please", Section("section", "2"), ""),
        ("Can you summarise section 2 for me?", Section("section", "2"), ""),
        ("What does the lease say in section 2?", Section("section", "2"), "lease"),
        ("What does article iv say?", Section("article", "IV"), ""),
        ("What does section 4A say?", Section("section", "4A"), ""),
        ("What is the part I need most often?", None, None),
        ("the schedule A team follows", None, None),
        ("Who wrote the article A Night at Sea?", None, None),
        ("Is part of it paid?", None, None),
        ("What was the channel ARTS?", None, None),
    ],
)
def test_what_names_a_section(question, section, document):
    assert names_section(question) == section
    assert only_asks_for_section(question) == document

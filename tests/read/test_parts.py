"""Questions that ask for several things: what answers each of them is quoted, or the question is read as a whole."""

import pytest

from rag import Assistant

MINUTES = """\
# Meetings of the knot school

## 3 May

Alma Ferris was in the chair. It was agreed to buy forty metres of hemp rope from the chandler at the quay.

## 7 June

Bruno Tarn was in the chair. The rope has been delivered, and the bill of the chandler was passed for payment.
"""
HUT = "The hut book was written by Ilse Maunder, who kept the hut for nine summers. It was printed in 1931 at Tarnholm."


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    (folder / "knots.md").write_text(MINUTES)
    (folder / "hut.txt").write_text(f"About the hut book\n\n{HUT}\n")
    with Assistant.open(folder, tmp_path_factory.mktemp("store")) as opened:
        yield opened


def quotes(answer):
    return " ".join(citation.quote for citation in answer.citations)


def test_both_things_are_quoted(assistant):
    answer = assistant.ask("Who was in the chair on 3 May and who on 7 June?")
    assert "Alma Ferris was in the chair." in quotes(answer)
    assert "Bruno Tarn was in the chair." in quotes(answer)
    assert answer.span is None
    answer = assistant.ask("Who wrote the hut book, and in what year was it printed?")
    assert {"Maunder", "1931"} <= set(quotes(answer).replace(",", " ").split())


def test_passages_of_all_parts_are_told_each_once(assistant):
    hits = assistant.ask("Who wrote the hut book, and who was in the chair on 3 May?", top_k=1).hits
    assert [hit.rank for hit in hits] == [1, 2]
    assert len({hit.passage.id for hit in hits}) == 2


def test_a_part_that_nothing_answers_is_told(assistant):
    answer = assistant.ask("Who wrote the hut book, and what does a copy of it cost today?")
    assert "Maunder" in quotes(answer)
    assert answer.notices == ("Nothing was found that answers “What does a copy of the hut book cost today?”",)
    answer = assistant.ask("Who tunes the organ, and what does a copy of it cost today?")
    assert (answer.status, answer.citations) == ("abstained", ())


def test_how_many_may_be_asked_of_each_part(assistant):
    answer = assistant.ask("How many summers did Ilse Maunder keep the hut, and how many metres of rope were bought?")
    assert "nine summers" in quotes(answer)
    assert "forty metres" in quotes(answer)


def test_what_is_asked_of_a_document_itself_is_no_part(assistant):
    answer = assistant.ask("Who kept the hut for nine summers, and who wrote the article about the hut book?")
    assert "Maunder" in quotes(answer)
    assert answer.notices == ()


def asked_of(folder, question, text):
    """Answers a question over the meetings and a text with a by-line."""
    (folder / "knots.md").write_text(MINUTES)
    (folder / "quay.txt").write_text(f"The quay in winter\n\nby Tove Alm\n\n{text}\n")
    with Assistant.open(folder, folder / "store") as assistant:
        return assistant.ask(question)


def test_a_part_may_be_about_a_document_itself(tmp_path):
    text = (
        "Ice lay on the steps until March, and no boat came in before Easter. "
        "The harbour master kept a fire in his hut for the men who broke the ice."
    )
    answer = asked_of(tmp_path, "Until when did ice lie on the steps, and who wrote The quay in winter?", text)
    assert "until March" in quotes(answer)
    assert "Tove Alm" in quotes(answer)
    assert answer.notices == ()


def test_it_may_be_what_a_document_tells_of(tmp_path):
    text = (
        "At the fair the children sang The Long Reed. It was written by the miller Orson Pell, who never learnt to "
        "read music."
    )
    answer = asked_of(tmp_path, "What did the children sing at the fair, and who wrote it?", text)
    assert "Orson Pell" in quotes(answer)
    assert "Tove Alm" not in quotes(answer)


def test_of_two_things_of_which_one_is_more_both_are_told(tmp_path):
    services = "# Services\n\n## Tractor\n\nThe yearly service of the tractor was paid with 285 pounds in all.\n\n"
    services += "## Mower\n\nThe yearly service of the mower was paid with 75 pounds in all.\n\n"
    (tmp_path / "services.md").write_text(services, encoding="utf-8")
    with Assistant.open(tmp_path / "services.md", tmp_path / "store") as assistant:
        answer = assistant.ask("Which service cost more, the tractor's or the mower's?")
        other = assistant.ask("Which service cost more, the tractor's or the tram's?")
    assert all(price in quotes(answer) for price in ("285", "75"))
    assert "75 pounds" not in quotes(other)


def test_a_sentence_that_tells_of_both_stands_alone(tmp_path):
    both = "The service of the tractor cost 285 pounds, and that of the mower 75 pounds."
    other = "The next service of the mower will be in May, and cost some pounds more."
    (tmp_path / "services.txt").write_text(f"{both}\n\n{other}\n", encoding="utf-8")
    with Assistant.open(tmp_path / "services.txt", tmp_path / "store") as assistant:
        answer = assistant.ask("Which cost more, the service of the tractor or the service of the mower?")
    assert quotes(answer) == both

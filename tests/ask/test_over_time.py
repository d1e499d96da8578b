"""How something changed from one year to another is asked of each year."""

import pytest

from rag import Assistant
from rag.ask.over_time import of_each_year

REPORT = """# Annual report of the harbour, {year}

The winter was {winter}, and the slip was repaired in May.

The mooring fee is {fee} a metre, payable in advance.

The committee met six times.
"""


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How did the mooring fee change from 2019 to 2021?", "What was the mooring fee in {}?"),
        ("By how much did the rent of the hut go up between 2019 and 2021?", "What was the rent of the hut in {}?"),
        ("Did takings at the kiosk rise or fall from 2019 to 2021?", "What was takings at the kiosk in {}?"),
        ("Has the number of berths grown between 2019 and 2021", "What was the number of berths in {}?"),
        ("compare the water bill in 2019 and in 2021", "What was the water bill in {}?"),
        ("What did we spend on rope in 2019 compared with 2021?", "What did we spend on rope in {}?"),
        ("How much was the levy in 2019 versus in 2021?", "How much was the levy in {}?"),
    ],
)
def test_what_changed_is_asked_of_each_year(question, thing):
    assert of_each_year(question) == [thing.format(2019), thing.format(2021)]


def test_years_are_asked_for_as_they_are_written():
    asked = of_each_year("How did postage change from the FY20 to the FY21 budget?")
    assert asked == ["What was postage in the FY20 budget?", "What was postage in the FY21 budget?"]
    assert of_each_year("What were dues in fiscal 2018 compared to 2019?") == [
        "What were dues in fiscal 2018?",
        "What were dues in 2019?",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired the club from 2019 to 2021?",  # one answer for both
        "How many berths were let between 2019 and 2021?",
        "How did the fee change in 2019?",
        "How did the fee change from 2019 to 2021, and who decided it?",
        "How did the flood of 2019 compare with that of 2021?",
        "How did the fee change from spring to autumn?",
    ],
)
def test_what_is_of_both_years_is_asked_once(question):
    assert of_each_year(question) == []


def test_what_each_year_tells_is_quoted_though_no_one_sentence_tells_both(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for year, winter, fee in ((2019, "mild", "€40"), (2021, "hard", "€55")):
        (folder / f"report-{year}.md").write_text(REPORT.format(year=year, winter=winter, fee=fee))
    with Assistant.open(folder, tmp_path / "store") as assistant:
        answer = assistant.ask("How did the mooring fee change from 2019 to 2021?")
    assert {citation.document_id for citation in answer.citations} == {"report-2019.md", "report-2021.md"}
    assert "€40" in answer.text and "€55" in answer.text

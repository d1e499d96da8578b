"""Twenty reports of one form: each question is answered from the report that it names, with default settings."""

import re
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.types import Answer
from tests.reports import Report, make_reports, questions_on, write_report

pytestmark = pytest.mark.timeout(2400)  # all questions are asked for the first test; a busy machine is slow, not wrong

RIGHT = 0.85
REFUSED = 0.10

Asked = list[tuple[Report, str, str, Answer]]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """What was asked of each report, what a right quotation of it matches, and the answer."""
    folder = tmp_path_factory.mktemp("reports")
    reports = make_reports()
    for report in reports:
        write_report(report, folder)
    with Assistant.open(folder, tmp_path_factory.mktemp("store")) as assistant:
        return [
            (report, question, pattern, assistant.ask(question))
            for report in reports
            for question, pattern in questions_on(report)
        ]


def is_right(report: Report, pattern: str, answer: Answer) -> bool:
    """Whether the report comes first, and what is quoted of it says what was asked; quotations are in text order."""
    if answer.status != "answered":
        return False
    of_report = [one for one in answer.citations if Path(one.document_id).stem == report.name]
    return answer.citations[0] in of_report and any(re.search(pattern, one.quote, re.I) for one in of_report)


def test_the_right_report_answers(asked: Asked) -> None:
    wrong = [
        f"{question} -> {answer.text[:90]} ({answer.citations[0].document_id if answer.citations else 'refused'})"
        for report, question, pattern, answer in asked
        if not is_right(report, pattern, answer)
    ]
    assert len(asked) == 60
    assert len(wrong) <= (1 - RIGHT) * len(asked), "\n".join(wrong)


def test_few_are_refused(asked: Asked) -> None:
    refused = [question for _, question, _, answer in asked if answer.status != "answered"]
    assert len(refused) <= REFUSED * len(asked), "\n".join(refused)
